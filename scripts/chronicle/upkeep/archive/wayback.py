"""The Wayback Machine as programs see it: the addresses of its interfaces, and what its answers say.

`captures` asks its index (the CDX server), `nearest` its availability API, `raw` gives a capture as it was fetched, without
the banner and the rewritten links (`id_`), and `save` is Save Page Now 2.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

from chronicle.model.likeness import clean_address

WAYBACK: Final = "https://web.archive.org"
AVAILABILITY: Final = "https://archive.org"
_TIMESTAMP: Final = re.compile(r"\d{14}")
_REPLAY: Final = re.compile(r"(https?://[^/]+)/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_JOB: Final = re.compile(r"[A-Za-z0-9_-]{4,80}")
_MOST: Final = 25  # captures that are asked for; the index gives the nearest first


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched at a moment: the timestamp of the archive (UTC, 14 digits)."""

    timestamp: str

    @property
    def moment(self) -> datetime:
        """When it was fetched."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S")

    @property
    def day(self) -> date:
        """The day on which it was fetched."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class Service:
    """Where the archive is: the Wayback Machine, or what stands in for it."""

    address: str = WAYBACK

    def captures(self, url: str, near: date) -> str:
        """Where the index tells the sound captures of a page, those nearest to a day first."""
        told = f"url={_whole(url)}&output=json&fl=timestamp,statuscode&filter=statuscode:200"
        return f"{self.address}/cdx/search/cdx?{told}&sort=closest&closest={near:%Y%m%d}120000&limit={_MOST}"

    def nearest(self, url: str, near: date) -> str:
        """Where the availability API tells one capture near a day."""
        base = AVAILABILITY if self.address == WAYBACK else self.address
        return f"{base}/wayback/available?url={_whole(url)}&timestamp={near:%Y%m%d}120000"

    def copy(self, capture: Capture, url: str) -> str:
        """The address of a capture for readers."""
        return f"{self.address}/web/{capture.timestamp}/{url}"

    def raw(self, capture: Capture, url: str) -> str:
        """The address of the same capture as it was fetched."""
        return f"{self.address}/web/{capture.timestamp}id_/{url.partition('#')[0]}"

    @property
    def save(self) -> str:
        """Where a capture is asked for."""
        return f"{self.address}/save"

    def job(self, name: str) -> str:
        """Where it is told how a capture that was asked for goes on."""
        return f"{self.address}/save/status/{name}"


def raw_address(copy: str, service: Service) -> str | None:
    """The address at which an archived copy is given as it was fetched; None for a copy in another archive."""
    found = _REPLAY.fullmatch(copy)
    hosts = {urlsplit(known).netloc for known in (WAYBACK, service.address)}
    if not found or urlsplit(found[1]).netloc not in hosts:
        return None
    return f"{found[1]}/web/{found[2]}id_/{found[3]}"


def replayed(address: str) -> tuple[Capture, str] | None:
    """The capture that an address of the archive gives, and of which page; None where it is no such address."""
    found = _REPLAY.fullmatch(address)
    capture = read_timestamp(found[2]) if found else None
    return (capture, found[3]) if found and capture else None


def is_same_page(one: str, other: str) -> bool:
    """Whether two addresses lead to one page: the archive leaves out ports, and knows no difference in the scheme."""
    return _without_port(clean_address(one)) == _without_port(clean_address(other))


def read_timestamp(text: object) -> Capture | None:
    """A capture by its timestamp, where that is one."""
    if not isinstance(text, str) or not _TIMESTAMP.fullmatch(text) or not text.isascii():
        return None
    try:
        capture = Capture(text)
        return capture if capture.moment else None
    except ValueError:
        return None


def read_captures(text: str) -> tuple[Capture, ...]:
    """The captures in an answer of the index; raises ValueError where it is none."""
    rows = json.loads(text) if text.strip() else []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ValueError("the index of an archive answers with a list of lists")
    sound = (read_timestamp(row[0]) for row in rows if len(row) == 2 and row[1] == "200")
    return tuple(dict.fromkeys(capture for capture in sound if capture))


def read_nearest(text: str) -> tuple[Capture, ...]:
    """The one capture in an answer of the availability API, or none; raises ValueError where it is no such answer."""
    told = json.loads(text)
    if not isinstance(told, dict) or "archived_snapshots" not in told:
        raise ValueError("the archive answers with `archived_snapshots`")
    closest = _part(told["archived_snapshots"], "closest")
    capture = read_timestamp(closest.get("timestamp"))
    return (capture,) if capture and closest.get("available") is True and closest.get("status") == "200" else ()


def read_job(text: str) -> str | None:
    """The name of the job in an answer of Save Page Now; None where no capture was begun."""
    name = _read(text).get("job_id")
    return name if isinstance(name, str) and _JOB.fullmatch(name) else None


def read_progress(text: str) -> Capture | str | None:
    """How a job stands: the capture it has made, None while it goes on, or why it has failed, in the archive’s words."""
    told = _read(text)
    if told.get("status") == "pending":
        return None
    if told.get("status") == "success" and (capture := read_timestamp(told.get("timestamp"))):
        return capture
    return read_complaint(text)


def read_complaint(text: str) -> str:
    """What the archive says of its own failure, on one line."""
    said = _read(text).get("message")
    return " ".join(said.split())[:200].rstrip(".") if isinstance(said, str) and said.strip() else "no reason is given"


def _read(text: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _part(told: Any, name: str) -> Mapping[str, Any]:
    part = told.get(name) if isinstance(told, dict) else None
    return part if isinstance(part, dict) else {}


def _whole(url: str) -> str:
    return quote(url.partition("#")[0], safe="")


def _without_port(address: str) -> str:
    return re.sub(r"^([^/:]+):(?:80|443)(?=/|$)", r"\1", address)
