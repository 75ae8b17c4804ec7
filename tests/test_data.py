"""The JSON files: valid by their own schemas, whole enough to make the same pages from, and safe whatever is typed in."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from chronicle.dates import read_date
from chronicle.exports.data import make_data, with_index
from chronicle.exports.data.files import FOLDER, VERSION
from chronicle.exports.data.tell import tell_date, tell_quantity
from chronicle.exports.data.timelinejs import moments_of
from chronicle.load import Loaded, load
from chronicle.made import Keys, Made
from chronicle.model import Chronology
from chronicle.model.scalars import read_quantity
from chronicle.model.standing import as_known_on
from chronicle.pages import make_pages
from conftest import ROOT
from readback import read_chronology
from small import entry, write

PROJECTS = {"project": ROOT / "tests" / "project", "hostile": ROOT / "tests" / "hostile", "flagship": ROOT}
COLLECTIONS = ("events", "actors", "places", "sources", "figures", "relations")


@dataclass(frozen=True)
class Told:
    """A chronology with the texts of its data files by their paths below docs/."""

    chronology: Chronology
    digests: Mapping[str, str]
    texts: Mapping[str, str]

    def file(self, name: str) -> Any:
        return json.loads(self.texts[f"{FOLDER}/{name}.json"])


def make(loaded: Loaded, as_of: date | None = None) -> tuple[Made[str], ...]:
    assert loaded.chronology
    chronology = as_known_on(as_of, loaded.chronology) if as_of else loaded.chronology
    keys = Keys(chronology, loaded.digests, str(as_of))
    return tuple(with_index(make_data(chronology, loaded.digests, keys, as_of), chronology, loaded.digests, as_of))


@cache
def told_of(project: Path, as_of: date | None = None) -> Told:
    loaded = load(project)
    assert loaded.chronology
    return Told(loaded.chronology, loaded.digests, {made.path: made.make() for made in make(loaded, as_of)})


@pytest.fixture(params=PROJECTS)
def told(request: pytest.FixtureRequest) -> Told:
    return told_of(PROJECTS[request.param])


@pytest.fixture
def small() -> Told:
    return told_of(PROJECTS["project"])


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a file, at any depth."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


# What stands in them


@pytest.mark.parametrize("as_of", [None, date(1998, 3, 18)])
@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)
def test_every_file_is_valid_by_its_schema(project: Path, as_of: date | None) -> None:
    told = told_of(project, as_of)
    for path in told.texts:
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".json")
        if name.startswith("schema/"):
            Draft202012Validator.check_schema(told.file(name))
        elif name != "timelinejs":
            file = told.file(name)
            schema = "schema/event.json" if name.startswith("events/") else file["$schema"]
            validator = Draft202012Validator(told.file(schema.removesuffix(".json")), format_checker=FormatChecker())
            assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(file)] == [], path


def test_a_file_that_lacks_something_is_not_valid(small: Told) -> None:
    event = small.file("events/harbour-bridge-closed")
    validator = Draft202012Validator(small.file("schema/event"))
    assert validator.is_valid(event)
    for key in event:
        assert not validator.is_valid({name: value for name, value in event.items() if name != key}), key
    assert validator.is_valid({**event, "member_of_a_later_version": 1})


def test_a_schema_says_where_it_stands_and_explains_every_member(small: Told) -> None:
    for name in (*COLLECTIONS, "index", "event"):
        schema = small.file(f"schema/{name}")
        assert schema["$id"] == f"https://bridge.example.org/{FOLDER}/schema/{name}.json"
        assert schema["description"]
        for member, told in (member for part in parts(schema) for member in part.get("properties", {}).items()):
            record = schema["$defs"].get(told.get("$ref", "").rpartition("/")[2], {})
            assert (told.get("description") or record["description"]).endswith("."), member


def test_an_event_alone_is_the_same_as_among_all(told: Told) -> None:
    lines = told.texts[f"{FOLDER}/events.json"].splitlines()[1:-1]
    assert len(lines) == len(told.chronology.events)
    for event, line in zip(told.chronology.events, lines, strict=True):
        assert told.texts[f"{FOLDER}/events/{event.slug}.json"] == line.lstrip(",") + "\n"


def test_the_index_lists_every_other_file_with_its_size_and_checksum(told: Told) -> None:
    listed = {f"{FOLDER}/{file['path']}": (file["bytes"], file["sha256"]) for file in told.file("index")["files"]}
    contents = {path: text.encode() for path, text in told.texts.items() if path != f"{FOLDER}/index.json"}
    assert listed == {path: (len(text), hashlib.sha256(text).hexdigest()) for path, text in contents.items()}


def test_the_index_counts_what_there_is(told: Told) -> None:
    counts = told.file("index")["counts"]
    assert {name: counts[name] for name in COLLECTIONS} == {name: len(told.file(name)[name]) for name in COLLECTIONS}
    events = told.file("events")["events"]
    assert counts["claims"] == sum(len(event["claims"]) for event in events)
    assert counts["citations"] == sum(len(source["cited_by"]) for source in told.file("sources")["sources"])


def test_every_file_names_version_date_and_licence(small: Told) -> None:
    for name in (*COLLECTIONS, "index"):
        file = small.file(name)
        assert (file["$schema"], file["version"], file["as_of"]) == (f"schema/{name}.json", VERSION, None)
        assert file["date"]["edtf"] == max(event.changed for event in small.chronology.events).isoformat()
        assert file["licence"] == small.chronology.setting.licence.url


def test_two_runs_give_the_same_bytes(told: Told) -> None:
    again = make(load(next(path for path in PROJECTS.values() if told is told_of(path))))
    assert {made.path: made.make() for made in again} == told.texts


def test_every_date_has_its_bounds_and_its_words(told: Told) -> None:
    for path, text in told.texts.items():
        for part in parts(json.loads(text)):
            if "edtf" in part and "/schema/" not in path:
                when = read_date(part["edtf"])
                bounds = (when.earliest and when.earliest.isoformat(), when.latest and when.latest.isoformat())
                assert (part["earliest"], part["latest"], part["words"]) == (*bounds, when.words())
            assert not [value for value in part.values() if isinstance(value, str) and _is_day(value)] or "edtf" in part


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


@pytest.mark.parametrize(
    ("edtf", "shape", "earliest", "latest"),
    [
        ("2024-10", "point", "2024-10-01", "2024-10-31"),
        ("2024-10-08/2024-10-13", "span", "2024-10-08", "2024-10-13"),
        ("[2024-10-08..2024-10-13]", "window", "2024-10-08", "2024-10-13"),
        ("{2024-10-08,2024-10-13}", "set", "2024-10-08", "2024-10-13"),
        ("2024-10-08/..", "span", "2024-10-08", None),
        ("../2024-10-13", "span", None, "2024-10-13"),
    ],
)
def test_a_window_is_not_a_span_and_an_open_end_is_no_day(
    edtf: str, shape: str, earliest: str | None, latest: str | None
) -> None:
    told = json.loads(tell_date(read_date(edtf)).model_dump_json())
    assert (told["edtf"], told["shape"], told["earliest"], told["latest"]) == (edtf, shape, earliest, latest)


@pytest.mark.parametrize(
    ("written", "qualifier", "lower", "upper"),
    [
        ("40", None, 40, 40),
        ("about 600", "about", 600, 600),
        ("at least 1000", "at least", 1000, None),
        ("more than 3000", "more than", 3000, None),
        ("up to 15000", "up to", None, 15000),
        ("less than 50", "less than", None, 50),
        ("11000 to 13000", None, 11000, 13000),
        ("about 11000 to 13000", "about", 11000, 13000),
    ],
)
def test_a_number_has_the_ends_that_were_given(
    written: str, qualifier: str | None, lower: int | None, upper: int | None
) -> None:
    quantity = read_quantity(written)
    told = json.loads(tell_quantity(quantity).model_dump_json())
    assert told == {"words": quantity.words(), "qualifier": qualifier, "lower": lower, "upper": upper}


def test_the_address_of_a_claim_a_figure_and_a_source_is_one_that_its_page_has(told: Told) -> None:
    pages = {page.path: page.make() for page in make_pages(told.chronology, told.digests) if page.path[:7] == "events/"}
    site = told.chronology.setting.site
    for event in told.file("events")["events"]:
        assert event["page"] == f"{site}events/{event['slug']}/"
        for part in (*event["claims"], *event["figures"], *event["sources"]):
            page, _, anchor = part["address"].partition("#")
            assert page == event["page"]
            assert f'id="{anchor}"' in pages[f"events/{event['slug']}/index.md"]


def test_a_relation_stands_on_both_ends(told: Told) -> None:
    events = {event["slug"]: event for event in told.file("events")["events"]}
    there = {(slug, tie["relation"], tie["event"]) for slug, event in events.items() for tie in event["relations"]}
    back = {(tie["event"], tie["relation"], slug) for slug, event in events.items() for tie in event["answers"]}
    alone = {(tie["event"], tie["relation"], tie["target"]) for tie in told.file("relations")["relations"]}
    assert there == back == alone


def test_origins_and_standing_are_worked_out(small: Told) -> None:
    closed = small.file("events/harbour-bridge-closed")
    assert closed["claims"][1]["origins"] == [{"actor": "ines-marlow", "name": "Ines Marlow"}]
    assert [step["word"] for step in closed["standing"]][:2] == ["claimed", "confirmed"]
    answers = [step for event in small.file("events")["events"] for step in event["standing"] if step["event"]]
    assert {step["word"] for step in answers} >= {"denied", "acknowledged"}


def test_one_address_is_one_source_with_all_that_cite_it(told: Told) -> None:
    sources = told.file("sources")["sources"]
    assert len({source["url"] for source in sources}) == len(sources)
    cited = {(one["event"], one["handle"], source["url"]) for source in sources for one in source["cited_by"]}
    listed = {
        (event.slug, handle, source.url) for event in told.chronology.events for handle, source in event.sources.items()
    }
    assert cited == listed


def test_an_actor_and_a_place_know_their_events(small: Told) -> None:
    actors = {actor["slug"]: actor for actor in small.file("actors")["actors"]}
    places = {place["slug"]: place for place in small.file("places")["places"]}
    assert "harbour-bridge-closed" in actors["town-council"]["events"]  # which only gives a number there
    assert "harbour-bridge-closed" in places["port-ellery"]["events"]
    assert {slug for slug, actor in actors.items() if actor["voice"] != slug} == {
        slug for slug, actor in small.chronology.actors.items() if actor.speaks_for
    }


# Whole enough


def test_the_chronology_can_be_read_back_from_its_data(told: Told) -> None:
    back, _ = read_chronology(told.texts)
    assert back.setting == told.chronology.setting
    assert back.actors == told.chronology.actors
    assert back.places == told.chronology.places
    for event, original in zip(back.events, told.chronology.events, strict=True):
        assert event == original


def test_the_same_pages_can_be_made_from_the_data(told: Told) -> None:
    back, digests = read_chronology(told.texts)
    assert _pages(back, digests) == _pages(told.chronology, told.digests)


def _pages(chronology: Chronology, digests: Mapping[str, str]) -> dict[str, str]:
    """Every page but that on the data, which cites a version made of the bytes of all files."""
    return {page.path: page.make() for page in make_pages(chronology, digests) if page.path != "data/index.md"}


def test_a_loss_would_be_noticed(small: Told) -> None:
    path = f"{FOLDER}/events.json"
    for lost, instead in (('"note":"Counted on one weekday."', '"note":null'), ("14:10", "14:01")):
        assert lost in small.texts[path]
        back, _ = read_chronology({**small.texts, path: small.texts[path].replace(lost, instead)})
        assert back.events != small.chronology.events


# Safe, and no more than was known


def test_hostile_words_come_through_as_they_are() -> None:
    told = told_of(PROJECTS["hostile"])
    for text in told.texts.values():
        assert not re.search("[\x00-\x09\x0b-\x1f]", text)
        json.loads(text)
    event = next(event for event in told.chronology.events if event.slug == "html")
    assert told.file("events/html")["claims"][0]["says"] == event.claims[0].says
    assert "<script>" in event.claims[0].says


def test_nothing_later_leaks_into_the_data_of_a_day(small: Told) -> None:
    day = date(1998, 3, 18)
    then = told_of(PROJECTS["project"], day)
    known = as_known_on(day, small.chronology)
    later = {event.slug for event in small.chronology.events} - {event.slug for event in known.events}
    assert later
    assert then.file("index")["as_of"]["edtf"] == then.file("events")["as_of"]["edtf"] == "1998-03-18"
    for slug in later:
        assert f"{FOLDER}/events/{slug}.json" not in then.texts
        assert [path for path, text in then.texts.items() if re.search(rf'["/]{slug}["/.]', text)] == []
    closed = then.file("events/harbour-bridge-closed")
    assert [source["handle"] for source in closed["sources"]] == ["notice"]
    assert closed["certainty"] == "claimed"


# Made again only when it must be


def test_an_edit_changes_the_keys_of_what_shows_the_event_and_of_nothing_else(tmp_path: Path) -> None:
    events = {
        "1998/bridge-closed": entry(),
        "1998/ferry-runs": entry("title: Ferry\nrelations: [follows: bridge-closed]"),
        "1998/mayor-speaks": entry("title: Mayor"),
    }
    before = {made.path: made.key for made in make(load(write(tmp_path, events)))}
    edited = entry("title: Another ferry\nrelations: [follows: bridge-closed]")
    after = {made.path: made.key for made in make(load(write(tmp_path, {"1998/ferry-runs": edited})))}
    changed = {path for path, key in after.items() if key != before[path]}
    names = {"events/ferry-runs", "events/bridge-closed", *COLLECTIONS, "index", "timelinejs"}
    assert changed == {f"{FOLDER}/{name}.json" for name in names}


def test_no_data_file_is_made_twice_to_be_listed_and_no_other_file_at_all(small: Told) -> None:
    made: list[str] = []

    def make_file(path: str) -> str:
        made.append(path)
        return path

    paths = (f"{FOLDER}/made", f"{FOLDER}/not-made", "events/page.md")
    *files, index = with_index(
        (Made(path, path, partial(make_file, path)) for path in paths), small.chronology, small.digests
    )
    files[0].make()
    assert [file["path"] for file in json.loads(index.make())["files"]] == ["made", "not-made"]
    assert made == [f"{FOLDER}/made", f"{FOLDER}/not-made"]


# TimelineJS


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2024-10-08", (2024, 10, 8), None),
        ("2024-10~", (2024, 10), None),
        ("2024?", (2024,), None),
        ("2024-10-XX", (2024, 10), None),
        ("2024-XX", (2024,), None),
        ("2024-24", (2024,), None),
        ("199X", (1990,), (1999,)),
        ("19XX", (1900,), (1999,)),
        ("2024-10-08/2024-10-13", (2024, 10, 8), (2024, 10, 13)),
        ("2024-10/2025", (2024, 10), (2025,)),
        ("2024-10-08/..", (2024, 10, 8), None),
        ("2024-10-08/", (2024, 10, 8), None),
        ("../2024-10-13", (2024, 10, 13), None),
        ("[2024-10-08..2024-10-13]", (2024, 10), None),
        ("[2024-10-08..2024-11-13]", (2024,), None),
        ("[2024-12-08..2025-01-13]", (2024,), (2025,)),
        ("[2024-10-08,2024-10-13]", (2024, 10), None),
        ("{2024-10-08,2024-10-13}", (2024, 10, 8), (2024, 10, 13)),
        ("[..2024-10-13]", (2024,), None),
        ("[2024-10-08..]", (2024,), None),
    ],
)
def test_timelinejs_gets_no_date_more_exactly_than_it_is_known(
    edtf: str, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    first, last = moments_of(read_date(edtf))
    assert tuple(first.model_dump(exclude_none=True).values()) == start
    assert (tuple(last.model_dump(exclude_none=True).values()) if last else None) == end


def test_timelinejs_shows_the_date_in_words_and_every_event(told: Told) -> None:
    slides = told.file("timelinejs")["events"]
    assert [slide["unique_id"] for slide in slides] == [event.slug for event in told.chronology.events]
    assert [slide["display_date"] for slide in slides] == [event.date.words() for event in told.chronology.events]
    for part in parts(slides):
        assert None not in part.values()  # a member that TimelineJS does not expect breaks it
    for slide in slides:
        assert set(slide) <= {"start_date", "end_date", "display_date", "text", "unique_id", "autolink"}
        assert 1 <= slide["start_date"]["year"] <= 9999


def test_timelinejs_takes_strangers_words_for_words() -> None:
    slides = told_of(PROJECTS["hostile"]).file("timelinejs")
    words = "".join(part[key] for part in parts(slides) if "headline" in part for key in ("headline", "text"))
    assert "&lt;script&gt;" in words
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", words)) <= {"p", "a", "em"}
