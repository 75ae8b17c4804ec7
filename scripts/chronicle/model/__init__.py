"""The frozen records of a chronology, and all that can be told from them alone."""

from chronicle.model.entry import (
    Actor,
    Certainty,
    CertaintyFrom,
    Chronology,
    Claim,
    Correction,
    Entry,
    Event,
    Figure,
    Place,
    Relation,
    Source,
    Tie,
    UrlStatus,
)

__all__ = [
    "Actor",
    "Certainty",
    "CertaintyFrom",
    "Chronology",
    "Claim",
    "Correction",
    "Entry",
    "Event",
    "Figure",
    "Place",
    "Relation",
    "Source",
    "Tie",
    "UrlStatus",
]
