"""Likeness: which addresses lead to one page, and which events may be one event told twice."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from chronicle.model import Chronology, Entry, Event

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|$)")
_WORD = re.compile(r"[\u3040-\ud7ff]+|\w{3,}|\d+(?:[.,]\d+)*")  # one or two letters are a word only in East Asia
_IN_ARCHIVE = re.compile(r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|li|md|vn|fo)|perma\.cc)/")
_ALIKE = 0.5  # titles are alike when this share of their words is in both
_ALIKE_WITH_SOURCE = 1 / 3  # the same for two events that have a source in common
_MOST_CITING = 20  # a page that more events cite is a work of reference; to share it makes nothing alike


def clean_address(url: str) -> str:
    """Return a web address without what does not change the page it leads to.

    That is: the scheme, `www.`, the case of the host, a slash at the end, the fragment, and the parameters by which
    advertisers follow visitors (utm_*, fbclid, gclid).
    """
    address, _, query = url.partition("#")[0].partition("?")
    host, slash, path = address.partition("://")[2].partition("/")
    cleaned = f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")
    if not query:
        return cleaned
    parameters = [parameter for parameter in query.split("&") if parameter and not _TRACKING.match(parameter)]
    return f"{cleaned}?{'&'.join(parameters)}" if parameters else cleaned


def find_tracking(url: str) -> str:
    """Return the first parameter of a web address by which visitors are followed, an empty text if it has none."""
    parameters = url.partition("#")[0].partition("?")[2].split("&")
    return next(filter(_TRACKING.match, parameters), "")


def is_archived(url: str) -> bool:
    """Tell whether a web address leads to a copy in a web archive."""
    return _IN_ARCHIVE.match(url) is not None


def likely_duplicates(entry: Entry, chronology: Chronology) -> tuple[Event, ...]:
    """Return the events of a chronology that may be the one that `entry` tells, in their order.

    They may share a day with it, and their titles are alike, or somewhat alike with a source in common that few others
    cite. An entry that stands in the chronology is like itself.
    """
    traits, addresses_of = _traits_of(entry), [_addresses(event) for event in chronology.events]
    citing = Counter(chain.from_iterable(addresses_of))
    shared = {address for address in _addresses(entry) if citing[address] <= _MOST_CITING}
    return tuple(
        event
        for event, addresses in zip(chronology.events, addresses_of, strict=True)
        if _are_alike(traits, _traits_of(event), _ALIKE if shared.isdisjoint(addresses) else _ALIKE_WITH_SOURCE)
    )


def find_alike(events: Sequence[Event], citing_one_page: Iterable[Sequence[Event]]) -> Iterator[tuple[Event, Event]]:
    """Find the pairs of events that may be one event told twice, by the rule of `likely_duplicates`.

    `citing_one_page` are the groups of events that have a source in common. All events stand in the order of the
    chronology, and so do the two of a pair; a pair may come twice.
    """
    yield from _pairs_alike(events, _ALIKE)
    for group in citing_one_page:
        if len(group) <= _MOST_CITING:
            yield from _pairs_alike(group, _ALIKE_WITH_SOURCE)


def _pairs_alike(events: Sequence[Event], least: float) -> Iterator[tuple[Event, Event]]:
    """To be quick, each is compared only with those that are not over when it begins and share one of its rarer words."""
    traits_of = [_traits_of(event) for event in events]
    frequency = Counter(word for traits in traits_of for word in traits.words)
    going_on: dict[str, list[int]] = {}
    for at, traits in enumerate(traits_of):
        near: set[int] = set()
        for word in _rarer_words(traits.words, frequency, least):
            sharing = [other for other in going_on.get(word, ()) if traits_of[other].latest >= traits.earliest]
            near.update(sharing)
            going_on[word] = [*sharing, at]
        yield from (
            (events[other], events[at])
            for other in sorted(near)
            if events[other] is not events[at] and _are_alike(traits_of[other], traits, least)
        )


class _Traits(NamedTuple):
    """What events are compared by: the first and the last possible day, and the words of the title."""

    earliest: date
    latest: date
    words: frozenset[str]


def _traits_of(event: Entry) -> _Traits:
    return _Traits(*event.date.sort_key, frozenset(_WORD.findall(event.title.lower())))


def _are_alike(one: _Traits, other: _Traits, least: float) -> bool:
    """Whether they may share a day, and at least this share of the words of both titles is in each."""
    if one.earliest > other.latest or other.earliest > one.latest:
        return False
    common = len(one.words & other.words)
    return common > 0 and common >= least * len(one.words | other.words)


def _rarer_words(words: frozenset[str], frequency: Mapping[str, int], least: float) -> list[str]:
    """The rarest of a title’s words, so many that any title with at least this share of its words has one of them."""
    return sorted(sorted(words), key=frequency.__getitem__)[: len(words) - math.ceil(least * len(words)) + 1]


def _addresses(event: Entry) -> set[str]:
    return {clean_address(source.url) for source in event.sources.values()}
