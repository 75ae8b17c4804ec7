"""Finds the capture of a page that is nearest to a day, or asks for a new one, and looks at it before it is believed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from chronicle.net import Answer, Limits, Net
from chronicle.upkeep.archive.judging import Opinion, UnreachableError, judge_capture
from chronicle.upkeep.archive.lacking import Lacking
from chronicle.upkeep.archive.wayback import (
    Capture,
    Service,
    read_captures,
    read_complaint,
    read_job,
    read_nearest,
    read_progress,
)

LIMITS: Final = Limits(  # the archive asks programs for no more than 15 requests a minute
    seconds=60, size=2 * 1024**2, unpacked=4 * 1024**2, cut=True, delay=5, backoff=5, longest_wait=300
)
PATIENCE: Final = 240.0  # seconds for which a new copy is waited for
PAUSE: Final = 6.0  # seconds between two looks at how it goes on
NOTHING: Final = "the archive has no copy"
OTHER_TITLE: Final = "its heading is not the title in the entry; open it once"
_MOST_LOOKED_AT: Final = 4  # captures, the nearest first


class Result(StrEnum):
    """What came of looking for a copy."""

    FOUND = "found"
    NONE = "no copy"
    REFUSED = "refused"
    UNREACHED = "not reached"


@dataclass(frozen=True, slots=True)
class Find:
    """What was found: the capture if there is a good one, and why there is none or what to look at, in a sentence or ""."""

    result: Result
    why: str = ""
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of an account at the archive, which Save Page Now asks for."""

    access: str
    secret: str

    @property
    def headers(self) -> dict[str, str]:
        """What has to be sent with a request."""
        return {"Authorization": f"LOW {self.access}:{self.secret}", "Accept": "application/json"}


class Finder:
    """Asks an archive for copies."""

    def __init__(self, net: Net, service: Service, today: date) -> None:
        self._net, self._service, self._today = net, service, today

    async def find(self, lacking: Lacking) -> Find:
        """The nearest good capture that is there."""
        try:
            captures = await self._list(lacking)
            ranked = lacking.rank(captures, self._today)
            if not ranked:
                return Find(Result.NONE, "all copies in the archive are older than the page" if captures else NOTHING)
            opinions: list[Opinion] = []
            for capture in ranked[:_MOST_LOOKED_AT]:
                opinions.append(await self._look(capture, lacking))
                if opinions[-1].is_good:
                    break
        except UnreachableError as error:
            return Find(Result.UNREACHED, str(error))
        return _choose(opinions)

    async def save(self, lacking: Lacking, keys: Keys) -> Find:
        """A new capture, made by the archive because we ask for it."""
        form = {"url": lacking.url.partition("#")[0], "skip_first_archive": "1"}
        try:
            begun = await self._ask(self._service.save, "POST", form, keys)
            job = read_job(begun.text)
            if job is None:
                return Find(Result.REFUSED, f"the archive makes no copy: {read_complaint(begun.text)}")
            made = await self._wait_for(job, keys)
            if isinstance(made, str):
                return Find(Result.REFUSED, f"the archive could make no copy: {made}")
            return _choose([await self._look(made, lacking)])
        except UnreachableError as error:
            return Find(Result.UNREACHED, str(error))

    async def _list(self, lacking: Lacking) -> tuple[Capture, ...]:
        """The captures in the index or, where that does not answer, the one that the availability API knows."""
        near = lacking.near or self._today
        try:
            return read_captures((await self._ask(self._service.captures(lacking.url, near))).text)
        except (UnreachableError, ValueError):
            answer = await self._ask(self._service.nearest(lacking.url, near))
        try:
            return read_nearest(answer.text)
        except ValueError as error:
            raise UnreachableError("its answer cannot be understood") from error

    async def _look(self, capture: Capture, lacking: Lacking) -> Opinion:
        """The opinion on a capture; the archive may have given another than it was asked for."""
        answer = await self._net.ask(self._service.raw(capture, lacking.url), as_robot=False)
        opinion = judge_capture(answer, capture, lacking.url, lacking.titles)
        if not opinion.refused and not lacking.rank([opinion.capture], self._today):
            return replace(opinion, refused="the archive gives a copy that is older than the page")
        return opinion

    async def _wait_for(self, job: str, keys: Keys) -> Capture | str:
        """What a job has made, or why it has failed."""
        clock = asyncio.get_running_loop().time
        until = clock() + PATIENCE
        while clock() < until:
            made = read_progress((await self._ask(self._service.job(job), keys=keys)).text)
            if made is not None:
                return made
            await asyncio.sleep(PAUSE)
        raise UnreachableError("the new copy was not ready in time; it may be there tomorrow")

    async def _ask(
        self, url: str, method: str = "GET", form: Mapping[str, str] | None = None, keys: Keys | None = None
    ) -> Answer:
        headers = keys.headers if keys else {}
        answer = await self._net.ask(url, method=method, form=form, headers=headers, as_robot=False)
        if answer.trouble:
            raise UnreachableError(answer.said)
        if not answer.ok:
            raise UnreachableError(f"it answers with an error ({answer.status})")
        return answer


def _choose(opinions: Sequence[Opinion]) -> Find:
    """The first good capture, or else the first that is not refused; of those that are, the nearest says why."""
    acceptable = sorted(
        (opinion for opinion in opinions if not opinion.refused), key=lambda opinion: not opinion.is_good
    )
    if not acceptable:
        return Find(Result.REFUSED, opinions[0].refused)
    chosen = acceptable[0]
    return Find(Result.FOUND, "" if chosen.is_good else OTHER_TITLE, chosen.capture)
