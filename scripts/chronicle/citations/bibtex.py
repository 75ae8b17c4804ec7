"""BibTeX in the fields of biblatex, which is what LaTeX writers and most reference managers take for web pages."""

from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

from chronicle.citations.when import biblatex_date
from chronicle.citations.works import Work
from chronicle.model.setting import CitedAs

_ENTRY_TYPES = {  # CSL’s types as entry types, with the field for whoever publishes
    CitedAs.WEBPAGE: ("online", "organization"),
    CitedAs.BLOG: ("online", "organization"),
    CitedAs.NEWSPAPER: ("article", "journaltitle"),
    CitedAs.MAGAZINE: ("article", "journaltitle"),
    CitedAs.JOURNAL: ("article", "journaltitle"),
    CitedAs.BROADCAST: ("online", "organization"),
    CitedAs.REPORT: ("report", "institution"),
    CitedAs.DATASET: ("dataset", "publisher"),
}
_SUBTYPES = {CitedAs.NEWSPAPER: "newspaper", CitedAs.MAGAZINE: "magazine"}
# Signs that TeX would obey. Braces are written as commands: BibTeX counts them even behind a backslash.
_HARMLESS = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    }
)  # fmt: skip


def write_bibtex(works: Iterable[Work]) -> str:
    """The works as a BibTeX file in UTF-8."""
    return "\n".join(map(_entry, works))


def _entry(work: Work) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work) if value)
    return f"@{_ENTRY_TYPES[work.cited_as][0]}{{{work.key},\n{fields}}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str | None]]:
    """The fields in order; addresses stand as they are, for biblatex reads them word for word."""
    date = biblatex_date(work.issued) if work.issued else None
    unwritable = (f"Published {work.issued.words()}.",) if work.issued and not date else ()
    archived = f"Archived copy: {work.archive}" if work.archive else ""
    if work.author:
        yield "author", _whole(work.author)
    yield "title", _whole(work.title)
    yield "titleaddon", _text(f"[{work.translation}]") if work.translation else None
    if work.published_by:
        yield _ENTRY_TYPES[work.cited_as][1], _whole(work.published_by)
    yield "entrysubtype", _SUBTYPES.get(work.cited_as)
    yield "date", date
    yield "version", work.version
    yield "url", work.url
    yield "urldate", work.accessed.isoformat() if work.accessed else None
    yield "langid", _language(work.language)
    yield "note", _text(" ".join((*unwritable, *work.notes)))
    yield "addendum", _text(archived)


def _whole(text: str) -> str:
    """A text within braces: names are not taken apart at “and”, capitals of titles are kept."""
    return f"{{{_text(text)}}}"


def _text(text: str) -> str:
    return " ".join(text.split()).translate(_HARMLESS)


@cache
def _language(code: str) -> str | None:
    """The name by which LaTeX’s babel knows a language, which for most is the English one; None for others."""
    try:
        name = Locale.parse(code, sep="-").get_language_name("en") or ""
    except (UnknownLocaleError, ValueError):
        return None
    return name.lower() if name.isascii() and name.isalpha() else None
