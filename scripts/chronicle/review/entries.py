"""Two states of one event compared: everything that reads otherwise, what asks for a correction first."""

from collections.abc import Callable, Iterator, Sequence

from chronicle.dates import EdtfDate, day_words
from chronicle.model import CertaintyFrom, Correction, Event, Source, Tie
from chronicle.problems import Severity
from chronicle.review.change import Change, Words, in_words
from chronicle.review.quantities import compare_dates, is_same_date
from chronicle.review.renames import rehandle
from chronicle.review.told import compare_claims, compare_figures, correct_numbers

_SOURCE_KEYS = {
    "url": "address",
    "url_status": "what became of the address",
    "title": "title",
    "title_en": "translated title",
    "publisher": "publisher",
    "author": "author",
    "published": "published",
    "language": "language",
    "type": "type",
    "relays": "whose words it relays",
    "archive": "archived copy",
    "accessed": "read on",
    "quote": "quotation",
}


def compare_events(before: Event, after: Event, old: Words, new: Words) -> Iterator[Change]:
    """What reads otherwise in an event than it did; `before` has the names of `after`, as has the chronology of `old`."""
    if before is after:
        return
    before = rehandle(before, after)
    yield from _compare_dates(before, after)
    yield from compare_figures(before, after, new)
    yield from _compare_certainty(before, after, new)
    yield from compare_claims(before, after, old, new)
    yield from _compare_sources(before, after, new)
    yield from _compare_texts(before, after)
    yield from _compare_marks(before, after, new)
    yield from _compare_corrections(before, after)


def _compare_dates(before: Event, after: Event) -> Iterator[Change]:
    if not is_same_date(before.date, after.date):
        was, now = before.date.words(), after.date.words()
        remark = compare_dates(before.date, after.date)
        yield Change("Date", was, now, remark, ("date",), f"Date, {was}, is {now}")
    if before.since_known != after.since_known:
        was, now = day_words(before.since_known), day_words(after.since_known)
        correction = f"First day the public could know, {was}, is {now}"
        route = ("reported",) if after.reported else ()
        yield Change("Became public", was, now, route=route, correction=correction)
    if before.added != after.added:
        was, now = day_words(before.added), day_words(after.added)
        yield Change("Joined the chronology", was, now, route=("added",), correction=f"Day of joining, {was}, is {now}")


def _compare_certainty(before: Event, after: Event, words: Words) -> Iterator[Change]:
    was, now = (_history(event.certainty, words) for event in (before, after))
    if was != now:
        yield Change("Certainty", was, now, route=("certainty",), correction=_correct_steps(before, after, words))


def _correct_steps(before: Event, after: Event, words: Words) -> str:
    """The words of a correction for a history that has lost a day; "" where every day stands, others added or not."""
    was, now = (
        {step.since or before.since_known: step for step in event.certainty}  # a word alone moves with `since_known`
        for event in (before, after)
    )
    lost, gained = (
        _history([step for day, step in steps.items() if day not in others], words) for steps, others in ((was, now), (now, was))
    )
    return f"Certainty, {lost}, is {gained or 'left out'}" if lost else ""


def _history(steps: Sequence[CertaintyFrom], words: Words) -> str:
    return ", ".join(
        words.term("certainty", step.certainty) + (f" from {day_words(step.since)}" if step.since else "") for step in steps
    )


def _compare_sources(before: Event, after: Event, words: Words) -> Iterator[Change]:
    for handle, source in after.sources.items():
        if handle not in before.sources:
            yield Change(f"Source “{handle}”", after=_describe(source, words), route=("sources", handle))
        else:
            yield from _compare_source(handle, before.sources[handle], source, words)
    for handle, source in before.sources.items():
        if handle not in after.sources:
            yield Change(f"Source “{handle}”", before=_describe(source, words), route=("sources",))


def _compare_source(handle: str, before: Source, after: Source, words: Words) -> Iterator[Change]:
    for key, name in _SOURCE_KEYS.items():
        was, now = (_say_of_source(source, key, words) for source in (before, after))
        if was != now:
            nothing = "nobody: its own reporting" if key == "relays" else ""
            what = f"Source “{handle}”, {name}"
            moved = key == "published" and before.published and not _is_same(before.published, after.published)
            correction = f"{what}, {was}, is {now or 'left out'}" if moved else ""
            yield Change(what, was or nothing, now or nothing, route=("sources", handle), correction=correction)


def _is_same(before: EdtfDate, after: EdtfDate | None) -> bool:
    return after is not None and is_same_date(before, after)


def _say_of_source(source: Source, key: str, words: Words) -> str:
    if key == "relays":
        return _list(source.relays, words.actor)
    if key == "type":
        return words.term("source_types", source.type)
    return in_words(getattr(source, key))


def _describe(source: Source, words: Words) -> str:
    when = source.published.words() if source.published else "undated"
    relays = f", relays {_list(source.relays, words.actor)}" if source.relays else ""
    return f"{source.title_en or source.title} ({source.publisher}, {when}{relays}) {source.url}"


def _compare_texts(before: Event, after: Event) -> Iterator[Change]:
    for key, name in (("title", "Title"), ("summary", "Summary"), ("annotation", "Annotation")):
        was, now = (" ".join((getattr(event, key) or "").split()) for event in (before, after))
        if was != now:
            correction = correct_numbers(name, was, now) if key != "annotation" else ""
            yield Change(
                name, was, now, route=(key,), correction=correction, severity=Severity.WARNING, is_prose=bool(was and now)
            )


def _compare_marks(before: Event, after: Event, words: Words) -> Iterator[Change]:
    if before.kind != after.kind:
        yield Change("Kind", words.term("kinds", before.kind), words.term("kinds", after.kind), route=("kind",))
    if before.milestone != after.milestone:
        yield Change("Milestone", in_words(before.milestone), in_words(after.milestone), route=("milestone",))
    yield from _compare_lists("Places", "places", (before, after), words.place)
    yield from _compare_lists("Actors", "actors", (before, after), words.actor)
    yield from _compare_lists("Topics", "topics", (before, after), lambda slug: words.term("topics", slug))

    def say(tie: Tie) -> str:
        return f"{tie.relation} {words.event(tie.target)}"

    was, now = (tuple(map(say, event.relations)) for event in (before, after))
    yield from (Change("Relation", after=tie, route=("relations",)) for tie in now if tie not in was)
    yield from (Change("Relation", before=tie, route=("relations",)) for tie in was if tie not in now)
    lost = (name for name in before.formerly if name not in (*after.formerly, after.slug))
    yield from (Change("Older name", before=name, route=("formerly",)) for name in lost)


def _compare_lists(
    name: str, key: str, events: tuple[Event, Event], say: Callable[[str], str]
) -> Iterator[Change]:
    was, now = (getattr(event, key) for event in events)
    if set(was) != set(now):
        yield Change(name, _list(was, say), _list(now, say), route=(key,))


def _list(slugs: Sequence[str], say: Callable[[str], str]) -> str:
    return ", ".join(map(say, slugs))


def _compare_corrections(before: Event, after: Event) -> Iterator[Change]:
    for at, correction in enumerate(after.corrections):
        if correction not in before.corrections:
            what = f"Correction of {day_words(correction.date)}"
            yield Change(what, after=_say_correction(correction), route=("corrections", at))
    for correction in before.corrections:
        if correction not in after.corrections:
            what = f"Correction of {day_words(correction.date)}"
            yield Change(what, before=_say_correction(correction), route=("corrections",))


def _say_correction(correction: Correction) -> str:
    return f"{correction.what} ({correction.why})"
