"""The chronology in this repository: it has no error, and nothing of it is lost in silence.

Counts may rise. Whoever removes something says so in the same change: `pytest tests/test_flagship.py --renew`.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from chronicle.load import Loaded, load
from chronicle.model import Chronology, Relation
from chronicle.origins import origins_of_event
from chronicle.problems import Severity
from chronicle.site import read_and_check
from conftest import ROOT

COUNTS = Path(__file__).parent / "golden" / "flagship-counts.txt"


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
