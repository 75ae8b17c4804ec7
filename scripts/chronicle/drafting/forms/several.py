"""A text area for several sources, facts or numbers → the answers of each, line by line.

A line begins with a word of the form and a colon (`Title: …`); the first of these words begins another one. A line that begins
with none of them goes on with the line above it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from chronicle.drafting.forms.fields import Fault, Field, Spot

_MOST: Final = 50  # in one text area
_LINE = re.compile(r"[ \t>*-]*([^\W\d_][\w ]{0,20}?)\**[ \t]*[:：]\**(.*)")


@dataclass(slots=True)
class Part:
    """One of several: its number, and its answers by the keys of the questions; None for one that cannot be read."""

    number: int
    answers: dict[str, str | None] = field(default_factory=dict)


def split_parts(area: Field, text: str, noun: str, first: int) -> tuple[list[Part], list[Fault]]:
    """The parts of a text area, numbered from `first`, and what is wrong with its lines."""
    field_by_word = {part.label.casefold(): part for part in area.parts}
    parts: list[Part] = []
    faults: list[Fault] = []
    key = ""
    for line in filter(str.strip, text.split("\n")):
        found = _LINE.fullmatch(line)
        asked = field_by_word.get(found[1].casefold()) if found else None
        if asked is area.parts[0]:
            parts.append(Part(first + len(parts)))
        spot = Spot(area.label, f"{noun} {parts[-1].number}" if parts else "")
        if told := _find_fault(line, asked, parts, area, noun):
            faults.append(Fault(spot, *told))
            if parts and not asked and (meant := _find_meant(found, area)):
                parts[-1].answers[key := meant.key] = None
        elif asked and found:
            parts[-1].answers[key := asked.key] = found[2].strip()
        elif (before := parts[-1].answers[key]) is not None:
            parts[-1].answers[key] = f"{before}\n{line.strip()}"
    if len(parts) > _MOST:
        mend = f"A form takes {_MOST}; the rest can be added to the file."
        faults.append(Fault(Spot(area.label), f"There are {len(parts):,} of them.", mend))
    return parts[:_MOST], faults


def _find_fault(
    line: str, asked: Field | None, parts: Sequence[Part], area: Field, noun: str
) -> tuple[str, str] | None:
    """What is wrong with a line, and how to mend it."""
    begin = f"Begin each {noun} with its line “{area.parts[0].label}:”."
    if not parts:
        return f"“{line.strip()}” stands before the first line “{area.parts[0].label}:”.", begin
    if asked:
        return (f"There are two lines “{asked.label}:” in it.", begin) if asked.key in parts[-1].answers else None
    if meant := _find_meant(_LINE.fullmatch(line), area):
        words = ", ".join(f"“{part.label}:”" for part in area.parts)
        mend = f"Did you mean “{meant.label}:”? The words are: {words}."
        return f"“{line.strip()}” begins with a word that is not one of the form.", mend
    return None


def _find_meant(found: re.Match[str] | None, area: Field) -> Field | None:
    """The question that a line seems to answer, though its word is misspelt."""
    field_by_word = {part.label.casefold(): part for part in area.parts}
    near = get_close_matches(found[1].casefold(), field_by_word, n=1, cutoff=0.75) if found else []
    return field_by_word[near[0]] if near else None
