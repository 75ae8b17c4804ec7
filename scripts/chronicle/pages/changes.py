"""What changed between two days: which events became known, and which came to be regarded otherwise."""

from dataclasses import dataclass

from chronicle.model import Certainty, Chronology, Event
from chronicle.pages.cards import first_answers


@dataclass(frozen=True, slots=True)
class Changed:
    """An event that was known before and came to be regarded otherwise: its certainty, and first answers of a kind."""

    slug: str
    before: Certainty
    after: Certainty
    answers: tuple[str, ...]  # “denied”, “acknowledged”: those of a kind it had not had before


@dataclass(frozen=True, slots=True)
class Changes:
    """What the public learnt between two days, in the order of the chronology."""

    became_known: tuple[str, ...]
    changed: tuple[Changed, ...]


def changes_between(before: Chronology, after: Chronology) -> Changes:
    """What `after` holds that `before` did not, both being the same chronology as known on two days (`as_known_on`)."""
    new = tuple(event.slug for event in after.events if event.slug not in before.event_by_slug)
    pairs = ((before.event_by_slug[event.slug], event) for event in after.events if event.slug in before.event_by_slug)
    changes = (
        Changed(now.slug, then.certainty_now, now.certainty_now, _new_answers(then, before, now, after))
        for then, now in pairs
    )
    return Changes(new, tuple(change for change in changes if change.before != change.after or change.answers))


def _new_answers(then: Event, before: Chronology, now: Event, after: Chronology) -> tuple[str, ...]:
    old = first_answers(then, before)
    return tuple(word for word in first_answers(now, after) if word not in old)
