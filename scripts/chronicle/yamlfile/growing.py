"""Puts a group of keys, or one more part of a list, into the text of a YAML file and leaves every other byte as it was.

    text = insert_group(text, ("sources",), "notice", {"url": "https://…", "title": "…"})
    text = append_part(text, ("corrections",), {"date": "2024-06-11", "what": "…", "why": "…"})
    text = replace_words(text, ("title",), "bridge open", "bridge closed")

It is to groups what `editing` is to single values: every edit is read back, and refused where anything else would change.
"""

import re
from collections.abc import Mapping, Sequence

from chronicle.yamlfile import Plain, Route
from chronicle.yamlfile.editing import EditError, add_lines, find, read_back, read_sound, replace_value
from chronicle.yamlfile.text import Written, write_text, write_yaml


def insert_group(text: str, route: Route, key: str, value: Written, after: Sequence[str] = ()) -> str:
    """The text with `key` and its value in the mapping at `route`, after the first key of `after` it has, or at its end.

    Raises EditError where the mapping has the key already or is empty, and where the file has an error.
    """
    file = read_sound(text)
    mapping = find(file.data, route)
    if not isinstance(mapping, dict) or not mapping or key in mapping:
        raise EditError(f"`{key}` cannot be added at `{'.'.join(map(str, route))}`")
    before = next((name for name in after if name in mapping), next(reversed(mapping)))
    end = file.extent((*route, before)).end
    if file.extent(route).style == "{":
        changed = f"{text[:end]}, {key}: {_in_brackets(value)}{text[end:]}"
    else:
        _, column = file.place_of_key((*route, before))
        changed = add_lines(text, end, column - 1, write_yaml({key: value}).splitlines())
    place = list(mapping).index(before) + 1
    pairs = list(mapping.items())
    return read_back(file, changed, route, dict([*pairs[:place], (key, _plain(value)), *pairs[place:]]))


def append_part(text: str, route: Route, part: Written) -> str:
    """The text with one more part at the end of the list at `route`; raises EditError where there is none."""
    file = read_sound(text)
    parts = find(file.data, route)
    if not isinstance(parts, list):
        raise EditError(f"no list stands at `{'.'.join(map(str, route))}`")
    extent = file.extent(route)
    if extent.style == "[":
        end = file.extent((*route, len(parts) - 1)).end if parts else extent.start + 1
        changed = f"{text[:end]}{', ' if parts else ''}{_in_brackets(part)}{text[end:]}"
    else:
        line, column = file.place((*route, 0))
        hyphen = file.lines[line - 1].rfind("-", 0, column - 1)
        lines = [f"- {write_text(part)}"] if isinstance(part, str) else _listed(part)
        changed = add_lines(text, extent.end, hyphen, lines)
    return read_back(file, changed, route, [*parts, _plain(part)])


def replace_words(text: str, route: Route, old: str, new: str) -> str:
    """The text with some words of the value at `route` in place of others, its line breaks kept wherever that can be.

    `old` may be broken over lines where the file is; raises EditError unless it stands there exactly once.
    """
    file = read_sound(text)
    value = find(file.data, route)
    pattern = r"\s+".join(map(re.escape, old.split()))
    found = list(re.finditer(pattern, value)) if isinstance(value, str) and pattern else []
    if not isinstance(value, str) or len(found) != 1:
        raise EditError(f"these words stand {len(found)} times at `{'.'.join(map(str, route))}`")
    expected = value[: found[0].start()] + new + value[found[0].end() :]
    extent = file.extent(route)
    written = list(re.finditer(pattern, text[extent.start : extent.end]))
    if len(written) == 1:
        start, end = (extent.start + at for at in written[0].span())
        try:
            return read_back(file, text[:start] + new + text[end:], route, expected)
        except EditError:
            pass  # there, the new words would be read as something else; as a value of its own they are quoted
    return replace_value(text, route, expected)


def _listed(part: Written) -> list[str]:
    _, *lines = write_yaml({"parts": [part]}).splitlines()
    return [line.removeprefix("  ") for line in lines]


def _in_brackets(value: Written) -> str:
    if isinstance(value, str):
        return write_text(value, in_brackets=True)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_in_brackets(part)}' for key, part in value.items())}}}"
    return f"[{', '.join(map(_in_brackets, value))}]" if isinstance(value, Sequence) else ""


def _plain(value: Written) -> Plain:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, str):
        return " ".join(value.split())
    return [_plain(part) for part in value] if isinstance(value, Sequence) else None
