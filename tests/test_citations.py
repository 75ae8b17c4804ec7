"""Citations: read back by libraries that did not write them, with the day of the entry, and harmless whatever is typed."""

import json
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_with_another
from citeproc import SCHEMA_PATH, Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft202012Validator
from pybtex.database import BibliographyData, parse_string

from chronicle.citations import make_citations, work_of_event
from chronicle.citations.bibtex import write_bibtex
from chronicle.citations.csl import csl_item, write_csl
from chronicle.citations.ris import write_ris
from chronicle.citations.when import biblatex_date, dated
from chronicle.citations.works import Work, work_of_chronology, works_of_sources
from chronicle.dates import read_date
from chronicle.load import load
from chronicle.made import Keys
from chronicle.model.setting import CitedAs
from chronicle.model.standing import as_known_on
from chronicle.site import published_at
from small import SETTING, entry, read, source, write

TESTS = Path(__file__).parent
BRIDGE = "events/harbour-bridge-closed"
DIGEST = "0123456789abcdef" * 4
ATTACKS = (
    "}} @online{stolen, title = {x}} {{",
    r"\input{/etc/passwd} \write18{rm -rf} \\ \end{document}",
    "100% & #1 _under_ $x^2$ ~tie~ \\",
    "{" * 40,
    "ER  - \nTY  - BOOK\r\nTI  - stolen",
    "one\u2028two\u2029three\x85four",
    "\u202egnp.exe\u202c الجسر 다리 👩‍🚀",
    '"quoted" \'single\' </script><script>spoilt=1</script> ]]> --> &lt;',
    "A and B and others, Jr.",
    "@comment @preamble @string{x = y} # concatenation",
)  # fmt: skip


def files_of(folder: Path) -> dict[str, str]:
    loaded = load(folder)
    assert loaded.chronology
    made = make_citations(loaded.chronology, Keys(loaded.chronology, loaded.digests), loaded.digests)
    return {one.path: one.make() for one in made}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return files_of(TESTS / "project")


@pytest.fixture(scope="module", params=["project", "hostile"])
def all_files(request: pytest.FixtureRequest) -> dict[str, str]:
    return files_of(TESTS / request.param)


def read_bibtex(text: str) -> BibliographyData:
    """By pybtex, with what a name is made of; a fault raises."""
    return parse_string(text, "bibtex")


def plain(latex: str) -> str:
    """What LaTeX would print for a text of ours: our escapes undone, which are all that may stand in it."""
    words = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~"} | {
        "textasciicircum": "^"
    }
    bare = latex[1:-1] if latex.startswith("{") and latex.endswith("}") else latex
    found = re.sub(r"\\([a-z]+)\{\}|\\([%&#_$])", lambda m: words[m[1]] if m[1] else m[2], bare)
    left = re.sub(r"\\[a-z]+\{\}|\\[%&#_$]", "", bare)
    assert not re.search(r"[\\{}%&#_$~^]", left), latex
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def work(**changes: Any) -> Work:
    values = {
        "key": "a-b.c", "cited_as": CitedAs.WEBPAGE, "title": "Title", "url": "https://a.example.org/1",
        "author": "Somebody", "published_by": "The Gazette", "issued": read_date("1998-03-18"), "language": "en",
    }  # fmt: skip
    return Work(**{**values, **changes})


# The formats, each by a reader of others


def test_an_entry_is_cited_by_its_editors_its_day_of_change_and_its_version(files: dict[str, str]) -> None:
    (item,) = json.loads(files[f"{BRIDGE}/cite.json"])
    (ris,) = rispy.loads(files[f"{BRIDGE}/cite.ris"])
    bib = read_bibtex(files[f"{BRIDGE}/cite.bib"]).entries["harbour-bridge-closed"]
    title = "Harbour bridge closed after a crack is found"
    url = "https://bridge.example.org/events/harbour-bridge-closed/"
    editors = "The editors of the bridge chronology"
    assert (item["title"], ris["title"], plain(bib.fields["title"])) == (title,) * 3
    assert (item["URL"], ris["urls"], bib.fields["url"]) == (url, [url], url)
    assert (item["author"], ris["authors"]) == ([{"literal": editors}], [editors])
    assert [str(person) for person in bib.persons["author"]] == [f"{{{editors}}}"]
    assert item["issued"] == {"date-parts": [[2024, 6, 11]]}
    assert (ris["date"], ris["year"], bib.fields["date"]) == ("2024/06/11/", "2024", "2024-06-11")
    assert ris["edition"] == f"Version {item['version']}"
    assert bib.fields["version"] == item["version"]
    assert re.fullmatch("[0-9a-f]{8}", item["version"])
    assert bib.type == "online"


def test_the_day_of_the_event_is_nowhere_in_its_citation(files: dict[str, str]) -> None:
    texts = {path: text for path, text in files.items() if "/cite." in path}
    assert len(texts) == 24
    assert [path for path, text in texts.items() if "1998" in text.replace("-1998", "")] == []


def test_sources_keep_author_publisher_titles_language_and_dates(files: dict[str, str]) -> None:
    item = {item["id"]: item for item in json.loads(files[f"{BRIDGE}/sources.json"])}["harbour-bridge-closed.gazette"]
    archive = "https://web.archive.org/web/19980320101500/https://gazette.example.org/1998/03/19/bridge"
    assert item == {
        "id": "harbour-bridge-closed.gazette",
        "type": "article-newspaper",
        "title": "Ponton fissuré [Cracked pier closes bridge]",
        "author": [{"literal": "J. Corrie"}],
        "container-title": "The Ellery Gazette",
        "issued": {"date-parts": [[1998, 3, 19]]},
        "URL": "https://gazette.example.org/1998/03/19/bridge",
        "accessed": {"date-parts": [[2024, 5, 2]]},
        "archive": "web.archive.org",
        "archive_location": archive,
        "language": "fr",
        "note": "Relays Harbour Authority; origin: Harbour Authority.",
    }
    ris = {one["id"]: one for one in rispy.loads(files[f"{BRIDGE}/sources.ris"])}[item["id"]]
    assert (ris["type_of_reference"], ris["title"], ris["translated_title"]) == (
        "NEWS", "Ponton fissuré", "Cracked pier closes bridge",
    )  # fmt: skip
    assert (ris["secondary_title"], ris["language"], ris["access_date"]) == ("The Ellery Gazette", "fr", "2024/05/02/")
    assert (ris["name_of_database"], ris["accession_number"]) == ("web.archive.org", archive)
    bib = read_bibtex(files[f"{BRIDGE}/sources.bib"]).entries[item["id"]]
    assert (bib.type, bib.fields["entrysubtype"], bib.fields["langid"]) == ("article", "newspaper", "french")
    assert (bib.fields["urldate"], bib.fields["date"]) == ("2024-05-02", "1998-03-19")
    assert bib.fields["titleaddon"] == "[Cracked pier closes bridge]"


def test_every_source_of_every_event_is_in_all_three_files(all_files: dict[str, str]) -> None:
    for path in (path for path in all_files if path.endswith("sources.json")):
        ids = [item["id"] for item in json.loads(all_files[path])]
        base = path.removesuffix(".json")
        assert ids
        assert list(read_bibtex(all_files[f"{base}.bib"]).entries) == ids
        assert [one["id"] for one in rispy.loads(all_files[f"{base}.ris"])] == ids
        other = parse_with_another(all_files[f"{base}.bib"])
        assert [entry.key for entry in other.entries] == ids
        assert other.failed_blocks == []


def test_the_whole_is_cited_with_the_newest_change_and_a_version_of_all(files: dict[str, str], tmp_path: Path) -> None:
    (item,) = json.loads(files["data/v1/citation.json"])
    assert (item["type"], item["title"]) == ("dataset", "The harbour bridge of Port Ellery")
    assert item["issued"] == {"date-parts": [[2024, 6, 11]]}
    assert read_bibtex(files["data/v1/citation.bib"]).entries["chronology"].type == "dataset"
    assert rispy.loads(files["data/v1/citation.ris"])[0]["type_of_reference"] == "DATA"
    chronology = read(tmp_path, {"1998/one": entry()})
    versions = {work_of_chronology(chronology, {"chronology/events/1998/one.yml": d}).version for d in ("a", "b")}
    assert len(versions) == 2


def test_a_chronology_without_events_is_cited_without_a_day(tmp_path: Path) -> None:
    whole = work_of_chronology(read(tmp_path, {}), {})
    assert whole.issued is None
    assert "issued" not in csl_item(whole)
    assert "date =" not in write_bibtex([whole])
    assert "DA  - " not in write_ris([whole])


# CSL-JSON


def _names(file: str, group: str) -> set[str]:
    """The words of a list of the Citation Style Language, as it comes with the processor."""
    folder = Path(SCHEMA_PATH).parent
    text = (folder / file).read_text(encoding="utf-8")
    block = re.search(rf"\n  {re.escape(group)} =(.*?)(?=\n  [a-z]|\n}})", text, re.DOTALL)
    assert block, group
    return set(re.findall(r'"([^"]+)"', block[1]))


def csl_schema() -> Mapping[str, Any]:
    part = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
    day = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": part},
            "season": {"enum": [1, 2, 3, 4]},
            "circa": {"const": True},
            "literal": {"type": "string", "minLength": 1},
        },
    }
    name = {"type": "object", "required": ["literal"], "additionalProperties": False} | {
        "properties": {"literal": {"type": "string", "minLength": 1}}
    }
    dates, names = _names("csl-variables.rnc", "variables.dates"), _names("csl-variables.rnc", "variables.names")
    kinds = ("variables.strings", "variables.numbers", "variables.titles")
    texts = {text for kind in kinds for text in _names("csl-variables.rnc", kind)}
    properties: dict[str, Any] = {text: {"type": "string", "minLength": 1} for text in texts | {"id", "language"}}
    properties |= dict.fromkeys(dates, day) | {one: {"type": "array", "items": name} for one in names}
    item = {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {**properties, "type": {"enum": sorted(_names("csl-types.rnc", "item-types"))}},
    }
    return {"type": "array", "items": item}


def test_every_item_has_only_what_the_citation_style_language_knows(all_files: dict[str, str]) -> None:
    validator = Draft202012Validator(csl_schema())
    for path in (path for path in all_files if path.endswith(".json")):
        assert list(validator.iter_errors(json.loads(all_files[path]))) == [], path


@pytest.mark.parametrize("broken", [{"type": "newspaper"}, {"issued": {"date": "1998"}}, {"archive-url": "x"}])
def test_what_the_language_does_not_know_is_noticed(broken: Mapping[str, Any]) -> None:
    assert list(Draft202012Validator(csl_schema()).iter_errors([{**csl_item(work()), **broken}]))


def test_every_type_that_a_source_may_be_cited_as_is_one_of_the_language() -> None:
    assert {str(one) for one in CitedAs} <= _names("csl-types.rnc", "item-types")


@pytest.mark.parametrize("cited_as", CitedAs)
def test_every_type_is_read_back_in_every_format(cited_as: CitedAs) -> None:
    one = work(cited_as=cited_as)
    assert json.loads(write_csl([one]))[0]["type"] == cited_as
    assert read_bibtex(write_bibtex([one])).entries["a-b.c"].fields["title"] == "{Title}"
    assert rispy.loads(write_ris([one]))[0]["title"] == "Title"
    for text in (write_csl([one]), write_bibtex([one]), write_ris([one])):
        assert "The Gazette" in text


def test_other_styles_write_our_items_too(files: dict[str, str]) -> None:
    """The style that comes with the processor, that of “Cite Them Right”, finds everything where it looks for it."""
    items = [item for path, text in files.items() if path.endswith("json") for item in json.loads(text)]
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    with warnings.catch_warnings(
        action="ignore"
    ):  # the processor tells what it does not know, such as `available-date`
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    written = "\n".join(map(str, bibliography.bibliography()))
    assert "J. Corrie (1998) “Ponton fissuré [Cracked pier closes bridge]”, The Ellery Gazette, 19 March." in written
    assert "The editors of the bridge chronology (2024) Harbour bridge closed after a crack is found, The" in written
    assert "Available at: https://gazette.example.org/1998/03/19/bridge (Accessed: May 2, 2024)." in written


# Dates are never made more exact than they are


@pytest.mark.parametrize(
    ("edtf", "csl", "biblatex", "ris"),
    [
        ("1998-03-17", {"date-parts": [[1998, 3, 17]]}, "1998-03-17", "1998/03/17/"),
        ("1998-03", {"date-parts": [[1998, 3]]}, "1998-03", "1998/03//"),
        ("1998", {"date-parts": [[1998]]}, "1998", "1998///"),
        ("1998-03~", {"date-parts": [[1998, 3]], "circa": True}, "1998-03~", "1998/03//about March 1998"),
        ("1998?", {"date-parts": [[1998]], "circa": True}, "1998?", None),
        ("1998-21", {"date-parts": [[1998]], "season": 1}, "1998-21", "1998///spring 1998"),
        ("1998-03-XX", {"date-parts": [[1998, 3]]}, "1998-03-XX", "1998/03//"),
        ("[1998-03-08..1998-03-13]", {"date-parts": [[1998, 3]]}, "1998-03", "1998/03//"),
        ("[1998-03-08..1998-05-13]", {"date-parts": [[1998]]}, "1998", "1998///"),
        ("1998-03-08/1998-03-13", {"date-parts": [[1998, 3, 8], [1998, 3, 13]]}, "1998-03-08/1998-03-13", None),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(edtf: str, csl: object, biblatex: str, ris: str | None) -> None:
    one = work(issued=read_date(edtf))
    assert json.loads(write_csl([one]))[0]["issued"] == csl
    assert biblatex_date(read_date(edtf)) == biblatex
    assert f"  date = {{{biblatex}}},\n" in write_bibtex([one])
    if ris:
        assert rispy.loads(write_ris([one]))[0]["date"] == ris


@pytest.mark.parametrize("edtf", ["199X", "1998-03-08/..", "../1998", "[1997..1999]", "1997-21/1998-22", "19XX"])
def test_a_date_that_has_no_parts_is_told_in_words(edtf: str) -> None:
    when = read_date(edtf)
    one = work(issued=when)
    assert dated(when).parts == ()
    assert json.loads(write_csl([one]))[0]["issued"] == {"literal": when.words()}
    (ris,) = rispy.loads(write_ris([one]))
    assert ris["notes"] == [f"Published {when.words()}."]
    assert not {"date", "year"} & set(ris)
    assert ("date = " in write_bibtex([one])) == (edtf[0] != "[")
    assert (f"Published {when.words()}." in write_bibtex([one])) == (edtf[0] == "[")


# Whatever is typed


@pytest.mark.parametrize("text", ATTACKS)
def test_hostile_text_comes_through_every_format_unharmed(text: str) -> None:
    one = work(title=text, author=text, published_by=text, translation=text, notes=(text,))
    two = work(key="second")
    bib = read_bibtex(write_bibtex([one, two]))
    assert list(bib.entries) == ["a-b.c", "second"]
    fields = bib.entries["a-b.c"].fields
    assert [plain(fields[name]) for name in ("title", "organization", "note")] == [flat(text)] * 3
    assert plain(fields["titleaddon"]) == f"[{flat(text)}]"
    (author,) = bib.entries["a-b.c"].persons["author"]
    assert plain(" ".join(author.last_names)) == flat(text)
    other = parse_with_another(write_bibtex([one, two]))
    assert other.failed_blocks == []
    assert [entry.key for entry in other.entries] == ["a-b.c", "second"]
    ris = rispy.loads(write_ris([one, two]))
    assert [item["id"] for item in ris] == ["a-b.c", "second"]
    assert ris[0]["title"] == ris[0]["secondary_title"] == flat(text)
    assert ris[0]["authors"] == [flat(text).replace(",", ";")]
    (item, _) = json.loads(write_csl([one, two]))
    assert item["author"] == [{"literal": text}]


def test_the_hostile_project_is_read_back_without_a_fault() -> None:
    for path, text in files_of(TESTS / "hostile").items():
        if path.endswith(".bib"):
            read_bibtex(text)
            for line in text.splitlines():
                assert line.count("{") == line.count("}") or line.startswith(("@", "}")), line
        elif path.endswith(".ris"):
            assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in text.splitlines() if line)


def test_addresses_stand_in_bibtex_as_they_are() -> None:
    url = "https://a.example.org/x_y%20z?q=1&r=~2#c$"
    assert read_bibtex(write_bibtex([work(url=url)])).entries["a-b.c"].fields["url"] == url


# The site and its address


def test_the_address_of_the_site_reaches_every_citation(tmp_path: Path) -> None:
    chronology = published_at("https://elsewhere.example.org/bridge/", read(tmp_path, {"1998/one": entry()}))
    one = work_of_event(chronology.events[0], chronology, DIGEST)
    assert one.url == "https://elsewhere.example.org/bridge/events/one/"


def test_what_became_public_later_is_not_among_the_sources(tmp_path: Path) -> None:
    later = "sources:\n" + source("a", "published: 1998-03-18") + source("b", "published: 1999-01-01")
    one = entry(later + "\nclaims: [{says: It was closed., sources: [a]}, {says: It was open., sources: [b]}]")
    chronology = read(tmp_path, {"1998/one": one})
    known = as_known_on(read_date("1998-12-31").earliest or chronology.events[0].added, chronology)
    assert [work.key for work in works_of_sources(chronology.events[0], chronology)] == ["one.a", "one.b"]
    assert [work.key for work in works_of_sources(known.events[0], known)] == ["one.a"]


def test_a_type_that_nobody_knows_is_refused_with_those_that_may_stand_there(tmp_path: Path) -> None:
    setting = SETTING.replace("cite_as: article-newspaper", "cite_as: newspaper")
    (problem,) = load(write(tmp_path, {"1998/one": entry()}, setting=setting)).problems
    assert "“newspaper” is not something that a source can be cited as" in problem.what
    assert "article-newspaper" in problem.mend


def test_a_source_type_that_says_nothing_is_cited_as_a_web_page(tmp_path: Path) -> None:
    setting = SETTING.replace(", cite_as: article-newspaper", "")
    chronology = load(write(tmp_path, {"1998/one": entry()}, setting=setting)).chronology
    assert chronology
    assert works_of_sources(chronology.events[0], chronology)[0].cited_as is CitedAs.WEBPAGE
