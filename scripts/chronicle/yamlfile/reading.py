"""YAML text → plain data and where every value stands; refuses what YAML hides."""

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final, TypeAlias, cast

import yaml

from chronicle.problems import Problem, Severity, sort_problems
from chronicle.yamlfile import faults
from chronicle.yamlfile.explaining import explain
from chronicle.yamlfile.source import Source

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 12
MAX_VALUES: Final = 20_000
MAX_PROBLEMS: Final = 100
"""Of each sort in one file: whoever mends so many looks again, and a hostile file cannot fill the log."""

Route: TypeAlias = tuple[str | int, ...]
"""The keys and list positions that lead from the root to a value; `()` is the whole file."""

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | None"
"""What YAML can say once every scalar is text; None is a value left out (`key:`)."""

_Loader: type[yaml.CBaseLoader | yaml.BaseLoader]  # in C wherever PyYAML has it
_Loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

# Controls, invisible signs that split a word, and what hides or reorders text for a reviewer (Trojan Source).
HIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
_TAB_INDENT = re.compile(r"^ *+(\t)[ \t]*+[^\r\n]", re.MULTILINE)
_COMMENT = re.compile(r"(?P<blanks>[ \t]+)#(?P<tight>\S)?")


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a value begins and ends in the text, and in which style it is written: `"`, `'`, `|`, `>`, `{`, `[` or none.

    A text in `|` or `>` ends where its last line that is not blank ends, a group of lines where its last value ends.
    """

    start: int
    end: int
    style: str


@dataclass(frozen=True)
class YamlFile:
    """One file that could be read: its data, and on demand the place of each value.

    `aside` are the lines that were left out because the rest could not have been read with them: of most of them only
    the value; `torn` are those of which nobody can tell whether they were a key, or to what they belonged.
    """

    path: str
    text: str
    data: dict[str, Plain]
    aside: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()

    @property
    def lines(self) -> Sequence[str]:
        """The lines without their ends; the first of them has the number 1."""
        return self._source.lines

    def place(self, route: Route) -> tuple[int, int]:
        """Return line and column of the value at the route, or else of the nearest value around it."""
        _, value = self._find(route)
        return self._source.place_at(_start(value))

    def place_of_key(self, route: Route) -> tuple[int, int]:
        """Return line and column of the key at the end of the route; an entry of a list is its own key."""
        key, _ = self._find(route)
        return self._source.place_at(_start(key))

    @cached_property
    def routes_aside(self) -> frozenset[Route]:
        """The routes of the values that were left out, and of those to which a line below that was torn may belong."""
        if not self.aside:
            return frozenset()
        line_by_route = {route: self.place_of_key(route)[0] for route in self._pairs}
        above = {max((line for line in line_by_route.values() if line < torn), default=0) for torn in self.torn}
        texts = {route for route, (_, value) in self._pairs.items() if isinstance(value, yaml.ScalarEvent)}
        keyed = {route for route, (key, value) in self._pairs.items() if key is not value}
        return frozenset(
            {route for route in texts if line_by_route[route] in self.aside | above}
            | {route for route in keyed if line_by_route[route] in self.torn}
        )

    def extent(self, route: Route) -> Extent:
        """Return where the value at the route stands in the text; raises KeyError when there is none."""
        _, value = self._pairs[route]
        start = _start(value)
        if isinstance(value, yaml.ScalarEvent):
            written = self.text[start : _end(value)]
            written = written.rstrip() if value.style in ("|", ">") else written
            return Extent(start, start + len(written), value.style or "")
        if isinstance(value, yaml.CollectionStartEvent) and value.flow_style:
            return Extent(start, _end(self._walk.closings[route]), self.text[start])
        inside = [inner for inner in self._pairs if inner[: len(route)] == route and len(inner) == len(route) + 1]
        return Extent(start, self.extent(inside[-1]).end if inside else start, "")

    def problem(  # noqa: PLR0913  a problem has that many sides
        self,
        route: Route,
        what: str,
        mend: str,
        severity: Severity = Severity.ERROR,
        *,
        at_key: bool = False,
        offset: int = 0,
    ) -> Problem:
        """Make a problem with the value at the route, or with its key.

        `offset` counts characters of the value as read; the problem then points at that one in the file.
        """
        key, value = self._find(route)
        index = _find_character(self.text, key if at_key else value, offset)
        return self._source.problem(index, what, mend, severity)

    def _find(self, route: Route) -> "_Pair":
        around = (route[:length] for length in range(len(route), -1, -1))
        return next(self._pairs[nearest] for nearest in around if nearest in self._pairs)

    @cached_property
    def _source(self) -> "Source":
        return Source(self.path, self.text)

    @property
    def _pairs(self) -> dict[Route, "_Pair"]:
        return self._walk.pairs

    @cached_property
    def _walk(self) -> "_Walk":
        # Read a second time, when first asked: most files have no problem and need not keep their places.
        walk = _Walk(self._source)
        walk.read_document()
        return walk


def read_yaml(path: str, content: bytes) -> tuple[YamlFile | None, tuple[Problem, ...]]:
    """Read one file that holds one mapping; every scalar is the text that stands there. Never raises.

    Returns the file and its problems, sorted. What is refused but leaves the rest readable (a key given
    twice, an alias, a tag …) does not keep the rest from being checked; where nothing can be made of the
    text, the file is None. The language is YAML 1.1 as libyaml reads it.
    """
    content = content.removeprefix(BOM_UTF8)
    if refused := _refuse_bytes(path, content):
        return None, (refused,)
    source = Source(path, content.decode())
    problems = list(islice(_find_hidden(source), MAX_PROBLEMS))
    if tabs := list(islice(_find_tabs(source), MAX_PROBLEMS)):
        return None, sort_problems([*problems, *tabs])
    walk = _Walk(source)
    data = None
    try:
        data = walk.read_document()
    except _UnreadableError:
        pass
    except yaml.MarkedYAMLError as error:
        problems.append(_tell(error, source))
    except (yaml.YAMLError, ValueError, OverflowError):  # the parser in Python at an escape beyond Unicode
        problems.append(source.problem(0, *faults.UNREADABLE))
    file = None if data is None else YamlFile(path, source.text, data)
    return file, sort_problems([*problems, *walk.problems])


_Pair: TypeAlias = tuple[yaml.Event, yaml.Event]
"""The events of a key and of its value; for an entry of a list its own event, twice."""


class _UnreadableError(Exception):
    """The problem is noted, and no data can come of this file."""


class _Walk:
    """One pass over the parser's events: the data, the events behind it, and what is refused on the way."""

    def __init__(self, source: Source) -> None:
        loader = _Loader(HIDDEN.sub("\ufffd", source.text))
        self.next_event = cast(Callable[[], yaml.Event], loader.get_event)  # None only after the end
        self.source = source
        self.pairs: dict[Route, _Pair] = {}
        self.closings: dict[Route, yaml.Event] = {}  # the ends of mappings and lists
        self.problems: list[Problem] = []

    def read_document(self) -> dict[str, Plain]:
        self.next_event()  # the start of the stream
        data = self._read_root(self.next_event())
        self.next_event()  # the end of the document
        if not isinstance(another := self.next_event(), yaml.StreamEndEvent):
            self._refuse(another, faults.SECOND_DOCUMENT)
        for _, surplus in islice(self.pairs.values(), MAX_VALUES, MAX_VALUES + 1):
            self._refuse(surplus, faults.too_many_values(MAX_VALUES))
        if " #" in self.source.text or "\t#" in self.source.text:
            cut = _find_cut_values(self.source, self.pairs.values())
            self.problems.extend(islice(cut, MAX_PROBLEMS))
        return data

    def _read_root(self, start: yaml.Event) -> dict[str, Plain]:
        if isinstance(start, yaml.StreamEndEvent):
            raise self._give_up(start, faults.EMPTY_FILE)
        if self.source.text.startswith("%", _start(start)):
            self._refuse(start, faults.DIRECTIVE)
        root = self.next_event()
        data = self._read_value(root, root, ())
        if not isinstance(data, dict):
            self.next_event()  # a syntax error in what follows says more
            raise self._give_up(root, faults.EMPTY_FILE if data is None else faults.NO_MAPPING)
        return data

    def _read_value(self, key: yaml.Event, value: yaml.Event, route: Route) -> Plain:
        self.pairs[route] = key, value
        if isinstance(value, yaml.ScalarEvent):
            if value.anchor is not None or value.tag is not None or value.style == '"':
                self._check_signs(value)
            return value.value if value.value or value.style else None
        if not isinstance(value, yaml.CollectionStartEvent):
            self._refuse(value, faults.ALIAS)
            return None
        self._check_signs(value)
        if len(route) >= MAX_DEPTH:
            raise self._give_up(value, faults.too_deep(MAX_DEPTH))
        read = self._read_mapping if isinstance(value, yaml.MappingStartEvent) else self._read_list
        return read(route)

    def _read_mapping(self, route: Route) -> dict[str, Plain]:
        mapping: dict[str, Plain] = {}
        while not isinstance(key := self.next_event(), yaml.MappingEndEvent):
            name = self._read_key(key, route, mapping)
            value = self._read_value(key, self.next_event(), (*route, name))
            if name:
                mapping[name] = value
        self.closings[route] = key
        return mapping

    def _read_list(self, route: Route) -> list[Plain]:
        entries: list[Plain] = []
        while not isinstance(entry := self.next_event(), yaml.SequenceEndEvent):
            entries.append(self._read_value(entry, entry, (*route, len(entries))))
        self.closings[route] = entry
        return entries

    def _read_key(self, key: yaml.Event, route: Route, taken: dict[str, Plain]) -> str:
        """Return the text of a key, or "" for one that is refused."""
        name = self._read_value(key, key, (*route, ""))
        if not isinstance(name, str) or name in ("", "<<"):
            self._refuse(key, faults.MERGE_KEY if name == "<<" else faults.NO_TEXT_KEY)
            return ""
        if name in taken:
            first, _ = self.pairs[(*route, name)]
            line, _ = self.source.place_at(_start(first))
            self._refuse(key, faults.duplicate_key(name, line))
        return name

    def _check_signs(self, value: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if value.anchor is not None:
            self._refuse(value, faults.ANCHOR)
        if value.tag is not None:
            self._refuse(value, faults.TAG)
        if isinstance(value, yaml.ScalarEvent) and value.style == '"' and HIDDEN.search(value.value):
            self._refuse(value, faults.HIDDEN_CODE)

    def _refuse(self, event: yaml.Event, fault: faults.Fault) -> None:
        self.problems.append(self.source.problem(_start(event), *fault))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _UnreadableError

    def _give_up(self, event: yaml.Event, fault: faults.Fault) -> _UnreadableError:
        self._refuse(event, fault)
        return _UnreadableError()


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _find_character(text: str, value: yaml.Event, offset: int) -> int:
    """Return where in the file a character of a value stands, by finding one character after the other."""
    start = _start(value)
    if not offset or not isinstance(value, yaml.ScalarEvent):
        return start
    block = value.style in ("|", ">")
    index = text.find("\n", start) if block else start if value.style else start - 1
    for character in "".join(value.value[: offset + 1].split()):  # blanks may stand there as line breaks
        index = text.find(character, index + 1)
        if index < 0:  # written as a code with a backslash
            return start
    return max(index, start)


def _refuse_bytes(path: str, content: bytes) -> Problem | None:
    if len(content) > MAX_BYTES:
        return Problem(path, 1, 1, *faults.too_large(len(content), MAX_BYTES))
    if b"\0" in content:
        return Problem(path, 1, 1, *faults.UTF_16)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        source = Source(path, content.decode(errors="backslashreplace"))
        return source.problem(len(content[: error.start].decode()), *faults.not_utf_8(content[error.start]))
    return None


def _find_hidden(source: Source) -> Iterator[Problem]:
    for hidden in HIDDEN.finditer(source.text):
        sign = hidden.group()
        name = unicodedata.name(sign, "control character").lower()
        yield source.problem(hidden.start(), *faults.hidden_character(sign, name))


def _find_tabs(source: Source) -> Iterator[Problem]:
    for tab in _TAB_INDENT.finditer(source.text):
        yield source.problem(tab.start(1), *faults.TAB)


def _find_cut_values(source: Source, pairs: Iterable[_Pair]) -> Iterator[Problem]:
    """Find values that a `#` may have cut short against the writer's will.

    A comment is meant when two blanks stand before its `#` and one after it. Either is enough after a single
    word (`date: 1998-03-17 # when`); both are needed after several (`title: Closure of bridge # 5`).
    """
    for _, value in pairs:
        if not isinstance(value, yaml.ScalarEvent) or value.style or not value.end_mark:
            continue
        comment = _COMMENT.match(source.text, value.end_mark.index)
        if comment and (comment["blanks"] == " ") + bool(comment["tight"]) > (" " not in value.value):
            yield source.problem(comment.end("blanks"), *faults.CUT_VALUE, Severity.WARNING)


def _tell(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    index = error.problem_mark.index if error.problem_mark else 0
    opening = error.context_mark.index if error.context_mark else index
    return explain(f"{error.context}: {error.problem}", index, opening, source)
