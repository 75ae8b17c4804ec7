"""Wording: titles that are headlines, quotations that are short, words that take no side, signs that nothing reads."""

import re
from collections.abc import Iterator
from functools import lru_cache

from chronicle.load.findings import Finding
from chronicle.model import Event
from chronicle.model.setting import Rules
from chronicle.problems import Severity
from chronicle.yamlfile import Route

_LONGEST_TITLE = 120
_FULL_STOP = re.compile(r"(?<![\s.]\w)\.[”’\"]?$")  # the point at the end of “U.S.” belongs to the word
_WORD = re.compile(r"\S+")
_MARKUP = re.compile(
    r"\*\*(?=\S)[^*\n]+\*\*|__(?=\S)[^_\n]+__|`[^`\n]+`|^#{1,6} \S+"
    r"|<(?P<tag>[a-zA-Z]\w*)[^<>\n]*>[^<>\n]*</(?P=tag)>|</?[a-zA-Z][^<>\n]*>|<!--"
    r"|(?P<address>!?\[[^]\n]+\]\([^)\s]+\)|https?://[^\s)\]]*[^\s)\].,:;!?])",
    re.MULTILINE,
)
_EMPHASIS_TOO = re.compile(rf"{_MARKUP.pattern}|\*(?=\S)[^*\n]+\*", re.MULTILINE)
_PLAIN = "Delete the signs, and let the words say it."
_CITE = "List the page under `sources:`, and cite it there for what it shows."
_IN_MARKS = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“”]*[“”]|«[^«»]*»")
_QUOTATION = re.compile(r"“[^”]*”|‘(?:[^’]|’(?=\w))*’|\"[^\"]*\"")  # ’ before a letter is an apostrophe
_SENTENCE_START = re.compile(r"(?:^|[.!?…][”’\")]*(?:\[\^[^\]]*\])*\s|\n\s*\n)[\s“‘\"(]*$")


def find_bad_titles(event: Event) -> Iterator[Finding]:
    """A title is a headline: at most 120 characters, and no full stop at its end.

    Good: `title: Harbour bridge closed after a crack is found`
    Bad: `title: The harbour bridge was closed.`
    """
    for at, what, mend in examine_title(event.title):
        yield Finding(event.path, ("title",), f"`title`: {what}", mend, offset=at)


def examine_title(title: str) -> Iterator[tuple[int, str, str]]:
    """Why a title is no headline: where in it, what is wrong, and how to mend it."""
    if stop := _FULL_STOP.search(title):
        yield stop.start(), "a headline has no full stop at its end", "Delete the full stop."
    if len(title) > _LONGEST_TITLE:
        what = f"{len(title)} characters are more than {_LONGEST_TITLE}"
        yield _LONGEST_TITLE, what, "Shorten it; the summary can say the rest."


def find_shouted_titles(event: Event) -> Iterator[Finding]:
    """A title has capitals where a sentence has them, whatever the headline of a paper looks like.

    Good: `title: Harbour bridge closed after a crack is found`
    Bad: `title: HARBOUR BRIDGE CLOSED AFTER A CRACK IS FOUND`
    """
    if event.title.isupper() and len(_WORD.findall(event.title)) > 1:
        mend = "Write it as in a sentence, with capitals for names and short forms alone."
        yield Finding(event.path, ("title",), "`title`: all of it stands in capitals", mend, Severity.WARNING)


def find_markup(event: Event) -> Iterator[Finding]:
    """No signs are meant to make words bold, a heading or a link: readers would see the signs.

    In prose `*words*` are emphasised and `[^handle]` cites a source; one line of text knows neither.

    Good: `says: The crack had been reported *twice* before.`
    Bad: `says: The crack had been reported **twice**, see https://gazette.example.org/1998/bridge.`
    """
    corrected = [(at, key) for at in range(len(event.corrections)) for key in ("what", "why")]
    lines: dict[Route, str] = {("title",): event.title}
    lines |= {("corrections", at, key): getattr(event.corrections[at], key) for at, key in corrected}
    for route, text in {**_own_words(event), **lines}.items():
        for found in (_EMPHASIS_TOO if route in lines else _MARKUP).finditer(text):
            what = f"`{route[-1]}`: readers see “{found[0]}” as it is typed here, with all its signs"
            mend = _CITE if found["address"] else _PLAIN
            yield Finding(event.path, route, what, mend, Severity.WARNING, offset=found.start())


def find_doubled_quotation_marks(event: Event) -> Iterator[Finding]:
    """A quotation is written without its quotation marks, which the page puts around it.

    Good: `quote: We wrote to them in October.`
    Bad: `quote: “We wrote to them in October.”`
    """
    for route, quote in _quotations(event):
        if _IN_MARKS.fullmatch(quote):
            what = "`quote`: quotation marks stand around it, and the page adds its own"
            yield Finding(event.path, route, what, "Delete the first and the last mark.", Severity.WARNING)


def find_long_quotations(event: Event, rules: Rules) -> Iterator[Finding]:
    """A quotation has no more words than `quotation_words` in chronology.yml allows.

    Good: `quote: We wrote to them in October and again in January.`
    Bad: a whole paragraph of the newspaper
    """
    for route, quote in _quotations(event):
        if (number := len(quote.split())) > rules.quotation_words:
            surplus = list(_WORD.finditer(quote))[rules.quotation_words]
            what = f"`quote`: {number} words are more than {rules.quotation_words}"
            mend = "Let it end before this word, or put … in place of words that it can spare."
            yield Finding(event.path, route, what, mend, offset=surplus.start())


def _quotations(event: Event) -> Iterator[tuple[Route, str]]:
    for at, claim in enumerate(event.claims):
        if claim.quote:
            yield ("claims", at, "quote"), claim.quote
    for handle, source in event.sources.items():
        if source.quote:
            yield ("sources", handle, "quote"), source.quote


def find_loaded_words(event: Event, rules: Rules) -> Iterator[Finding]:
    """Our own words take no side; those of others may, in quotation marks.

    The words are the `loaded_words` of chronology.yml. A capital within a sentence makes a name of one.

    Good: `says: The owner called the inspector “a notorious liar”.`
    Bad: `says: The notorious inspector resigned.`
    """
    words = tuple(sorted(rules.loaded_words, key=len, reverse=True))
    beginnings, pattern = _search_for(words)
    text_by_route = _own_words(event)
    together = "\n".join(text_by_route.values()).casefold()
    if not any(beginning in together for beginning in beginnings):
        return  # nearly always so, and found much faster than by the pattern
    for route, text in text_by_route.items():
        for found in pattern.finditer(text):
            if not _is_quoted(found, text) and not _is_name(found, text):
                what = f"`{route[-1]}`: “{' '.join(found[0].split())}” takes a side"
                (word,) = (word for word, matched in zip(words, found.groups(), strict=True) if matched)
                mend = f"Instead: {rules.loaded_words[word]}."
                yield Finding(event.path, route, what, mend, Severity.WARNING, offset=found.start())


@lru_cache(maxsize=1)
def _search_for(words: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """How each of the words begins, and what finds them as whole words in any case, over the end of a line too.

    Each word has its own group in the pattern: what is found need not be spelt as the word is, as with “ſ” for “s”.
    """
    beginnings = frozenset(word.casefold().split()[0] for word in words)
    choices = "|".join("(" + r"\s+".join(map(re.escape, word.split())) + ")" for word in words)
    return beginnings, re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)


def _own_words(event: Event) -> dict[Route, str]:
    """What the editors wrote themselves, by its place."""
    return {
        ("title",): event.title,
        ("summary",): event.summary,
        ("annotation",): event.annotation or "",
        **{("claims", at, "says"): claim.says for at, claim in enumerate(event.claims)},
        **{("figures", at, "note"): figure.note for at, figure in enumerate(event.figures) if figure.note},
    }


def _is_quoted(found: re.Match[str], text: str) -> bool:
    return any(quotation.start() < found.start() < quotation.end() for quotation in _QUOTATION.finditer(text))


def _is_name(found: re.Match[str], text: str) -> bool:
    has_capital = found[0][0].isupper() and not found[0].isupper()
    return has_capital and not _SENTENCE_START.search(text, 0, found.start())
