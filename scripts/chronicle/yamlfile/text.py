"""Plain data → YAML text that reads back the same, in the style of our entries, whatever a person has typed."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Written: TypeAlias = "str | Sequence[Written] | Mapping[str, Written] | Marked"
"""What can be written; absent values are left out by the caller."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with a comment on the line of its key; or only the comment, where a person has to put the value."""

    comment: str
    value: "Written | None" = None


_WIDTH: Final = 118
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NUMBER_LIKE = r"[-+.:_\d][-+.:_\da-fox]*"
_PLAIN = re.compile(
    rf"(?!(?:{_NUMBER_LIKE}|true|false|yes|no|on|off|y|n|null)$)[^\W_](?:(?!: |:$| #)[^\t])*", re.IGNORECASE
)
_ENDS_IN_BRACKETS = re.compile(r"[,\[\]{}]|^[^'\"]*:$")
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


def write_yaml(data: Mapping[str, Written]) -> str:
    """A mapping as YAML, one key a line and a line break at the end.

    Blanks and line breaks within a paragraph become one blank; a blank line parts paragraphs. Nothing is refused: a
    character that entries may not hold is written as it is, for the loader to tell.
    """
    return "".join(f"{line}\n" for line in _mapping(data))


def _mapping(data: Mapping[str, Written]) -> Iterator[str]:
    for key, value in data.items():
        first, *rest = _value(value)
        yield f"{_on_one_line(key)}:{first}"
        yield from (f"  {line}" if line else "" for line in rest)


def _value(value: Written) -> Iterator[str]:
    """What follows the colon, and the lines below it."""
    if isinstance(value, str):
        yield from _text(value)
    elif isinstance(value, Marked):
        first, *rest = ("",) if value.value is None else _value(value.value)
        yield from (f"{first}  # {' '.join(value.comment.split())}", *rest)
    elif isinstance(value, Mapping):
        yield from ("", *_mapping(value))
    elif len(words := [part for part in value if isinstance(part, str)]) == len(value):
        yield f" [{', '.join(word if _NAME.fullmatch(word) and _PLAIN.fullmatch(word) else _quoted(word) for word in words)}]"
    else:
        yield from ("", *_entries(value))


def _entries(value: Sequence[Written]) -> Iterator[str]:
    for part in value:
        lines = _mapping(part) if isinstance(part, Mapping) else _value(part)
        for at, line in enumerate(lines):
            yield f"- {line}" if at == 0 else f"  {line}" if line else ""


def _text(text: str) -> Iterator[str]:
    """A short text on its line, a paragraph folded, several paragraphs as they stand."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    if len(paragraphs) > 1:
        yield from (" |", *"\n\n".join(map(_wrap, paragraphs)).split("\n"))
    elif paragraphs and len(paragraphs[0]) > _WIDTH - 20:
        yield from (" >-", *_wrap(paragraphs[0]).split("\n"))
    else:
        yield f" {_on_one_line(text)}"


def _wrap(paragraph: str) -> str:
    return textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)


def write_text(text: str, *, in_brackets: bool = False) -> str:
    """A text as it stands after its key, on one line however long it is; `in_brackets` where `{…}` or `[…]` are around it."""
    written = _on_one_line(text)
    return _quoted(text) if in_brackets and _ENDS_IN_BRACKETS.search(written) else written


def _on_one_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if _DAY.fullmatch(flat) or _PLAIN.fullmatch(flat) else _quoted(flat)


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
