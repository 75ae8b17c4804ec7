"""Every page of the site, each with its path, what it is made from, and how to make it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chronicle.dates import day_short, day_words
from chronicle.model import Chronology, Event, Source
from chronicle.pages import bibliography, names
from chronicle.pages.addresses import RELAYS, month_anchor, page_path, picture_path, publisher_slugs, root_from
from chronicle.pages.cards import Cards, count, first_sentence
from chronicle.pages.citation import citation_of
from chronicle.pages.days import event_days, figure_days
from chronicle.pages.drawings import place_locator, place_maps, timeline_drawing
from chronicle.pages.event import claimants_of, event_page
from chronicle.pages.facets import facets_of, origin_counts, report_days, texts_json, timeline_json
from chronicle.pages.figures import measure_panels, measure_tables
from chronicle.pages.front import boards_of
from chronicle.pages.glossary import Glossary
from chronicle.pages.recent import recent_days
from chronicle.pages.text import as_front_matter, as_html, as_slug, paragraphs_of
from chronicle.pages.timeline import month_label, years_of
from chronicle.pages.voices import Voices, said_by

_TEMPLATES = Path(__file__).parent / "templates"
_NEWEST = 3
_MOST_CHANGES = 200  # on the page of recent changes
_MOST_NAMES = 12  # in a row of names with numbers


@dataclass(frozen=True, slots=True)
class Page:
    """One file to write: its path below docs/, a key that changes whenever its text would, and how to make the text."""

    path: str
    key: str
    make: Callable[[], str]


def make_pages(
    chronology: Chronology, digests: Mapping[str, str], pictures: bool = False, as_of: date | None = None
) -> Iterator[Page]:
    """Every Markdown page; `digests` has the digest of each YAML file by its path, and is what the keys are made of.

    With `pictures`, the page of an event says that a picture to share it by stands beside it. With `as_of`, every page
    says that the chronology is the one of that day.
    """
    book = _Book(chronology, digests, pictures, as_of)
    yield from book.events()
    yield from book.registers()
    yield from book.publishers()
    yield from book.overviews()


def make_redirects(chronology: Chronology) -> Iterator[Page]:
    """A page at every former address of an event, which leads to where it stands now."""
    for event in chronology.events:
        for old in event.formerly:
            text = partial(
                _render, "redirect.html", slug=event.slug, title=event.title, lang=chronology.setting.language
            )
            yield Page(
                f"events/{old}/index.html", _key(event.slug, event.title, chronology.setting.language, _program()), text
            )


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
        shared = [path for path in digests if not path.startswith("chronology/events/")]
        self.shared = _key(_program(), str(pictures), self.as_of, *(digests[path] for path in sorted(shared)))

    def events(self) -> Iterator[Page]:
        events = self.chronology.events
        for previous, event, following in zip((None, *events), events, (*events[1:], None), strict=False):
            targets = (self.chronology.event_by_slug.get(tie.target) for tie in event.relations)
            shown = [near for near in (event, previous, following, *targets) if near]
            cited = (self.publisher_slugs[source.publisher] for source in event.sources.values())
            path, key = page_path("events", event.slug), _key(self.key("event", shown), *cited)
            yield self.page("event.md", path, key, self.event, event, previous, following)

    def event(self, event: Event, previous: Event | None, following: Event | None) -> Mapping[str, Any]:
        page = event_page(event, self.cards, self.glossary.for_page(), previous, following)
        days = event_days(event, self.chronology)
        return {
            "page": page,
            "days": days,
            "claimants": claimants_of(page.claims, days.claim_origins),
            "citation": citation_of(event, self.chronology, self.digests[event.path]),
            "picture": picture_path(event.slug) if self.pictures else "",
            "known_days": self.known_days,
            "month_anchor": month_anchor(event),
            "month_label": month_label(event),
            "sort_day": (event.date.earliest or event.date.latest or event.since_known).isoformat(),
            "publisher_slugs": self.publisher_slugs,
            "repository": self.chronology.setting.repository,
        }

    def registers(self) -> Iterator[Page]:
        for kind in names.KINDS:
            events_by_slug = kind.events_by_slug(self.chronology)
            for slug in kind.slugs(self.chronology):
                events = events_by_slug.get(slug, ())
                heard = str(self.voices.of(slug, events)) if kind.folder == "actors" else ""
                path, key = page_path(kind.folder, slug), self.key(kind.folder + heard, events)
                yield self.page("name.md", path, key, self.name, kind, slug, events)
            yield self.page("register.md", page_path(kind.folder), self.key_of_all(kind.folder), self.register, kind)

    def name(self, kind: names.Kind, slug: str, events: tuple[Event, ...]) -> Mapping[str, Any]:
        locator = place_locator(slug, self.chronology, "../../") if kind.folder == "places" else ""
        is_actor = kind.folder == "actors"
        return {
            "page": kind.page(slug, events, self.cards),
            "folder": kind.folder,
            "locator": locator,
            "voice": self.voices.of(slug, events) if is_actor else None,
            "said": said_by(slug, events, self.chronology) if is_actor else {},
            "most": _MOST_NAMES,
        }

    def register(self, kind: names.Kind) -> Mapping[str, Any]:
        maps = place_maps(self.chronology, kind.events_by_slug(self.chronology), "../") if kind.folder == "places" else None
        return {"register": kind.register(self.chronology), "maps": maps}

    def publishers(self) -> Iterator[Page]:
        for name, cited in bibliography.citations_by_publisher(self.chronology).items():
            key = self.key(name, [event for event, _ in cited])
            yield self.page(
                "publisher.md", page_path("sources", self.publisher_slugs[name]), key, self.publisher, name, cited
            )
        yield self.page("sources.md", page_path("sources"), self.key_of_all("sources"), self.sources)
        yield self.page("relays.md", page_path("sources", RELAYS), self.key_of_all("relays"), self.relays)

    def publisher(self, name: str, cited: Iterable[tuple[Event, Source]]) -> Mapping[str, Any]:
        slug = self.publisher_slugs[name]
        return {"publisher": bibliography.publisher_page(name, slug, cited, self.chronology)}

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

    def overviews(self) -> Iterator[Page]:
        yield self.page("timeline.md", page_path("timeline"), self.key_of_all("timeline"), self.timeline)
        yield Page("timeline/events.json", self.key_of_all("filters"), partial(timeline_json, self.chronology))
        yield Page("timeline/texts.json", self.key_of_all("filters"), partial(texts_json, self.chronology))
        yield self.page("figures.md", page_path("figures"), self.key_of_all("figures"), self.figures)
        yield self.page("recent.md", page_path("recent"), self.key_of_all("recent"), self.recent)
        yield self.page("words.md", page_path("words"), self.shared, self.words)
        yield self.page("glossary.md", page_path("glossary"), self.shared, self.terms)
        yield self.page("home.md", "index.md", self.key_of_all("home"), self.home)

    def timeline(self) -> Mapping[str, Any]:
        days = report_days(self.chronology)
        return {
            "drawing": timeline_drawing(self.cards, "../"),
            "certainties": [(word, term.name) for word, term in self.chronology.setting.certainty.items()],
            "years": years_of(self.cards),
            "total": count(len(self.chronology.events), "event"),
            "facets": facets_of(self.chronology),
            "origins": origin_counts(self.chronology),
            "first_day": day_short(days[0]) if days else "",
            "stops": len(days),
        }

    def figures(self) -> Mapping[str, Any]:
        days = figure_days(self.chronology)
        return {"panels": measure_panels(measure_tables(self.chronology), days, "../"), "figure_days": days}

    def recent(self) -> Mapping[str, Any]:
        return {"days": recent_days(self.cards, _MOST_CHANGES)}

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

    def page(
        self, template: str, path: str, key: str, values: Callable[..., Mapping[str, Any]], *arguments: Any
    ) -> Page:
        """A page whose template is filled, when somebody asks for it, with what `values` gives for `arguments`."""
        return Page(path, key, lambda: _render(template, root=root_from(path), as_of=self.as_of, **values(*arguments)))

    def key(self, kind: str, events: Iterable[Event]) -> str:
        """The key of a page that shows these events: their files, those of the events that answer them, and what all share."""
        return _key(self.shared, kind, *(self.card_key(event) for event in events))

    def key_of_all(self, kind: str) -> str:
        return _key(
            self.shared, kind, *(f"{event.slug} {self.digests[event.path]}" for event in self.chronology.events)
        )

    def card_key(self, event: Event) -> str:
        answers = (self.digests[answer.path] for answer, _ in self.chronology.ties_to.get(event.slug, ()))
        return " ".join((event.slug, self.digests[event.path], *answers))


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """A digest of the templates, of the code that fills them and of the earth that it draws."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for file in sorted((*package.rglob("*.py"), *package.rglob("*.json"), *_TEMPLATES.iterdir())):
        digest.update(file.read_bytes())
    return digest.hexdigest()


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
_environment.filters |= {"front_matter": as_front_matter, "day": day_words, "slug": as_slug}


def _render(template: str, **values: Any) -> str:
    return _environment.get_template(template).render(**values).lstrip()
