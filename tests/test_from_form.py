"""From a form to an entry: what is written, what is answered, and what strangers cannot bring about."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chronicle import cli
from chronicle.check import days, handles, wording
from chronicle.drafting.forms import Taken, reply, save_taken, take_form
from chronicle.drafting.forms.issue import read_issue
from chronicle.drafting.forms.layout import PARTS
from chronicle.drafting.forms.places import find_places
from chronicle.drafting.forms.reply import say
from chronicle.drafting.forms.retell import MENDS
from chronicle.load import load
from chronicle.model import Chronology, Event
from chronicle.model.scalars import FOOTNOTE
from chronicle.pages.text import as_plain
from chronicle.problems import Severity
from chronicle.site import build_docs
from chronicle.yamlfile import HIDDEN, read_yaml
from conftest import ROOT
from form_texts import FORM_BY_NAME, render
from test_diff import HOSTILE, reaches_out
from test_new import HARD_TO_WRITE, flat

FORMS_FOLDER = Path(__file__).parent / "forms"
GOLDEN = Path(__file__).parent / "golden" / "form-answer.md"
TODAY = date(2026, 11, 22)
NEW = "council-asks-for-a-second-inspection-of-the-piers"
NEW_PATH = f"chronology/events/1998/{NEW}.yml"
CLOSED = "chronology/events/1998/harbour-bridge-closed.yml"
MINIMAL = {
    "title": "Council asks for a second inspection",
    "date": "1998-11-05",
    "kind": "Statement",
    "certainty": "Claimed",
    "summary": "The council asked for a second inspection.",
    "topics": "Safety",
    "url": "https://courier.example.org/1998/45/",
    "source_title": "Second look at piers",
    "publisher": "The Ellery Courier",
    "type": "Town medium",
    "published": "1998-11-06",
    "says": "A second inspection is needed.",
}
CORRECTION = {"event": "harbour-bridge-closed", "what": "One thing is another", "why": "It was wrong."}
SOURCE = {
    "event": "harbour-bridge-closed",
    "url": "https://coast.example.org/1998/0317/7",
    "source_title": "Port Ellery bridge shut",
    "publisher": "Coast Wire",
    "type": "News agency",
    "published": "1998-03-17",
    "says": "Divers looked at the other piers.",
}
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The entries of the made-up project alone: all that a form needs."""
    root = tmp_path / "folder" / "project"
    shutil.copytree(ROOT / "tests" / "project" / "chronology", root / "chronology")
    return root


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in the made-up project; the text of the issue is given on the standard input."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return lambda text, *words: CliRunner().invoke(
        cli.main, ["--root", str(project), "from-form", *(words or ["-"])], input=text
    )


def sample(name: str) -> str:
    return (FORMS_FOLDER / f"{name}.md").read_text(encoding="utf-8")


def chronology_of(project: Path) -> Chronology:
    found = load(project).chronology
    assert found
    return found


def take(project: Path, text: str) -> Taken:
    return take_form(text, load(project), project, TODAY)


def fill(project: Path, name: str, answers: dict[str, str]) -> str:
    return render(FORM_BY_NAME[name], answers, chronology_of(project).setting)


def told(project: Path, name: str, answers: dict[str, str]) -> list[str]:
    """What is wrong with these answers: heading, part, what and how to mend it."""
    faults = take(project, fill(project, name, answers)).faults
    return [f"{fault.spot.label} {fault.spot.part}: {fault.what} {fault.mend}" for fault in faults]


def saved(project: Path, text: str) -> Event:
    """The event that a form makes or changes, read again from the project."""
    taken = take(project, text)
    assert taken.faults == ()
    assert taken.draft
    save_taken(taken, project)
    loaded = load(project)
    assert loaded.problems == ()
    assert loaded.chronology
    return loaded.chronology.event_by_slug[Path(taken.draft.path).stem]


def assert_harmless(markdown: str) -> None:
    """Nobody is called, nothing is linked, shown as a picture, hidden, or told to GitHub as a command."""
    assert reaches_out(markdown) == []
    assert "::" not in markdown
    assert not HIDDEN.search(markdown.replace("\u200b", ""))  # the sign that keeps a name from being called
    assert len(markdown) < 65_000


# A new event


@pytest.mark.parametrize(
    ("name", "path"),
    [("event", NEW_PATH), ("correction", CLOSED), ("source", CLOSED), ("change-by-hand", CLOSED),
     ("hostile-yaml", "chronology/events/1998/council-asks-for-a-second-inspection-1-at-once.yml")],
)  # fmt: skip
def test_a_form_becomes_an_entry_that_passes_the_check_and_is_built(run: Run, project: Path, name: str, path: str) -> None:
    result = run("", str(FORMS_FOLDER / f"{name}.md"))
    assert result.exit_code == 0, result.output
    assert f"The file is `{path}`." in result.stdout
    built = build_docs(project, project / "docs")
    assert [problem for problem in built.problems if problem.severity is Severity.ERROR] == []
    assert (project / "docs" / "events" / Path(path).stem / "index.md").is_file()


def test_every_answer_stands_in_its_place_and_nothing_else(project: Path) -> None:
    event = saved(project, sample("event"))
    assert (event.date.edtf, event.reported, event.kind, event.certainty_now) == ("1998-11-05", None, "statement", "claimed")
    assert [(claim.by, claim.sources) for claim in event.claims] == [
        ("town-council", ("ellery-courier", "port-ellery-harbour-authority")),
        ("harbour-authority", ("port-ellery-harbour-authority", "ellery-gazette")),
        ("ines-marlow", ("ellery-gazette",)),
    ]
    (figure,) = event.figures
    assert (figure.measure, figure.value.words(), figure.by, figure.sources) == (
        "cost",
        "about 12,000",
        "town-council",
        ("ellery-courier",),
    )
    assert FOOTNOTE.findall(event.summary) == ["ellery-courier", "port-ellery-harbour-authority", "ellery-courier"]
    assert (event.topics, event.places) == (("safety", "repair"), ("harbour-bridge", "port-ellery"))
    gazette = event.sources["ellery-gazette"]
    assert (gazette.published, gazette.language, gazette.relays, gazette.author) == (
        None,
        "fr",
        ("harbour-authority", "ines-marlow"),
        "J. Corrie",
    )
    assert (event.annotation, event.relations, event.milestone, event.corrections) == (None, (), False, ())
    assert event.added == TODAY


def test_the_least_that_is_needed_is_enough(project: Path) -> None:
    event = saved(project, fill(project, "event", MINIMAL))
    assert (event.figures, event.places, event.actors) == ((), (), ())
    assert event.claims[0].by is None
    assert event.summary == "The council asked for a second inspection.[^ellery-courier]"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_it_does_not_matter_how_lines_end(project: Path, line_end: str) -> None:
    assert saved(project, "\ufeff" + sample("event").replace("\n", line_end)).slug == NEW


@pytest.mark.parametrize("key", ["date", "title", "kind", "certainty", "summary", "topics", "url", "source_title",
                                 "publisher", "type", "says"])  # fmt: skip
def test_an_empty_answer_that_is_needed_is_told_and_never_filled(project: Path, key: str) -> None:
    for empty in ("_No response_", "", "   "):
        (fault,) = told(project, "event", {**MINIMAL, key: empty})
        assert fault.startswith(f"{FORM_BY_NAME['event'].field(key).label} : This must have an answer. ")


def test_all_mistakes_are_told_at_once_each_at_its_heading(project: Path, renew: bool) -> None:
    taken = take(project, sample("poor-event"))
    answer = reply(taken)
    if renew:
        GOLDEN.write_text(answer, encoding="utf-8")
    assert answer == GOLDEN.read_text(encoding="utf-8")
    assert taken.draft is None
    order = [field.label for field in FORM_BY_NAME["event"].fields]
    places = [order.index(fault.spot.label) for fault in taken.faults]
    assert places == sorted(places)
    assert_harmless(answer)


def test_a_poor_form_writes_nothing(run: Run, project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    result = run(sample("poor-event"))
    assert result.exit_code == 1
    assert result.stdout == GOLDEN.read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"published": "1998-11"}, "When the public could first know : “When the public could first know” is missing"),
        ({"reported": "1998-11-01"}, "When the public could first know : 1 November 1998 is before it happened"),
        ({"title": "x" * 120}, "Headline : The title has too few words"),
        ({"title": "x" * 121}, "Headline : 121 characters are more than 120. Shorten it; the summary can say the rest."),
        ({"title": "Word " * 30}, "Headline : 149 characters are more than 120"),
        ({"title": "다리 폐쇄"}, "Or give it another name under “A short name for the entry”."),
        ({"title": "Harbour bridge closed"}, "Headline : The name `harbour-bridge-closed` is taken by"),
        ({"name": "bridge-closed"}, "A short name for the entry : The name `bridge-closed` is taken by"),
        ({"kind": "Quarrel"}, "Kind of event : “Quarrel” is not one of the words"),
        ({"by": "Управление порта Эллери"}, ""),
        ({"by": "Nobody at all"}, "Who says so : “Nobody at all” is not one of the words"),
        ({"language": "French"}, "Language of the source : “French” is not a language code"),
        ({"cites": "the first"}, "Which of your sources show it : “the first” is not the number of a source of yours."),
        ({"cites": "2"}, "You name 1: write 1."),
        ({"cites": "1" * 4_301}, "Which of your sources show it : “1111"),
        ({"cites": "1, 00001"}, "Which of your sources show it : “1, 00001” is not the number of a source of yours."),
        ({"summary": "It was so.[2]"}, "“[2]” is not the number of a source of yours."),
        ({"summary": "It was so.[^courier]"}, "A source is named here by something else than its number."),
        ({"value": "12"}, "What was counted : This must have an answer."),
        ({"measure": "Letters", "value": "12", "as_of": "1998"}, "The day of the number : “1998” is not one whole day"),
        ({"measure": "Letters", "value": "12", "as_of": "2099-01-01"}, "The day of the number : 1 January 2099 is after"),
        ({"summary": "x" * 5001}, "This answer has 5,001 characters."),
        ({"says": "It was\u202eso."}, "A sign that nobody sees stands after “It was”."),
        ({"more_sources": "Address: https://b.example.org\nTitle: B\nPublisher: B\nType: Newspaper", "summary": "It was so.[1]"},
         "Further sources source 2: Nothing that you say rests on this source."),
        ({"more_sources": "Address: https://courier.example.org/1998/45/#x\nTitle: B\nPublisher: B\nType: Newspaper",
          "cites": "1, 2", "summary": "It was so.[1]"},
         "Further sources source 2, “Address”: `ellery-courier` has the same address"),
        ({"more_sources": "Address: https://b.example.org\nAddress: https://c.example.org"}, "source 3, “Title”"),
        ({"more_claims": "Fact: a\nFact: b\nWho: Ines Marlow\nWho: Ines Marlow"}, "There are two lines “Who:” in it."),
        ({"more_claims": "Facts: a"}, "stands before the first line “Fact:”."),
        ({"more_claims": "Fact: a\nWhom: b"}, "Did you mean “Who:”?"),
        ({"title": "Council <!-- here --> asks"}, "Headline : “<!-- here -->” is a comment, which nobody sees on GitHub,"),
        ({"summary": "It was so. <!-- to be"}, "“<!-- to be” is a comment"),
        ({"by": "Marlow"}, "“Marlow” is not one of the words that may stand here. Did you mean “Ines Marlow”? If it is"),
        ({"relays": "Council"}, "Did you mean “Port Ellery Town Council”?"),  # and not the Courier, which is only spelt like it
        ({"relays": "Port Ellery"}, "Did you mean “Port Ellery Harbour Authority” or “Port Ellery Town Council”?"),
        ({"url": "https://a.example.org/, https://b.example.org/"}, "Address of the source : more than one address stands here."),
        ({"measure": "Cost", "value": "12,000", "as_of": "1998-11-05"}, "Write 12000 for “12,000”."),
        ({"more_claims": "Fact: a\n" * 51}, "There are 51 of them."),
        ({"more_figures": "Count: Letters\nNumber: 3\nDay: 1998-11-05"}, ""),
        ({"ready": "- [ ] a\n- [X] b"}, "Before you send it : 1 of 2 boxes are ticked."),
    ],
)  # fmt: skip
def test_each_mistake_is_told_in_words_at_its_heading(project: Path, changes: dict[str, str], fault: str) -> None:
    found = told(project, "event", {**MINIMAL, **changes})
    assert any(fault in each for each in found) if fault else found == []


def test_two_forms_in_one_text_are_one_mistake(project: Path) -> None:
    text = fill(project, "event", MINIMAL)
    (fault,) = take(project, f"{text}\n\n{text}").faults
    assert fault.what == "The text holds the whole form more than once, and only one entry can be made of it."


def test_a_source_on_which_nothing_rests_is_told_once(project: Path) -> None:
    more = "Address: https://b.example.org/1\nTitle: B\nPublisher: B\nType: Newspaper"
    (fault,) = told(project, "event", {**MINIMAL, "more_sources": more, "summary": "It was so.[1]"})
    assert fault.startswith("Further sources source 2: Nothing that you say rests on this source.")


@pytest.mark.parametrize(
    "first",
    [{"date": "17 Nov 1998"}, {"url": "here"}, {"summary": "It was so.[9]"}, {"by": "Nobody"}, {"measure": "Cost"}, {"kind": ""}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_form_with_a_mistake_in_one_part_is_examined_in_the_others(project: Path, first: dict[str, str]) -> None:
    others = {"title": "Council asks.", "says": "It is so.[^x]", "quote": "word " * 26, "relays": "Marlow"}
    alone = set(told(project, "event", {**MINIMAL, **first}))
    together = set(told(project, "event", {**MINIMAL, **first, **others}))
    assert alone
    assert {each.partition(" :")[0] for each in together - alone} == {
        "Headline", "What the source shows", "The sentence in the source that shows it", "Whose words the source passes on",
    }  # fmt: skip


def test_a_correction_with_a_value_that_cannot_be_read_is_examined_in_its_other_parts(project: Path) -> None:
    answers = {**CORRECTION, "now": "17 March 1998", "right": "April 31", "why": "", "shown": "here"}
    assert [each.partition(" :")[0] for each in told(project, "correction", answers)] == [
        "What it should say", "Why it is changed", "Address of a page that shows it",
    ]  # fmt: skip


def test_a_line_without_a_word_of_the_form_goes_on_with_the_one_above(project: Path) -> None:
    more = "- **Fact:** The piers\n  are sound: all three.\n\nWho: Harbour Authority\n\n\nFact： A second one."
    event = saved(project, fill(project, "event", {**MINIMAL, "more_claims": more}))
    assert [claim.says for claim in event.claims[1:]] == ["The piers are sound: all three.", "A second one."]
    assert event.claims[1].by == "harbour-authority"


def test_what_may_be_a_duplicate_is_named_in_the_proposal(project: Path) -> None:
    taken = take(project, fill(project, "event", {**MINIMAL, "date": "1998-03", "published": "1998-03-19",
                                                  "title": "Harbour bridge is closed after crack"}))  # fmt: skip
    assert f"`{CLOSED}`: `Harbour bridge closed after a crack is found`" in reply(taken)


def test_what_the_checks_propose_to_those_who_see_the_file_is_still_proposed_by_them() -> None:
    source = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (days, handles, wording))
    assert [mend for mend in MENDS if f'"{mend}"' not in source] == []


# A correction


def test_a_correction_changes_one_value_and_adds_one_line_under_corrections(project: Path) -> None:
    before = (project / CLOSED).read_bytes()
    saved(project, sample("correction"))
    added = (
        b"  - date: 2026-11-22\n    what: Vehicles diverted, 11,000 to 13,000, is 11,000 to 12,500\n"
        b"    why: The Gazette corrected its number on the next day.\n"
    )
    expected = before.replace(b"value: 11000 to 13000", b"value: 11000 to 12500").replace(b"formerly:", added + b"formerly:")
    assert (project / CLOSED).read_bytes() == expected


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_comments_order_and_line_ends_stay(project: Path, line_end: bytes) -> None:
    path = project / "chronology/events/1998/repair-begins.yml"
    text = path.read_bytes().replace(b"kind: works", b'kind:   "works"  # as the Gazette has it')
    path.write_bytes(text.replace(b"\n", line_end))
    before = path.read_bytes()
    saved(project, fill(project, "correction", {**CORRECTION, "event": "repair-begins"}))
    added = b"corrections:\n  - date: 2026-11-22\n    what: One thing is another\n    why: It was wrong.\n"
    assert path.read_bytes() == before + added.replace(b"\n", line_end)


@pytest.mark.parametrize(
    ("now", "right", "part", "line"),
    [
        ("closed after a crack is found", "shut after a crack is seen", "_No response_",
         "title: Harbour bridge shut after a crack is seen"),
        ("at least 9,000", "at least 9,500", "_No response_", "    value: at least 9500"),
        ("17 March 1998", "1998-03-16", "_No response_", "date: 1998-03-16"),
        ("17 March 1998", "March 16, 1998", "_No response_", "date: 1998-03-16"),
        ("less than 14,000", "fewer than ten thousand", "_No response_", "    value: less than 10000"),
        ("Ines Marlow", "The night watchman of the eastern quay", "Who says it", "  - by: night-watchman"),
        ("closed the bridge", "closed the harbour bridge", "The summary",
         "  Inspectors found a crack in the eastern pier and closed the harbour bridge to traffic.[^notice]"),
        ("Notice 14/98, closure", "Notice 14/98: closure", "_No response_",
         "    title: 'Notice 14/98: closure of the harbour bridge'"),
        ("Safety", "Repair", "_No response_", "topics: [repair, traffic]"),
    ],
)  # fmt: skip
def test_words_copied_from_the_page_are_found_in_the_file(project: Path, now: str, right: str, part: str, line: str) -> None:
    before = (project / CLOSED).read_text(encoding="utf-8").split("\n")
    answers = {**CORRECTION, "now": now, "right": right, "part": part}
    taken = take(project, fill(project, "correction", answers))
    assert taken.faults == ()
    assert taken.draft
    after = taken.draft.text.split("\n")
    changed = [new for old, new in zip(before, after, strict=False) if old != new]
    assert changed[0] == line
    assert len(after) == len(before) + 3


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"event": "harbour-bridge-close"}, "Which entry : No entry is found under “harbour-bridge-close”. Did you mean"),
        ({"event": "../../../etc/passwd"}, "Which entry : No entry is found under"),
        ({"event": "_No response_"}, "Which entry : This must have an answer."),
        ({"now": "The Gazette"}, "What it should say : This must have an answer, as its counterpart has one."),
        ({"right": "The Gazette"}, "What it says now : This must have an answer, as its counterpart has one."),
        ({"now": "no such words", "right": "x"}, "What it says now : “no such words” does not stand in the entry."),
        ({"now": "The Ellery Gazette", "right": "x"}, "stands 2 times in the entry. Copy more of the words around it"),
        ({"now": "The Ellery Gazette", "right": "x"}, "Or leave the three fields"),
        ({"now": "crack", "right": "x"}, "Or choose under “Where these words stand”; it stands in: “The headline”,"),
        ({"now": "bridge", "right": "x", "part": "A number"}, "does not stand in the entry in the part that you chose."),
        ({"now": "17 March 1998", "right": "03/04/1998"}, "What it should say : “03/04/1998” is not in the form"),
        ({"now": "17 March 1998", "right": "April 31, 1998"}, "“April 31, 1998”: April 1998 has no day 31. Check it with the"),
        ({"now": "17 March 1998", "right": "March 17, 1998"}, "What it should say : This is what it says already."),
        ({"now": "17 March 1998", "right": "19 March 1998"}, "18 March 1998 is before it happened Correct the day; or, if "
         "another has to change with it, leave the three fields for the change empty and describe both under “What is changed”"),
        ({"now": "18 March 1998", "right": "19 March 1998", "part": "When the public could know"},
         "when the event became public Correct the day; or, if another"),
        ({"event": "repair-begins", "now": "9 June 1998", "right": "1 June 1998", "part": "Something else about a source"},
         "What it should say : “When the public could first know” is missing, and the earliest “When the source appeared”"),
        ({"now": "17 March 1998", "right": "1999-03-17"}, "What it should say : the year is not that of the folder"),
        ({"now": "closed the bridge", "right": "closed it.[^nobody]"}, "What it should say : “nobody” is not listed"),
        ({"now": "at least 9,000", "right": "many"}, "What it should say : “many” is not a number"),
        ({"what": "_No response_"}, "What is changed : This must have an answer."),
        ({"shown": "here"}, "Address of a page that shows it : “here” is not a web address"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_correction_is_told_at_its_heading(project: Path, changes: dict[str, str], fault: str) -> None:
    found = told(project, "correction", {**CORRECTION, **changes})
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    "name",
    ["https://bridge.example.org/events/harbour-bridge-closed/", "https://x.example.org/events/bridge-closed/?a=b#c", CLOSED,
     "Harbour-Bridge-Closed", "harbour-bridge-shut", "Harbour bridge closed after a crack is found"],
)  # fmt: skip
def test_an_entry_is_known_by_its_address_its_file_its_names_and_its_headline(project: Path, name: str) -> None:
    assert saved(project, fill(project, "correction", {**CORRECTION, "event": name})).slug == "harbour-bridge-closed"


def test_an_entry_that_cannot_be_read_is_left_to_an_editor(project: Path) -> None:
    (project / CLOSED).write_text("date: [", encoding="utf-8")
    (fault,) = told(project, "correction", CORRECTION)
    assert "has a mistake of its own" in fault


def test_a_change_that_an_editor_has_to_make_is_said_to_be_one(project: Path) -> None:
    answer = reply(take(project, sample("change-by-hand")))
    assert "**The change itself has still to be made in the file**" in answer
    assert "still to be made" not in reply(take(project, sample("correction")))


def test_what_was_wrong_before_is_not_told_to_whoever_corrects_something_else(project: Path) -> None:
    path = project / CLOSED
    path.write_text(path.read_text(encoding="utf-8").replace("kind: closure", "kind: quarrel"), encoding="utf-8")
    assert told(project, "correction", CORRECTION) == []


# A source


def test_a_source_joins_under_a_handle_of_its_own_and_shows_what_it_is_said_to_show(project: Path) -> None:
    before = (project / CLOSED).read_bytes()
    event = saved(project, sample("source"))
    assert event.claims[0].sources == ("notice", "coast-wire")
    assert (event.claims[-1].says, event.claims[-1].sources) == (
        "Divers looked at the other two piers on the same evening.",
        ("coast-wire",),
    )
    after = (project / CLOSED).read_bytes().split(b"\n")
    gone = [line for line in before.split(b"\n") if line not in after]
    assert gone == [b"    sources: [notice]"]
    assert (project / CLOSED).read_bytes().count(b"\n") == before.count(b"\n") + 9


def test_a_handle_that_is_taken_gets_a_number(project: Path) -> None:
    answers = {**SOURCE, "publisher": "Notice", "shows": "2"}
    event = saved(project, fill(project, "source", answers))
    assert "notice-2" in event.sources
    assert event.claims[1].sources == ("interview", "notice-2")


def test_of_a_source_that_shows_nothing_no_more_is_told_than_that(project: Path) -> None:
    (nothing,) = told(project, "source", {**SOURCE, "says": "_No response_"})
    (unknown,) = told(project, "source", {**SOURCE, "says": "_No response_", "shows": "A flood"})
    assert "A source must show something" in nothing
    assert "is none of its facts" in unknown


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"says": "_No response_"}, "Which fact of the entry it shows : A source must show something"),
        ({"shows": "reported"}, ""),
        ({"shows": "The crack"}, "“The crack” stands in 2 facts of the entry."),
        ({"shows": "A flood"}, "“A flood” is none of its facts. Copy more of its words from the page, or give its number,"),
        ({"shows": "3"}, "“3” is none of its facts."),
        ({"shows": "0000019"}, "Which fact of the entry it shows : “0000019” is none of its facts."),
        ({"shows": "000001" + "0" * 4_300}, "Which fact of the entry it shows : “0000010"),
        ({"shows": "“had been reported twice before.”"}, ""),
        ({"url": "https://gazette.example.org/1998/03/19/bridge"}, "Address of the source : `gazette` has the same address"),
        ({"by": "Nobody"}, "Who says so : “Nobody” is not one of the words"),
        ({"type": "_No response_"}, "Type of source : This must have an answer."),
        ({"quote": "word " * 26}, "The sentence in the source that shows it : 26 words are more than 25"),
    ],
)
def test_a_mistake_in_a_source_is_told_at_its_heading(project: Path, changes: dict[str, str], fault: str) -> None:
    found = told(project, "source", {**SOURCE, **changes})
    assert any(fault in each for each in found) if fault else found == []


# Strangers


@pytest.mark.parametrize("file", sorted(FORMS_FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_whatever_is_answered_calls_nobody_and_links_to_nothing(project: Path, file: Path) -> None:
    assert_harmless(reply(take(project, file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", ["hostile-paths", "hostile-headings", "hostile-markdown", "hostile-correction"])
def test_a_hostile_form_writes_nothing_anywhere(run: Run, project: Path, name: str) -> None:
    around = project.parents[1]
    before = sorted(around.rglob("*"))
    assert run(sample(name)).exit_code == 1
    assert sorted(around.rglob("*")) == before


def test_yaml_in_an_answer_is_nothing_but_words(project: Path) -> None:
    event = saved(project, sample("hostile-yaml"))
    issue = read_issue(sample("hostile-yaml"), chronology_of(project).setting)
    assert issue
    assert event.title == issue.answers["title"]
    source = next(iter(event.sources.values()))
    assert (source.title, source.quote) == (issue.answers["source_title"], issue.answers["quote"])
    assert flat(event.claims[0].says) == flat(issue.answers["says"])
    assert [claim.says for claim in event.claims[1:]] == ["~", "0555"]
    assert event.figures[0].note == "null"
    assert len(event.sources) == 3


@pytest.mark.parametrize("text", HARD_TO_WRITE)
def test_whatever_is_typed_is_read_back_as_it_was_typed(project: Path, text: str) -> None:
    words = flat(text)[:100].strip()
    answers = {**MINIMAL, "says": text, "source_title": words, "publisher": f"{words} Gazette", "author": words, "note": words,
               "measure": "Letters", "value": "3", "as_of": "1998-11-05"}  # fmt: skip
    event = saved(project, fill(project, "event", answers))
    (source,) = event.sources.values()
    assert (flat(event.claims[0].says), source.title, source.author) == (flat(text), words, words)
    assert event.figures[0].note == words
    corrected = saved(project, fill(project, "correction", {**CORRECTION, "what": words, "why": words}))
    assert (corrected.corrections[-1].what, corrected.corrections[-1].why) == (words, words)
    added = saved(project, fill(project, "source", {**SOURCE, "says": text, "source_title": words}))
    assert (flat(added.claims[-1].says), list(added.sources.values())[-1].title) == (flat(text), words)


@pytest.mark.parametrize("name", list(FORM_BY_NAME))
@pytest.mark.parametrize(
    "text", [*HARD_TO_WRITE[::4], *HOSTILE, *(f"“{text}” and ”{text}“" for text in HOSTILE), "### Headline", "\0"]
)
def test_whatever_stands_in_every_field_is_answered(project: Path, name: str, text: str) -> None:
    answers = {field.key: text for field in FORM_BY_NAME[name].fields}
    taken = take(project, fill(project, name, answers))
    assert taken.draft is None
    assert_harmless(reply(taken))


@pytest.mark.parametrize("text", ["Address: x\n" * 6000, "a, " * 20_000, "[1]" * 20_000, "`" * 60_000, "### Topics\n" * 5000,
                                  "Titel: x\n" * 6000, "Fact: y, z\n" * 6000, "“" * 60_000])  # fmt: skip
def test_sixty_thousand_signs_are_answered_briefly(project: Path, text: str) -> None:
    for key in ("summary", "relays", "more_sources", "more_claims", "remark", "actors", "topics"):
        assert_harmless(reply(take(project, fill(project, "event", {**MINIMAL, key: text}))))


def test_a_heading_that_stands_twice_is_believed_nowhere(project: Path) -> None:
    issue = read_issue(sample("hostile-headings"), chronology_of(project).setting)
    assert issue
    assert not {"topics", "url", "summary"} & set(issue.answers)
    assert issue.answers["source_title"] == "Second look at piers"
    assert [fault.spot.label for fault in issue.faults] == ["Topics", "Address of the source"]


def test_a_heading_that_is_of_no_form_belongs_to_the_answer(project: Path) -> None:
    text = fill(project, "event", {**MINIMAL, "summary": "It was so.\n\n### What it says now\n\n#### Topics\n\nIt was."})
    assert "### What it says now #### Topics" in flat(saved(project, text).summary.replace("[^ellery-courier]", ""))


def test_a_heading_that_is_gone_or_misplaced_is_told(project: Path) -> None:
    text = fill(project, "event", MINIMAL)
    gone = take(project, text.replace("### Topics\n", ""))
    assert [fault.what for fault in gone.faults] == [
        "The line “### Topics” is no longer in the text, so nobody can tell where this answer begins."
    ]
    kind = "### Kind of event\n\nStatement\n\n"
    moved = take(project, text.replace(kind, "").replace("### Topics", kind + "### Topics"))
    assert any("does not stand where the form had it" in fault.what for fault in moved.faults)


@pytest.mark.parametrize("text", ["", "Hello", "### Steps to reproduce\n\nNone", "\n" * 1000, "# Headline"])
def test_a_text_that_is_no_form_is_answered_so(run: Run, text: str) -> None:
    result = run(text)
    assert result.exit_code == 1
    assert result.stdout.startswith("**This is not the text of one of the forms**")


def test_bytes_that_are_no_text_are_answered_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "form.md"
    file.write_bytes(sample("event").encode().replace(b"second inspection of the piers.", b"\xff\xfe"))
    assert run("", str(file)).exit_code in (0, 1)


def test_without_a_chronology_the_form_is_not_to_blame(run: Run, project: Path) -> None:
    (project / "chronology/chronology.yml").write_text("title: only", encoding="utf-8")
    assert run(sample("event")).exit_code == 2


def test_a_file_that_cannot_be_saved_is_told_and_never_answered_as_made(run: Run, project: Path) -> None:
    (project / "chronology/events/1999").write_text("a file where a folder has to be", encoding="utf-8")
    later = {**MINIMAL, "date": "1999-11-05", "published": "1999-11-06"}
    result = run(fill(project, "event", later))
    assert (result.exit_code, result.stdout) == (3, "")
    path = "chronology/events/1999/council-asks-for-a-second-inspection.yml"
    assert result.stderr == f"Error: {path} could not be saved, so nothing has changed: File exists.\n"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("“x” is not a date.", "`x` is not a date."),
        ("write `1998`.", "Write `1998`."),
        ("“x” @team “y” is nothing.", "`x` @\u200bteam `y` is nothing."),
        ("“`x`” is nothing", "`` `x` `` is nothing"),
        ("“a](b)” [c](d)", "`a](b)` \\[c\\](d)"),
        ("“” is nothing", "“” is nothing"),
        (f"“{'x' * 1000}” is nothing", f"`{'x' * 159}…` is nothing"),
    ],
)
def test_strangers_words_stand_as_code(sentence: str, shown: str) -> None:
    assert say(sentence) == shown


def test_the_samples_have_all_headings_of_their_form(project: Path) -> None:
    for name in ("event", "correction", "source"):
        issue = read_issue(sample(name), chronology_of(project).setting)
        assert issue
        assert (issue.form.name, issue.faults) == (name, ())
        assert set(issue.answers) == {field.key for field in issue.form.fields}


def test_a_fact_is_found_without_the_stars_that_its_page_does_not_show(project: Path) -> None:
    claims = chronology_of(project).event_by_slug["harbour-bridge-closed"].claims
    assert as_plain(claims[1].says) != claims[1].says
    assert told(project, "source", {**SOURCE, "shows": as_plain(claims[1].says)}) == []


def test_every_part_that_words_may_stand_in_can_be_chosen(project: Path) -> None:
    chronology = chronology_of(project)
    for event in chronology.events:
        file, _ = read_yaml(event.path, (project / event.path).read_bytes())
        assert file
        for words in ("e", "Port Ellery Harbour Authority", "safety"):
            assert {place.part for place in find_places(file.data, words, "", chronology)} <= set(PARTS)
