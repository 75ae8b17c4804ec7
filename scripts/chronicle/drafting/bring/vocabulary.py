"""The words of a chronology, and those of a sheet that say the same: only a word that is known word for word is taken."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from chronicle.model import Actor, Chronology, Place
from chronicle.model.setting import Term
from chronicle.yamlfile.text import Marked, Written

_MOST_LISTED: Final = 12  # more words than these in one comment help nobody
LONGEST_HINT: Final = 160
"""So much of a cell is quoted in a comment on the line of a key."""


@dataclass(frozen=True)
class Vocabulary:
    """What the entries of a chronology may say in one word, and how a draft asks for it where a row does not tell it."""

    chronology: Chronology

    @property
    def language(self) -> str:
        """The code of the language of the entries."""
        return self.chronology.setting.language

    def listed(self, group: str) -> str:
        """The words of a group, or where they stand if they are many."""
        words = tuple(getattr(self.chronology.setting, group))
        return ", ".join(words) if len(words) <= _MOST_LISTED else f"the `{group}` in chronology.yml"

    def choose(self, group: str, said: str, what: str) -> Written:
        """The word of a group (kinds, certainty …) that is said, or a mark that asks for it."""
        known = self._slugs[group].get(said.casefold())
        return known or Marked(f"missing: {what}, one of {self.listed(group)}{quote('there it says', said)}")

    def choose_some(self, group: str, said: str, what: str) -> Written:
        """The words of a group that are said, with commas between them, or a mark that asks for them."""
        slugs, others = self._sort(group, said)
        if slugs and others:
            return Marked(f"check: these words are known here{quote('there it also says', ', '.join(others))}", slugs)
        return slugs or Marked(f"missing: {what}{quote('there it says', said)}")

    def choose_actor(self, said: str, what: str) -> Written:
        """The actor who is named, or a mark that asks for one."""
        known = self._slugs["actors"].get(said.casefold())
        return known or Marked(f"missing: {what}{quote('there it says', said)}")

    def list_named(self, register: str, said: str) -> Mapping[str, Written]:
        """The actors or places that are named; no key where none is."""
        slugs, others = self._sort(register, said)
        if others:
            hint = f"{register}, from {register}.yml; or delete the key{quote('there it says', said)}"
            return {register: Marked(f"check: {hint}", slugs) if slugs else Marked(f"missing: {hint}")}
        return {register: slugs} if slugs else {}

    def _sort(self, group: str, said: str) -> tuple[list[str], list[str]]:
        """Of the words with commas between them, those that are known, as slugs, and the others."""
        whole = self._slugs[group].get(said.casefold())
        words = [] if whole else [word.strip() for word in re.split(r"[,;|]", said) if word.strip()]
        known = {word: slug for word in words if (slug := self._slugs[group].get(word.casefold()))}
        slugs = [whole] if whole else list(dict.fromkeys(known.values()))
        return slugs, [word for word in words if word not in known]

    @cached_property
    def _slugs(self) -> Mapping[str, Mapping[str, str]]:
        """By group, every slug under itself and under each of its names."""
        setting = self.chronology.setting
        return {
            "kinds": _index(setting.kinds),
            "certainty": _index(setting.certainty),
            "topics": _index(setting.topics),
            "source_types": _index(setting.source_types),
            "actors": _index(self.chronology.actors),
            "places": _index(self.chronology.places),
        }


def _index(named: Mapping[str, Term] | Mapping[str, Actor] | Mapping[str, Place]) -> Mapping[str, str]:
    """Every slug under itself and under each of its names; a name that two share leads to neither."""
    slugs: dict[str, set[str]] = {}
    for slug, record in named.items():
        for name in (slug, *_names_of(record)):
            slugs.setdefault(name.casefold(), set()).add(slug)
    return {name: next(iter(found)) for name, found in slugs.items() if len(found) == 1}


def _names_of(record: Term | Actor | Place) -> Iterator[str]:
    yield record.name
    if isinstance(record, Actor | Place):
        yield from record.also
    if isinstance(record, Actor) and record.short:
        yield record.short


def quote(introduction: str, said: str) -> str:
    """What a row says, in quotation marks, at the end of a comment; cut short where it is long."""
    flat = " ".join(said.split())
    shown = f"{flat[:LONGEST_HINT]} …" if len(flat) > LONGEST_HINT else flat
    return f"; {introduction} “{shown}”" if flat else ""
