"""What a form is made of: its headings, and the fields in which questions are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chronicle.drafting.new import Question
from chronicle.model.setting import Setting, Term


class Shape(StrEnum):
    """How a question is answered; the value is what GitHub calls it."""

    LINE = "input"
    TEXT = "textarea"
    CHOICE = "dropdown"
    TICKS = "checkboxes"


@dataclass(frozen=True, slots=True)
class Field:
    """A question with its heading in the form, the shape of its answer, and an example.

    `choices` are fixed answers with what they are called; those of a vocabulary come from chronology.yml. `parts` are the
    questions that are answered line by line in a text area for several sources, facts or numbers; the first of them
    begins a new one.
    """

    question: Question
    label: str
    shape: Shape = Shape.LINE
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["Field", ...] = ()

    @property
    def key(self) -> str:
        """The name by which the program knows the question."""
        return self.question.key


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the name of its file, what GitHub shows of it in the list, and its headings and fields in their order."""

    name: str
    title: str
    about: str
    parts: tuple[str | Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in their order."""
        return tuple(part for part in self.parts if isinstance(part, Field))

    def field(self, key: str) -> Field:
        """The field with that key."""
        return next(field for field in self.fields if field.key == key)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a form: the heading of a field and, in a text area for several, which one and which line of it."""

    label: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, and how to mend it; both may hold the words of strangers."""

    spot: Spot
    what: str
    mend: str = ""


def name_choices(field: Field, setting: Setting) -> Mapping[str, str]:
    """What a field offers for choice: every word with what it is called in the form, each only once."""
    if field.choices or not field.question.words or field.question.words in ("actors", "places"):
        return field.choices
    terms: Mapping[str, Term] = getattr(setting, field.question.words)
    called = [term.name.casefold() for term in terms.values()]

    def name(word: str, term: Term) -> str:
        """GitHub keeps “None” for itself."""
        is_clear = called.count(term.name.casefold()) == 1 and term.name.casefold() != "none"
        return term.name if is_clear else f"{term.name} ({word})"

    return {word: name(word, term) for word, term in terms.items()}
