"""A small chronology about a bridge with which nothing is wrong, and a way to spoil it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from chronicle.check import read_and_check
from chronicle.problems import Problem
from small import SETTING, write

ACTORS = """\
harbour-authority:
  name: Port Ellery Harbour Authority
  short: Harbour Authority
  kind: state
  about: Owner of the bridge.
ines-marlow:
  name: Ines Marlow
  kind: person
  about: A resident.
harbour-radio:
  name: Harbour Radio
  kind: state-media
  about: Station of the Harbour Authority.
  speaks_for: harbour-authority
"""

PLACES = """\
port-ellery:
  name: Port Ellery
  precision: town
eastern-pier:
  name: Eastern pier
  precision: town
  within: port-ellery
"""

BRIDGE = """\
date: 1998-03-17
reported: 1998-03-18
title: Harbour bridge closed after a crack is found
kind: closure
certainty: {1998-03-18: claimed, 1998-04-02: confirmed}
summary: |
  Inspectors found a crack and closed the bridge.[^notice]

  A resident says that she had written twice.[^gazette]
claims:
  - by: harbour-authority
    says: The crack was found at 14:10.
    sources: [notice]
  - by: ines-marlow
    says: The crack had been reported twice before.
    quote: We wrote to them in October and again in January.
    sources: [gazette]
figures:
  - measure: vehicles
    value: 11000 to 13000
    by: harbour-authority
    as_of: 1998-03-18
    sources: [notice]
    note: Counted on one weekday.
annotation: The two accounts differ on whether the crack was known.[^gazette]
places: [eastern-pier]
actors: [harbour-authority, ines-marlow]
topics: [safety]
relations:
  - follows: pier-inspected
sources:
  notice:
    url: https://radio.example.org/98-14
    title: The bridge is closed
    publisher: Harbour Radio
    published: 1998-03-18
    type: newspaper
    archive: https://web.archive.org/web/19980320/https://radio.example.org/98-14
  gazette:
    url: https://gazette.example.org/1998/bridge
    title: Cracked pier closes bridge
    publisher: The Ellery Gazette
    author: J. Corrie
    published: 1998-03-19
    type: newspaper
    relays: [ines-marlow]
    archive: https://web.archive.org/web/19980320/https://gazette.example.org/1998/bridge
added: 2024-05-02
corrections:
  - date: 2024-06-11
    what: Vehicles, 1,100 to 1,300, is 11,000 to 13,000
    why: A digit was lost.
  - date: 2024-07-01
    what: 14:01 is 14:10
    why: Two digits were swapped.
formerly: [harbour-bridge-shut]
"""

PIER = """\
date: 1997-10
reported: 1998-03-19
title: Eastern pier inspected
kind: closure
certainty: claimed
summary: The pier was inspected in the autumn.[^letter]
claims:
  - says: The pier was inspected.
    sources: [letter]
  - by: harbour-authority
    says: It was found sound.
    sources: [gazette]
topics: [safety]
sources:
  letter:
    url: https://archive.ph/Xk2w9
    title: A letter to residents
    publisher: Port Ellery Harbour Authority
    type: newspaper
  gazette:
    url: https://gazette.example.org/1998/bridge
    title: Cracked pier closes bridge
    publisher: The Ellery Gazette
    author: J. Corrie
    published: 1998-03-19
    type: newspaper
    archive: https://web.archive.org/web/19980320/https://gazette.example.org/1998/bridge
added: 2024-05-02
"""

FERRY = (
    PIER.replace("date: 1997-10", "date: 1998-04")
    .replace("reported: 1998-03-19", "reported: 1998-04-20")
    .replace("Eastern pier inspected", "Ferry to the island begins")
    .replace("published: 1998-03-19", "published: 1998-04-19")
    .replace("https://gazette.example.org/1998/bridge", "https://gazette.example.org/1998/ferry")
    .replace("https://archive.ph/Xk2w9", "https://archive.ph/Zq0fr")
)

GOOD = {
    "chronology": SETTING,
    "actors": ACTORS,
    "places": PLACES,
    "1998/bridge-closed": BRIDGE,
    "1997/pier-inspected": PIER,
}


class Change(NamedTuple):
    """What is to stand in the place of what, and in which of the files."""

    old: str
    new: str
    file: str = "1998/bridge-closed"


def add(file: str, text: str) -> Change:
    """One more event."""
    return Change("", text, file)


def problems_after(root: Path, changes: Iterable[Change]) -> tuple[Problem, ...]:
    """All problems of the good chronology with some changes."""
    texts = dict(GOOD)
    for old, new, file in changes:
        assert old in texts.get(file, ""), f"{file} does not hold: {old}"
        texts[file] = texts.get(file, "").replace(old, new, 1)
    setting, actors, places = (texts.pop(name) for name in ("chronology", "actors", "places"))
    return read_and_check(write(root, texts, setting, actors, places), None)[1]
