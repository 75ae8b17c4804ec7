"""Pairing: which claim, and which figure, is which from one state to the next, though lists have no names."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

from chronicle.model import Claim, Figure

Told = TypeVar("Told", bound=Claim | Figure)
Matched: TypeAlias = Mapping[int, int]
"""The place of what is told now, and the place where it was told before."""

_ALIKE: Final = 0.6  # claims with this share of their words in common are one claim reworded
_SAME_VOICE: Final = 0.1
_MOST: Final = 40  # more claims than these that nothing pairs are not compared word by word: it would take for ever
_LONGEST: Final = 200  # words of a claim that are compared


@dataclass(frozen=True, slots=True)
class Pair(Generic[Told]):
    """What was told before and what is told now, at its place in the list; None where it is new, or gone."""

    before: Told | None
    after: Told | None
    at: int = -1


def pair_figures(before: Sequence[Figure], after: Sequence[Figure]) -> tuple[Pair[Figure], ...]:
    """Figures are the same where they count the same, for one day and by one voice; else where they come nearest to that."""
    return _pair(before, after, _match(before, after, _FIGURE_KEYS))


def pair_claims(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[Pair[Claim], ...]:
    """Claims are the same where they say the same, or nearly, the likest first."""
    matched = _match(before, after, _CLAIM_KEYS)
    return _pair(before, after, {**matched, **dict(_match_reworded(before, after, matched))})


def _match_reworded(before: Sequence[Claim], after: Sequence[Claim], matched: Matched) -> Iterator[tuple[int, int]]:
    old = sorted(set(range(len(before))) - set(matched.values()))
    new = sorted(set(range(len(after))) - set(matched))
    if len(old) > _MOST or len(new) > _MOST:
        return
    likeness = {(at, was): _compare(before[was], after[at]) for at in new for was in old}
    for at, was in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if likeness[at, was] >= _ALIKE and at in new and was in old:
            new.remove(at)
            old.remove(was)
            yield at, was


def _compare(one: Claim, other: Claim) -> float:
    """The share of words that two claims have in common, and a little more where one voice says them."""
    words, others = (Counter(claim.says.split()[:_LONGEST]) for claim in (one, other))
    return 2 * (words & others).total() / (words + others).total() + (_SAME_VOICE if one.by == other.by else 0)


_FIGURE_KEYS: Sequence[Callable[[Figure], Hashable]] = (
    lambda figure: (figure.measure, figure.by, figure.as_of, figure.value, figure.note),
    lambda figure: (figure.measure, figure.by, figure.as_of, figure.note),  # the note says which of several it is
    lambda figure: (figure.measure, figure.by, figure.as_of, figure.value),
    lambda figure: (figure.measure, figure.by, figure.as_of),
    lambda figure: (figure.measure, figure.by, figure.value),
    lambda figure: (figure.measure, figure.as_of, figure.value),
    lambda figure: (figure.measure, figure.by),
    lambda figure: (figure.measure, figure.as_of),
    lambda figure: figure.measure,
)
_CLAIM_KEYS: Sequence[Callable[[Claim], Hashable]] = (
    lambda claim: (claim.says, claim.by, claim.quote),
    lambda claim: (claim.says, claim.by),
    lambda claim: claim.says,
    lambda claim: (claim.quote, claim.by) if claim.quote else id(claim),
)


def _match(before: Sequence[Told], after: Sequence[Told], keys: Sequence[Callable[[Told], Hashable]]) -> Matched:
    """What has the same key, by each key in turn, in the order of the lists."""
    matched: dict[int, int] = {}
    for key in keys:
        taken = set(matched.values())
        free: dict[Hashable, list[int]] = {}
        for was in reversed(range(len(before))):
            if was not in taken:
                free.setdefault(key(before[was]), []).append(was)
        for at, told in enumerate(after):
            if at not in matched and (same := free.get(key(told))):
                matched[at] = same.pop()
    return matched


def _pair(before: Sequence[Told], after: Sequence[Told], matched: Matched) -> tuple[Pair[Told], ...]:
    """All pairs in the order of what is told now, then what is gone."""
    kept = set(matched.values())
    return (
        *(Pair(before[matched[at]] if at in matched else None, told, at) for at, told in enumerate(after)),
        *(Pair(told, None) for was, told in enumerate(before) if was not in kept),
    )
