"""The answers of the form for a new event → an entry, examined as if it stood in the project, or everything that is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from chronicle.drafting.drafts import MODELINE, Draft, examine
from chronicle.drafting.forms.answers import Reader
from chronicle.drafting.forms.fields import Fault, Spot
from chronicle.drafting.forms.issue import Issue
from chronicle.drafting.forms.layout import (
    CLAIM,
    CLAIM_LINES,
    EVENT,
    FIGURE,
    FIGURE_LINES,
    NEEDED_FIGURE,
    SOURCE,
    SOURCE_LINES,
)
from chronicle.drafting.forms.parts import Told, name_sources, read_first, read_further, with_sources
from chronicle.drafting.forms.retell import retell
from chronicle.drafting.new import NAME, cite, find_name_fault, name_for, year_of
from chronicle.load import EVENTS, Loaded
from chronicle.model import Chronology, Claim, Entry, Figure, Source
from chronicle.pages.text import paragraphs_of
from chronicle.problems import join_choices
from chronicle.yamlfile import Route
from chronicle.yamlfile.text import Written, write_yaml

_HEADING: Final = ("title", "date", "kind", "certainty", "summary", "topics", "places", "actors", "reported")
_LISTS: Final = ("topics", "places", "actors")
_NO_NAME: Final = "new-entry"  # stands in for one that is refused
_NUMBER = re.compile(r"\[\^?(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was answered: the keys of the entry itself, its sources by their handles, its claims and figures."""

    heading: Mapping[str, str]
    sources: Mapping[str, Told]
    claims: Sequence[Told]
    figures: Sequence[Told]


def make_entry(issue: Issue, loaded: Loaded, root: Path, today: date) -> tuple[Draft, tuple[Fault, ...]]:
    """The entry that an issue asks for, and all that is wrong with the issue; with a fault, it is not fit to be written.

    `loaded` is what the project `root` holds, and needs a chronology, or it raises ValueError. Nothing is written.
    """
    if loaded.chronology is None:
        raise ValueError("without a chronology, nothing can be added to it")
    reader = Reader(loaded.chronology)
    answers = _read(issue, reader)
    name = _choose_name(issue, answers.heading["title"], loaded, reader)
    path = f"{EVENTS}/{year_of(answers.heading['date'])}/{name}.yml"
    (draft,) = examine({path: _compose(answers, loaded.chronology, today)}, loaded, root)
    told = (*issue.faults, *reader.faults)
    return draft, (*told, *retell(draft, _find_spots(answers), reader.doubtful))


def _read(issue: Issue, reader: Reader) -> _Answers:
    fields = (EVENT.field(key) for key in _HEADING)
    heading = {field.key: reader.read(Spot(field.label), field, issue.answers.get(field.key)) for field in fields}
    sources = [read_first(SOURCE, issue, reader), *read_further(EVENT.field("more_sources"), issue, "source", 2, reader)]
    handles = name_sources(sources)
    claims = _read_told(issue, reader, handles)
    figures = _read_figures(issue, reader, handles)
    summary = _cite(heading["summary"], handles, reader)
    answers = _Answers({**heading, "summary": summary}, dict(zip(handles, sources, strict=True)), claims, figures)
    _find_uncited(answers, reader)
    return answers


def _read_told(issue: Issue, reader: Reader, handles: Sequence[str]) -> list[Told]:
    first = with_sources(read_first(CLAIM, issue, reader), CLAIM[-1], handles, reader, by_itself=True)
    further = read_further(EVENT.field("more_claims"), issue, "fact", 2, reader)
    return [first, *(with_sources(told, CLAIM_LINES[-1], handles, reader, by_itself=False) for told in further)]


def _read_figures(issue: Issue, reader: Reader, handles: Sequence[str]) -> list[Told]:
    further = read_further(EVENT.field("more_figures"), issue, "number", 2, reader)
    told = [with_sources(each, FIGURE_LINES[-1], handles, reader, by_itself=False) for each in further]
    if not any(issue.answers.get(field.key) for field in FIGURE):
        return told
    first = with_sources(read_first(NEEDED_FIGURE, issue, reader), FIGURE[-1], handles, reader, by_itself=True)
    return [first, *told]


def _cite(summary: str, handles: Sequence[str], reader: Reader) -> str:
    """The summary with footnotes in place of the numbers of sources; where there is one source, each paragraph cites it."""
    field = EVENT.field("summary")
    spot = Spot(field.label)
    if spot in reader.doubtful:
        return summary + "".join(f"[^{handle}]" for handle in handles)
    numbers = [f"`[{number}]`" for number in range(1, len(handles) + 1)[:5]]
    count = f"You name {'one source' if len(handles) == 1 else f'{len(handles)} sources'}: write {join_choices(numbers)}."
    for found in _NUMBER.finditer(summary):
        if not 1 <= int(found[1]) <= len(handles):
            reader.refuse(spot, field, f"“{found[0]}” is not the number of a source of yours.", count)
    if "[^" in _NUMBER.sub("", summary):
        reader.refuse(spot, field, "A source is named here by something else than its number.", count)
    uncited = [part for part in paragraphs_of(summary) if not _NUMBER.search(part)] if len(handles) > 1 else []
    for paragraph in uncited:
        what = f"You name several sources, and the paragraph “{paragraph}” does not say which of them shows it."
        reader.refuse(spot, field, what, "Put its number at the end of the sentence: `[1]`, `[2]`.")
    if spot in reader.doubtful:
        return "Something." + "".join(f"[^{handle}]" for handle in handles)
    return cite(_NUMBER.sub(lambda found: f"[^{handles[int(found[1]) - 1]}]", summary), handles[0])


def _find_uncited(answers: _Answers, reader: Reader) -> None:
    """Refuses every source on which nothing rests."""
    for number, (handle, source) in enumerate(answers.sources.items(), 1):
        cited = any(handle in _handles_of(told) for told in (*answers.claims, *answers.figures))
        if not cited and f"[^{handle}]" not in answers.heading["summary"]:
            mend = f"Put its number behind a fact, “Source: {number}”, or behind a sentence of the summary, `[{number}]`."
            reader.refuse(source.spot, SOURCE_LINES[0], "Nothing that you say rests on this source.", mend)


def _handles_of(told: Told) -> Sequence[Written]:
    handles = told.keys["sources"]
    return handles if isinstance(handles, list) else ()


def _choose_name(issue: Issue, title: str, loaded: Loaded, reader: Reader) -> str:
    """The name that was given, or the one that the title gives; one that cannot be had is refused."""
    field = EVENT.field(NAME.key)
    headline = Spot(EVENT.field("title").label)
    own = Spot(field.label)
    given = reader.read(own, field, issue.answers.get(field.key))
    if own in reader.doubtful or (not given and headline in reader.doubtful):
        return _NO_NAME
    name = given or name_for(title)
    if fault := find_name_fault(name, loaded):
        mend = "" if given else f"Or give it another name under “{field.label}”."
        reader.faults.append(Fault(own if given else headline, fault, mend))
        return _NO_NAME
    return name


def _compose(answers: _Answers, chronology: Chronology, today: date) -> str:
    heading: dict[str, Written] = {key: said for key, said in answers.heading.items() if said}
    heading |= {key: answers.heading[key].split(", ") for key in _LISTS if answers.heading[key]}
    whole: Mapping[str, Written] = heading | {
        "claims": [_in_order(told.keys, Claim) for told in answers.claims],
        "sources": {handle: write_source(source, chronology) for handle, source in answers.sources.items()},
        "added": today.isoformat(),
    }
    if answers.figures:
        whole = {**whole, "figures": [_in_order(told.keys, Figure) for told in answers.figures]}
    return "\n".join([MODELINE, *map(write_yaml, _in_groups(_in_order(whole, Entry)))])


def write_source(source: Told, chronology: Chronology) -> Mapping[str, Written]:
    """The keys of a source in their order, without the language if it is that of the chronology."""
    keys = {key: said for key, said in source.keys.items() if (key, said) != ("language", chronology.setting.language)}
    return _in_order(keys, Source)


def _in_order(keys: Mapping[str, Written], record: type[BaseModel]) -> Mapping[str, Written]:
    return {key: keys[key] for key in record.model_fields if key in keys}


def _in_groups(entry: Mapping[str, Written]) -> Iterator[Mapping[str, Written]]:
    """The keys of an entry with an empty line wherever something else begins."""
    names = {key: said for key, said in entry.items() if key in _LISTS}
    yield {key: said for key, said in entry.items() if key in _HEADING and key not in names}
    yield from ({key: entry[key]} for key in ("claims", "figures") if key in entry)
    yield names
    yield from ({key: entry[key]} for key in ("sources", "added"))


def _find_spots(answers: _Answers) -> dict[Route, Spot]:
    """Whence in the form each value of the entry came."""
    spots: dict[Route, Spot] = {(key,): Spot(EVENT.field(key).label) for key in _HEADING}
    parts: Mapping[str, Mapping[int, Told] | Mapping[str, Told]] = {
        "claims": dict(enumerate(answers.claims)),
        "figures": dict(enumerate(answers.figures)),
        "sources": answers.sources,
    }
    for key, told_by_name in parts.items():
        for name, told in told_by_name.items():
            spots.setdefault((key,), told.spot)
            spots |= find_spots((key, name), told)
    return spots


def find_spots(route: Route, told: Told) -> dict[Route, Spot]:
    """The same for one source, fact or number that stands at a route."""
    return {route: told.spot} | {(*route, key): spot for key, spot in told.spots.items()}
