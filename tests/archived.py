"""A web archive on this machine that answers as the Wayback Machine does: for the tests of `archive` and `verify`."""

import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from faulty_server import Act, Request, answer, missing

MEMENTO = "Thu, 02 May 2024 10:00:00 GMT"


def capture(body: str | bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Act:
    """A page as the archive gives it back: with the header that RFC 7089 asks for."""
    return answer(body, status, kind, memento_datetime=MEMENTO, **headers)


@dataclass
class Archive:
    """What the archive holds: the acts of the captures by page and timestamp; and what it does where it does otherwise."""

    captures: dict[str, dict[str, Act]] = field(default_factory=dict)
    index: Act | None = None
    availability: Act | None = None
    progress: list[Mapping[str, object]] = field(default_factory=list)
    begun: Mapping[str, object] = field(default_factory=lambda: {"job_id": "spn2-abc", "url": "x"})

    def __call__(self, connection: socket.socket, request: Request) -> None:
        """Answers one request."""
        self.act_for(request)(connection, request)

    def act_for(self, request: Request) -> Act:
        """What the archive does when it is asked for this."""
        parts = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/cdx/search/cdx":
            return self.index or answer(json.dumps(self._rows(asked["url"])), kind="application/json")
        if parts.path == "/wayback/available":
            return self.availability or answer('{"archived_snapshots": {}}', kind="application/json")
        if parts.path == "/save" and request.method == "POST":
            return answer(json.dumps(self.begun), kind="application/json")
        if parts.path.startswith("/save/status/"):
            now = self.progress.pop(0) if len(self.progress) > 1 else self.progress[0]
            return answer(json.dumps(now), kind="application/json")
        if replay := re.fullmatch(r"/web/(\d{14})id_/(.*)", request.path):
            return self.captures.get(replay[2], {}).get(replay[1], missing)
        return missing

    def _rows(self, url: str) -> list[list[str]]:
        rows = [[timestamp, "200"] for timestamp in sorted(self.captures.get(url, {}))]
        return [["timestamp", "statuscode"], *rows] if rows else []
