"""What can be cited, in the terms that all formats share: the chronology, its entries, and the sources of an entry."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from chronicle.addresses import absolute
from chronicle.dates import EdtfDate, day_words, read_date
from chronicle.model import Chronology, Event, Source
from chronicle.model.origins import origin_label, origins_of_source
from chronicle.model.setting import CitedAs

_VERSION_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Work:
    """Something that can be cited; `issued` is when it was published, and never when what it tells of happened."""

    key: str  # ASCII, the same for ever, and different for each work of the chronology
    cited_as: CitedAs
    title: str
    url: str
    author: str | None  # the name as it is signed, of a body or of people, and never taken apart
    published_by: str | None
    issued: EdtfDate | None
    language: str
    translation: str | None = None  # of the title
    version: str | None = None
    added: date | None = None
    accessed: date | None = None
    archive: str | None = None
    notes: tuple[str, ...] = ()  # whole sentences

    @property
    def archived_by(self) -> str | None:
        """The host of the archived copy: `web.archive.org`."""
        return urlsplit(self.archive).hostname if self.archive else None


def version_of(digest: str) -> str:
    """The version of an entry, made of the digest of its file (SHA-256): when one of its words changes, it changes."""
    return digest[:_VERSION_SIGNS]


def work_of_event(event: Event, chronology: Chronology, digest: str) -> Work:
    """The page of an event as a work: its version is that of its file, whose digest is given, its date the last change."""
    later = event.changed > event.added
    return Work(
        key=event.slug,
        cited_as=CitedAs.WEBPAGE,
        title=event.title,
        url=absolute(chronology, f"events/{event.slug}/"),
        author=chronology.setting.editors,
        published_by=chronology.setting.title,
        issued=read_date(event.changed.isoformat()),
        language=chronology.setting.language,
        version=version_of(digest),
        added=event.added,
        notes=(f"First published on {day_words(event.added)}.",) if later else (),
    )


def work_of_chronology(chronology: Chronology, digests: Mapping[str, str]) -> Work:
    """The whole chronology as a set of data; its date is the newest change, its version is made of all its entries."""
    setting = chronology.setting
    changed = max((event.changed for event in chronology.events), default=None)
    entries = "\n".join(f"{event.slug} {digests[event.path]}" for event in chronology.events)
    return Work(
        key="chronology",
        cited_as=CitedAs.DATASET,
        title=setting.title,
        url=absolute(chronology, ""),
        author=setting.editors,
        published_by=None,
        issued=read_date(changed.isoformat()) if changed else None,
        language=setting.language,
        version=version_of(hashlib.sha256(entries.encode()).hexdigest()),
        notes=(f"Licence: {setting.licence.name}, {setting.licence.url}",),
    )


def works_of_sources(event: Event, chronology: Chronology) -> tuple[Work, ...]:
    """The sources of an event, in the order of its page."""
    return tuple(_work_of_source(event, handle, source, chronology) for handle, source in event.sources.items())


def _work_of_source(event: Event, handle: str, source: Source, chronology: Chronology) -> Work:
    setting = chronology.setting
    return Work(
        key=f"{event.slug}.{handle}",
        cited_as=setting.source_types[source.type].cite_as,
        title=source.title,
        url=source.url,
        author=source.author,
        published_by=source.publisher,
        issued=source.published,
        language=source.language or setting.language,
        translation=source.title_en,
        accessed=source.accessed,
        archive=source.archive,
        notes=(_standing_behind(source, chronology),),
    )


def _standing_behind(source: Source, chronology: Chronology) -> str:
    """Whose words a source passes on, and who stands behind them."""
    relays = ", ".join(chronology.actors[slug].label for slug in source.relays)
    origins = ", ".join(origin_label(origin, chronology) for origin in sorted(origins_of_source(source, chronology)))
    return f"{f'Relays {relays}' if relays else 'Its own reporting'}; origin: {origins}."
