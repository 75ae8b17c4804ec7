"""What a chronology holds and where its evidence is thin, counted for those who edit it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from chronicle.dates.parts import MONTHS, Shape
from chronicle.model import Chronology, Claim, Event, Figure, Source
from chronicle.model.origins import origin_label, origins_of_event

MOST = 20  # lines of a list, where nobody asked for all


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the chronology: the file, and the event or the name that it is about."""

    path: str  # from the root of the project
    title: str
    slug: str
    folder: str = "events"  # of its page


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that an editor may wish to mend, and what is said of it; empty where the place says all."""

    place: Place
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked of the whole chronology: how many were asked, and which of them lack it."""

    name: str
    meaning: str
    lacks: tuple[Lack, ...]
    of: int
    noun: str  # what `of` counts, in the plural


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers of a chronology, the months that it says nothing of, and what is asked of it."""

    totals: Mapping[str, int]
    kinds: tuple[str, ...]  # the names of those that occur, the commonest first
    years: tuple[tuple[str, tuple[int, ...]], ...]  # each with its numbers by kind, and their sum at the end
    gaps: tuple[str, ...]  # “March 2025”, “May to July 2025”
    questions: tuple[Question, ...]


def report_on(chronology: Chronology) -> Report:
    """Counts a chronology; the same chronology gives the same report."""
    events = chronology.events
    names = {slug: kind.name for slug, kind in chronology.setting.kinds.items()}
    kinds = [slug for slug, _ in sorted(Counter(event.kind for event in events).items(), key=lambda one: (-one[1], one[0]))]
    return Report(
        totals={
            "events": len(events),
            "claims": sum(len(event.claims) for event in events),
            "figures": sum(len(event.figures) for event in events),
            "sources": len({source.url for event in events for source in event.sources.values()}),
            "origins": len({origin for event in events for origin in origins_of_event(event, chronology)}),
            "actors": len(chronology.actors),
            "places": len(chronology.places),
        },
        kinds=tuple(names.get(slug, slug) for slug in kinds),
        years=tuple(_years(events, kinds)),
        gaps=tuple(_gaps(events)),
        questions=tuple(ask(chronology) for ask in _QUESTIONS),
    )


def format_report(report: Report, every_lack: bool = False) -> str:
    """The report as plain text for a terminal; long lists are cut unless `every_lack`."""
    parts = [_format_totals(report), _format_years(report), _format_gaps(report)]
    parts += [_format_question(question, every_lack) for question in report.questions]
    return "\n\n".join(parts)


def _years(events: Iterable[Event], kinds: list[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    by_year: dict[int | None, Counter[str]] = {}
    for event in events:
        by_year.setdefault(event.year, Counter())[event.kind] += 1
    for year in sorted(by_year, key=lambda year: year or 0):
        numbers = by_year[year]
        yield str(year or "year unknown"), (*(numbers[kind] for kind in kinds), numbers.total())


def _gaps(events: Iterable[Event]) -> Iterator[str]:
    """The months, from the first event to the last, in which no event is known to have happened or gone on."""
    covered = sorted({month for event in events for month in _months_of(event)})
    for before, after in pairwise(covered):
        if after - before > 1:
            first, last = _month(before + 1), _month(after - 1)
            yield first if first == last else f"{first} to {last}"


def _months_of(event: Event) -> range:
    """The months that an event is known to touch, counted from the year 0; none where its month is not known."""
    first, last = event.date.earliest, event.date.latest
    if first is None or event.month is None:
        return range(0)
    end = last if last and event.date.shape is Shape.SPAN else first
    return range(_number(first), _number(end) + 1)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> str:
    return f"{MONTHS[number % 12]} {number // 12}"


def _one_origin(chronology: Chronology) -> Question:
    found = ((event, origins_of_event(event, chronology)) for event in chronology.events)
    lacks = (Lack(_place(event), origin_label(origins[0], chronology)) for event, origins in found if len(origins) == 1)
    meaning = "All their sources lead back to one voice: look for another that speaks for itself."
    return Question("Events of one origin", meaning, tuple(lacks), len(chronology.events), "events")


def _one_mouthpiece(chronology: Chronology) -> Question:
    """Claims that can be read only in one outlet, which speaks for somebody else."""
    all_told = [(event, told) for event in chronology.events for told in event.told]
    found = ((event, told, _only_outlet(event, told)) for event, told in all_told)
    lacks = tuple(
        Lack(_place(event), f"{outlet}: {_words_of(told, chronology)}")
        for event, told, outlet in found
        if outlet and _speaks_for_another(outlet, chronology)
    )
    meaning = "Nobody else is cited for them: another report of the same words shows at least that they were spoken."
    name = "Claims and figures from one outlet that speaks for somebody"
    return Question(name, meaning, lacks, len(all_told), "claims and figures")


def _only_outlet(event: Event, told: Claim | Figure) -> str:
    """The publisher of all its sources; empty where there are several."""
    outlets = {event.sources[handle].publisher for handle in told.sources if handle in event.sources}
    return outlets.pop() if len(outlets) == 1 else ""


def _speaks_for_another(outlet: str, chronology: Chronology) -> bool:
    slug = chronology.actor_slug_by_name.get(outlet)
    return slug is not None and chronology.actors[slug].speaks_for is not None


def _words_of(told: Claim | Figure, chronology: Chronology) -> str:
    if isinstance(told, Claim):
        return told.says
    measure = chronology.setting.measures.get(told.measure)
    return f"{measure.name if measure else told.measure}: {told.value.words()}"


def _unarchived(chronology: Chronology) -> Question:
    meaning = "When the page goes, the claim can no longer be checked. The command chronicle archive finds a copy."
    return _of_sources("Sources without an archived copy", meaning, lambda source: source.archive is None, chronology)


def _undated(chronology: Chronology) -> Question:
    meaning = "Without a day of publication nobody can say when the public could know: look for one on the page."
    return _of_sources("Sources without a date", meaning, lambda source: source.published is None, chronology)


def _of_sources(name: str, meaning: str, is_lacking: Callable[[Source], bool], chronology: Chronology) -> Question:
    """What is asked of each citation of a source, since each has its place in a file."""
    cited = [(event, source) for event in chronology.events for source in event.sources.values()]
    lacks = (Lack(_place(event), f"{source.publisher}: {source.title}") for event, source in cited if is_lacking(source))
    return Question(name, meaning, tuple(lacks), len(cited), "citations")


def _one_spelling(chronology: Chronology) -> Question:
    lacks = (
        Lack(Place("chronology/actors.yml", actor.name, slug, "actors"))
        for slug, actor in chronology.actors.items()
        if not actor.also
    )
    meaning = "Readers who write the name otherwise, or in its own script, do not find them."
    return Question("Actors under one spelling only", meaning, tuple(lacks), len(chronology.actors), "actors")


_QUESTIONS = (_one_origin, _one_mouthpiece, _unarchived, _undated, _one_spelling)


def _place(event: Event) -> Place:
    return Place(event.path, event.title, event.slug)


def _format_totals(report: Report) -> str:
    return ", ".join(f"{number:,} {noun}" for noun, number in report.totals.items())


def _format_years(report: Report) -> str:
    """A line for each kind, since there are more of them than of years, and a column for each year."""
    head = ("", *(year for year, _ in report.years))
    rows = [(kind, *(f"{numbers[n]:,}" for _, numbers in report.years)) for n, kind in enumerate((*report.kinds, "all"))]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = (row[0].ljust(widths[0]) + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
             for row in (head, *rows))  # fmt: skip
    return "Events by kind and year\n" + "\n".join(f"  {line.rstrip()}" for line in lines)


def _format_gaps(report: Report) -> str:
    return "Months without an event\n  " + ("; ".join(report.gaps) or "none")


def _format_question(question: Question, every_lack: bool) -> str:
    shown = question.lacks if every_lack else question.lacks[:MOST]
    lines = [f"{question.name}: {len(question.lacks):,} of {question.of:,} {question.noun}", f"  {question.meaning}"]
    lines += [f"  {lack.place.path}  {lack.words or lack.place.title}" for lack in shown]
    left_out = len(question.lacks) - len(shown)
    return "\n".join((*lines, f"  … and {left_out:,} more: `chronicle report --all`") if left_out else lines)
