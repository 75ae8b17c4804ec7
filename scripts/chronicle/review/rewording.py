"""What changed within a text, word by word, as Markdown: what is gone struck out, what is new in bold."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from chronicle.harmless import harmless

_MOST_WORDS: Final = 1500  # beyond that nobody reads word by word, and comparing takes long
_CONTEXT: Final = 8  # words that are shown around a change


def show_rewording(before: str, after: str) -> str:
    """Both texts in one line: “The crack was found at ~~14:10~~ **14:20** and …”."""
    was, now = before.split(), after.split()
    if max(len(was), len(now)) > _MOST_WORDS:
        return f"{harmless(before)} → {harmless(after)}"
    steps = SequenceMatcher(None, was, now).get_opcodes()
    return " ".join(part for at, step in enumerate(steps) for part in _show(step, was, now, at in (0, len(steps) - 1)))


def _show(step: tuple[str, int, int, int, int], was: Sequence[str], now: Sequence[str], at_end: bool) -> Iterator[str]:
    what, first, last, new_first, new_last = step
    if what == "equal":
        yield _shorten(was[first:last], at_end, from_start=first == 0)
        return
    if last > first:
        yield f"~~{harmless(' '.join(was[first:last]))}~~"
    if new_last > new_first:
        yield f"**{harmless(' '.join(now[new_first:new_last]))}**"


def _shorten(words: Sequence[str], at_end: bool, *, from_start: bool) -> str:
    """What did not change, as much of it as tells where the change stands."""
    if len(words) <= 2 * _CONTEXT + 1:
        return harmless(" ".join(words))
    head = [] if at_end and from_start else words[:_CONTEXT]
    tail = [] if at_end and not from_start else words[-_CONTEXT:]
    return " ".join(part for part in (harmless(" ".join(head)), "…", harmless(" ".join(tail))) if part)
