"""What in a project belongs to its chronology; all else is the program, which every chronology shares."""

from typing import Final

OWN: Final = (
    ".github/ISSUE_TEMPLATE",  # made from chronology.yml
    "CHANGELOG.md",
    "LICENSE-DATA",
    "README.md",
    "chronology",
    "docs/about",
    "docs/assets/screenshots",
    "tests/golden/flagship-counts.txt",
    "tests/test_flagship.py",
)
"""The files and folders that tell of a subject. Beside them only the head of `SETTINGS` does, down to `BORDER`."""

SETTINGS: Final = "mkdocs.yml"
BORDER: Final = "# From here on everything belongs to the program."


def is_own(path: str) -> bool:
    """Whether a file, by its path in the project, belongs to the chronology."""
    return any(path == own or path.startswith(f"{own}/") for own in OWN)


def change_head(settings: str, head: str) -> str:
    """The text of `SETTINGS` with another head; raises ValueError where nothing parts its head from the rest."""
    _, border, rest = settings.partition(BORDER)
    if not border:
        raise ValueError(f"{SETTINGS} has no line “{BORDER}”")
    return f"{head}\n{border}{rest}"
