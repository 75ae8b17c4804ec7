"""The files in chronology/, read into one chronology, and all that is wrong with them."""

from chronicle.load.entries import MARK_LEFT, read_event
from chronicle.load.loading import ACTORS, EVENTS, FOLDER, PLACES, SETTING, Loaded, load

__all__ = ["ACTORS", "EVENTS", "FOLDER", "MARK_LEFT", "PLACES", "SETTING", "Loaded", "load", "read_event"]
