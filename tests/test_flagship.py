"""The chronology in this repository: it has no error, nothing of it is lost in silence, and the program knows nothing of it.

Counts may rise. Whoever removes something says so in the same change: `pytest tests/test_flagship.py --renew`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from chronicle.check import read_and_check
from chronicle.load import Loaded, load
from chronicle.model import Chronology, Relation
from chronicle.model.origins import origins_of_event, voice_of
from chronicle.problems import Severity
from chronicle.start import BORDER, SETTINGS, is_own
from conftest import ROOT
from starting import read_texts

COUNTS = Path(__file__).parent / "golden" / "flagship-counts.txt"
SCRIPTS = ROOT / "scripts"
WORDS = re.compile(
    "korea|russia|ukrain|pyongyang|moscow|kremlin|seoul|kursk|kcna|dprk|saeppyol|zelensk|putin|"
    "북한|조선|연합뉴스|러시아|쿠르스크|평양|росси|коре[яйи]|курск|украин",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[\u0400-\u04ff\uac00-\ud7a3]")  # none in the program; tests need names in other scripts


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(ROOT)


def _counts(chronology: Chronology) -> dict[str, int]:
    events = chronology.events
    sources = [source for event in events for source in event.sources.values()]
    relations = Counter(tie.relation for event in events for tie in event.relations)
    return {
        "events": len(events),
        "claims": sum(len(event.claims) for event in events),
        "quotations": sum(bool(claim.quote) for event in events for claim in event.claims),
        "figures": sum(len(event.figures) for event in events),
        "annotations": sum(bool(event.annotation) for event in events),
        "sources cited": len(sources),
        "addresses cited": len({source.url for source in sources}),
        "origins": len({origin for event in events for origin in origins_of_event(event, chronology)}),
        "relations": sum(relations.values()),
        **{f"relations: {relation}": relations[relation] for relation in Relation},
        "corrections": sum(len(event.corrections) for event in events),
        "milestones": sum(event.milestone for event in events),
        "actors": len(chronology.actors),
        "places": len(chronology.places),
        "glossary": len(chronology.setting.glossary),
    }


def _fallen(now: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The counts that are lower than those on record, each with what it was and what it is."""
    record = dict(line.rsplit(": ", 1) for line in COUNTS.read_text(encoding="utf-8").splitlines())
    return {name: (int(was), now[name]) for name, was in record.items() if now[name] < int(was)}


def test_the_entries_have_no_error() -> None:
    _, problems = read_and_check(ROOT, None)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


def test_nothing_is_lost_in_silence(loaded: Loaded, renew: bool) -> None:
    assert loaded.chronology
    now = _counts(loaded.chronology)
    if renew:
        COUNTS.write_text("".join(f"{name}: {number}\n" for name, number in now.items()), encoding="utf-8")
    assert _fallen(now) == {}, "If this is meant, run `.venv/bin/pytest tests/test_flagship.py --renew`."


def test_every_state_is_held_to_one_rule_for_origins(loaded: Loaded) -> None:
    """Were the offices of one side a single voice and those of the other several, the count would take sides."""
    assert loaded.chronology
    actors = loaded.chronology.actors
    offices = {"government", "military", "intelligence-service", "state-media"}
    on_their_own = {
        slug
        for slug, actor in actors.items()
        if actor.kind in offices and actors[voice_of(slug, actors)].kind != "state"
    }
    assert on_their_own == set()


def test_a_lost_claim_would_be_noticed(loaded: Loaded) -> None:
    assert loaded.chronology
    first, *rest = loaded.chronology.events
    poorer = first.model_copy(update={"claims": first.claims[1:]})
    lost = Chronology.model_construct(**{**dict(loaded.chronology), "events": (poorer, *rest)})
    before = _counts(loaded.chronology)["claims"]
    assert _fallen(_counts(lost))["claims"] == (before, before - 1)


def test_every_topic_serves_a_reader(loaded: Loaded) -> None:
    assert loaded.chronology
    events = Counter(topic for event in loaded.chronology.events for topic in event.topics)
    assert len(loaded.chronology.setting.topics) <= 12
    assert min(events[topic] for topic in loaded.chronology.setting.topics) >= 3


def test_the_program_knows_nothing_of_the_subject(loaded: Loaded) -> None:
    """Neither its words nor the names in its registers, in whatever script."""
    assert loaded.chronology
    actors = {name for actor in loaded.chronology.actors.values() for name in (actor.name, *actor.also)}
    places = {name for place in loaded.chronology.places.values() for name in (place.name, *place.also)}
    names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(actors | places)))
    for file in sorted(path for path in SCRIPTS.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        text = f"{file.relative_to(SCRIPTS)}\n{file.read_text(encoding='utf-8')}"
        found = [search for pattern in (WORDS, LETTERS, names) if (search := pattern.search(text))]
        assert found == [], f"{file}: {found}"


def _tell_of_it(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The files whose name or text has a word of the subject, with that word."""
    return [(path, found[0]) for path, text in texts.items() if (found := WORDS.search(f"{path}\n{text}"))]


def test_only_what_belongs_to_the_chronology_tells_of_its_subject() -> None:
    """What else does would go with everybody who begins a chronology of their own."""
    texts = {path: text for path, text in read_texts(ROOT).items() if not is_own(path)}
    texts[SETTINGS] = texts[SETTINGS].partition(BORDER)[2]
    assert _tell_of_it(texts) == [], "Reword it, or let it belong to the chronology: chronicle/start/belongings.py"


def test_a_word_of_the_subject_would_be_noticed() -> None:
    assert _tell_of_it({"a.md": "The bridge", "b.md": "In Moscow", "putin.md": ""}) == [
        ("b.md", "Moscow"),
        ("putin.md", "putin"),
    ]


def test_a_chronology_that_is_begun_from_here_has_no_word_of_this_one(begun: Path, begun_site: Path) -> None:
    assert _tell_of_it(read_texts(begun)) == []
    themes = begun_site / "assets" / "javascripts"  # the theme brings the names of languages
    made = [file for file in begun_site.rglob("*") if file.is_file() and themes not in file.parents]
    texts = {
        file.relative_to(begun_site).as_posix(): file.read_text(encoding="utf-8", errors="replace") for file in made
    }
    assert "events/harbour-bridge-closed/index.html" in texts
    assert _tell_of_it(texts) == []
