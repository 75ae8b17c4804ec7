"""Dates and numbers: how one date stands to another, and which numbers in a text have become others."""

import re
from collections import Counter

from chronicle.dates import EdtfDate
from chronicle.dates.parts import MONTHS

_NUMBER = re.compile(r"\d+(?:[,.’'\u00a0\u202f]\d{3}(?!\d))*(?:[.,:]\d+)?")
_GROUPING = re.compile(r"[,.’'\u00a0\u202f](?=\d{3}(?!\d))")


def is_same_date(before: EdtfDate, after: EdtfDate) -> bool:
    """Whether two dates are written alike, blanks aside."""
    return before.edtf.replace(" ", "") == after.edtf.replace(" ", "")


def compare_dates(before: EdtfDate, after: EdtfDate) -> str:
    """How a date stands to the one before it: “more precise”, “less precise”, “moved 3 days later” …"""
    (first, last), (new_first, new_last) = before.sort_key, after.sort_key
    if (first, last) == (new_first, new_last):
        doubts, new_doubts = (date.approximate + date.uncertain for date in (before, after))
        sure = {True: "less sure", False: "surer"}.get(new_doubts > doubts) if new_doubts != doubts else None
        return sure or "the same days, but another kind of date"
    if first <= new_first and new_last <= last:
        return "more precise"
    if new_first <= first and last <= new_last:
        return "less precise"
    days = abs((new_first - first).days)
    far = f"{days:,} {'day' if days == 1 else 'days'} " if before.is_one_day and after.is_one_day else ""
    return f"moved {far}{'later' if (first, last) < (new_first, new_last) else 'earlier'}"


def numbers_changed(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers in digits that a text has lost and those that it has gained, in its order, however thousands are set apart.

    A text that only lost or only gained some has been shortened or lengthened: nothing is returned for it.
    """
    was, now = _numbers(before), _numbers(after)
    lost, gained = Counter(was) - Counter(now), Counter(now) - Counter(was)
    return (tuple(lost.elements()), tuple(gained.elements())) if lost and gained else ((), ())


def names_change(text: str, before: str, after: str) -> bool:
    """Whether a text has something of what tells the old from the new: a number, or a part of a date, in whatever spelling.

    Where none tells them apart (“about 40” is “at least 40”), all of one will do; where there is none, the words of one.
    """
    said, was, now = map(_parts, (text, before, after))
    if was or now:
        return bool((was ^ now) & said) if was != now else was <= said
    return any(each and each.casefold() in text.casefold() for each in (before, after))


def _parts(text: str) -> frozenset[str]:
    """The numbers of a text, months among them, without what only dresses them: “03”, “3” and “March” are one."""
    for number, month in enumerate(MONTHS, start=1):
        text = re.sub(rf"\b{month}\b", str(number), text)
    joined = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    return frozenset(number.lstrip("0") for each in (text, joined) for number in _numbers(each))


def _numbers(text: str) -> list[str]:
    return [_GROUPING.sub("", number) for number in _NUMBER.findall(text)]
