"""The page of one event: everything its template shows, worked out beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from chronicle.dates import day_words
from chronicle.model import Actor, Chronology, Claim, Event, Figure, Place, Relation, Source
from chronicle.origins import origin_label, origins_of_event, origins_of_source, origins_of_sources
from chronicle.pages.cards import Card, Cards, count, days_until_known, words_of
from chronicle.pages.text import Explain, as_html, as_markdown, reference
from chronicle.standing import Step, standing_of


@dataclass(frozen=True, slots=True)
class Name:
    """An actor, a place or a topic that a page links to."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim or a figure as the page shows it."""

    number: int
    by: Name | None
    says: Markup
    quote: str
    references: Markup
    origins: str
    measure: str = ""
    measure_slug: str = ""
    value: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as an entry of the list at the end of the page."""

    handle: str
    number: int
    source: Source
    published: str
    language: str  # “French”; empty for the chronology’s own language
    lang: str  # the code, for the title
    type: str
    relays: tuple[Name, ...]
    origins: str
    accessed: str


@dataclass(frozen=True, slots=True)
class StandingStep:
    """One line of “how it came to be regarded”."""

    day: str
    word: str  # confirmed, denied …
    label: str
    by: Card | None


@dataclass(frozen=True, slots=True)
class Tied:
    """The events that stand in one relation to this one: “Denied by”."""

    label: str
    events: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """All that the template of an event page shows."""

    event: Event
    card: Card
    when: str
    known: str
    summary: Markup
    annotation: Markup | None
    claims: tuple[ToldClaim, ...]
    figures: tuple[ToldClaim, ...]
    sources: tuple[ShownSource, ...]
    origins: tuple[str, ...]
    standing: tuple[StandingStep, ...]
    related: tuple[Tied, ...]
    actors: tuple[Name, ...]
    places: tuple[Name, ...]
    topics: tuple[Name, ...]
    spellings: tuple[str, ...]
    previous: Card | None
    next: Card | None


def event_page(
    event: Event, cards: Cards, explain: Explain, previous: Event | None, following: Event | None
) -> EventPage:
    """What the page of `event` shows; `explain` adds the glossary; `previous` and `following` are its neighbours."""
    chronology = cards.chronology
    number_by_handle = {handle: number for number, handle in enumerate(event.sources, 1)}
    return EventPage(
        event=event,
        card=cards.of(event),
        when=event.date.words(),
        known=_known(event),
        summary=as_markdown(event.summary, number_by_handle, explain),
        annotation=as_markdown(event.annotation, number_by_handle, explain) if event.annotation else None,
        claims=tuple(_told(claim, number, event, chronology, explain) for number, claim in enumerate(event.claims, 1)),
        figures=tuple(
            _told(figure, number, event, chronology, explain) for number, figure in enumerate(event.figures, 1)
        ),
        sources=tuple(_shown(handle, number, event, chronology) for handle, number in number_by_handle.items()),
        origins=tuple(origin_label(origin, chronology) for origin in origins_of_event(event, chronology)),
        standing=tuple(_step(step, cards) for step in standing_of(event, chronology)),
        related=tuple(_related(event, cards)),
        actors=names_of(actors_in(event), chronology.actors),
        places=names_of(event.places, chronology.places),
        topics=tuple(Name(slug, chronology.setting.topics[slug].name) for slug in event.topics),
        spellings=_spellings(event, chronology),
        previous=cards.of(previous) if previous else None,
        next=cards.of(following) if following else None,
    )


def actors_in(event: Event) -> tuple[str, ...]:
    """The actors of an event: those it names, then those who say something in it."""
    return tuple(dict.fromkeys((*event.actors, *(told.by for told in event.told if told.by))))


def names_of(slugs: Iterable[str], register: Mapping[str, object]) -> tuple[Name, ...]:
    """Slugs of a register as names to link to."""
    return tuple(Name(slug, getattr(register[slug], "label", slug)) for slug in slugs)


def _known(event: Event) -> str:
    """“18 October 2024, 5 days later”."""
    days = days_until_known(event)
    day = day_words(event.since_known)
    if days is None or days < 0:
        return day
    return f"{day}, " + ("the same day" if days == 0 else f"{count(days, 'day')} later")


def _told(told: Claim | Figure, number: int, event: Event, chronology: Chronology, explain: Explain) -> ToldClaim:
    origins = origins_of_sources(told.sources, event, chronology)
    labels = ", ".join(origin_label(origin, chronology) for origin in origins)
    handles = list(event.sources)
    marks = Markup("").join(reference(handle, handles.index(handle) + 1) for handle in told.sources)
    by = names_of([told.by], chronology.actors)[0] if told.by else None
    rests_on = f"{count(len(origins), 'origin')}: {labels}"
    if isinstance(told, Claim):
        return ToldClaim(number, by, as_html(told.says, explain), told.quote or "", marks, rests_on)
    measure = chronology.setting.measures[told.measure].name
    note = as_html(told.note, explain) if told.note else Markup("")
    value = told.value.words()
    return ToldClaim(number, by, note, "", marks, rests_on, measure, told.measure, value, day_words(told.as_of))


def _shown(handle: str, number: int, event: Event, chronology: Chronology) -> ShownSource:
    source = event.sources[handle]
    origins = sorted(origins_of_source(source, chronology))
    return ShownSource(
        handle=handle,
        number=number,
        source=source,
        published=words_of(source.published),
        language=language_name(source.language, chronology.setting.language) if source.language else "",
        lang=source.language or chronology.setting.language,
        type=chronology.setting.source_types[source.type].name,
        relays=names_of(source.relays, chronology.actors),
        origins=", ".join(origin_label(origin, chronology) for origin in origins),
        accessed=day_words(source.accessed) if source.accessed else "",
    )


@cache
def language_name(code: str, reader: str) -> str:
    """The name of a language in the reader’s language; the code itself when the name is not known (Unicode CLDR)."""
    try:
        return Locale.parse(code, sep="-").get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code


def _step(step: Step, cards: Cards) -> StandingStep:
    by = cards.chronology.event_by_slug.get(step.by or "")
    label = (
        cards.chronology.setting.certainty[step.certainty].name if step.certainty else f"{step.word.capitalize()} by"
    )
    return StandingStep(day_words(step.day), step.word, label, cards.of(by) if by else None)


def _related(event: Event, cards: Cards) -> Iterable[Tied]:
    """The events tied to this one, by relation: first what it does to others, then what others do to it."""
    chronology = cards.chronology
    for relation in Relation:
        targets = [chronology.event_by_slug.get(tie.target) for tie in event.relations if tie.relation is relation]
        if any(targets):
            yield Tied(relation.capitalize(), cards.all(target for target in targets if target))
    for relation in Relation:
        answers = [answer for answer, tie in chronology.ties_to.get(event.slug, ()) if tie.relation is relation]
        if answers:
            yield Tied(relation.inverse.capitalize(), cards.all(answers))


def _spellings(event: Event, chronology: Chronology) -> tuple[str, ...]:
    """Every other spelling of the event’s actors and places, so that a search for any of them finds it."""
    records: list[Actor | Place] = [chronology.actors[slug] for slug in actors_in(event)]
    records += [chronology.places[slug] for slug in event.places]
    return tuple(dict.fromkeys(name for record in records for name in (record.name, *record.also)))
