"""How the chronology, its entries and their sources are cited, in the formats of reference managers and in words."""

from chronicle.citations.files import make_citations
from chronicle.citations.words import cited_in_words
from chronicle.citations.works import work_of_event

__all__ = ["cited_in_words", "make_citations", "work_of_event"]
