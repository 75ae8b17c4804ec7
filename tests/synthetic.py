"""Chronologies of any size, made up from a seed: the same size and seed give the same files.

Their words are made up too, but as frequent as those of real texts (Zipf and Mandelbrot): the commonest stand in nearly
every event, most of them in a few. So the indexes of the search are as large as those of real texts, and as uneven.
"""

from datetime import date, timedelta
from itertools import accumulate, product
from pathlib import Path
from random import Random

from small import SETTING

WORDS = 20_000  # as many as a million running words of a newspaper hold
LETTERS = ("bdfghklmnprstv", "aeiou", "lmnrst")
ACTORS, PLACES, PUBLISHERS = 60, 25, 80
FIRST_DAY = date(1990, 1, 1)
DAYS = 3650


def write_project(root: Path, size: int, seed: int = 7) -> None:
    """Writes a project with `size` events under `root`/chronology."""
    random = Random(seed)
    folder = root / "chronology"
    folder.mkdir(parents=True)
    (folder / "chronology.yml").write_text(SETTING, encoding="utf-8")
    (folder / "actors.yml").write_text("".join(_actor(number) for number in range(ACTORS)), encoding="utf-8")
    (folder / "places.yml").write_text("".join(_place(number) for number in range(PLACES)), encoding="utf-8")
    for number in range(size):
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        file = folder / "events" / str(day.year) / f"event-{number:05}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_event(number, day, random), encoding="utf-8")


def _actor(number: int) -> str:
    kind = ("person", "state", "newsroom", "news-agency", "state-media")[number % 5]
    return f"actor-{number}: {{name: Actor {number}, kind: {kind}, about: One of many., also: [Актор {number}, 배우 {number}]}}\n"


def _place(number: int) -> str:
    return f'place-{number}: {{name: Place {number}, precision: town, coordinates: "{number}.5, {number}.25"}}\n'


def _event(number: int, day: date, random: Random) -> str:
    handles = "abcd"[: random.randint(3, 4)]
    claims = "".join(_claim(handles, random) for _ in range(random.randint(3, 6)))
    figures = "".join(_figure(handles, day, random) for _ in range(random.randint(0, 2)))
    sources = "".join(_source(number, handle, day, random) for handle in handles)
    relation = (
        f"relations: [follows: event-{random.randrange(number):05}]\n" if number and random.random() < 0.5 else ""
    )
    cited = "".join(f"[^{handle}]" for handle in handles)
    return (
        f"date: {day}\nreported: {day}\ntitle: {_sentence(8, random)} {number}\nkind: closure\n"
        f"certainty: {random.choice(('confirmed', 'claimed', 'disputed'))}\n"
        f"summary: |\n  {_sentence(25, random)}.{cited} {_sentence(20, random)}.[^a]\n"
        f"claims:\n{claims}{f'figures:{chr(10)}{figures}' if figures else ''}"
        f"annotation: |\n  {_sentence(40, random)}.[^b]\n"
        f"places: [place-{random.randrange(PLACES)}]\nactors: [actor-{random.randrange(ACTORS)}]\n"
        f"topics: [safety]\n{relation}sources:\n{sources}added: 2024-05-02\n"
    )


def _claim(handles: str, random: Random) -> str:
    return (
        f"  - by: actor-{random.randrange(ACTORS)}\n    says: {_sentence(18, random)}.\n"
        f"    sources: [{', '.join(random.sample(handles, random.randint(1, 2)))}]\n"
    )


def _figure(handles: str, day: date, random: Random) -> str:
    return (
        f"  - measure: vehicles\n    value: about {random.randrange(10, 9000)}\n    by: actor-{random.randrange(ACTORS)}\n"
        f"    as_of: {day}\n    sources: [{random.choice(handles)}]\n"
    )


def _source(number: int, handle: str, day: date, random: Random) -> str:
    publisher = random.randrange(PUBLISHERS)
    return (
        f"  {handle}:\n    url: https://paper-{publisher}.example.org/{number}/{handle}\n    title: {_sentence(7, random)}\n"
        f"    publisher: Paper {publisher}\n    published: {day + timedelta(days=1)}\n    type: newspaper\n"
        f"    relays: [actor-{random.randrange(ACTORS)}]\n"
        f"    archive: https://web.archive.org/web/{day:%Y%m%d}000000/https://paper-{publisher}.example.org/{number}/{handle}\n"
    )


def _sentence(length: int, random: Random) -> str:
    return " ".join(random.choices(VOCABULARY, cum_weights=FREQUENCIES, k=length)).capitalize()


def _vocabulary() -> tuple[str, ...]:
    """Words that can be spoken, the commonest first; none is the beginning of another, as a search would find both."""
    words = ["".join(letters) for letters in product(*LETTERS[:2], *LETTERS)]
    return tuple(Random(1).sample(words, WORDS))


VOCABULARY = _vocabulary()
FREQUENCIES = tuple(accumulate(1 / (rank + 2.7) for rank in range(1, WORDS + 1)))
