"""What a page says to machines within itself: schema.org as JSON-LD, whole in one script that no word of an entry can leave.

An event has its claims, each with who says it and the sources in which it appears; a figure is a claim too. The page is a
work of its own: it was published when the entry was added, whenever the event happened. What schema.org has no word for
(how far an event is established, of what kind it is) is said by the address of the word among our own.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from chronicle.addresses import absolute
from chronicle.dates import day_words
from chronicle.model import Claim, Correction, Event, Figure, Source
from chronicle.pages.addresses import RELAYS, address_of, page_path, picture_path, plain_path, record_path
from chronicle.pages.cards import Cards
from chronicle.pages.citation import addresses_of
from chronicle.pages.event import actors_in
from chronicle.pages.iso import bounds_of, coverage_of, end_of, start_of
from chronicle.pages.text import as_plain

Node = dict[str, Any]
_NAMES = {
    "timeline/index.md": "Timeline",
    "topics/index.md": "Topics",
    "figures/index.md": "Numbers",
    "actors/index.md": "Actors",
    "places/index.md": "Places",
    "sources/index.md": "Sources",
    f"sources/{RELAYS}/index.md": "Who relays whom",
    "recent/index.md": "Recent changes",
    "editors/index.md": "For editors",
    "words/index.md": "Words",
    "glossary/index.md": "Glossary",
    "data/index.md": "Data",
}
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_script(node: Node) -> Markup:
    """A node as a script of data: JSON on one line, in which nothing can end the script or open a comment."""
    whole = {"@context": "https://schema.org", **node}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return Markup(f'<script type="application/ld+json">{text}</script>')


class Linked:
    """What the pages of one chronology say of themselves."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self._chronology = cards.chronology
        self._setting = cards.chronology.setting

    def event(self, event: Event, version: str, picture: bool) -> Node:
        """The page of an event; `version` is the one by which it is cited, `picture` whether one stands beside it."""
        page = self._page(page_path("events", event.slug), event.title, event.changed, page_path("timeline"))
        names = (*addresses_of(event.claims), *addresses_of(event.figures))
        return page | _filled(
            **{"@type": ["WebPage", "Article"]},
            headline=event.title,
            description=self._cards.of(event).sentence,
            datePublished=event.added.isoformat(),
            version=version,
            author={"@id": self._address("#editors")},
            temporalCoverage=coverage_of(event.date),
            image=self._address(picture_path(event.slug)) if picture else None,
            encoding=[
                _media(self._address(plain_path(event.slug)), "text/markdown"),
                _media(self._address(record_path(event.slug)), "application/json"),
            ],
            correction=[_correction(one) for one in event.corrections],
            mainEntity=self._event(event),
            hasPart=[self._told(one, name, event) for one, name in zip(event.told, names, strict=True)],
            citation=[self._source(handle, source, event) for handle, source in event.sources.items()],
            mentions=[self._actor(slug) for slug in actors_in(event)],
            relatedLink=[self._address(f"events/{slug}/") for slug in self._related(event)],
        )

    def name(self, folder: str, slug: str, changed: date | None) -> Node:
        """The page of an actor, a place or a topic."""
        what = {"actors": self._whole_actor, "places": self._whole_place, "topics": self._topic}[folder](slug)
        page = self._page(page_path(folder, slug), what["name"], changed, page_path(folder))
        return page | {"@type": "CollectionPage", "mainEntity": what}

    def publisher(self, slug: str, name: str, changed: date | None) -> Node:
        """The page of a publisher."""
        page = self._page(page_path("sources", slug), name, changed, page_path("sources"))
        return page | {"@type": "CollectionPage", "about": self._publisher(name)}

    def overview(self, path: str, changed: date | None) -> Node:
        """A page that lists or explains: its path below docs/, and when what it shows changed last."""
        if path == "index.md":
            return self._home(changed)
        above = "sources/index.md" if path.startswith("sources/") and path != "sources/index.md" else None
        kind = "CollectionPage" if changed else "WebPage"
        return self._page(path, _NAMES[path], changed, above) | {"@type": kind}

    def data(self, changed: date | None, version: str, files: Iterable[tuple[str, str, str]]) -> Node:
        """The page of the data; `version` is that of all entries, `files` have a path, a media type and what each is."""
        setting, events = self._setting, self._chronology.events
        dataset = _filled(
            **{"@type": "Dataset", "@id": self._address("data/#dataset")},
            name=setting.title,
            description=setting.description,
            url=self._address("data/"),
            creator=self._editors(),
            license=setting.licence.url,
            inLanguage=setting.language,
            version=version,
            dateModified=changed.isoformat() if changed else None,
            temporalCoverage=bounds_of([event.date for event in events]) if events else None,
            keywords=[topic.name for topic in setting.topics.values()],
            isAccessibleForFree=True,
            distribution=[
                {"@type": "DataDownload", "name": name, "contentUrl": self._address(path), "encodingFormat": kind}
                for path, kind, name in files
            ],
        )
        return self._page("data/index.md", _NAMES["data/index.md"], changed) | {"mainEntity": dataset}

    def _home(self, changed: date | None) -> Node:
        """The home page, and with it the whole site."""
        setting = self._setting
        whole = _filled(
            **self._site(),
            alternateName=setting.subtitle,
            description=setting.description,
            inLanguage=setting.language,
            license=setting.licence.url,
            publisher=self._editors(),
            hasPart={"@id": self._address("data/#dataset")},
        )
        return self._page("index.md", setting.title, changed) | {"isPartOf": whole}

    def _page(self, path: str, name: str, changed: date | None, above: str | None = None) -> Node:
        """What every page says of itself; `above` is the path of the list that leads to it from the home page."""
        url = self._address(address_of(path))
        return _filled(
            **{"@type": "WebPage", "@id": f"{url}#page"},
            url=url,
            name=name,
            inLanguage=self._setting.language,
            dateModified=changed.isoformat() if changed else None,
            license=self._setting.licence.url,
            publisher=self._editors(),
            isPartOf=self._site(),
            breadcrumb=self._breadcrumb(name, url, above) if path != "index.md" else None,
        )

    def _breadcrumb(self, name: str, url: str, above: str | None) -> Node:
        steps = [(self._setting.title, self._address("")), (name, url)]
        if above:
            steps.insert(1, (_NAMES[above], self._address(address_of(above))))
        items = [
            {"@type": "ListItem", "position": place, "name": label, "item": {"@id": address}}
            for place, (label, address) in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def _site(self) -> Node:
        root = self._address("")
        return {"@type": "WebSite", "@id": f"{root}#site", "url": root, "name": self._setting.title}

    def _editors(self) -> Node:
        return {"@type": "Organization", "@id": self._address("#editors"), "name": self._setting.editors}

    def _event(self, event: Event) -> Node:
        """The event itself; `disambiguatingDescription` says in words how far it is established."""
        card = self._cards.of(event)
        words = f"certainty-{event.certainty_now}", f"kinds-of-event-{event.kind}"
        return _filled(
            **{"@type": "Event", "@id": self._spot("event", event)},
            name=event.title,
            description=as_plain(event.summary),
            disambiguatingDescription=f"{card.certainty_name}. {card.rests_on}: {card.origins}",
            additionalType=[self._address(f"words/#{word}") for word in words],
            startDate=start_of(event.date),
            endDate=end_of(event.date),
            location=[self._place(slug) for slug in event.places],
            keywords=[self._setting.topics[slug].name for slug in event.topics],
        )

    def _told(self, told: Claim | Figure, name: str, event: Event) -> Node:
        """A claim, or a figure as one: who says it, where it appears, and where first, if that can be told."""
        address = self._spot(name, event)
        first = _first_of({handle: event.sources[handle] for handle in told.sources})
        words = self._claim(told) if isinstance(told, Claim) else self._figure(told)
        return _filled(
            **{"@type": "Claim", "@id": address},
            **words,
            author={"@id": self._actor_address(told.by)} if told.by else None,  # its name is among those mentioned
            about={"@id": self._spot("event", event)},
            appearance=[{"@id": self._spot(f"fn:{handle}", event)} for handle in told.sources],
            firstAppearance={"@id": self._spot(f"fn:{first}", event)} if first else None,
        )

    def _claim(self, claim: Claim) -> Node:
        quotation = {"@type": "Quotation", "text": claim.quote} if claim.quote else None
        return {"text": as_plain(claim.says), "hasPart": quotation}

    def _figure(self, figure: Figure) -> Node:
        measure = self._setting.measures[figure.measure]
        words = f"{measure.name}: {figure.value.words()}, as of {day_words(figure.as_of)}"
        note = as_plain(figure.note) if figure.note else None
        return {"text": words, "description": note, "temporalCoverage": figure.as_of.isoformat()}

    def _source(self, handle: str, source: Source, event: Event) -> Node:
        """A source; who signed it is given as a credit, for a byline may name people, bodies or both."""
        return _filled(
            **{"@type": "CreativeWork", "@id": self._spot(f"fn:{handle}", event)},
            url=source.url,
            name=source.title,
            alternateName=source.title_en,
            creditText=source.author,
            publisher=self._publisher(source.publisher),
            datePublished=start_of(source.published) if source.published else None,
            inLanguage=source.language or self._setting.language,
            archivedAt=source.archive,
        )

    def _publisher(self, name: str) -> Node:
        slug = self._chronology.actor_slug_by_name.get(name)
        return self._actor(slug) if slug else {"@type": "Organization", "name": name}

    def _actor(self, slug: str) -> Node:
        actor = self._chronology.actors[slug]
        kind = "Person" if self._setting.actor_kinds[actor.kind].person else "Organization"
        return {"@type": kind, "@id": self._actor_address(slug), "name": actor.name}

    def _actor_address(self, slug: str) -> str:
        return self._address(f"actors/{slug}/#actor")

    def _whole_actor(self, slug: str) -> Node:
        actor = self._chronology.actors[slug]
        others = dict.fromkeys((*([actor.short] if actor.short else ()), *actor.also))
        kind = self._address(f"words/#kinds-of-actor-{actor.kind}")
        return self._actor(slug) | _filled(alternateName=list(others), description=actor.about, additionalType=kind)

    def _place(self, slug: str) -> Node:
        place = self._chronology.places[slug]
        return {"@type": "Place", "@id": self._address(f"places/{slug}/#place"), "name": place.name}

    def _whole_place(self, slug: str) -> Node:
        """A place; its coordinates say in words how exact they are."""
        place = self._chronology.places[slug]
        precision = self._setting.place_precisions[place.precision].name
        spot = place.coordinates and {
            "@type": "GeoCoordinates",
            "latitude": place.coordinates.latitude,
            "longitude": place.coordinates.longitude,
            "description": f"exact to {precision}",
        }
        within = self._place(place.within) if place.within else None
        others = list(place.also)
        return self._place(slug) | _filled(
            alternateName=others, description=place.about, geo=spot, containedInPlace=within
        )

    def _topic(self, slug: str) -> Node:
        topic = self._setting.topics[slug]
        address = self._address(f"topics/{slug}/#topic")
        return {"@type": "DefinedTerm", "@id": address, "name": topic.name, "description": topic.meaning}

    def _related(self, event: Event) -> tuple[str, ...]:
        """The slugs of the events that this one points at, and of those that point at it."""
        answers = (answer.slug for answer, _ in self._chronology.ties_to.get(event.slug, ()))
        slugs = dict.fromkeys((*(tie.target for tie in event.relations), *answers))
        return tuple(slug for slug in slugs if slug in self._chronology.event_by_slug)

    def _spot(self, name: str, event: Event) -> str:
        """The address of a place on an event’s page; slugs and names hold no sign that would have to be encoded."""
        return f"{self._setting.site}events/{event.slug}/#{name}"

    def _address(self, path: str) -> str:
        return absolute(self._chronology, path)


def _first_of(source_by_handle: Mapping[str, Source]) -> str | None:
    """The handle of the source that surely came before all others; None when that cannot be told."""
    if len(source_by_handle) == 1:
        return next(iter(source_by_handle))
    spans = {
        handle: (s.published and (s.published.earliest, s.published.latest)) for handle, s in source_by_handle.items()
    }
    for handle, span in spans.items():
        others = [other for name, other in spans.items() if name != handle]
        if span and span[1] and all(other and other[0] and span[1] < other[0] for other in others):
            return handle
    return None


def _correction(made: Correction) -> Node:
    day = made.date.isoformat()
    return {"@type": "CorrectionComment", "datePublished": day, "text": made.what, "description": made.why}


def _media(address: str, kind: str) -> Node:
    return {"@type": "MediaObject", "contentUrl": address, "encodingFormat": kind}


def _filled(**values: Any) -> Node:
    """What is there to be said: without what is None or empty."""
    return {name: value for name, value in values.items() if value not in (None, [], ())}
