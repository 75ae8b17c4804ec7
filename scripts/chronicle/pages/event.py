"""The page of one event: everything its template shows, worked out beforehand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from chronicle.dates import day_short, day_words
from chronicle.model import Actor, Chronology, Claim, Event, Figure, Place, Relation, Source
from chronicle.model.origins import origin_label, origins_of_event, origins_of_source, origins_of_sources
from chronicle.model.standing import Step, seen_on, standing_of
from chronicle.pages.cards import Card, Cards, count, days_until_known, words_of
from chronicle.pages.citation import addresses_of
from chronicle.pages.text import BETWEEN_REFERENCES, Explain, as_html, as_markdown, reference


@dataclass(frozen=True, slots=True)
class Name:
    """An actor, a place or a topic that a page links to."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim or a figure as the page shows it."""

    number: int
    address: str  # its name on the page, made of its words
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
class Claimant:
    """Claims of one claimant that follow each other, and on what all of them rest, if that is the same."""

    by: Name | None
    claims: tuple[ToldClaim, ...]
    origins: str
    origin_steps: str  # what it said on earlier days, for an attribute


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
    seen: str  # the day of the state of it that is meant, 1998-03-20


@dataclass(frozen=True, slots=True)
class StandingStep:
    """One step of how it came to be regarded, with its place among all steps."""

    place: int
    day: str
    datetime: str
    by: Card | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one kind that came while one certainty held."""

    label: str
    steps: tuple[StandingStep, ...]


@dataclass(frozen=True, slots=True)
class Regarded:
    """A stretch of time in which one certainty held, with the answers that came in it."""

    word: str  # confirmed, claimed, disputed
    label: str
    step: StandingStep
    answers: tuple[Answers, ...]


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
    standing: tuple[Regarded, ...]
    related: tuple[Tied, ...]
    actors: tuple[Name, ...]
    places: tuple[Name, ...]
    topics: tuple[Name, ...]
    spellings: tuple[str, ...]
    previous: Card | None
    next: Card | None

    @property
    def has_titles_of_ours(self) -> bool:
        """Whether a title of a source is not its own and therefore stands in square brackets."""
        return any(shown.source.title.startswith("[") for shown in self.sources)


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
        known=known_since(event),
        summary=as_markdown(event.summary, number_by_handle, explain),
        annotation=as_markdown(event.annotation, number_by_handle, explain) if event.annotation else None,
        claims=_all_told(event.claims, event, chronology, explain),
        figures=_all_told(event.figures, event, chronology, explain),
        sources=tuple(_shown(handle, number, event, chronology) for handle, number in number_by_handle.items()),
        origins=tuple(origin_label(origin, chronology) for origin in origins_of_event(event, chronology)),
        standing=tuple(_regarded(event, cards)),
        related=tuple(_related(event, cards)),
        actors=names_of(actors_in(event), chronology.actors),
        places=names_of(event.places, chronology.places),
        topics=tuple(Name(slug, chronology.setting.topics[slug].name) for slug in event.topics),
        spellings=_spellings(event, chronology),
        previous=cards.of(previous) if previous else None,
        next=cards.of(following) if following else None,
    )


def claimants_of(claims: tuple[ToldClaim, ...], origin_steps: tuple[str, ...]) -> tuple[Claimant, ...]:
    """Claims by claimant, in their order; `origin_steps` has for each claim what its origins were on earlier days."""
    rests_on = {claim.number: (claim.origins, steps) for claim, steps in zip(claims, origin_steps, strict=True)}
    groups = ((by, tuple(found)) for by, found in groupby(claims, key=lambda claim: claim.by))
    return tuple(
        Claimant(by, found, *(rests_on[found[0].number] if len({rests_on[c.number] for c in found}) == 1 else ("", "")))
        for by, found in groups
    )


def actors_in(event: Event) -> tuple[str, ...]:
    """The actors of an event: those it names, then those who say something in it."""
    return tuple(dict.fromkeys((*event.actors, *(told.by for told in event.told if told.by))))


def known_since(event: Event) -> str:
    """The day the public could know, and how long after the event: “18 October 2024, 5 days later”."""
    days = days_until_known(event)
    day = day_words(event.since_known)
    if days is None or days < 0:
        return day
    return f"{day}, " + ("the same day" if days == 0 else f"{count(days, 'day')} later")


def names_of(slugs: Iterable[str], register: Mapping[str, object]) -> tuple[Name, ...]:
    """Slugs of a register as names to link to."""
    return tuple(Name(slug, getattr(register[slug], "label", slug)) for slug in slugs)


def _all_told(
    told: Sequence[Claim | Figure], event: Event, chronology: Chronology, explain: Explain
) -> tuple[ToldClaim, ...]:
    return tuple(
        _told(one, place, event, chronology, explain)
        for one, place in zip(told, enumerate(addresses_of(told), 1), strict=True)
    )


def _told(
    told: Claim | Figure, place: tuple[int, str], event: Event, chronology: Chronology, explain: Explain
) -> ToldClaim:
    """A claim or a figure as the page shows it; `place` is its number and its address there."""
    origins = origins_of_sources(told.sources, event, chronology)
    labels = ", ".join(origin_label(origin, chronology) for origin in origins)
    handles = list(event.sources)
    places = sorted(handles.index(handle) for handle in told.sources)
    marks = Markup(BETWEEN_REFERENCES).join(reference(handles[place], place + 1) for place in places)
    by = names_of([told.by], chronology.actors)[0] if told.by else None
    rests_on = f"{count(len(origins), 'origin')}: {labels}"
    if isinstance(told, Claim):
        return ToldClaim(*place, by, as_html(told.says, explain), told.quote or "", marks, rests_on)
    measure = chronology.setting.measures[told.measure].name
    note = as_html(told.note, explain) if told.note else Markup("")
    value, as_of = told.value.words(), day_short(told.as_of)
    return ToldClaim(*place, by, note, "", marks, rests_on, measure, told.measure, value, as_of)


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
        seen=seen_on(source, event).isoformat(),
    )


@cache
def language_name(code: str, reader: str) -> str:
    """The name of a language in the reader’s language; the code itself when the name is not known (Unicode CLDR)."""
    try:
        return Locale.parse(code, sep="-").get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code


def _regarded(event: Event, cards: Cards) -> Iterable[Regarded]:
    """The stretches in which each certainty held; the first begins when the event became public, before any answer."""
    steps = tuple(enumerate(standing_of(event, cards.chronology)))
    starts = [place for place, step in steps if step.certainty]
    for start, end in zip(starts, (*starts[1:], len(steps)), strict=True):
        step = steps[start][1]
        name = cards.chronology.setting.certainty[step.word].name
        yield Regarded(step.word, name, _step(start, step, cards), _answers(steps[start + 1 : end], cards))


def _answers(steps: Iterable[tuple[int, Step]], cards: Cards) -> tuple[Answers, ...]:
    by_word: dict[str, list[StandingStep]] = {}
    for place, step in steps:
        by_word.setdefault(step.word, []).append(_step(place, step, cards))
    return tuple(Answers(word.capitalize(), tuple(found)) for word, found in by_word.items())


def _step(place: int, step: Step, cards: Cards) -> StandingStep:
    by = cards.chronology.event_by_slug.get(step.by or "")
    return StandingStep(place, day_short(step.day), step.day.isoformat(), cards.of(by) if by else None)


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
