"""An event as one line of a list: what a reader needs to decide whether to open its page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chronicle.dates import EdtfDate, Precision, Shape, day_short
from chronicle.model import Chronology, Event
from chronicle.model.origins import origin_label, origins_of_event
from chronicle.model.standing import standing_of
from chronicle.pages.text import as_plain

_SENTENCE_END = re.compile(r"(?<=[.!?…”])(?<!\b[A-Z]\.)\s+(?=[A-Z“‘\d])")


@dataclass(frozen=True, slots=True)
class Card:
    """One event in a list; every field is a text for readers unless it says otherwise."""

    slug: str
    title: str
    when: str
    datetime: str  # a date that HTML’s <time> takes, or ""
    kind: str
    certainty: str  # the word: confirmed, claimed, disputed
    certainty_name: str
    standing: str  # “denied 10 Oct 2024, acknowledged 26 Apr 2025”
    sentence: str
    rests_on: str  # “4 sources, 2 origins”
    origins: str
    known: str  # “known 41 days later”, or ""
    milestone: bool


class Cards:
    """The cards of a chronology, each worked out once, however many lists show it."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self._card_by_slug: dict[str, Card] = {}

    def of(self, event: Event) -> Card:
        """The card of an event."""
        if event.slug not in self._card_by_slug:
            self._card_by_slug[event.slug] = _make_card(event, self.chronology)
        return self._card_by_slug[event.slug]

    def all(self, events: Iterable[Event]) -> tuple[Card, ...]:
        """The cards of some events, in the order given."""
        return tuple(self.of(event) for event in events)


def _make_card(event: Event, chronology: Chronology) -> Card:
    setting = chronology.setting
    origins = origins_of_event(event, chronology)
    return Card(
        slug=event.slug,
        title=event.title,
        when=event.date.short(),
        datetime=html_datetime(event),
        kind=setting.kinds[event.kind].name,
        certainty=event.certainty_now,
        certainty_name=setting.certainty[event.certainty_now].name,
        standing=_answers(event, chronology),
        sentence=first_sentence(event.summary),
        rests_on=f"{count(len(event.supporting), 'source')}, {count(len(origins), 'origin')}",
        origins=", ".join(origin_label(origin, chronology) for origin in origins),
        known=known_later(event),
        milestone=event.milestone,
    )


def facts_of(event: Event, card: Card) -> tuple[str, ...]:
    """What stands about an event where there is no page to lay it out: when, how certain, on whose words, how answered."""
    when = event.date.words()
    rests_on = f"{card.rests_on}: {card.origins}" if card.origins else card.rests_on
    facts = (f"{when[:1].upper()}{when[1:]}", card.certainty_name, rests_on, card.standing)
    return tuple(fact for fact in facts if fact)


def count(number: int, noun: str) -> str:
    """“1 source”, “4 sources”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def words_of(date: EdtfDate | None) -> str:
    """A date for readers, or “undated”."""
    return date.words() if date else "undated"


def first_sentence(text: str) -> str:
    """The first sentence of a text, as bare words."""
    return _SENTENCE_END.split(as_plain(text), maxsplit=1)[0]


def html_datetime(event: Event) -> str:
    """The event’s date where HTML’s <time> can say it (a plain year, month or day), else an empty text."""
    return event.date.edtf if re.fullmatch(r"\d{4}(-\d\d){0,2}", event.date.edtf) else ""


def days_until_known(event: Event) -> int | None:
    """Days from the event to the day the public could know; None when the date is not known to the day."""
    exact = not event.date.approximate and not event.date.uncertain
    tells = exact and (event.date.is_one_day or event.date.shape is Shape.SPAN)
    last = event.date.latest if tells and event.date.precision is Precision.DAY else None
    return (event.since_known - last).days if last else None


def known_later(event: Event) -> str:
    """“known 41 days later”; an empty text when it was known within a day, or when the days cannot be told."""
    days = days_until_known(event)
    return f"known {count(days, 'day')} later" if days and days > 1 else ""


def first_answers(event: Event, chronology: Chronology) -> Mapping[str, date]:
    """The day of the first answer of each kind that the event has had from others: “denied” → 10 October 2024."""
    first: dict[str, date] = {}
    for step in standing_of(event, chronology):
        if step.relation:
            first.setdefault(step.word, step.day)
    return first


def _answers(event: Event, chronology: Chronology) -> str:
    return ", ".join(f"{word} {day_short(day)}" for word, day in first_answers(event, chronology).items())
