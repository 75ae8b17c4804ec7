"""The answers of the forms for an entry that is there → its changed text, all else byte for byte as it was."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from chronicle.drafting.drafts import Draft, examine
from chronicle.drafting.forms.answers import Reader
from chronicle.drafting.forms.entry import find_spots, write_source
from chronicle.drafting.forms.fields import Fault, Field, Form, Spot
from chronicle.drafting.forms.issue import Issue
from chronicle.drafting.forms.layout import ADDITION, CORRECTION, PARTS, SOURCE
from chronicle.drafting.forms.parts import name_sources, read_first
from chronicle.drafting.forms.places import find_places, is_known_day, write_as
from chronicle.drafting.forms.retell import retell
from chronicle.load import Loaded
from chronicle.model import Chronology, Event
from chronicle.pages.text import as_plain
from chronicle.problems import suggest
from chronicle.yamlfile import Route, read_yaml
from chronicle.yamlfile.editing import EditError
from chronicle.yamlfile.growing import append_part, insert_group, replace_words

_BY_HAND = "Or leave the three fields for the change empty and describe it under “What is changed”: an editor then makes it."
_ONE_CHANGE = (
    "Correct the day; or, if another has to change with it, leave the three fields for the change empty and describe both under "
    "“What is changed”: an editor then makes them."
)
_LONGEST_NUMBER: Final = 4  # digits; what has more is the number of no fact, and may be too long for Python to read


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is there, and its draft with the change; `by_hand` where an editor has to make the change itself."""

    event: Event
    draft: Draft
    by_hand: bool = False


@dataclass(slots=True)
class _Edit:
    """The text of an entry while it is changed, and whence in the form the new values came."""

    text: str
    spots: dict[Route, Spot]

    def apply(self, change: Callable[[str], str], field: Field, reader: Reader) -> None:
        """Changes the text, or refuses the answer to `field` where the file is written in a way that does not allow it."""
        try:
            self.text = change(self.text)
        except EditError:
            what = "The file of this entry is written in a way in which no form can make this change."
            reader.refuse(Spot(field.label), field, what, "Tell the editors in the note: they make it by hand.")


def correct(issue: Issue, loaded: Loaded, root: Path, today: date) -> tuple[Change | None, tuple[Fault, ...]]:
    """The entry with what the form for a correction asks for, and all that is wrong with the issue.

    There is no change where the entry is not known. Raises ValueError without a chronology. Nothing is written.
    """
    reader = _reader(loaded)
    said = _read(CORRECTION, issue, reader)
    event = _find_event(CORRECTION, issue, loaded, reader)
    for given, lacking in (("now", "right"), ("right", "now")):
        if said[given] and issue.answers.get(lacking) == "":
            field = CORRECTION.field(lacking)
            reader.refuse(Spot(field.label), field, "This must have an answer, as its counterpart has one.", _BY_HAND)
    if event is None:
        return None, (*issue.faults, *reader.faults)
    edit = _Edit(_text_of(event, root), {(): Spot(CORRECTION.field("event").label)})
    leads_on = bool(said["now"] and said["right"]) and _replace(edit, said, reader)
    item = {"date": today.isoformat(), "what": said["what"], "why": said["why"]}
    edit.apply(lambda text: _append_correction(text, item, event), CORRECTION.field("what"), reader)
    number = len(event.corrections)
    edit.spots |= {("corrections", number, key): Spot(CORRECTION.field(key).label) for key in ("what", "why")}
    draft = _examine(event, edit.text, loaded, root)
    told = retell(draft, edit.spots, reader.doubtful)
    more = (replace(fault, mend=_ONE_CHANGE) for fault in told) if leads_on else told
    return Change(event, draft, by_hand=not said["now"]), (*issue.faults, *reader.faults, *more)


def add_source(issue: Issue, loaded: Loaded, root: Path) -> tuple[Change | None, tuple[Fault, ...]]:
    """The entry with the source that an issue brings, and all that is wrong with the issue, as `correct` has it."""
    reader = _reader(loaded)
    source = read_first(SOURCE, issue, reader)
    said = _read(ADDITION, issue, reader)
    event = _find_event(ADDITION, issue, loaded, reader)
    shows = ADDITION.field("shows")
    if not said["shows"] and issue.answers.get("shows") == issue.answers.get("says") == "":
        mend = f"Fill in this or “{ADDITION.field('says').label}”."
        reader.refuse(Spot(shows.label), shows, "A source must show something: a fact of the entry, or a new one.", mend)
    if event is None:
        return None, (*issue.faults, *reader.faults)
    edit = _Edit(_text_of(event, root), {(): Spot(ADDITION.field("event").label)})
    (handle,) = name_sources([source], tuple(event.sources))
    written = write_source(source, reader.chronology)
    edit.apply(lambda text: insert_group(text, ("sources",), handle, written), SOURCE[0], reader)
    edit.spots |= find_spots(("sources", handle), source)
    shown = _find_claim(said["shows"], event, reader) if said["shows"] else None
    if shown is None and not said["says"]:
        shown = 0  # which has been refused; of what comes of it, that nothing cites the source, nobody need be told
    if shown is not None:
        edit.apply(lambda text: append_part(text, ("claims", shown, "sources"), handle), shows, reader)
    if said["says"]:
        told = {"by": said["by"], "says": said["says"], "sources": [handle]}
        claim = {key: part for key, part in told.items() if part}
        edit.apply(lambda text: append_part(text, ("claims",), claim), ADDITION.field("says"), reader)
        edit.spots |= {("claims", len(event.claims), key): Spot(ADDITION.field(key).label) for key in ("by", "says")}
    draft = _examine(event, edit.text, loaded, root)
    return Change(event, draft), (*issue.faults, *reader.faults, *retell(draft, edit.spots, reader.doubtful))


def _reader(loaded: Loaded) -> Reader:
    if loaded.chronology is None:
        raise ValueError("without a chronology, no entry can be changed")
    return Reader(loaded.chronology)


def _text_of(event: Event, root: Path) -> str:
    return (root / event.path).read_bytes().decode().removeprefix("\ufeff")


def _read(form: Form, issue: Issue, reader: Reader) -> dict[str, str]:
    """The answers to what is asked of the change itself."""
    elsewhere = {"event", "remark", "ready", *(field.key for field in SOURCE)}
    fields = [field for field in form.fields if field.key not in elsewhere]
    return {field.key: reader.read(Spot(field.label), field, issue.answers.get(field.key)) for field in fields}


def _find_event(form: Form, issue: Issue, loaded: Loaded, reader: Reader) -> Event | None:
    """The entry that is meant: by the address of its page, the path of its file, its name, an older name or its headline."""
    field = form.field("event")
    spot = Spot(field.label)
    answer = reader.read(spot, field, issue.answers.get("event"))
    if spot in reader.doubtful:
        return None
    name = re.sub(r"(?:/|\.yml)*(?:[?#].*)?$", "", answer).rpartition("/")[2].casefold()
    events = reader.chronology.events
    for event in events:
        if name in (event.slug, *event.formerly) or answer.casefold() == event.title.casefold():
            return event
    if name in loaded.unread:
        reader.refuse(spot, field, "The file of this entry has a mistake of its own.", "An editor has to mend it first.")
        return None
    near = suggest(name, [event.slug for event in events])
    reader.refuse(spot, field, f"No entry is found under “{answer}”.", f"{near}Copy the address of its page from the browser.")
    return None


def _replace(edit: _Edit, said: dict[str, str], reader: Reader) -> bool:
    """Puts the right words in place of the wrong ones, if these stand there once; tells whether other days hang on them."""
    now, right = CORRECTION.field("now"), CORRECTION.field("right")
    file, _ = read_yaml("", edit.text.encode())
    places = find_places(file.data if file else None, said["now"], said["part"], reader.chronology)
    if len(places) == 1:
        place = places[0]
        words = write_as(place, said["right"], reader.chronology)
        edit.apply(lambda text: replace_words(text, place.route, place.words, words), right, reader)
        edit.spots |= {place.route[:length]: Spot(right.label) for length in range(len(place.route) + 1)}
        if words == place.words:
            reader.refuse(Spot(right.label), right, "This is what it says already.", "Write what should stand there instead.")
        return is_known_day(place, words)
    if places:
        parts = tuple(dict.fromkeys(f"“{PARTS.get(place.part, place.part)}”" for place in places))
        choose = f"Or choose under “{CORRECTION.field('part').label}”; it stands in: {', '.join(parts)}."
        mend = f"Copy more of the words around it. {choose if len(parts) > 1 else _BY_HAND}"
        reader.refuse(Spot(now.label), now, f"“{said['now']}” stands {len(places)} times in the entry.", mend)
    else:
        where = " in the part that you chose" if said["part"] else ""
        mend = f"Copy a shorter piece from the page, without the small numbers of the sources. {_BY_HAND}"
        reader.refuse(Spot(now.label), now, f"“{said['now']}” does not stand in the entry{where}.", mend)
    return False


def _append_correction(text: str, item: dict[str, str], event: Event) -> str:
    if event.corrections:
        return append_part(text, ("corrections",), item)
    return insert_group(text, (), "corrections", [item], after=("added",))


def _find_claim(words: str, event: Event, reader: Reader) -> int | None:
    """Which fact of an entry is meant: by its number on the page, or by words that stand in no other."""
    field = ADDITION.field("shows")
    spot = Spot(field.label)
    number = int(words) if words.isdecimal() and len(words) <= _LONGEST_NUMBER else 0
    if 1 <= number <= len(event.claims):
        return number - 1
    flat = as_plain(words).strip(" .“”\"").casefold()
    found = [at for at, claim in enumerate(event.claims) if flat in as_plain(claim.says).casefold()]
    if len(found) != 1:
        what = f"“{words}” stands in {len(found)} facts of the entry." if found else f"“{words}” is none of its facts."
        reader.refuse(spot, field, what, f"Copy more of its words from the page, or give its number, 1 to {len(event.claims)}.")
        return None
    return found[0]


def _examine(event: Event, text: str, loaded: Loaded, root: Path) -> Draft:
    """The changed entry examined in place of the one that is there: told is only what comes with the change."""
    if loaded.chronology is None:
        raise ValueError("without a chronology, no entry can be examined")
    others = tuple(other for other in loaded.chronology.events if other is not event)
    chronology = Chronology.model_construct(**{**dict(loaded.chronology), "events": others})
    without = replace(loaded, chronology=chronology)
    (before,) = examine({event.path: _text_of(event, root)}, without, root)
    (after,) = examine({event.path: text}, without, root)
    known = {(problem.what, problem.mend) for problem in before.problems}
    problems = tuple(problem for problem in after.problems if (problem.what, problem.mend) not in known)
    return Draft(event.path, text, problems)
