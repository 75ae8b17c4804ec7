"""Forms on GitHub by which people who never edit a file add an event, a correction or a source: made, read, and answered."""

from chronicle.forms.github import make_forms
from chronicle.forms.reply import reply
from chronicle.forms.take import Taken, save_taken, take_form

__all__ = ["Taken", "make_forms", "reply", "save_taken", "take_form"]
