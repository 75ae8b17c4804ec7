"""What a command has found out, kept in a file of the project one line for each thing, so that it can go on where it stopped."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chronicle.yamlfile.editing import write_whole


class Notebook:
    """Lines of JSON in a file, each written as soon as it is known; what is broken off or none of ours is passed over."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> list[dict[str, Any]]:
        """Everything that is noted, the oldest first."""
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            return []
        return [told for line in lines if (told := read_line(line)) is not None]

    def renew(self, notes: Iterable[Mapping[str, Any]]) -> None:
        """Notes only this, in place of all that was noted."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._file, "".join(f"{write_line(note)}\n" for note in notes).encode())

    def note(self, told: Mapping[str, Any]) -> None:
        """Notes one more thing."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{write_line(told)}\n")


def read_line(line: str) -> dict[str, Any] | None:
    """What a line of JSON notes; None where it is no line of ours."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def write_line(told: Mapping[str, Any]) -> str:
    """One thing as a line of JSON, without the end of the line."""
    return json.dumps(told, ensure_ascii=False)
