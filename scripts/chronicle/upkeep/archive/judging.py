"""Whether a capture is the page itself, and not a redirect, an error page or a door."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chronicle.model import UrlStatus
from chronicle.net import Answer
from chronicle.upkeep.archive.wayback import Capture, is_same_page, replayed
from chronicle.upkeep.links.pages import read_page
from chronicle.upkeep.links.verdicts import judge

_SENDS_ON: Final = re.compile(
    r"<meta\b[^>]{0,80}http-equiv\s*=\s*[\"']?refresh[^>]{0,80}content\s*=\s*[\"']?\s*[0-5]\s*;\s*url\s*=",
    re.IGNORECASE,
)
_OF_THE_ARCHIVE: Final = (
    403,
    429,
)  # a capture with such a status is not listed as sound, so it is the archive that speaks


class UnreachableError(Exception):
    """The archive did not give what it was asked for; the text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a capture is: the capture that was really given, why it is refused ("" if not), and whether it bears the title."""

    capture: Capture
    refused: str = ""
    bears_title: bool = True

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.bears_title and not self.refused


def judge_capture(answer: Answer, capture: Capture, url: str, titles: Sequence[str]) -> Opinion:
    """The opinion on a capture of `url`, given the answer to its raw address; raises UnreachableError.

    The archive sends on to the nearest capture it can give, or to where the page itself sent on: only the first will do.
    """
    given, page_url = replayed(answer.final) or (capture, answer.final)
    if answer.hops and not is_same_page(page_url, url):
        return Opinion(given, f"the capture is a redirect to {page_url}")
    if answer.trouble:
        raise UnreachableError(answer.said)
    status = answer.status or 0
    if not answer.header("memento-datetime"):
        if status == 404:
            return Opinion(given, "the archive lists the capture and cannot show it")
        raise UnreachableError(f"it answers with something else than the copy ({status})")
    if status in _OF_THE_ARCHIVE or status >= 500:
        raise UnreachableError(f"it answers with an error ({status})")
    if 300 <= status < 400:
        return Opinion(given, "the capture is a redirect")
    if not answer.ok:
        return Opinion(given, f"the capture is an error page ({status})")
    return _judge_page(answer, given, url, titles)


def _judge_page(answer: Answer, given: Capture, url: str, titles: Sequence[str]) -> Opinion:
    page = read_page(answer)
    if page and _SENDS_ON.search(answer.text[:20_000]):
        return Opinion(given, "the capture is a redirect")
    verdict = judge(replace(answer, url=url, final=url, hops=()), titles)
    if verdict.status is not UrlStatus.LIVE and not (page and page.asks_for_money):
        return Opinion(given, f"the capture is not the page itself: {verdict.why}")
    return Opinion(given, bears_title=page is None or not titles or page.bears(titles))
