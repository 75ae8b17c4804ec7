"""Why the parser cannot read a file, in our words."""

import re

from chronicle.problems import Problem
from chronicle.yamlfile import faults
from chronicle.yamlfile.source import Source

_WIDE_INDENT = re.compile(r"[ -]*(?P<blank>[\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_KEY_WITHOUT_BLANK = re.compile("[ -]*(?P<key>[^\\W\\d][\\w-]*)(?::(?=[^ \\t/])|\uff1a)")


def explain(message: str, index: int, opening: int, source: Source) -> Problem:
    """Tell a syntax error of the parser, in C or in Python, in our words.

    `message` is its own, `index` where it noticed it, `opening` where what it was reading then begins.
    """
    line, column = source.place_at(index)
    near = _find_wide_blank(line, source) or _find_key_without_blank(message, index, opening, source)
    if near:
        return near
    before, after = source.line(line)[: column - 1], source.line(line)[column - 1 :]
    fault = faults.find_syntax_fault(message, before, after)
    place = opening if fault.at_opening else index
    return source.problem(place, fault.what.replace("{sign}", source.text[place : place + 1]), fault.mend)


def _find_wide_blank(line: int, source: Source) -> Problem | None:
    """Look for an indentation with blanks of a web page in it, which the parser notices there or on the next line."""
    for suspect in range(line, max(0, line - 2), -1):
        if wide := _WIDE_INDENT.match(source.line(suspect)):
            return source.problem(source.line_starts[suspect - 1] + wide.start("blank"), *faults.WIDE_BLANK)
    return None


def _find_key_without_blank(message: str, index: int, opening: int, source: Source) -> Problem | None:
    """Look for `key:value` where the parser missed a colon, which it notices only on the next line."""
    if not re.search("mapping values|could not find expected ':'", message):
        return None
    line, _ = source.place_at(opening)
    suspect = line if opening < index else max(1, line - 1)
    key = _KEY_WITHOUT_BLANK.match(source.line(suspect))
    return key and source.problem(source.line_starts[suspect - 1] + key.end(), *faults.no_blank(key["key"]))
