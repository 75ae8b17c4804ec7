"""One answer → its value: names and choices as the words of the chronology, and every fault of it at its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from chronicle.drafting.forms.fields import Fault, Field, Spot, name_choices
from chronicle.drafting.new import find_fault, find_meant
from chronicle.model import Actor, Chronology, Place
from chronicle.model.scalars import read_edtf, read_plain_day, read_prose, read_quantity, read_url
from chronicle.problems import join_choices
from chronicle.yamlfile import HIDDEN

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_LONGEST: Final = 5_000  # characters; an entry is short
_MOST_UNKNOWN: Final = 10  # names in one answer
_MOST_COMMAS: Final = 5  # within one name
_NEW: Final = {
    "actors": "If it is somebody new, leave this empty, and name them in the text itself and in the note for the editors.",
    "places": "If it is not listed yet, name it in the note for the editors, and leave it out here.",
}
_STAND_INS: Final[Mapping[Callable[[object], object], str]] = {
    read_edtf: "2000-01-01",
    read_plain_day: "2000-01-01",
    read_quantity: "1",
    read_url: "https://example.org/",
}


class Reader:
    """Reads the answers of one form; keeps what is wrong with them, and which of them are none that can be used."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self.faults: list[Fault] = []
        self.doubtful: dict[Spot, Field] = {}

    def refuse(self, spot: Spot, field: Field, what: str, mend: str = "") -> None:
        """Notes that an answer cannot be used, and why."""
        self.faults.append(Fault(spot, what, mend))
        self.doubtful[spot] = field

    def read(self, spot: Spot, field: Field, answer: str | None) -> str:
        """The value of an answer, words with commas between them; where there is none that can be used, one to stand in.

        `answer` is None where its place in the text is not known, which has been told.
        """
        if answer is None:
            self.doubtful[spot] = field
            return stand_in(field, self.chronology)
        before = len(self.faults)
        value = self._read(spot, field, answer)
        return value if len(self.faults) == before else stand_in(field, self.chronology)

    def _read(self, spot: Spot, field: Field, answer: str) -> str:
        if len(answer) > _LONGEST:
            self.refuse(spot, field, f"This answer has {len(answer):,} characters.", f"At most {_LONGEST:,} can be taken.")
            return ""
        if hidden := HIDDEN.search(answer):
            what = f"A sign that nobody sees stands after “{answer[: hidden.start()][-20:]}”."
            self.refuse(spot, field, what, "Type the words around it anew instead of copying them.")
            return ""
        if comment := _COMMENT.search(answer):
            what = f"“{comment[0]}” is a comment, which nobody sees on GitHub, and which would be published."
            self.refuse(spot, field, what, "Delete it, or say it in the note for the editors.")
            return ""
        known = self._known(field)
        if not known:
            value = answer.strip() if field.question.read is read_prose else " ".join(answer.split())
            fault = find_fault(field.question, value, self.chronology)
            if fault:
                self.refuse(spot, field, fault, field.question.asks if not value else "")
            return value
        words = list(self._find_words(spot, field, answer, known))
        if field.question.needed and not words and spot not in self.doubtful:
            self.refuse(spot, field, "This must have an answer.", field.question.asks)
        return ", ".join(dict.fromkeys(words))

    def _known(self, field: Field) -> Mapping[str, str]:
        """The words by what they are called, in small letters; two meanings of one name are no word."""
        names = _names_of(field, self.chronology)
        words = dict[str, set[str]]()
        for name, word in names:
            words.setdefault(" ".join(name.split()).casefold(), set()).add(word)
        return {name: word.pop() for name, word in words.items() if len(word) == 1}

    def _find_words(self, spot: Spot, field: Field, answer: str, known: Mapping[str, str]) -> Iterator[str]:
        rest = " ".join(answer.split())
        end = len(self.faults) + _MOST_UNKNOWN
        while rest and len(self.faults) < end:
            said = _take_first(rest, known) if field.question.several else rest
            rest = rest[len(said) :].lstrip(" ,;")
            if word := known.get(said.casefold()):
                yield word
            else:
                mend = _mend(said, field, self.chronology)
                self.refuse(spot, field, f"“{said}” is not one of the words that may stand here.", mend)


def _take_first(text: str, known: Mapping[str, str]) -> str:
    """The longest name at the beginning of a list, for a name may hold a comma; or else what stands before the first comma."""
    commas = islice(re.finditer("[,;]", text), _MOST_COMMAS + 1)
    ends = [len(text), *(found.start() for found in commas)]
    fitting = [end for end in ends if text[:end].strip().casefold() in known]
    return text[: max(fitting) if fitting else min(ends)].strip()


def _names_of(field: Field, chronology: Chronology) -> Iterator[tuple[str, str]]:
    registers = _registers(chronology)
    if field.question.words in registers:
        for word, named in registers[field.question.words].items():
            yield from ((name, word) for name in (word, named.name, named.label, *named.also))
        return
    choices = name_choices(field, chronology.setting)
    yield from ((name, word) for word, name in choices.items())
    yield from ((word, word) for word in choices if word not in map(str.casefold, choices.values()))


def _registers(chronology: Chronology) -> Mapping[str, Mapping[str, Actor | Place]]:
    return {"actors": chronology.actors, "places": chronology.places}


def _mend(said: str, field: Field, chronology: Chronology) -> str:
    called = _called(field, chronology)
    names_by_word = dict[str, list[str]]()
    for name, word in _names_of(field, chronology):
        names_by_word.setdefault(word, []).append(name)
    near = [f"“{called[word]}”" for word in find_meant(said, names_by_word)]
    told = f"Did you mean {join_choices(near)}?" if near else ""
    if field.question.words in ("actors", "places"):
        return f"{told} {_NEW[field.question.words]}".strip()
    return told or f"Use one of: {_list_names(called.values())}."


def _list_names(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _called(field: Field, chronology: Chronology) -> Mapping[str, str]:
    """What each word is called where people are asked for it."""
    registers = _registers(chronology)
    if field.question.words in registers:
        return {word: named.name for word, named in registers[field.question.words].items()}
    return name_choices(field, chronology.setting)


def stand_in(field: Field, chronology: Chronology) -> str:
    """A value by which the rest of an answer can be examined, in place of one that is missing; never in what is written."""
    if not field.question.needed:
        return ""
    choices = name_choices(field, chronology.setting)
    return next(iter(choices), "") or _STAND_INS.get(field.question.read, "Something")
