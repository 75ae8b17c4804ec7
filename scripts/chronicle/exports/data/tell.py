"""What the data files say of a chronology: each of its records told in full, with all that can be worked out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from chronicle.addresses import absolute
from chronicle.citations.works import version_of
from chronicle.dates import EdtfDate, day_words
from chronicle.exports.data import files, parts
from chronicle.model import Chronology, Claim, Correction, Event, Figure, Source
from chronicle.model.origins import (
    Origin,
    origin_label,
    origins_of_event,
    origins_of_source,
    origins_of_sources,
    voice_of,
)
from chronicle.model.scalars import Bound, Coordinates, Quantity
from chronicle.model.standing import Step, standing_of
from chronicle.pages.citation import addresses_of
from chronicle.pages.days import Days, source_days, told_day
from chronicle.pages.names import events_by_actor, events_by_place


class Teller:
    """Tells the records of a chronology; `digests` has the digest of each YAML file by its path."""

    def __init__(self, chronology: Chronology, digests: Mapping[str, str]) -> None:
        self.chronology = chronology
        self._digests = digests
        self._origin = cache(self._tell_origin)
        self._page = cache(lambda folder, slug: absolute(chronology, f"{folder}/{slug}/"))

    def event(self, event: Event) -> parts.Event:
        """An event, with everything that its page shows."""
        days = source_days(event)
        return parts.Event(
            slug=event.slug,
            page=self._page("events", event.slug),
            file=event.path,
            version=version_of(self._digests[event.path]),
            title=event.title,
            date=tell_date(event.date),
            reported=tell_day(event.reported) if event.reported else None,
            known=tell_day(event.since_known),
            added=tell_day(event.added),
            changed=tell_day(event.changed),
            kind=event.kind,
            milestone=event.milestone,
            certainty=event.certainty_now,
            certainty_history=tuple(
                parts.Held(since=tell_day(held.since) if held.since else None, certainty=held.certainty)
                for held in event.certainty
            ),
            standing=tuple(map(_tell_step, standing_of(event, self.chronology))),
            summary=event.summary,
            annotation=event.annotation,
            claims=tuple(self._claims(event, days)),
            figures=tuple(self._figures(event, days)),
            origins=self._origins(origins_of_event(event, self.chronology)),
            places=event.places,
            actors=event.actors,
            topics=event.topics,
            relations=tuple(
                parts.Tie(relation=tie.relation, event=tie.target, page=self._page("events", tie.target))
                for tie in event.relations
            ),
            answers=tuple(self._answers(event)),
            sources=tuple(self._source(handle, event, days) for handle in event.sources),
            corrections=tuple(map(_tell_correction, event.corrections)),
            formerly=event.formerly,
        )

    def actors(self) -> Iterator[files.Actor]:
        """All actors, each with its events."""
        events = events_by_actor(self.chronology)
        for slug, actor in self.chronology.actors.items():
            yield files.Actor(
                slug=slug,
                page=self._page("actors", slug),
                voice=voice_of(slug, self.chronology.actors),
                events=tuple(event.slug for event in events.get(slug, ())),
                **dict(actor),
            )

    def places(self) -> Iterator[files.Place]:
        """All places, each with its events."""
        events = events_by_place(self.chronology)
        for slug, place in self.chronology.places.items():
            yield files.Place(
                slug=slug,
                page=self._page("places", slug),
                events=tuple(event.slug for event in events.get(slug, ())),
                **{**dict(place), "coordinates": _tell_coordinates(place.coordinates)},
            )

    def sources(self) -> Iterator[files.CitedWork]:
        """Every address that is cited, by address; what an event leaves out, another may tell."""
        cited: dict[str, list[tuple[Source, files.Citation]]] = {}
        for event in self.chronology.events:
            days = source_days(event)
            for handle, source in event.sources.items():
                citation = files.Citation(event=event.slug, **self._citing(handle, event, days))
                cited.setdefault(source.url, []).append((source, citation))
        for url in sorted(cited):
            described, citations = zip(*cited[url], strict=True)
            yield files.CitedWork(cited_by=citations, **_tell_work(described))

    def figures(self) -> Iterator[files.EventFigure]:
        """All numbers, each with its event."""
        for event in self.chronology.events:
            for figure in self._figures(event, source_days(event)):
                yield files.EventFigure(event=event.slug, **dict(figure))

    def relations(self) -> Iterator[files.TiedEvents]:
        """All relations between events."""
        for event in self.chronology.events:
            for tie in event.relations:
                target = self.chronology.event_by_slug[tie.target]
                known = tell_day(max(event.since_known, target.since_known))
                yield files.TiedEvents(
                    event=event.slug,
                    relation=tie.relation,
                    target=tie.target,
                    inverse=tie.relation.inverse,
                    known=known,
                )

    def counts(self) -> files.Counts:
        """How much there is of everything."""
        events = self.chronology.events
        sources = [source for event in events for source in event.sources.values()]
        return files.Counts(
            events=len(events),
            milestones=sum(event.milestone for event in events),
            claims=sum(len(event.claims) for event in events),
            figures=sum(len(event.figures) for event in events),
            sources=len({source.url for source in sources}),
            citations=len(sources),
            publishers=len({source.publisher for source in sources}),
            origins=len({origin for event in events for origin in origins_of_event(event, self.chronology)}),
            relations=sum(len(event.relations) for event in events),
            corrections=sum(len(event.corrections) for event in events),
            actors=len(self.chronology.actors),
            places=len(self.chronology.places),
        )

    def _claims(self, event: Event, days: Days) -> Iterator[parts.Claim]:
        for claim, name in zip(event.claims, addresses_of(event.claims), strict=True):
            told = self._told(claim, name, event, days)
            yield parts.Claim(says=claim.says, quote=claim.quote, **told)

    def _figures(self, event: Event, days: Days) -> Iterator[parts.Figure]:
        for figure, name in zip(event.figures, addresses_of(event.figures), strict=True):
            told = self._told(figure, name, event, days)
            value, as_of = tell_quantity(figure.value), tell_day(figure.as_of)
            yield parts.Figure(measure=figure.measure, value=value, as_of=as_of, note=figure.note, **told)

    def _told(self, told: Claim | Figure, name: str, event: Event, days: Days) -> Mapping[str, Any]:
        """What a claim and a figure have in common."""
        return {
            "id": name,
            "address": f"{self._page('events', event.slug)}#{name}",
            "by": told.by,
            "sources": told.sources,
            "origins": self._origins(origins_of_sources(told.sources, event, self.chronology)),
            "known": tell_day(told_day(told, days)),
        }

    def _source(self, handle: str, event: Event, days: Days) -> parts.Source:
        return parts.Source(**self._citing(handle, event, days), **_tell_work([event.sources[handle]]))

    def _citing(self, handle: str, event: Event, days: Days) -> Mapping[str, Any]:
        source = event.sources[handle]
        return {
            "handle": handle,
            "address": f"{self._page('events', event.slug)}#fn:{handle}",
            "quote": source.quote,
            "relays": source.relays,
            "origins": self._origins(sorted(origins_of_source(source, self.chronology))),
            "known": tell_day(days[handle]),
        }

    def _answers(self, event: Event) -> Iterator[parts.Answer]:
        for answer, tie in self.chronology.ties_to.get(event.slug, ()):
            page = self._page("events", answer.slug)
            yield parts.Answer(relation=tie.relation, inverse=tie.relation.inverse, event=answer.slug, page=page)

    def _origins(self, origins: Iterable[Origin]) -> tuple[parts.Origin, ...]:
        return tuple(map(self._origin, origins))

    def _tell_origin(self, origin: Origin) -> parts.Origin:
        actor = origin if origin in self.chronology.actors else None
        return parts.Origin(actor=actor, name=origin_label(origin, self.chronology))


@lru_cache(maxsize=16_384)
def tell_day(day: date) -> parts.Day:
    """A day in the form that all dates have."""
    return parts.Day(edtf=day.isoformat(), earliest=day, latest=day, words=day_words(day))


@lru_cache(maxsize=16_384)
def tell_date(when: EdtfDate) -> parts.When:
    """A date as well as it is known."""
    return parts.When(
        edtf=when.edtf,
        earliest=when.earliest,
        latest=when.latest,
        words=when.words(),
        shape=when.shape,
        precision=when.precision,
        approximate=when.approximate,
        uncertain=when.uncertain,
    )


def tell_quantity(quantity: Quantity) -> parts.Quantity:
    """A number with the ends that were given: “at least 1,000” has no upper one."""
    return parts.Quantity(
        words=quantity.words(),
        qualifier=quantity.bound or None,
        lower=None if quantity.bound in (Bound.UP_TO, Bound.LESS_THAN) else quantity.low,
        upper=None if quantity.bound in (Bound.AT_LEAST, Bound.MORE_THAN) else quantity.high,
    )


def _tell_step(step: Step) -> parts.Step:
    return parts.Step(
        day=tell_day(step.day), word=step.word, certainty=step.certainty, relation=step.relation, event=step.by
    )


def _tell_correction(correction: Correction) -> parts.Correction:
    return parts.Correction(date=tell_day(correction.date), what=correction.what, why=correction.why)


def _tell_coordinates(coordinates: Coordinates | None) -> files.Coordinates | None:
    return files.Coordinates(latitude=coordinates.latitude, longitude=coordinates.longitude) if coordinates else None


def _tell_work(described: Sequence[Source]) -> Mapping[str, Any]:
    """A page as it is described, each thing as the first description has it that tells it."""
    told: dict[str, Any] = dict.fromkeys(parts.Work.model_fields)
    for source in reversed(described):
        told |= {key: value for key, value in source if key in told and value is not None}
    published, accessed = told["published"], told["accessed"]
    return {
        **told,
        "published": tell_date(published) if published else None,
        "accessed": tell_day(accessed) if accessed else None,
    }
