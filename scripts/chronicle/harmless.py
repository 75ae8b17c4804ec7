"""Texts of strangers in Markdown for GitHub: shown as they are, able to do nothing.

GitHub looks for @names, #numbers and addresses in the text that its Markdown gives, so that no backslash and no entity
keeps it from linking them and from telling people; what does is a space of no width after the sign, as Dependabot writes it.
"""

import re
from typing import Final

from chronicle.problems import make_visible

_ESCAPES: Final = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_~[]|"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "$": "<span>$</span>",  # the way that GitHub documents to write a dollar that begins no formula
    }
)
_NOTHING: Final = "\u200b"
_REACHES_OUT = re.compile(r"[@#]|(?<=:)(?=//)|(?i:GH(?=-)|www(?=\.))")
_LONGEST: Final = 600
_CODE = re.compile(r"`([^`]+)`")
_BACKTICKS = re.compile("`+")


def harmless(text: str, longest: int = _LONGEST) -> str:
    """A text on one line of Markdown, in which nothing is a link, a mention, HTML or markup; cut where it is very long."""
    return _escape(_shorten(_show(text), longest))


def harmless_message(text: str) -> str:
    """A message of ours, which may hold texts of strangers: what stands between backticks as code, the rest harmless."""
    parts = _CODE.split(_shorten(_show(text), 2 * _LONGEST))
    return "".join(f"`{part}`" if at % 2 else _escape(part) for at, part in enumerate(parts))


def _show(text: str) -> str:
    return make_visible(" ".join(text.split()))


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text) - longest:,} more characters)"


def _escape(text: str) -> str:
    return _REACHES_OUT.sub(lambda found: f"{found.group()}{_NOTHING}", text).translate(_ESCAPES)


def as_code(text: str) -> str:
    """A name, a path or an address as code, in which GitHub looks for nothing."""
    shown = _shorten(_show(text), _LONGEST)
    fence = "`" * (_longest_run(shown) + 1)
    blank = " " if "`" in shown or not shown else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def as_block(text: str, language: str) -> str:
    """Lines of code, fenced so that nothing in them ends the fence."""
    lines = "\n".join(make_visible(line) for line in text.rstrip("\n").split("\n"))
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}{language}\n{lines}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)
