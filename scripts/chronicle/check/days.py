"""Days that contradict each other: happened, became public, joined, was corrected."""

from collections.abc import Iterator

from chronicle.dates import day_words
from chronicle.load.findings import Finding
from chronicle.model import Event
from chronicle.model.scalars import FOOTNOTE
from chronicle.problems import Severity


def find_reported_missing(event: Event) -> Iterator[Finding]:
    """`reported` may be left out only where the day of publication of some source tells it.

    Good: `published: 1998-03-18` in a source, or `reported: 1998-03-18`
    Bad: neither, or only `published: 1998-03`
    """
    if not event.reported and not _has_dated_source(event):
        what = "`reported` is missing, and no source has an exact day of publication that could stand for it"
        mend = "Add a line `reported:` with the first day the public could know."
        yield Finding(event.path, ("date",), what, mend, at_key=True)


def _has_dated_source(event: Event) -> bool:
    return any(source.published_day for source in event.sources.values())


def find_reported_too_early(event: Event) -> Iterator[Finding]:
    """What happened can be reported on the same day at the earliest; a plan that became public is an event of its own.

    Good: `date: 1998-03-17` with `reported: 1998-03-17`
    Bad: `date: 1998-03-17` with `reported: 1998-03-16`, or without `reported` and `published: 1998-03-16` in a source
    """
    happened = event.date.earliest
    if not happened or event.since_known >= happened:
        return
    if event.reported:
        what = f"`reported`: {day_words(event.reported)} is before it happened"
        yield Finding(event.path, ("reported",), what, "Correct `reported` or `date` from the sources.")
    elif _has_dated_source(event):
        what = "`reported` is missing, and the earliest `published`, which would stand for it, is before it happened"
        mend = "Add a line `reported:` with the first day the public could know that it had happened, or correct `date`."
        yield Finding(event.path, ("date",), what, mend, at_key=True)


def find_misbegun_histories(event: Event) -> Iterator[Finding]:
    """A history of the certainty begins on the day the event became public.

    Good: `reported: 1998-03-18` with `certainty: {1998-03-18: claimed, 1998-04-02: confirmed}`
    Bad: `reported: 1998-03-18` with `certainty: {1998-03-20: claimed, 1998-04-02: confirmed}`
    """
    begins = event.certainty[0].since
    if begins and begins != event.since_known:
        what = (
            f"`certainty`: the history does not begin on {day_words(event.since_known)}, when the event became public"
        )
        mend = "Let its first day be that day, or correct `reported`."
        yield Finding(event.path, ("certainty", begins.isoformat()), what, mend, at_key=True)


def find_added_too_early(event: Event) -> Iterator[Finding]:
    """An entry joins the chronology on the day its event became public, or later.

    Good: `reported: 1998-03-18` with `added: 1998-03-18`
    Bad: `reported: 1998-03-18` with `added: 1998-03-17`
    """
    if event.added < event.since_known:
        what = f"`added`: the event became public only on {day_words(event.since_known)}"
        yield Finding(event.path, ("added",), what, "Correct `added` or `reported`.")


def find_misplaced_corrections(event: Event) -> Iterator[Finding]:
    """Corrections stand in their order, and none is older than the entry.

    Good: `added: 2024-05-02`, then corrections of 2024-06-11 and 2024-07-01
    Bad: `added: 2024-05-02`, then a correction of 2024-05-01; or 2024-07-01 before 2024-06-11
    """
    before, name = event.added, "the entry was added"
    for at, correction in enumerate(event.corrections):
        if correction.date < before:
            what = f"`date`: {day_words(correction.date)} is before {name}, on {day_words(before)}"
            mend = "Correct the day, or put the corrections in order, oldest first."
            yield Finding(event.path, ("corrections", at, "date"), what, mend)
        before, name = max(before, correction.date), "the correction above it"


def find_figures_from_later(event: Event) -> Iterator[Finding]:
    """No figure is of a day after the entry was added or last corrected.

    Good: `added: 2024-05-02` with `as_of: 1998-03-18`
    Bad: `added: 2024-05-02` with `as_of: 2098-03-18`
    """
    last = max(event.added, event.changed)
    change = "last corrected" if last > event.added else "added"
    for at, figure in enumerate(event.figures):
        if figure.as_of > last:
            what = f"`as_of`: {day_words(figure.as_of)} is after the entry was {change}, on {day_words(last)}"
            mend = "Correct the day; a figure that joined later needs a line under `corrections:`."
            yield Finding(event.path, ("figures", at, "as_of"), what, mend)


def find_sources_from_before(event: Event) -> Iterator[Finding]:
    """What a claim, a figure or the summary cites appeared when the event had begun; older sources are context.

    Good: `date: 1998-03-17`, and a source with `published: 1998-03-12` that only the annotation cites
    Bad: `date: 1998-03-17`, and a claim that cites a source with `published: 1998-03-12`
    """
    happened = event.date.earliest
    for handle, source in event.sources.items():
        published = source.published and source.published.latest
        if happened and published and published < happened and handle in _cited_for_it(event):
            what = "`published`: this source is older than the event, and is cited for it"
            mend = "If it tells of plans or of what went before, cite it in the annotation alone; if not, correct the date."
            yield Finding(event.path, ("sources", handle, "published"), what, mend, Severity.WARNING)


def _cited_for_it(event: Event) -> set[str]:
    """The handles of the sources that show the event itself, not only its context."""
    return {*event.supporting, *FOOTNOTE.findall(event.summary)}
