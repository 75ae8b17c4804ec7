"""A citation in words, by a style of the Citation Style Language (CSL 1.0.2) that stands beside this module."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from chronicle.citations.csl import csl_item
from chronicle.citations.works import Work

_STYLE = Path(__file__).with_name("entry.csl")
# A processor takes longer for a citation than all else takes for a page. So it writes one for each day of change, with
# signs that no language uses where the works differ. Nor does it then see what is typed into a headline.
_TITLE, _VERSION, _ADDRESS = "\ue000", "\ue001", "\ue002"


def cited_in_words(work: Work) -> str:
    """The citation of an entry, which ends with its address: the headline in it stands as it is, word for word."""
    value = {_TITLE: work.title, _VERSION: work.version or "", _ADDRESS: work.url}
    frame = _frame(replace(work, key="", title=_TITLE, version=_VERSION, url=_ADDRESS, added=None, notes=()))
    return "".join(value.get(part, part) for part in re.split(f"([{''.join(value)}])", frame))


@cache
def _frame(work: Work) -> str:
    return process(work)


def process(work: Work) -> str:
    """What the CSL processor writes for a work."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # noqa: PLC0415  (it takes its time)
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    item = {**csl_item(replace(work, added=None)), "id": "cited"}  # of the day it was added, it knows nothing
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem("cited")]))
    return str(bibliography.bibliography()[0])


@cache
def _style() -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415

    return CitationStylesStyle(str(_STYLE), validate=False)
