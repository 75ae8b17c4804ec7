"""What whoever begins a chronology is asked, and what stands where nothing was answered."""

from collections.abc import Mapping
from typing import Final

from chronicle.drafting.new import Answers, Question
from chronicle.model.scalars import read_text, read_url, refuse
from chronicle.model.setting import read_site

LICENCES: Final = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""The licences to choose from, each with where its text can be read; another is written into the files afterwards."""


def _read_licence(value: object) -> str:
    text = read_text(value)
    if text in LICENCES:
        return text
    raise refuse(f"“{text}” is none of the licences that are known here", f"Use one of: {', '.join(LICENCES)}.")


QUESTIONS: Final = (
    Question("title", "The name of the chronology"),
    Question("subtitle", "The line below the name on the home page", needed=False),
    Question("description", "One sentence for search engines: what it tells, from when to when", needed=False),
    Question("editors", "Who answers for it: your names, or that of your newsroom", needed=False),
    Question("licence", f"The licence of its data and texts ({', '.join(LICENCES)})", _read_licence, needed=False),
    Question("repository", "The address at which its repository will be", read_url, needed=False),
    Question("site", "The address at which its site will be published", read_site, needed=False),
)
_UNANSWERED: Final = {
    "subtitle": "Fill in: the line below the name",
    "description": "Fill in: one sentence for search engines, what it tells and from when to when.",
    "editors": "The editors of the chronology",
    "licence": "CC BY 4.0",
    "repository": "https://git.example.org/fill-in",
    "site": "http://127.0.0.1:8000/",
}


def complete(answers: Answers) -> Mapping[str, str]:
    """The answers, with something that can stand, or that asks to be filled in, for each that is empty."""
    given = {key: " ".join(answer.split()) for key, answer in answers.items() if answer.strip()}
    said = {**_UNANSWERED, **given}
    return {**said, "site": read_site(said["site"]), "licence_url": LICENCES[said["licence"]]}
