"""Puts one value into the text of a YAML file and leaves every other byte as it was: comments, order, quoting, line ends.

    text = insert_key(text, ("sources", "notice"), "archive", "https://…", after=("url", "archive"))
    text = replace_value(text, ("sources", "notice", "url_status"), "gone")
    text = set_key(text, ("sources", "notice"), "url_status", "gone", after=("url",))      # whichever of the two it takes
    edit_file(path, lambda text: set_key(text, …))                                         # and the same to a file, whole or not

Every edit is read back: where anything but the one value would have changed, it is refused.
"""

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from chronicle.problems import Severity
from chronicle.yamlfile import LINE_END, Plain, Route, YamlFile, read_yaml
from chronicle.yamlfile.text import write_text

_MARK: Final = "\ufeff"  # what some editors put before a text in UTF-8


class EditError(Exception):
    """An edit that cannot be made without touching something else; the text is a sentence that says why."""


def insert_key(text: str, route: Route, key: str, value: str, after: Sequence[str] = ()) -> str:
    """The text with `key: value` in the mapping at `route`, after the first key of `after` that it has, or at its end.

    Raises EditError where the mapping has the key already, where there is no mapping, and where the file has an error.
    """
    file = read_sound(text)
    mapping = _mapping_at(file.data, route)
    if key in mapping:
        raise EditError(f"`{key}` is there already")
    before = next((name for name in after if name in mapping), next(reversed(mapping), None))
    end = file.extent((*route, before)).end if before else file.extent(route).start + 1
    in_brackets = file.extent(route).style == "{"
    pair = f"{key}: {write_text(value, in_brackets=in_brackets)}"
    if in_brackets:
        changed = f"{text[:end]}{', ' if before else ''}{pair}{text[end:]}"
    else:
        _, column = file.place_of_key((*route, before or ""))
        changed = add_lines(text, end, column - 1, [pair])
    names = list(mapping)
    place = names.index(before) + 1 if before else 0
    expected = {name: value if name == key else mapping[name] for name in (*names[:place], key, *names[place:])}
    return read_back(file, changed, route, expected)


def replace_value(text: str, route: Route, value: str) -> str:
    """The text with another value at `route`, where a single text stands now, or nothing.

    Raises EditError where no text stands there, and where the file has an error.
    """
    file = read_sound(text)
    *around, key = route
    mapping = _mapping_at(file.data, tuple(around))
    if not isinstance(key, str) or key not in mapping or isinstance(mapping[key], list | dict):
        raise EditError(f"`{key}` is not a single text")
    extent = file.extent(route)
    written = write_text(value, in_brackets=file.extent(tuple(around)).style == "{")
    blank = "" if extent.end > extent.start or text[extent.start - 1].isspace() else " "
    changed = text[: extent.start] + blank + written + text[extent.end :]
    return read_back(file, changed, tuple(around), {**mapping, key: value})


def set_key(text: str, route: Route, key: str, value: str, after: Sequence[str] = ()) -> str:
    """The text with `key: value` in the mapping at `route`, put in place of what `key` says now, or inserted."""
    mapping = _mapping_at(read_sound(text).data, route)
    if mapping.get(key) == value:
        return text
    return replace_value(text, (*route, key), value) if key in mapping else insert_key(text, route, key, value, after)


def edit_file(path: Path, edit: Callable[[str], str]) -> bool:
    """Changes a file by `edit`, and tells whether that changed anything. Raises what `edit` raises, and OSError."""
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise EditError("the file is not in UTF-8") from error
    mark = _MARK if text.startswith(_MARK) else ""
    edited = mark + edit(text.removeprefix(_MARK))
    if edited == text:
        return False
    write_whole(path, edited.encode())
    return True


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside a file and then over it: whatever happens meanwhile, it holds all of the old or all of the new."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_sound(text: str) -> YamlFile:
    """The file that a text is; raises EditError where it has an error."""
    file, problems = read_yaml("", text.encode())
    error = next((problem for problem in problems if problem.severity is Severity.ERROR), None)
    if file is None or error:
        raise EditError(f"line {error.line}: {error.what}" if error else "the file cannot be read")
    return file


def find(data: Plain, route: Route) -> Plain:
    """What stands at a route; None where nothing does."""
    for key in route:
        if isinstance(data, dict) and isinstance(key, str):
            data = data.get(key)
        else:
            data = data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None
    return data


def add_lines(text: str, end: int, indentation: int, lines: Sequence[str]) -> str:
    """The lines below what ends at `end`, with the line ends that are there."""
    here = LINE_END.search(text, end)
    known = here or LINE_END.search(text)
    line_end = known.group() if known else "\n"
    put = "".join(f"{' ' * indentation}{line}".rstrip() + line_end for line in lines)
    if here:
        return text[: here.end()] + put + text[here.end() :]
    return text + line_end + put.removesuffix(line_end)


def read_back(file: YamlFile, changed: str, route: Route, expected: Plain) -> str:
    """The changed text, if it reads as the file did, the order of keys included, but for the value at the route, which
    reads as expected; raises EditError if not."""
    with suppress(EditError):
        if json.dumps(read_sound(changed).data) == json.dumps(_with(file.data, route, expected)):
            return changed
    raise EditError("more than this one value would have changed")


def _mapping_at(data: Plain, route: Route) -> dict[str, Plain]:
    found = find(data, route)
    if isinstance(found, dict):
        return found
    raise EditError(f"no group of keys stands at `{'.'.join(map(str, route))}`")


def _with(data: Plain, route: Route, value: Plain) -> Plain:
    if not route:
        return value
    key, rest = route[0], route[1:]
    if isinstance(data, dict):
        return {name: _with(part, rest, value) if name == key else part for name, part in data.items()}
    if isinstance(data, list):
        return [_with(part, rest, value) if at == key else part for at, part in enumerate(data)]
    return data
