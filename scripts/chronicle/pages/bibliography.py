"""The sources: every publisher, and what it published, by date, with the events that rest on it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chronicle.model import Chronology, Event, Source
from chronicle.model.standing import seen_on
from chronicle.pages.addresses import publisher_slugs
from chronicle.pages.cards import count, words_of
from chronicle.pages.event import Name, language_name
from chronicle.pages.facets import Choice, Facet


@dataclass(frozen=True, slots=True)
class Work:
    """One page or document, with the events that cite it."""

    source: Source
    published: str
    year: str  # in which it was published, or “undated”
    language: str
    lang: str
    seen: str  # the day of the state of it that is meant, 1998-03-20
    relays: tuple[str, ...]
    events: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher with its works, oldest first, undated ones last."""

    slug: str
    name: str
    types: str
    number: str  # “3 sources”
    works: tuple[Work, ...]

    @property
    def initial(self) -> str:
        """The letter under which it is listed."""
        return self.name[0].upper()


def citations_by_publisher(chronology: Chronology) -> Mapping[str, tuple[tuple[Event, Source], ...]]:
    """Every source of every event with the event, by the name of its publisher."""
    found: dict[str, list[tuple[Event, Source]]] = {}
    for event in chronology.events:
        for source in event.sources.values():
            found.setdefault(source.publisher, []).append((event, source))
    return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (name.casefold(), name))}


def publishers_of(chronology: Chronology) -> tuple[Publisher, ...]:
    """All publishers, by name."""
    slugs = publisher_slugs(chronology)
    cited = citations_by_publisher(chronology)
    return tuple(publisher_page(name, slugs[name], citations, chronology) for name, citations in cited.items())


def publisher_page(name: str, slug: str, cited: Iterable[tuple[Event, Source]], chronology: Chronology) -> Publisher:
    """What the page of one publisher shows: one address is one work, however many events cite it."""
    by_address: dict[str, list[tuple[Event, Source]]] = {}
    for event, source in cited:
        by_address.setdefault(source.url, []).append((event, source))
    works = tuple(_work(found, chronology) for found in sorted(by_address.values(), key=_by_date))
    types = dict.fromkeys(chronology.setting.source_types[work.source.type].name for work in works)
    return Publisher(slug, name, ", ".join(types), count(len(works), "source"), works)


def year_of(source: Source) -> str:
    """The year in which a source was published, “undated” when it is not known."""
    return str(source.published.sort_key[0].year) if source.published and source.published.earliest else "undated"


def source_facets(publishers: Iterable[Publisher], chronology: Chronology) -> tuple[Facet, ...]:
    """What the list of sources can be filtered by; only what some source has can be chosen."""
    setting = chronology.setting
    publishers = tuple(publishers)
    works = tuple(work for publisher in publishers for work in publisher.works)
    types = Counter(work.source.type for work in works)
    languages = Counter(work.lang for work in works)
    years = Counter(work.year for work in works)
    return (
        Facet("publisher", "Publisher", tuple(Choice(one.slug, one.name, len(one.works)) for one in publishers)),
        Facet("type", "Type", tuple(Choice(t, setting.source_types[t].name, n) for t, n in types.most_common())),
        Facet(
            "language", "Language",
            tuple(Choice(code, language_name(code, setting.language), n) for code, n in languages.most_common()),
        ),
        Facet("year", "Year", tuple(Choice(year, year.capitalize(), years[year]) for year in sorted(years, reverse=True))),
    )  # fmt: skip


def _by_date(found: list[tuple[Event, Source]]) -> tuple[date, str]:
    source = found[0][1]
    return source.published.sort_key[0] if source.published else date.max, source.url


def _work(found: list[tuple[Event, Source]], chronology: Chronology) -> Work:
    source = found[0][1]
    events = dict.fromkeys(Name(event.slug, event.title) for event, _ in found)
    relays = dict.fromkeys(slug for _, cited in found for slug in cited.relays)
    own = chronology.setting.language
    return Work(
        source=source,
        published=words_of(source.published),
        year=year_of(source),
        language=language_name(source.language, own) if source.language else "",
        lang=source.language or own,
        seen=seen_on(source, found[0][0]).isoformat(),
        relays=tuple(chronology.actors[slug].label for slug in relays),
        events=tuple(events),
    )
