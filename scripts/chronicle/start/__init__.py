"""A chronology of one’s own: what is the program’s in a project and what is not, and a clean beginning made of it."""

from chronicle.start.beginning import StartError, begin
from chronicle.start.belongings import BORDER, OWN, SETTINGS, is_own
from chronicle.start.questions import LICENCES, QUESTIONS, complete

__all__ = ["BORDER", "LICENCES", "OWN", "QUESTIONS", "SETTINGS", "StartError", "begin", "complete", "is_own"]
