"""Every page of the site, each with its path, what it is made from, and how to make it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chronicle.dates import day_short, day_words
from chronicle.made import Keys, Made, key_of, program_key
from chronicle.model import Chronology, Event, Source
from chronicle.pages import bibliography, names
from chronicle.pages.addresses import (
    RELAYS,
    month_anchor,
    page_path,
    picture_path,
    publisher_slugs,
    record_path,
    root_from,
)
from chronicle.pages.cards import Cards, count, first_sentence
from chronicle.pages.citation import citation_of
from chronicle.pages.data import Sheet, data_page, downloads
from chronicle.pages.days import event_days, figure_days
from chronicle.pages.drawings import place_locator, place_maps, timeline_drawing
from chronicle.pages.event import claimants_of, event_page
from chronicle.pages.facets import facets_of, origin_counts, report_days, texts_json, timeline_json
from chronicle.pages.figures import measure_panels, measure_tables
from chronicle.pages.front import boards_of
from chronicle.pages.glossary import Glossary
from chronicle.pages.linked import Linked, as_script
from chronicle.pages.recent import last_change, recent_days
from chronicle.pages.subscription import subscription_to
from chronicle.pages.text import as_front_matter, as_html, as_slug, paragraphs_of, unbroken
from chronicle.pages.timeline import month_label, years_of
from chronicle.pages.voices import Voices, said_by
from chronicle.report import MOST, report_on

_TEMPLATES = Path(__file__).parent / "templates"
_NEWEST = 3
_MOST_CHANGES = 200  # on the page of recent changes
_MOST_NAMES = 12  # in a row of names with numbers


def make_pages(
    chronology: Chronology,
    digests: Mapping[str, str],
    pictures: bool = False,
    as_of: date | None = None,
    sheets: tuple[Sheet, ...] = (),
) -> Iterator[Made[str]]:
    """Every Markdown page; `digests` has the digest of each YAML file by its path, and is what the keys are made of.

    With `pictures`, the page of an event says that a picture to share it by stands beside it. With `as_of`, every page
    says that the chronology is the one of that day. `sheets` are the tables that the page of the data tells of.
    """
    book = _Book(chronology, digests, pictures, as_of)
    yield from book.events()
    yield from book.registers()
    yield from book.publishers()
    yield from book.overviews()
    yield book.overview("data.md", page_path("data"), book.data, sheets)


def make_redirects(chronology: Chronology) -> Iterator[Made[str]]:
    """A page at every former address of an event, which leads to where it stands now."""
    for event in chronology.events:
        for old in event.formerly:
            text = partial(
                _render, "redirect.html", slug=event.slug, title=event.title, lang=chronology.setting.language
            )
            key = key_of(event.slug, event.title, chronology.setting.language, program_key())
            yield Made(f"events/{old}/index.html", key, text)


class _Book:
    """What all pages share: the chronology, its digests, and the names that are looked up again and again."""

    def __init__(self, chronology: Chronology, digests: Mapping[str, str], pictures: bool, as_of: date | None) -> None:
        self.chronology = chronology
        self.as_of = day_words(as_of) if as_of else ""
        self.pictures = pictures
        self.cards = Cards(chronology)
        self.glossary = Glossary(chronology.setting.glossary)
        self.digests = digests
        self.publisher_slugs = publisher_slugs(chronology)
        self.voices = Voices(chronology, self.publisher_slugs)
        self.known_days = {event.slug: event.since_known.isoformat() for event in chronology.events}
        self.keys = Keys(chronology, digests, str(pictures), self.as_of)
        self.linked = Linked(self.cards)
        self.changed_days = {event.slug: last_change(event, chronology) for event in chronology.events}
        self.changed = self.newest(chronology.events)

    def events(self) -> Iterator[Made[str]]:
        events = self.chronology.events
        for previous, event, following in zip((None, *events), events, (*events[1:], None), strict=False):
            targets = (self.chronology.event_by_slug.get(tie.target) for tie in event.relations)
            shown = [near for near in (event, previous, following, *targets) if near]
            cited = (self.publisher_slugs[source.publisher] for source in event.sources.values())
            path, key = page_path("events", event.slug), key_of(self.keys.of("event", shown), *cited)
            answered = (answer.added for answer, _ in self.chronology.ties_to.get(event.slug, ()))
            changed = max(self.changed_days[event.slug], *answered, event.added)
            yield self.page("event.md", path, key, self.event, event, previous, following, changed=changed)

    def event(self, event: Event, previous: Event | None, following: Event | None) -> Mapping[str, Any]:
        page = event_page(event, self.cards, self.glossary.for_page(), previous, following)
        days = event_days(event, self.chronology)
        citation = citation_of(event, self.chronology, self.digests[event.path])
        return {
            "linked": self.linked.event(event, citation.version, self.pictures),
            "page": page,
            "days": days,
            "claimants": claimants_of(page.claims, days.claim_origins),
            "citation": citation,
            "data": record_path(event.slug),
            "picture": picture_path(event.slug) if self.pictures else "",
            "known_days": self.known_days,
            "month_anchor": month_anchor(event),
            "month_label": month_label(event),
            "sort_day": (event.date.earliest or event.date.latest or event.since_known).isoformat(),
            "publisher_slugs": self.publisher_slugs,
            "repository": self.chronology.setting.repository,
        }

    def registers(self) -> Iterator[Made[str]]:
        for kind in names.KINDS:
            events_by_slug = kind.events_by_slug(self.chronology)
            for slug in kind.slugs(self.chronology):
                events = events_by_slug.get(slug, ())
                heard = str(self.voices.of(slug, events)) if kind.folder == "actors" else ""
                path, key = page_path(kind.folder, slug), self.keys.of(kind.folder + heard, events)
                yield self.page("name.md", path, key, self.name, kind, slug, events, changed=self.newest(events))
            yield self.overview("register.md", page_path(kind.folder), self.register, kind)

    def name(self, kind: names.Kind, slug: str, events: tuple[Event, ...]) -> Mapping[str, Any]:
        locator = place_locator(slug, self.chronology, "../../") if kind.folder == "places" else ""
        is_actor = kind.folder == "actors"
        return {
            "linked": self.linked.name(kind.folder, slug, self.newest(events)),
            "page": kind.page(slug, events, self.cards),
            "folder": kind.folder,
            "locator": locator,
            "voice": self.voices.of(slug, events) if is_actor else None,
            "said": said_by(slug, events, self.chronology) if is_actor else {},
            "most": _MOST_NAMES,
            "subscription": subscription_to(events, self.chronology, slug) if kind.folder == "topics" else None,
        }

    def register(self, kind: names.Kind) -> Mapping[str, Any]:
        maps = (
            place_maps(self.chronology, kind.events_by_slug(self.chronology), "../")
            if kind.folder == "places"
            else None
        )
        return {"register": kind.register(self.chronology), "maps": maps}

    def publishers(self) -> Iterator[Made[str]]:
        for name, cited in bibliography.citations_by_publisher(self.chronology).items():
            events = [event for event, _ in cited]
            path, key = page_path("sources", self.publisher_slugs[name]), self.keys.of(name, events)
            yield self.page("publisher.md", path, key, self.publisher, name, cited, changed=self.newest(events))
        yield self.overview("sources.md", page_path("sources"), self.sources)
        yield self.overview("relays.md", page_path("sources", RELAYS), self.relays)

    def publisher(self, name: str, cited: Iterable[tuple[Event, Source]]) -> Mapping[str, Any]:
        slug = self.publisher_slugs[name]
        return {
            "linked": self.linked.publisher(slug, name, self.newest(event for event, _ in cited)),
            "publisher": bibliography.publisher_page(name, slug, cited, self.chronology),
        }

    def sources(self) -> Mapping[str, Any]:
        publishers = bibliography.publishers_of(self.chronology)
        groups = [
            (initial, list(group)) for initial, group in groupby(publishers, key=lambda publisher: publisher.initial)
        ]
        total = sum(len(publisher.works) for publisher in publishers)
        return {
            "groups": groups,
            "facets": bibliography.source_facets(publishers, self.chronology),
            "total": count(total, "source"),
            "publishers": count(len(publishers), "publisher"),
        }

    def relays(self) -> Mapping[str, Any]:
        return {"springs": self.voices.springs, "relayers": self.voices.relayers}

    def overviews(self) -> Iterator[Made[str]]:
        yield self.overview("timeline.md", page_path("timeline"), self.timeline)
        yield Made("timeline/events.json", self.keys.of_all("filters"), partial(timeline_json, self.chronology))
        yield Made("timeline/texts.json", self.keys.of_all("filters"), partial(texts_json, self.chronology))
        yield self.overview("figures.md", page_path("figures"), self.figures)
        yield self.overview("recent.md", page_path("recent"), self.recent)
        yield self.overview("editors.md", page_path("editors"), self.editors)
        yield self.page("words.md", page_path("words"), self.keys.of("words"), self.words)
        yield self.page("glossary.md", page_path("glossary"), self.keys.of("glossary"), self.terms)
        yield self.overview("home.md", "index.md", self.home)

    def timeline(self) -> Mapping[str, Any]:
        days = report_days(self.chronology)
        return {
            "drawing": timeline_drawing(self.cards, "../"),
            "repository": self.chronology.setting.repository,
            "certainties": [(word, term.name) for word, term in self.chronology.setting.certainty.items()],
            "years": years_of(self.cards),
            "total": count(len(self.chronology.events), "event"),
            "subscription": subscription_to(self.chronology.events, self.chronology),
            "facets": facets_of(self.chronology),
            "origins": origin_counts(self.chronology),
            "first_day": day_short(days[0]) if days else "",
            "stops": len(days),
        }

    def figures(self) -> Mapping[str, Any]:
        days = figure_days(self.chronology)
        return {"panels": measure_panels(measure_tables(self.chronology), days, "../"), "figure_days": days}

    def recent(self) -> Mapping[str, Any]:
        subscription = subscription_to(self.chronology.events, self.chronology)
        return {"days": recent_days(self.cards, _MOST_CHANGES), "subscription": subscription}

    def editors(self) -> Mapping[str, Any]:
        return {"report": report_on(self.chronology), "most": MOST}

    def words(self) -> Mapping[str, Any]:
        setting = self.chronology.setting
        vocabularies = (
            ("Certainty", setting.certainty), ("What is counted", setting.measures), ("Kinds of event", setting.kinds),
            ("Types of source", setting.source_types), ("Kinds of actor", setting.actor_kinds),
        )  # fmt: skip
        return {"vocabularies": [(label, terms.items()) for label, terms in vocabularies]}

    def terms(self) -> Mapping[str, Any]:
        glossary = self.chronology.setting.glossary
        return {"terms": [(term, glossary[term]) for term in sorted(glossary, key=str.casefold)]}

    def data(self, sheets: tuple[Sheet, ...]) -> Mapping[str, Any]:
        page = data_page(self.chronology, self.digests, sheets)
        files = ((file.path, file.kind, file.about) for file in downloads(sheets))
        return {**page, "linked": self.linked.data(self.changed, page["version"], files)}

    def home(self) -> Mapping[str, Any]:
        chronology = self.chronology
        sources = {source.url for event in chronology.events for source in event.sources.values()}
        changed = max((event.changed for event in chronology.events), default=None)
        certainty = chronology.setting.certainty
        return {
            "setting": chronology.setting,
            "introduction": [as_html(paragraph) for paragraph in paragraphs_of(chronology.setting.introduction)],
            "milestones": self.cards.all(event for event in chronology.events if event.milestone),
            "newest": self.cards.all(reversed(chronology.events[-_NEWEST:])),
            "boards": boards_of(measure_tables(chronology)),
            "recent": recent_days(self.cards, _MOST_CHANGES)[:_NEWEST],
            "certainties": [(word, term.name, first_sentence(term.meaning)) for word, term in certainty.items()],
            "changed": day_words(changed) if changed else "",
            "totals": f"{count(len(chronology.events), 'event')}, {count(len(sources), 'source')}",
        }

    def overview(
        self, template: str, path: str, values: Callable[..., Mapping[str, Any]], *arguments: Any
    ) -> Made[str]:
        """A page that shows all events in some way."""
        return self.page(template, path, self.keys.of_all(path), values, *arguments, changed=self.changed)

    def page(
        self,
        template: str,
        path: str,
        key: str,
        values: Callable[..., Mapping[str, Any]],
        *arguments: Any,
        changed: date | None = None,
    ) -> Made[str]:
        """A page whose template is filled, when somebody asks for it, with what `values` gives for `arguments`.

        Last stands what it says to machines: `linked` of the values, or what can be said of any page that changed then.
        """

        def make() -> str:
            shown = values(*arguments)
            text = _render(template, root=root_from(path), as_of=self.as_of, **shown)
            return f"{text.rstrip()}\n\n{as_script(shown.get('linked') or self.linked.overview(path, changed))}\n"

        return Made(path, key, make, changed)

    def newest(self, events: Iterable[Event]) -> date | None:
        """The day on which one of these events changed last."""
        return max((self.changed_days[event.slug] for event in events), default=None)


def _on_one_line(value: object) -> object:
    """Keeps an HTML block whole: with an empty line in it, what follows would be read as Markdown."""
    return " ".join(value.split()) if type(value) is str and "\n" in value else value


_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_on_one_line,
    trim_blocks=False,
    keep_trailing_newline=True,
)
_environment.filters |= {"front_matter": as_front_matter, "day": day_words, "slug": as_slug, "unbroken": unbroken}


def _render(template: str, **values: Any) -> str:
    return _environment.get_template(template).render(**values).lstrip()
