"""What pages say to machines within themselves, read back by extruct and rdflib, and held against the words of schema.org."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import extruct  # type: ignore[import-untyped]
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SDO

from chronicle.dates import read_date
from chronicle.load import load
from chronicle.model import Chronology
from chronicle.model.standing import as_known_on
from chronicle.pages import make_pages
from chronicle.pages.iso import bounds_of, coverage_of, end_of, start_of
from chronicle.pages.linked import as_script
from served import KINDS
from small import entry, read, source

TESTS = Path(__file__).parent
SITE = "https://bridge.example.org/"
EVENT = f"{SITE}events/harbour-bridge-closed/"
VOCABULARY = json.loads((TESTS / "vendor" / "schema-dts-2.1.0" / "schema.org.json").read_text(encoding="utf-8"))
TEXTS = {"Text", "URL", "Date", "DateTime", "Integer", "Number", "Float", "Boolean", "PronounceableText", "XPathType"}
Node = dict[str, Any]


def said(html: str, address: str = SITE) -> list[Node]:
    """The nodes that a page holds, as extruct finds them."""
    found: dict[str, list[Node]] = extruct.extract(html, base_url=address, syntaxes=["json-ld"])
    return found["json-ld"]


@cache
def linked(name: str) -> dict[str, Node]:
    """What each page of a made-up project says, by its path."""
    loaded = load(TESTS / name)
    assert loaded.chronology
    made = make_pages(loaded.chronology, loaded.digests)
    texts = {page.path: page.make() for page in made if page.path.endswith(".md")}
    return {path: _only(said(f"<html><body>{text}</body></html>")) for path, text in texts.items()}


def _only(nodes: list[Node]) -> Node:
    assert len(nodes) == 1
    return nodes[0]


def faults(node: Node) -> Iterator[str]:
    """What in a node, and in those within it, is no word of schema.org, or may not stand where it stands."""
    kinds = [node["@type"]] if isinstance(node["@type"], str) else node["@type"]
    properties = {name: held for kind in kinds for name, held in _properties(kind).items()}
    for name, value in node.items():
        if name in ("@context", "@type", "@id"):
            continue
        if name not in properties:
            yield f"{kinds} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _misplaced(name, one, set(properties[name]))


def _misplaced(name: str, value: Any, held: set[str]) -> Iterator[str]:
    if not isinstance(value, dict):
        if not held & TEXTS:
            yield f"{name} holds {held} and no text"
    elif value.keys() - {"@id"}:
        if not held & {above for kind in _kinds(value) for above in _lineage(kind)}:
            yield f"{name} holds {held} and no {value['@type']}"
        yield from faults(value)


def _kinds(node: Node) -> list[str]:
    return [node["@type"]] if isinstance(node["@type"], str) else node["@type"]


def _lineage(kind: str) -> set[str]:
    return {kind}.union(*(_lineage(above) for above in VOCABULARY[kind]["above"]))


def _properties(kind: str) -> dict[str, list[str]]:
    return {name: held for one in _lineage(kind) for name, held in VOCABULARY[one]["properties"].items()}


def named(node: Any, names: dict[str, int]) -> dict[str, int]:
    """How often each kind of node stands in a node."""
    if isinstance(node, dict):
        for kind in _kinds(node) if "@type" in node else []:
            names[kind] = names.get(kind, 0) + 1
        for value in node.values():
            named(value, names)
    elif isinstance(node, list):
        for value in node:
            named(value, names)
    return names


@pytest.mark.parametrize("project", ["project", "hostile"])
def test_every_word_is_one_of_schema_org_and_stands_where_it_may(project: str) -> None:
    assert {path: found for path, node in linked(project).items() if (found := list(faults(node)))} == {}


def test_a_word_of_our_own_and_one_in_the_wrong_place_are_noticed() -> None:
    assert list(faults({"@type": "Event", "denies": "x"})) == ["['Event'] has no denies"]
    assert list(faults({"@type": "Claim", "appearance": "x"})) == ["appearance holds {'CreativeWork'} and no text"]
    assert list(faults({"@type": "Claim", "appearance": {"@type": "Place"}})) == [
        "appearance holds {'CreativeWork'} and no Place"
    ]


def test_every_page_of_a_built_site_says_what_it_is_and_the_way_to_it(reading_site: Path) -> None:
    for path in set(KINDS.values()) - {"404.html"}:
        html = (reading_site / path / "index.html").read_text(encoding="utf-8")
        found = extruct.extract(html, base_url=SITE + path, syntaxes=["json-ld", "microdata"])
        made, written = found["json-ld"], found["microdata"]
        assert len(made) + len(written) == 1, path
        page = made[0] if made else written[0]["properties"]
        heading = re.sub("<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)[1].partition("<a ")[0])  # type: ignore[index]
        assert page["name"] == heading, path
        assert page["url"] == SITE + path
        assert _trail(page) == ([] if path == "" else _expected_trail(path)), path


def _trail(page: Node) -> list[str]:
    crumbs = page.get("breadcrumb", {})
    steps = crumbs.get("itemListElement") or crumbs.get("properties", {}).get("itemListElement", [])
    steps = [step.get("properties", step) for step in steps]
    assert [int(step["position"]) for step in steps] == list(range(1, len(steps) + 1))
    return [step["item"] if isinstance(step["item"], str) else step["item"]["@id"] for step in steps]


def _expected_trail(path: str) -> list[str]:
    parts = path.rstrip("/").split("/")
    above = {"events": "timeline"}.get(parts[0], parts[0])
    return [SITE, *([f"{SITE}{above}/"] if len(parts) > 1 else []), SITE + path]


def test_the_page_was_published_when_the_entry_was_added_and_the_event_began_when_it_happened() -> None:
    page = linked("project")["events/harbour-bridge-closed/index.md"]
    assert (page["datePublished"], page["dateModified"]) == ("2024-05-02", "2024-06-11")
    assert page["mainEntity"]["startDate"] == "1998-03-17"
    assert page["temporalCoverage"] == "1998-03-17"
    assert page["correction"][0]["datePublished"] == "2024-06-11"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib’s own reader of JSON-LD uses it
def test_as_rdf_a_claim_leads_to_who_says_it_and_to_where_it_can_be_read() -> None:
    page = linked("project")["events/harbour-bridge-closed/index.md"]
    graph = Graph().parse(data=json.dumps({**page, "@context": {"@vocab": str(SDO)}}), format="json-ld")
    claims = {str(graph.value(claim, SDO.text)): claim for claim in graph.subjects(RDF.type, SDO.Claim)}
    claim = claims["The crack had been reported twice before."]
    assert str(graph.value(graph.value(claim, SDO.author), SDO.name)) == "Ines Marlow"
    (where,) = graph.objects(claim, SDO.appearance)
    assert graph.value(claim, SDO.firstAppearance) == where == URIRef(f"{EVENT}#fn:interview")
    assert str(graph.value(where, SDO.url)) == "https://gazette.example.org/1998/03/19/marlow"
    assert str(graph.value(where, SDO.archivedAt)).startswith("https://web.archive.org/web/19980320101800/")
    assert graph.value(claim, SDO.about) == URIRef(f"{EVENT}#event")
    assert "Vehicles diverted: 11,000 to 13,000, as of 18 March 1998" in claims


def test_every_address_of_ours_leads_to_a_page_and_to_a_place_on_it(reading_site: Path) -> None:
    ours = {value for node in linked("project").values() for value in _addresses(node) if value.startswith(SITE)}
    invented = {
        "#page",
        "#event",
        "#site",
        "#editors",
        "#actor",
        "#place",
        "#topic",
        "#dataset",
    }  # names of things, not of places
    for address in ours:
        path, _, place = address.removeprefix(SITE).partition("#")
        file = reading_site / path / "index.html" if path.endswith("/") or not path else reading_site / path
        assert file.is_file(), address
        assert not place or f"#{place}" in invented or f'id="{place}"' in file.read_text(encoding="utf-8"), address


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _addresses(one)
    elif isinstance(value, list):
        for one in value:
            yield from _addresses(one)
    elif isinstance(value, str):
        yield value


def test_numbers_that_are_alike_are_called_by_their_addresses_on_the_page(tmp_path: Path) -> None:
    figure = "{measure: vehicles, value: 9, as_of: 1998-03-17, sources: [a]}"
    chronology = read(tmp_path, {"1998/bridge-closed": entry(f"figures: [{figure}, {figure}]")})
    text = _page(chronology, "events/bridge-closed/index.md")
    told = _only(said(f"<html><body>{text}</body></html>"))["hasPart"]
    assert [one["@id"].partition("#")[2] for one in told] == re.findall(r'class="address" id="([^"]+)"', text)
    assert len({one["@id"] for one in told}) == 3


def test_a_man_is_a_person_and_an_office_an_organisation() -> None:
    pages = linked("project")
    assert pages["actors/ines-marlow/index.md"]["mainEntity"]["@type"] == "Person"
    assert pages["actors/harbour-authority/index.md"]["mainEntity"]["@type"] == "Organization"
    assert pages["places/harbour-bridge/index.md"]["mainEntity"]["geo"]["description"].startswith("exact to")
    assert pages["topics/safety/index.md"]["mainEntity"]["@type"] == "DefinedTerm"


def test_how_far_it_is_established_stands_in_words_and_as_an_address() -> None:
    event = linked("project")["events/harbour-bridge-closed/index.md"]["mainEntity"]
    assert (
        event["disambiguatingDescription"]
        == "Confirmed. 4 sources, 3 origins: Harbour Authority, Ines Marlow, Town Council"
    )
    assert event["additionalType"][0] == f"{SITE}words/#certainty-confirmed"


@pytest.mark.parametrize(
    "sign", ["</script>", "<!--", "<script", "]]>", "&lt;", "\u2028", "\u2029", "\0", '"', "\\", "\r\n\n"]
)
def test_no_sign_leaves_the_script_and_all_come_back(sign: str) -> None:
    script = as_script({"@type": "Thing", "name": f"a{sign}b"})
    assert not re.search(
        r"[<>&\x00-\x1f\u2028\u2029]", script.removeprefix('<script type="application/ld+json">')[: -len("</script>")]
    )
    assert _only(said(f"<html><body>{script}</body></html>"))["name"] == f"a{sign}b"


def test_hostile_words_come_back_as_they_were_typed() -> None:
    page = linked("hostile")["events/html/index.md"]
    assert page["name"] == "<script>spoilt=1</script> \"Bridge\" & 'pier' --> </title> closed"
    assert (
        page["hasPart"][0]["hasPart"]["text"] == "</p></blockquote><script>spoilt=1</script> &quot; ” onclick=spoilt=1"
    )


def test_what_became_public_later_is_not_said() -> None:
    chronology = load(TESTS / "project").chronology
    assert chronology
    day = read_date("1998-03-19").earliest
    assert day
    then = as_known_on(day, chronology)
    text = _page(then, "events/harbour-bridge-closed/index.md")
    assert "courier.example.org" not in text
    assert "#certainty-claimed" in text
    assert "#certainty-confirmed" not in text


def _page(chronology: Chronology, path: str) -> str:
    digests = {event.path: "0" * 64 for event in chronology.events}
    return next(page.make() for page in make_pages(chronology, digests) if page.path == path)


def test_where_a_claim_appeared_first_is_said_only_if_it_can_be_told(tmp_path: Path) -> None:
    def first(published: str, other: str, folder: str) -> str | None:
        sources = source("a", f"published: {published}") + source("b", f"published: {other}" if other else "")
        text = entry(f"reported: 1998-03-18\nclaims: [{{says: Closed., sources: [a, b]}}]\nsources:\n{sources}")
        page = _page(read(tmp_path / folder, {"1998/bridge-closed": text}), "events/bridge-closed/index.md")
        claim = _only(said(f"<html><body>{page}</body></html>"))["hasPart"][0]
        found = claim.get("firstAppearance")
        return found["@id"].partition("#fn:")[2] if found else None

    assert first("1998-03-18", "1998-03-19", "apart") == "a"
    assert first("1998-03-19", "1998-03-18", "other") == "b"
    assert first("1998-03-18", "1998-03-18", "same day") is None
    assert first("1998-03-18", "1998-03", "month") is None
    assert first("1998-03-18", "", "undated") is None


@pytest.mark.parametrize(
    "edtf, start, end, coverage",
    [
        ("1998-03-17", "1998-03-17", None, "1998-03-17"),
        ("1998-03", "1998-03", None, "1998-03"),
        ("0998-03", "0998-03", None, "0998-03"),
        ("1998", "1998", None, "1998"),
        ("1998-03-17~", None, None, "1998-03-17~"),
        ("1998?", None, None, "1998?"),
        ("1998-21", "1998", None, "1998-21"),
        ("1998-24", None, None, "1998-24"),
        ("199X", None, None, "199X"),
        ("1998-03-XX", "1998-03", None, "1998-03-01/1998-03-31"),
        ("[1998-03-08..1998-03-13]", "1998-03", None, "1998-03-08/1998-03-13"),
        ("[1998-03-28..1998-04-02]", "1998", None, "1998-03-28/1998-04-02"),
        ("[1998-12-30..1999-01-02]", None, None, "1998-12-30/1999-01-02"),
        ("[..1998-03]", None, None, "[..1998-03]"),
        ("1998-03-08/1998-03-13", "1998-03-08", "1998-03-13", "1998-03-08/1998-03-13"),
        ("1998-03-08/..", "1998-03-08", None, "1998-03-08/.."),
        ("../1998", None, "1998", "../1998"),
        ("1998-03~/1998-05", None, "1998-05", "1998-03~/1998-05"),
        ("{1998-03-08,1998-03-13}", "1998-03-08", "1998-03-13", "{1998-03-08,1998-03-13}"),
    ],
)
def test_a_date_is_said_no_more_exactly_than_it_is_known(
    edtf: str, start: str | None, end: str | None, coverage: str
) -> None:
    when = read_date(edtf)
    assert (start_of(when), end_of(when), coverage_of(when)) == (start, end, coverage)


def test_the_bounds_of_several_dates_stay_open_where_one_is() -> None:
    assert bounds_of([read_date("1998-03"), read_date("1997~")]) == "1997-01-01/1998-03-31"
    assert bounds_of([read_date("1998-03/.."), read_date("../1997")]) == "../.."


def test_the_data_are_a_set_with_files_that_are_there(reading_site: Path) -> None:
    (page,) = said((reading_site / "data" / "index.html").read_text(encoding="utf-8"))
    assert list(faults(page)) == []
    data = page["mainEntity"]
    assert (data["@type"], data["dateModified"], data["temporalCoverage"]) == ("Dataset", "2024-06-11", "1997-10-01/..")
    files = {file["contentUrl"].removeprefix(SITE): file["encodingFormat"] for file in data["distribution"]}
    assert files["data/v1/events.json"] == "application/json"
    assert [path for path in files if not (reading_site / path).is_file()] == []
    assert {Path(path).suffix for path in files} == {".json", ".csv", ".db"}
    (home,) = said((reading_site / "index.html").read_text(encoding="utf-8"))
    assert home["isPartOf"]["hasPart"]["@id"] == data["@id"]
