"""The registers and the setting compared: actors, places, the words that entries may use, the chronology’s own name and rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chronicle.load import ACTORS, PLACES, SETTING
from chronicle.model.records import Record
from chronicle.model.setting import Setting
from chronicle.review.change import Change, in_words
from chronicle.review.renames import VOCABULARIES, Names
from chronicle.review.states import State

_NOUNS = {
    "actors": "Actor",
    "places": "Place",
    "kinds": "Kind of event",
    "measures": "Measure",
    "topics": "Topic",
    "source_types": "Type of source",
    "actor_kinds": "Kind of actor",
    "place_precisions": "Precision of a place",
    "certainty": "Certainty",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A register in two states, the one before in the names of today."""

    noun: str
    before: Mapping[str, Record]
    after: Mapping[str, Record]
    older: Mapping[str, str]  # the older name of what has another one now
    unread: frozenset[str]


def compare_registers(before: State, after: State, told: State, names: Names) -> Iterator[Change]:
    """What is otherwise in the three files that entries rest on; `told` is `before` in the names of today."""
    for each in _registers(before, after, told, names):
        yield from _compare_register(each)
    if SETTING not in before.lent:
        yield from _compare_setting(told.chronology.setting, after.chronology.setting)


def _registers(before: State, after: State, told: State, names: Names) -> Iterator[Compared]:
    unread = before.unread_names | after.unread_names
    was, now = told.chronology, after.chronology
    registers = [("actors", ACTORS, was.actors, now.actors), ("places", PLACES, was.places, now.places)]
    words = [(key, SETTING, getattr(was.setting, key), getattr(now.setting, key)) for key in (*VOCABULARIES, "certainty")]
    for key, path, old, new in (*registers, *words):
        if path not in before.lent:
            older = {slug: name for name, slug in names.registers.get(key, {}).items()}
            yield Compared(_NOUNS[key], old, new, older, unread)


def _compare_register(each: Compared) -> Iterator[Change]:
    for slug, record in each.after.items():
        what = f"{each.noun} “{slug}”"
        if slug in each.older:
            yield Change(f"{each.noun}, name in the files", each.older[slug], slug)
        if slug in each.unread:
            continue
        if slug not in each.before:
            yield Change(what, after=_introduce(record))
        else:
            yield from _compare_records(what, each.before[slug], record)
    for slug, record in each.before.items():
        if slug not in each.after and slug not in each.unread:
            yield Change(f"{each.noun} “{slug}”", before=_introduce(record))


def _introduce(record: Record) -> str:
    about = getattr(record, "about", None) or getattr(record, "meaning", None)
    name = in_words(getattr(record, "name", ""))
    return f"{name}: {about}" if about else name


def _compare_records(what: str, before: Record, after: Record) -> Iterator[Change]:
    for key in type(after).model_fields:
        was, now = (getattr(record, key) for record in (before, after))
        if was != now:
            yield Change(f"{what}, {key}", in_words(was), in_words(now), is_prose=key in ("about", "meaning"))


def _compare_setting(before: Setting, after: Setting) -> Iterator[Change]:
    for key in Setting.model_fields:
        was, now = (getattr(setting, key) for setting in (before, after))
        if was == now or key in _NOUNS:
            continue
        if key == "glossary":
            yield from _compare_glossary(was, now)
        else:
            yield Change(f"chronology.yml, {key}", in_words(was), in_words(now), is_prose=key == "introduction")


def _compare_glossary(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for term in (*after, *(term for term in before if term not in after)):
        was, now = before.get(term, ""), after.get(term, "")
        if was != now:
            yield Change(f"Glossary, {term}", was, now, is_prose=bool(was and now))
