"""What an answer tells of an address: live, moved, gone, refused or unsure, and why, in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from chronicle.model import UrlStatus
from chronicle.model.likeness import clean_address
from chronicle.net import Answer, Trouble
from chronicle.upkeep.links.pages import Page, read_page

_PERMANENT: Final = {301, 308}
_GONE: Final = {404, 410}
_REFUSED: Final = {401: "a password", 402: "money", 403: "", 407: "a password", 429: "", 451: ""}
_NO: Final = {Trouble.ROBOTS, Trouble.BUSY}
_DOOR: Final = re.compile(
    r"(?:^|[/.])(?:log-?in|sign-?in|sso|auth|accounts?|subscri(?:be|ption)s?|paywall|register)(?:[/.?]|$)",
    re.IGNORECASE,
)
_NOT_FOUND: Final = re.compile(
    r"\b404\b|not found|(?:page|article) (?:is )?(?:gone|missing|unavailable|does ?n.t exist)"
    r"|no longer (?:available|exists)|nicht gefunden|introuvable|no encontrad|non trovat|não encontrad"
    r"|nie znaleziono|見つかりません",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an address, why we say so, and where it leads now, if it has moved."""

    status: UrlStatus
    why: str
    to: str | None = None


def judge(answer: Answer, titles: Sequence[str], was_unknown: bool = False, elsewhere: Answer | None = None) -> Verdict:
    """The verdict on an address.

    `titles` are those by which the page can be known, `was_unknown` says that on an earlier day, too, there was no such
    host, `elsewhere` is what the site answers for a page that cannot be there. In doubt the word is `unsure`; only 404,
    410 and a host that does not exist, on two days, are `gone`.
    """
    if answer.trouble:
        return _judge_trouble(answer, was_unknown)
    status = answer.status or 0
    if status in _GONE:
        return Verdict(UrlStatus.GONE, f"the site answers that there is no such page ({status})")
    if status in _REFUSED:
        wanted = f"the site asks for {_REFUSED[status]}" if _REFUSED[status] else "the site lets no program in"
        return Verdict(UrlStatus.REFUSED, f"{wanted} ({status})")
    if not answer.ok:
        return Verdict(UrlStatus.UNSURE, f"the site answers with an error ({status})")
    return _judge_page(answer, titles, elsewhere)


def needs_comparison(answer: Answer, titles: Sequence[str]) -> bool:
    """Whether an answer can only be judged by comparing it with that for a page that cannot be there."""
    page = read_page(answer) if answer.ok else None
    return page is not None and not page.bears(titles)


def _judge_trouble(answer: Answer, was_unknown: bool) -> Verdict:
    if answer.trouble is Trouble.NO_SUCH_HOST:
        if was_unknown:
            return Verdict(UrlStatus.GONE, f"{answer.said}, and there was none on an earlier day")
        return Verdict(UrlStatus.UNSURE, f"{answer.said}; it counts as gone once that is so on another day")
    return Verdict(UrlStatus.REFUSED if answer.trouble in _NO else UrlStatus.UNSURE, answer.said)


def _judge_page(answer: Answer, titles: Sequence[str], elsewhere: Answer | None) -> Verdict:
    page = read_page(answer)
    if not answer.body or (page and page.is_empty):
        return Verdict(UrlStatus.UNSURE, "the page is empty")
    if page and page.asks_for_money:
        return Verdict(UrlStatus.REFUSED, "the page is for subscribers")
    if page and not page.bears(titles):
        if _leads_to_door(answer) or page.asks_for_password:
            return Verdict(UrlStatus.REFUSED, "the site asks who we are")
        if doubt := _find_doubt(answer, page, elsewhere):
            return Verdict(UrlStatus.UNSURE, doubt)
    if _has_moved(answer):
        return Verdict(UrlStatus.MOVED, "the site says that the page has moved for good", answer.final)
    return Verdict(UrlStatus.LIVE, "the page answers")


def _find_doubt(answer: Answer, page: Page, elsewhere: Answer | None) -> str:
    """Why a page that answers well may all the same say that it is not there (a “soft 404”); "" if nothing speaks for it."""
    if any(map(_NOT_FOUND.search, page.headings)):
        return "the page answers, but its heading says that it is not there"
    if answer.hops and _is_above(answer.final, answer.url):
        return "the site sends us to its front page, or to that of a department"
    if elsewhere and elsewhere.ok:
        other = read_page(elsewhere)
        if elsewhere.hops and clean_address(elsewhere.final) == clean_address(answer.final):
            return "the site sends us where it sends all who ask for what is not there"
        if other and page.headings[:1] == other.headings[:1]:
            return "the site says the same of a page that cannot be there"
    return ""


def _has_moved(answer: Answer) -> bool:
    """Only redirects that are meant for good count, and only those to another page: `www.` or https is the same page."""
    permanent = bool(answer.hops) and all(hop.status in _PERMANENT for hop in answer.hops)
    return permanent and clean_address(answer.final) != clean_address(answer.url)


def _leads_to_door(answer: Answer) -> bool:
    return bool(_DOOR.search(_place(answer.final)) and not _DOOR.search(_place(answer.url)))


def _is_above(final: str, url: str) -> bool:
    """Whether an address is the front page of a site, or a page above the one that was asked for."""
    there, here = urlsplit(final).path.strip("/"), urlsplit(url).path.strip("/")
    return (
        bool(here) and not urlsplit(final).query and (not there or f"{here}/".startswith(f"{there}/")) and there != here
    )


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"
