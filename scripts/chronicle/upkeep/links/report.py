"""The report on the links: as Markdown for editors, which is also the text of an issue, and as JSON for machines."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Final

from chronicle.dates import day_words
from chronicle.model import UrlStatus
from chronicle.upkeep.links.addresses import Cited, Link
from chronicle.upkeep.links.ledger import History, Look, read_looks, tell_look, write_looks

LONGEST: Final = 60_000  # characters of an issue, a little less than GitHub takes
_STATE: Final = "<!-- what was found, for the next run:\n"
_LONGEST_STATE: Final = 30_000
_ADVICE: Final = {
    UrlStatus.GONE: "The pages of these events now lead to the archived copy, where there is one. Find a copy for the others.",
    UrlStatus.MOVED: "Open the new address; if it is the same page, put it into the entry.",
    UrlStatus.REFUSED: "Readers may be let in where programs are not. Open a few by hand.",
    UrlStatus.UNSURE: "These may be back next time. Open by hand what stays here for weeks.",
}
TOLD: Final = tuple(_ADVICE)
"""The verdicts that a report tells one by one, the worst first."""


@dataclass(frozen=True, slots=True)
class Found:
    """An address with the newest look at it; None when nobody has looked yet."""

    link: Link
    look: Look | None


@dataclass(frozen=True, slots=True)
class Change:
    """An address that was lost or moved since the last time, or answers again."""

    found: Found
    before: UrlStatus


def find_newest(links: Iterable[Link], history: History) -> tuple[Found, ...]:
    """Every address with the newest look at it."""
    return tuple(Found(link, history.get(link.address, (None,))[-1]) for link in links)


def find_changes(found: Iterable[Found], history: History, day: date) -> tuple[Change, ...]:
    """What changed with that day’s looks, against the last look before; an address without one counts as live.

    Only `gone` and `moved` count, coming and going: what is refused or unsure is so today and not tomorrow.
    """
    changes = []
    for one in found:
        if one.look and one.look.day == day:
            earlier = [look.status for look in history.get(one.link.address, ()) if look.day < day]
            before = earlier[-1] if earlier else UrlStatus.LIVE
            if before is not one.look.status and {before, one.look.status} & {UrlStatus.GONE, UrlStatus.MOVED}:
                changes.append(Change(one, before))
    return tuple(changes)


def count_verdicts(found: Iterable[Found]) -> str:
    """“612 addresses: 540 live, 3 moved, 5 gone, 40 refused, 24 unsure.”"""
    looks = [one.look for one in found]
    number_by_status = Counter(look.status for look in looks if look)
    told = [f"{number_by_status[status]:,} {status}" for status in UrlStatus]
    waiting = looks.count(None)
    addresses = "1 address" if len(looks) == 1 else f"{len(looks):,} addresses"
    return f"{addresses}: {', '.join(told)}" + (f", {waiting:,} not asked yet." if waiting else ".")


def write_markdown(found: Sequence[Found], day: date, repository: str) -> str:
    """The report, short enough for an issue, with what the next run must know of this one in a comment at its end."""
    state = _write_state(found)
    head = f"{count_verdicts(found)} Looked at on {day_words(day)}.\n"
    lines, room = [head], LONGEST - len(state) - len(head) - 200
    told = [line for status in TOLD for line in _section(status, found, repository)]
    for number, line in enumerate(told):
        room -= len(line) + 1
        if room < 0:
            lines.append(f"\nAnd {len(told) - number:,} more lines: the whole report is in `report.json`.")
            break
        lines.append(line)
    return "\n".join([*lines, "", state])


def write_changes(changes: Sequence[Change], repository: str) -> str:
    """What changed, as Markdown; "" when nothing has."""
    headings = {UrlStatus.GONE: "Gone", UrlStatus.MOVED: "Moved"}
    groups: dict[str, list[str]] = {"Gone": [], "Moved": [], "No longer gone or moved": []}
    for change in changes:
        status = change.found.look.status if change.found.look else change.before
        group = headings.get(status, "No longer gone or moved")
        groups[group].append(f"{_line(change.found, repository)} It was {change.before}.")
    text = "\n".join(line for name, lines in groups.items() if lines for line in (f"\n**{name}**\n", *lines))
    return f"{text.strip()[:LONGEST]}\n" if text else ""


def write_json(found: Iterable[Found], day: date) -> str:
    """The whole report for machines."""
    links = [
        {
            "address": one.link.address,
            **({} if one.look is None else tell_look(one.look)),
            "cited": [asdict(cited) for cited in one.link.cited],
        }
        for one in found
    ]
    return json.dumps({"day": day.isoformat(), "links": links}, ensure_ascii=False, indent=1) + "\n"


def read_state(text: str, today: date) -> tuple[Look, ...]:
    """The looks that an earlier report tells of in its comment; none when the text is no report.

    Those of today are taken for yesterday’s, so that they are something to compare with; but a host that was first found
    not to exist today has not been found so on two days.
    """
    _, _, state = text.replace("\r\n", "\n").partition(_STATE)
    return tuple(look if look.day < today else _as_before(look, today) for look in read_looks(state.split("\n")))


def _as_before(look: Look, today: date) -> Look:
    trouble = None if look.status is UrlStatus.UNSURE else look.trouble
    return replace(look, day=today - timedelta(days=1), trouble=trouble)


def _write_state(found: Iterable[Found]) -> str:
    """All that is not live, the worst first, in a comment that nothing in it can end."""
    looks = [one.look for one in found if one.look and one.look.status is not UrlStatus.LIVE]
    lines: list[str] = []
    for line in write_looks(sorted(looks, key=lambda look: (TOLD.index(look.status), look.address))):
        safe = line.replace("<", r"\u003c").replace(">", r"\u003e").replace("--", r"-\u002d")
        if sum(map(len, lines)) + len(safe) < _LONGEST_STATE:
            lines.append(safe)
    return f"{_STATE}{''.join(f'{line}{chr(10)}' for line in lines)}-->\n"


def _section(status: UrlStatus, found: Iterable[Found], repository: str) -> Iterator[str]:
    here = [one for one in found if one.look and one.look.status is status]
    if here:
        yield f"\n## {status.capitalize()} ({len(here):,})\n\n{_ADVICE[status]}\n"
        yield from (_line(one, repository) for one in here)


def _line(found: Found, repository: str) -> str:
    """`- address: why. Now: address. In event (handle, no archived copy).`"""
    look = found.look
    to = f" Now: {_code(look.to)}." if look and look.to else ""
    cited = "; ".join(_cited(cited, repository) for cited in found.link.cited)
    why = f"{look.why[:1].upper()}{look.why[1:]}." if look else ""
    return f"- {_code(found.link.address)} {_plain(why)}{to} In {cited}."


def _cited(cited: Cited, repository: str) -> str:
    copy = "an archived copy itself" if cited.is_copy else "archived" if cited.archive else "no archived copy"
    return f"[{cited.slug}]({repository}/blob/main/{cited.path}) as `{cited.handle}` ({copy})"


def _code(text: str) -> str:
    """A text between backticks, whatever is in it."""
    return f"`{''.join(text.split()).replace('`', '%60')}`"


def _plain(text: str) -> str:
    """A sentence without signs by which Markdown or GitHub would make something of it."""
    return text.translate({ord(sign): None for sign in "`<>[]*_#@"})
