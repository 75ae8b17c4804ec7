"""What stands twice: names of events, entries of a list, relations, and perhaps whole events."""

from collections.abc import Iterator

from chronicle.check.whole import Whole
from chronicle.load.findings import Finding
from chronicle.model import Chronology, Event
from chronicle.model.likeness import find_alike
from chronicle.problems import Severity
from chronicle.yamlfile import Route


def find_repeated_slugs(chronology: Chronology) -> Iterator[Finding]:
    """A name of an event is good for one file, in whatever year.

    Good: `events/1997/pier-inspected.yml` and `events/1998/pier-inspected-again.yml`
    Bad: `events/1997/pier-inspected.yml` and `events/1998/pier-inspected.yml`
    """
    first_by_slug: dict[str, Event] = {}
    for event in chronology.events:
        first = first_by_slug.setdefault(event.slug, event)
        if first is not event:
            what = f"{first.path} has the same name, and with it the same address"
            mend = "Rename one of the two files, or join them if they tell the same event."
            yield Finding(event.path, (), what, mend)


def find_taken_older_names(whole: Whole) -> Iterator[Finding]:
    """An older name leads to one event, and is no event’s present name.

    Good: `formerly: [harbour-bridge-shut]`, when no other entry has or had that name
    Bad: `formerly: [harbour-bridge-closed]` in harbour-bridge-closed.yml
    """
    owner_by_name: dict[str, str] = {}
    for event in whole.events:
        for at, name in enumerate(event.formerly):
            owner = owner_by_name.setdefault(name, event.slug)
            if name == event.slug:
                taken = "is the name that this entry has now"
            elif name in whole.event_by_slug:
                taken = f"is the name of another entry, {whole.event_by_slug[name].path}"
            elif owner != event.slug:
                taken = f"is an older name of another entry, {whole.event_by_slug[owner].path}"
            else:
                continue
            mend = "Delete it here; an old address can lead to one event only."
            yield Finding(event.path, ("formerly", at), f"`formerly`: “{name}” {taken}", mend)


def find_repeated_names(event: Event) -> Iterator[Finding]:
    """Nothing is named twice in one list.

    Good: `actors: [harbour-authority, ines-marlow]`
    Bad: `actors: [harbour-authority, harbour-authority]`
    """
    for route, names in _lists_with_repeats(event):
        for at in [at for at, name in enumerate(names) if name in names[:at]]:
            what = f"`{route[-1]}`: `{names[at]}` is named twice"
            yield Finding(event.path, (*route, at), what, "Delete one of the two.")


def _lists_with_repeats(event: Event) -> Iterator[tuple[Route, tuple[str, ...]]]:
    for key in ("places", "actors", "topics", "formerly"):
        if _has_repeats(names := getattr(event, key)):
            yield (key,), names
    for at, claim in enumerate(event.claims):
        if _has_repeats(claim.sources):
            yield ("claims", at, "sources"), claim.sources
    for at, figure in enumerate(event.figures):
        if _has_repeats(figure.sources):
            yield ("figures", at, "sources"), figure.sources
    for handle, source in event.sources.items():
        if _has_repeats(source.relays):
            yield ("sources", handle, "relays"), source.relays


def _has_repeats(names: tuple[str, ...]) -> bool:
    return len(names) > 1 and len(set(names)) < len(names)


def find_repeated_ties(event: Event) -> Iterator[Finding]:
    """A relation to another event is written once.

    Good: `- denies: harbour-bridge-closed`
    Bad: two lines `- denies: harbour-bridge-closed`
    """
    for at, tie in enumerate(event.relations):
        if tie in event.relations[:at]:
            what = f"`{tie.relation}`: `{tie.target}` is named twice"
            yield Finding(event.path, ("relations", at, str(tie.relation)), what, "Delete one of the two lines.")


def find_ties_to_itself(event: Event) -> Iterator[Finding]:
    """An event is related to others only.

    Good: `- follows: pier-inspected` in harbour-bridge-closed.yml
    Bad: `- follows: harbour-bridge-closed` in harbour-bridge-closed.yml
    """
    for at, tie in enumerate(event.relations):
        if tie.target == event.slug:
            what = f"`{tie.relation}`: this entry names itself"
            mend = "Name the other event, or delete the line."
            yield Finding(event.path, ("relations", at, str(tie.relation)), what, mend)


def find_likely_duplicates(whole: Whole) -> Iterator[Finding]:
    """No event is told twice. Two that may share a day are suspected for their titles, more so with a source in common.

    A relation between the two says that they are different, and settles it.

    Good: `title: Harbour bridge closed` and, on the same day, `title: Ferry to Port Ellery begins`
    Bad: `title: Harbour bridge closed` and, on the same day, `title: Harbour bridge is closed`
    """
    citing_one_page = ([event for event, _ in sources] for sources in whole.shared_addresses)
    for first, second in find_alike(whole.events, citing_one_page):
        if not _are_tied(first, second):
            what = f"`title`: {first.path} may tell the same event"
            mend = "If it does, make one entry of both; if not, let the titles tell them apart, or relate one to the other."
            yield Finding(second.path, ("title",), what, mend, Severity.WARNING)


def _are_tied(one: Event, other: Event) -> bool:
    ties = {(event.slug, tie.target) for event in (one, other) for tie in event.relations}
    return (one.slug, other.slug) in ties or (other.slug, one.slug) in ties
