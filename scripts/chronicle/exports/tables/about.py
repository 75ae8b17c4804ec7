"""The table that says of the database what it is: whose it is, under which licence, how to cite it, of which day and version."""

from dataclasses import dataclass
from datetime import date

from chronicle.exports.data.files import VERSION
from chronicle.exports.tables.table import Column, Kind, Table
from chronicle.model import Chronology


@dataclass(frozen=True, slots=True)
class About:
    """A chronology with what it does not know of itself: how it is cited, and of which day it is."""

    chronology: Chronology
    cite: str
    as_of: date | None

    @property
    def changed(self) -> date | None:
        """The newest day on which an entry was added or corrected."""
        return max((event.changed for event in self.chronology.events), default=None)


ABOUT = "about"


def about_table(cite: str, as_of: date | None) -> Table[About]:
    """The table, with its one row."""
    return Table(
        ABOUT,
        "About",
        "What this database is: one row.",
        lambda reading: (About(reading.chronology, cite, as_of),),
        (
            Column("title", Kind.TEXT, lambda row: row.chronology.setting.title,
                   "The name of the chronology."),
            Column("description", Kind.TEXT, lambda row: row.chronology.setting.description,
                   "What it is, in a sentence."),
            Column("page", Kind.ADDRESS, lambda row: row.chronology.setting.site,
                   "Its address."),
            Column("editors", Kind.TEXT, lambda row: row.chronology.setting.editors,
                   "Who answers for it."),
            Column("licence", Kind.TEXT, lambda row: row.chronology.setting.licence.name,
                   "The licence of the data."),
            Column("licence_url", Kind.ADDRESS, lambda row: row.chronology.setting.licence.url,
                   "Where the licence can be read."),
            Column("cite", Kind.TEXT, lambda row: row.cite,
                   "How to cite it."),
            Column("language", Kind.TEXT, lambda row: row.chronology.setting.language,
                   "Code of the language in which the entries are written (BCP 47)."),
            Column("version", Kind.TEXT, lambda _: VERSION,
                   "The version of the shape of these tables, major.minor."),
            Column("date", Kind.DAY, lambda row: row.changed,
                   "The newest day on which an entry was added or corrected.", optional=True),
            Column("as_of", Kind.DAY, lambda row: row.as_of,
                   "What is here is what the public could know at the end of that day; empty for now.", optional=True),
        ),
        ("title",),
    )  # fmt: skip
