"""Forms on GitHub by which people who never edit a file add an event, a correction or a source: made, read, and answered."""

from chronicle.drafting.forms.github import make_forms
from chronicle.drafting.forms.reply import reply
from chronicle.drafting.forms.take import Taken, save_taken, take_form

__all__ = ["Taken", "make_forms", "reply", "save_taken", "take_form"]
