"""What the checks say of an entry, told at the fields of the form that it came from."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from chronicle.drafting.drafts import Draft
from chronicle.drafting.forms.fields import Fault, Spot
from chronicle.drafting.forms.layout import EVENT
from chronicle.problems import Problem, Severity
from chronicle.yamlfile import Plain, Route, read_yaml

_DAYS: Final = ("date", "reported", "published", "as_of", "added")
MENDS: Final = {
    "Let it end before this word, or put … in place of words that it can spare.": (
        "Let it end earlier, or put … in place of words that it can spare."
    ),
    "Delete it; claims and figures name their sources under `sources:`.": (
        "Delete it; which source shows it is asked in a field of its own."
    ),
    "Correct the day; a figure that joined later needs a line under `corrections:`.": "Correct the day.",
}
"""What the checks propose in words that suit only somebody who sees the file, and what a form says instead."""
_LABELS: Final = {field.key: field.label for field in EVENT.fields}
_KEY = re.compile(r"`([a-z_]+):?`")


def retell(draft: Draft, spots: Mapping[Route, Spot], doubtful: Collection[Spot]) -> Iterator[Fault]:
    """The errors of a draft at their places in the form, `spots` telling whence each value came.

    Of values that stand in for others nothing is told, nor of any day where one of the days is such a value.
    """
    routes = _find_lines(draft, spots)
    days_unsure = any(_is_day(route) and spot in doubtful for route, spot in spots.items())
    for problem in draft.problems:
        if problem.severity is Severity.ERROR:
            route = _find_route(problem, routes, spots) if problem.path == draft.path else next(iter(spots))
            if spots[route] not in doubtful and not (days_unsure and _is_day(route)):
                yield Fault(spots[route], _reword(problem.what, spots), _reword(MENDS.get(problem.mend, problem.mend), spots))


def _is_day(route: Route) -> bool:
    return bool(route) and route[-1] in _DAYS


def _find_lines(draft: Draft, spots: Mapping[Route, Spot]) -> list[tuple[int, int, Route]]:
    """The line of the key of every route that stands in the draft, in their order; the deepest last."""
    file, _ = read_yaml(draft.path, draft.text.encode())
    if file is None:
        return []
    return sorted((file.place_of_key(route)[0], len(route), route) for route in spots if _holds(file.data, route))


def _holds(data: Plain, route: Route) -> bool:
    for key in route:
        if isinstance(data, dict) and key in data:
            data = data[str(key)]
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return False
    return True


def _find_route(problem: Problem, routes: list[tuple[int, int, Route]], spots: Mapping[Route, Spot]) -> Route:
    at = bisect_right(routes, problem.line, key=lambda each: each[0])
    route: Route = routes[at - 1][2] if at else next(iter(spots))
    named = _KEY.match(problem.what)
    if named and len(route) == 1 and (named[1],) in spots:
        return (named[1],)
    return route


def _reword(text: str, spots: Mapping[Route, Spot]) -> str:
    """A sentence about the keys of a file as one about the fields of the form."""
    text = re.sub(r"^`[\w-]+`: ", "", text)
    text = re.sub(r"Add a line (?=`)", "Fill in ", text)

    def name(key: re.Match[str]) -> str:
        spot = spots.get((key[1],))
        label = spot.label if spot else _LABELS.get(key[1])
        return f"“{label}”" if label else key[0]

    return _KEY.sub(name, text)
