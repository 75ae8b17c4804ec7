"""Review: what a change to the entries means, read from two states that git holds, and what it still lacks."""

from chronicle.review.assess import Review, review
from chronicle.review.markdown import write_markdown
from chronicle.review.revisions import RevisionError
from chronicle.review.states import UnreadableError

__all__ = ["Review", "RevisionError", "UnreadableError", "review", "write_markdown"]
