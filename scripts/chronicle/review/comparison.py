"""Two states of a chronology compared: what joined it, what left it, what reads otherwise, and what is regarded otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chronicle.dates import day_words
from chronicle.model import Event
from chronicle.model.origins import origin_label, origins_of_event
from chronicle.model.standing import Step, standing_of
from chronicle.pages.changes import changes_between
from chronicle.review.change import Change, Words
from chronicle.review.entries import compare_events
from chronicle.review.registers import compare_registers
from chronicle.review.renames import Names, find_names, retell
from chronicle.review.states import State


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of an event before and after, as readers know them."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def falls_to_one(self) -> bool:
        """Whether one is left of several."""
        return len(self.before) > 1 and len(self.after) == 1


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event that was there and reads otherwise, or is regarded otherwise; `older` is its name before if that is another."""

    before: Event
    after: Event
    changes: tuple[Change, ...]
    origins: Origins
    older: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which two states differ; events in the order of the chronology."""

    added: tuple[Event, ...]
    removed: tuple[Event, ...]
    changed: tuple[ChangedEvent, ...]
    registers: tuple[Change, ...]
    names: Names
    regarded_otherwise: int  # events of which the certainty now, or the kinds of answers, are not those of before

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed or self.registers or self.names.events)


def compare(before: State, after: State) -> Comparison:
    """What differs in meaning. Entries that cannot be read in one of the states are neither added nor removed nor changed."""
    unread = frozenset(path.rpartition("/")[2].removesuffix(".yml") for path in (*before.unread, *after.unread))
    names = find_names(before.chronology, after.chronology, unread)
    told = replace(before, chronology=retell(before.chronology, names))
    was, now = told.chronology, after.chronology
    seen = changes_between(was, now)
    gone = changes_between(now, was).became_known
    return Comparison(
        tuple(now.event_by_slug[slug] for slug in seen.became_known if slug not in unread),
        tuple(was.event_by_slug[slug] for slug in gone if slug not in unread),
        tuple(_compare_all(told, after, names, unread)),
        tuple(compare_registers(before, after, told, names)),
        names,
        len(seen.changed),
    )


def _compare_all(before: State, after: State, names: Names, unread: frozenset[str]) -> Iterator[ChangedEvent]:
    older = {slug: name for name, slug in (*names.renamed.items(), *names.unsaid.items())}
    old, new = Words(before.chronology), Words(after.chronology)
    same_voices = _voices(before) == _voices(after)
    for event in after.chronology.events:
        was = before.chronology.event_by_slug.get(event.slug)
        if was is None:
            continue
        changes = [*compare_events(was, event, old, new), *_compare_standing((was, event), (old, new), unread)]
        origins = Origins((), ()) if was is event and same_voices else _compare_origins(was, event, old, new)
        if changes or origins.before != origins.after or event.slug in older:
            yield ChangedEvent(was, event, tuple(changes), origins, older.get(event.slug, ""))


def _voices(state: State) -> tuple[object, object]:
    """What decides, beside an event itself, whose word it rests on."""
    return state.chronology.actors, state.chronology.setting.actor_kinds


def _compare_origins(before: Event, after: Event, old: Words, new: Words) -> Origins:
    was, now = origins_of_event(before, old.chronology), origins_of_event(after, new.chronology)
    if was == now:  # an actor may be called otherwise, and still be the same
        return Origins((), ())
    return Origins(
        tuple(origin_label(origin, old.chronology) for origin in was),
        tuple(origin_label(origin, new.chronology) for origin in now),
    )


def _compare_standing(
    events: tuple[Event, Event], words: tuple[Words, Words], unread: frozenset[str]
) -> Iterator[Change]:
    """The events that came to answer it, that no longer do, or do from another day on; those in `unread` left aside."""
    was, now = (
        {(step.word, step.by): step for step in standing_of(event, each.chronology) if step.by and step.by not in unread}
        for event, each in zip(events, words, strict=True)
    )
    old, new = words
    for answer, step in now.items():
        if answer not in was:
            yield Change("Standing", after=_say_step(step, new))
        elif was[answer].day != step.day:
            yield Change("Standing", _say_step(was[answer], old), _say_step(step, new))
    yield from (Change("Standing", before=_say_step(step, old)) for answer, step in was.items() if answer not in now)


def _say_step(step: Step, words: Words) -> str:
    return f"{step.word} from {day_words(step.day)} by {words.event(step.by or '')}"
