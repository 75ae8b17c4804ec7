"""The registers and the setting: chains that end, names that mean one thing, nothing that nobody uses."""

from collections.abc import Iterator, Mapping

from chronicle.check.whole import Whole
from chronicle.load import ACTORS, PLACES, SETTING
from chronicle.load.findings import Finding
from chronicle.model import Actor, Certainty, Chronology, Place
from chronicle.problems import Severity, suggest
from chronicle.yamlfile import Route


def find_missing_certainties(chronology: Chronology) -> Iterator[Finding]:
    """chronology.yml says what each certainty means to readers, and no other word stands beside them.

    Good: `confirmed:`, `claimed:` and `disputed:` under `certainty:`, each with a name and a meaning
    Bad: no `disputed:`, or one more called `doubtful:`
    """
    given = chronology.setting.certainty
    for word in Certainty:
        if word not in given:
            mend = f"Add `{word}:` with a `name` and a `meaning` for readers."
            yield Finding(SETTING, ("certainty",), f"`certainty`: `{word}` is missing", mend, at_key=True)
    for name in given.keys() - set(Certainty):
        what = f"`certainty`: “{name}” is not a word for a certainty"
        mend = f"{suggest(name, Certainty)}Known are: {', '.join(Certainty)}."
        yield Finding(SETTING, ("certainty", name), what, mend, at_key=True)


def find_circles(chronology: Chronology) -> Iterator[Finding]:
    """Chains of `speaks_for` and of `within` come to an end.

    Good: `ellery-radio` speaks for `harbour-authority`, which speaks for nobody
    Bad: `ellery-radio` speaks for `harbour-authority`, which speaks for `ellery-radio`
    """
    voices = {slug: actor.speaks_for for slug, actor in chronology.actors.items()}
    regions = {slug: place.within for slug, place in chronology.places.items()}
    for path, key, next_by_slug in ((ACTORS, "speaks_for", voices), (PLACES, "within", regions)):
        for circle in _circles(next_by_slug):
            what = f"`{key}` goes in a circle: {' → '.join((*circle, circle[0]))}"
            mend = "Correct the one that is wrong, or delete its line."
            yield Finding(path, (circle[0], key), what, mend)


def _circles(next_by_slug: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """Each circle once, beginning where it was first entered."""
    done: set[str] = set()
    for start in sorted(next_by_slug):
        chain: list[str] = []
        slug: str | None = start
        while slug is not None and slug not in done:
            done.add(slug)
            chain.append(slug)
            slug = next_by_slug.get(slug)
        if slug in chain:
            yield tuple(chain[chain.index(slug) :])


def find_shared_names(chronology: Chronology) -> Iterator[Finding]:
    """A name or another spelling belongs to one actor, or to one place, and is given once.

    Good: `also: [EHA]` for `harbour-authority` alone
    Bad: `also: [EHA]` for `harbour-authority` and for `harbour-association`
    """
    registers: tuple[tuple[str, Mapping[str, Actor | Place]], ...]
    registers = (ACTORS, chronology.actors), (PLACES, chronology.places)
    for path, register in registers:
        owner_by_name: dict[str, str] = {}
        for slug, record in register.items():
            for route, name in _names_of(record):
                if (owner := owner_by_name.get(name.casefold())) is None:
                    owner_by_name[name.casefold()] = slug
                    continue
                where = "twice here" if owner == slug else f"to `{owner}` as well"
                what = f"`{route[0]}`: “{name}” is given {where}"
                yield Finding(path, (slug, *route), what, "Keep it once, where it belongs.")


def _names_of(record: Actor | Place) -> Iterator[tuple[Route, str]]:
    yield ("name",), record.name
    if isinstance(record, Actor) and record.short:
        yield ("short",), record.short
    for at, name in enumerate(record.also):
        yield ("also", at), name


def find_unused_names(whole: Whole) -> Iterator[Finding]:
    """Every actor and every place is named by an entry or by another actor or place.

    While something cannot be read, nothing is called unused.

    Good: `harbour-authority` in actors.yml, and `by: harbour-authority` in a claim
    Bad: `harbour-authority` in actors.yml, and in no entry
    """
    if whole.unread:
        return
    publishing = {whole.actor_slug_by_name.get(publisher) for publisher in whole.named.get("publisher", ())}
    unused_actors = whole.actors.keys() - whole.named.get("actor", set()) - publishing
    unused_places = whole.places.keys() - whole.named.get("place", set())
    for path, noun, unused in ((ACTORS, "actor", unused_actors), (PLACES, "place", unused_places)):
        for slug in unused:
            mend = "Delete it, unless an entry is about to come that needs it."
            yield Finding(path, (slug,), f"`{slug}`: no entry names this {noun}", mend, Severity.WARNING, at_key=True)
