"""Looks at addresses: asks for each, compares where it must, judges, and tells each look as soon as it is made."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from chronicle.model import UrlStatus
from chronicle.net import Answer, Limits, Net, Trouble
from chronicle.upkeep.links.addresses import Link
from chronicle.upkeep.links.ledger import History, Look, look_of
from chronicle.upkeep.links.verdicts import judge, needs_comparison

LIMITS: Final = Limits(
    size=512 * 1024, unpacked=1024 * 1024, cut=True, delay=1.5
)  # a heading stands near the beginning
_NOWHERE: Final = "chronicle-asks-for-a-page-that-cannot-be-there-8d1f6a"
_BEGINNING: Final = 64 * 1024  # where the headings of a page stand

Tell = Callable[[Look], None]


async def look_at(links: Iterable[Link], net: Net, history: History, day: date, tell: Tell) -> None:
    """Looks at all links, several hosts at a time, and tells each look to `tell`."""
    nowhere: dict[str, asyncio.Task[Answer]] = {}

    async def ask_for_nowhere(url: str) -> Answer:
        place = f"{url.partition('?')[0].rpartition('/')[0]}/{_NOWHERE}"
        if place not in nowhere:
            nowhere[place] = asyncio.create_task(_ask_briefly(place, net))
        return await nowhere[place]

    async def find(link: Link) -> Look:
        answer = await net.ask(link.address)
        elsewhere = None
        if needs_comparison(answer, link.titles) and urlsplit(link.address).path.strip("/"):
            elsewhere = await ask_for_nowhere(link.address)
        verdict = judge(answer, link.titles, was_unknown(history.get(link.address, ()), day), elsewhere)
        return look_of(answer, verdict, day)

    async def look(link: Link) -> None:
        try:
            found = await find(link)
        except Exception as error:  # one address that nobody foresaw does not end the run
            found = Look(link.address, day, UrlStatus.UNSURE, f"we could not look at it ({type(error).__name__})")
        tell(found)

    async with asyncio.TaskGroup() as group:
        for link in links:
            group.create_task(look(link))


async def _ask_briefly(url: str, net: Net) -> Answer:
    """The answer with the beginning of its body, for it is kept until the last page of its folder has been judged."""
    answer = await net.ask(url)
    return replace(answer, body=answer.body[:_BEGINNING], cut=True)


def was_unknown(looks: Iterable[Look], day: date) -> bool:
    """Whether the last look before that day found no such host."""
    earlier = [look for look in looks if look.day < day]
    return bool(earlier) and earlier[-1].trouble is Trouble.NO_SUCH_HOST
