"""Names for drafts: from their headlines, each only once, and none that leads over something that is there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic_core import PydanticCustomError

from chronicle.dates import EdtfDate
from chronicle.drafting.bring.columns import Row
from chronicle.drafting.bring.markup import words_of
from chronicle.drafting.bring.when import When
from chronicle.drafting.new import name_for, paths_by_name
from chronicle.drafting.slugs import slug_of
from chronicle.load import Loaded
from chronicle.model.scalars import read_edtf
from chronicle.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class There:
    """An entry or a draft that is there already: its path, and its date unless it cannot be read."""

    path: str
    date: EdtfDate | None


@dataclass(frozen=True, slots=True)
class Named:
    """A row with its date and its name; `there` is the path where it stands already, and `is_fit` tells that its own
    headline gave the name."""

    row: Row
    when: When
    name: str
    is_fit: bool
    there: str | None


def find_names(loaded: Loaded, drafts: Path) -> Mapping[str, There]:
    """Every name that is taken, by an event of the chronology or by a draft in this folder."""
    events = loaded.chronology.event_by_slug if loaded.chronology else {}
    paths = paths_by_name(loaded)
    dates = {path: event.date for event in events.values() for path in (event.path,)}
    taken = {name: There(path, dates.get(path)) for name, path in paths.items()}
    found = sorted(drafts.glob("*/*.yml")) if drafts.is_dir() else []
    return {file.stem: There(str(file), _date_of(file)) for file in found} | taken


def name_rows(rows: Iterable[tuple[Row, When]], taken: Mapping[str, There], file: str) -> Iterator[Named]:
    """The rows with names; a headline without two words of Latin letters gives none, and the name tells the place in `file`.

    Where the name of a row is taken by an event or a draft that may be of the same day, the row is there already; where
    it is of another day, or the name is that of an earlier row, the date is added.
    """
    used: set[str] = set()
    stem = slug_of(Path(file).stem, least=1)[:40].strip("-") or "sheet"
    for row, when in rows:
        own = name_for(words_of(row.say("title")))
        for name in _candidates(own or f"{stem}-{row.name.replace(' ', '-')}", when):
            known = taken.get(name)
            if name not in used and (known is None or _may_be(known, when)):
                used.add(name)
                yield Named(row, when, name, bool(own), known.path if known else None)
                break


def _candidates(slug: str, when: When) -> Iterator[str]:
    dated = "-".join([slug, *re.findall(r"\d+", when.edtf)[:3]])
    yield from (slug, dated)
    yield from (f"{dated}-{number}" for number in count(2))


def _may_be(known: There, when: When) -> bool:
    return known.date is None or known.date.overlaps(*when.date.sort_key)


def _date_of(file: Path) -> EdtfDate | None:
    """The date of a draft, if it can be read."""
    read, _ = read_yaml(file.name, file.read_bytes())
    try:
        return read_edtf(read.data.get("date")) if read else None
    except PydanticCustomError:
        return None
