"""Files become records, and every mistake in them becomes a problem with its place and the way to mend it."""

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from chronicle.load import MARK_LEFT, load, read_event
from chronicle.model.amounts import rewrite_amount
from chronicle.model.scalars import read_quantity
from chronicle.problems import Problem
from small import ACTORS, ENTRY, SETTING, entry, write

PATH = "chronology/events/1998/bridge-closed.yml"


def _problems(text: str) -> list[Problem]:
    return list(read_event(PATH, text.encode()).problems)


def _one(text: str) -> tuple[str, str]:
    """Line and column with what is wrong, and the mend, of the only problem."""
    (problem,) = _problems(text)
    return f"{problem.line}:{problem.column} {problem.what}", problem.mend


def test_a_good_entry_becomes_an_event_whose_slug_is_the_name_of_its_file() -> None:
    file = read_event(PATH, ENTRY.encode())
    assert file.problems == ()
    assert file.event
    assert (file.event.slug, file.event.path, file.event.sources["a"].publisher) == (
        "bridge-closed",
        PATH,
        "The Gazette",
    )


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        (
            "title: Bridge closed",
            "titel: Bridge closed",
            "3:1 `titel`: no such key may stand here",
            "Did you mean `title`? ",
        ),
        ("kind: closure\n", "", "2:1 `kind`: this key is missing", "Add a line `kind:`. "),
        (
            "title: Bridge closed",
            "title:",
            "3:7 `title`: there is nothing written here",
            "Write the text after the colon",
        ),
        (
            "title: Bridge closed",
            "title: [a, b]",
            "3:8 `title`: a list stands where a single text belongs",
            "Write one text",
        ),
        ("date: 1998-03-17", "date: 17 March 1998", "2:7 `date`: ", ""),
        (
            "added: 2024-05-02",
            "added: 2024-05-02\nformerly: [Bridge Shut]",
            "14:12 `formerly`: “Bridge Shut” is not a name",
            "Use small letters",
        ),
        (
            "certainty: confirmed",
            "certainty: Quite sure",
            "5:12 `certainty`: “Quite sure” is not one of the words",
            "Use one of: confirmed, claimed, disputed.",
        ),
        (
            "topics: [safety]",
            "topics: safety",
            "10:9 `topics`: “safety” stands where a list belongs",
            "Put it in square brackets: [safety].",
        ),
        ("topics: [safety]", "topics: []", "10:9 `topics`: the list is empty", "Name at least one."),
        (
            "https://a.example.org/1",
            "javascript:alert(1)",
            "12:12 `url`: “javascript:alert(1)” is not a web address",
            "Give the whole address",
        ),
        ("https://a.example.org/1", "https://user:pw@a.example.org/1", "12:12 `url`: ", "Give the whole address"),
        ("https://a.example.org/1", "a.example.org/1", "12:12 `url`: ", "Give the whole address"),
        ("published: 1998-03-18", "published: yesterday", "12:", ""),
        (
            "  - says: It was closed.\n    sources: [a]",
            "  - It was closed.",
            "8:5 `claims`: a group of keys belongs here",
            "Write one key a line: by, says",
        ),
        ("    sources: [a]", "    source: [a]", "9:5 `source`: no such key may stand here", "Did you mean `sources`? "),
        ("added: 2024-05-02", "added: 2024-05", "13:8 `added`: ", ""),
        (
            "added: 2024-05-02",
            "added: 2024-05-02\nmilestone: yes",
            "14:12 `milestone`: “yes” is neither `true` nor `false`",
            "Write `true`",
        ),
        (
            "added: 2024-05-02",
            "added: 2024-05-02\nrelations: [hates: other]",
            "14:13 `relations`: “hates” is not one of",
            "Use one of: acknowledges",
        ),
        ("added: 2024-05-02", "added: 2024-05-02\nslug: other", "14:1 `slug`: no such key may stand here", ""),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_mend(old: str, new: str, what: str, mend: str) -> None:
    assert old in ENTRY
    told = [(f"{p.line}:{p.column} {p.what}", p.mend) for p in _problems(ENTRY.replace(old, new))]
    assert any(found.startswith(what) and way.startswith(mend) for found, way in told), told


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("topics: [safety]", "topics: [[safety]]"),
        ("    sources: [a]", "    sources: [[a]]"),
        ("  - says: It was closed.", "  - {says: It was closed., by: [EHA], sources: [a]}\n  - says: So."),
    ],
)
def test_one_slip_gives_one_problem(right: str, wrong: str) -> None:
    assert len(_problems(ENTRY.replace(right, wrong))) == 1


def test_a_text_is_one_line_whatever_its_form_in_yaml() -> None:
    event = read_event(PATH, entry("title: |\n  Bridge\n\n  [closed](javascript:alert(1))\n").encode()).event
    assert event
    assert event.title == "Bridge [closed](javascript:alert(1))"


def test_all_mistakes_of_a_file_are_told_in_one_run() -> None:
    text = (
        ENTRY.replace("kind: closure", "kind: [b, c]")
        .replace("certainty: confirmed", "certainty: sure")
        .replace("added: 2024-05-02", "")
    )
    assert len(_problems(text)) == 3


def test_a_figure_is_read_with_its_qualifier_and_refused_without_digits() -> None:
    figure = "figures: [{{measure: vehicles, value: {}, as_of: 1998-03-18, sources: [a]}}]"
    for value in (
        "40",
        "about 600",
        "at least 1000",
        "more than 3000",
        "up to 15000",
        "less than 50",
        "11000 to 13000",
        "about 11000 to 13000",
    ):
        assert _problems(entry(figure.format(value))) == []
    for value in ("many", "1,000", "13000 to 11000", "at least 1 to 2", "-4", "1.5", "about", "9" * 13):
        assert "`value`" in _one(entry(figure.format(f"'{value}'")))[0]


def test_an_event_in_the_folder_of_another_year_is_a_problem() -> None:
    what, mend = _one(ENTRY.replace("1998-03-17", "1997-03-17").replace("1998-03-18", "1997-03-18"))
    assert what.endswith("`date`: the year is not that of the folder")
    assert "chronology/events/1997/" in mend


@pytest.mark.parametrize(
    "date", ["[1998-03-08..1998-03-13]", "'[1998-03-08..1998-03-13]'", "{1998-03-08, 1998-03-10}", "1998-03-08/.."]
)
def test_a_date_may_stand_with_or_without_quotation_marks(date: str) -> None:
    event = read_event(PATH, ENTRY.replace("date: 1998-03-17", f"date: {date}").encode()).event
    assert event
    assert event.year == 1998


def test_no_name_may_take_the_place_of_a_list(tmp_path: Path) -> None:
    index = "index: {name: A, kind: person, about: B.}"
    told = [problem.what for problem in load(write(tmp_path, {"1998/index": entry()}, actors=index)).problems]
    assert told == ["“index” cannot be a name here", "this is not an event file"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_mark_of_a_draft_is_told_with_its_line_alone_whatever_ends_that(line_end: str) -> None:
    text = ENTRY.replace("kind: closure", "kind: closure  # check: is it?").replace("\n", line_end)
    (problem,) = _problems(text)
    assert (problem.what, problem.line, problem.excerpt) == (MARK_LEFT, 4, "kind: closure  # check: is it?")


@pytest.mark.parametrize(
    ("stray", "mend"),
    [
        ("1998/Ferry Begins.yml", "Give it a name such as `ferry-begins.yml`: small letters, digits, hyphens."),
        ("1998/ferry-begins.yml.txt", "Give it a name such as `ferry-begins.yml`: small letters, digits, hyphens."),
        ("1998/ferry.begins.YAML", "Give it a name such as `ferry-begins.yml`: small letters, digits, hyphens."),
        ("1998/ferry-begins.docx", "Save the entry as plain text, under a name such as `ferry-begins.yml`: small letters, "),
        ("1998/f\u0435rry.yml", "digits, hyphens; “\u0435” is none of these (cyrillic small letter ie)."),
        ("1998/more/ferry-begins.yml", "This is a folder: move the entries in it one folder higher, into that of their year,"),
        ("ferry-begins.yml", "Put it into a folder for its year, such as chronology/events/1998/."),
        ("../ferry-begins.yml", "If it is an entry, put it into a folder for its year, such as chronology/events/1998/."),
        ("../1998/ferry-begins.yml", "If it is an entry, put it into a folder for its year, "),
        ("../event/1998/ferry-begins.yaml", "If it is an entry, put it into a folder for its year, "),
    ],
)
def test_an_entry_that_is_no_event_file_is_told_what_to_do(tmp_path: Path, stray: str, mend: str) -> None:
    file = write(tmp_path, {"1998/good": entry()}) / "chronology/events" / stray
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(entry(), encoding="utf-8")
    (problem,) = load(tmp_path).problems
    assert mend in problem.mend


def test_what_waits_or_is_laid_down_by_a_system_is_no_stray(tmp_path: Path) -> None:
    root = write(tmp_path, {"1998/good": entry()})
    for path in ("drafts/1998/one.yml", "from-a-sheet/1998/one.yml", "events/1998/Thumbs.db", "events/desktop.ini", "notes.txt"):
        (root / "chronology" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "chronology" / path).write_text("half an ent", encoding="utf-8")
    assert load(root).problems == ()


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("f\u0435rry", "at most 80 characters; “\u0435” is none of these (cyrillic small letter ie)."),
        ("ferry–one", "at most 80 characters; “–” is none of these (en dash)."),
        ("Ferry One", "at most 80 characters, as in `ferry-one`."),
        ("index", "at most 80 characters; `index` is taken."),
        ("a" * 81, "at most 80 characters."),
    ],
)
def test_a_name_that_cannot_be_one_is_told_why(tmp_path: Path, written: str, mend: str) -> None:
    (problem,) = load(write(tmp_path, {"1998/a": entry(f"formerly: ['{written}']")})).problems
    assert problem.mend.endswith(mend)


def test_a_word_of_a_list_in_capitals_is_answered_with_the_list(tmp_path: Path) -> None:
    (problem,) = load(write(tmp_path, {"1998/a": entry("certainty: Confirmed")})).problems
    assert problem.what == "`certainty`: “Confirmed” is not one of the words that may stand here"
    assert problem.mend == "Use one of: confirmed, claimed, disputed."


def test_a_title_in_square_brackets_is_told_to_stand_in_quotation_marks(tmp_path: Path) -> None:
    (problem,) = load(write(tmp_path, {"1998/a": entry("title: [On the ferry]")})).problems
    assert problem.mend.endswith("; if the square brackets belong to it, put the whole of it in straight quotation marks.")


def test_one_broken_file_hides_no_other(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"1998/good": entry(), "1998/bad": "date: [", "1998/worse": entry("kind: [a]")}))
    assert loaded.chronology
    assert [event.slug for event in loaded.chronology.events] == ["good"]
    assert {problem.path.rpartition("/")[2] for problem in loaded.problems} == {"bad.yml", "worse.yml"}
    assert loaded.unread == {"bad", "worse"}


def test_registers_and_the_setting_are_read_in_the_same_way(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {},
        setting=SETTING.replace("language: en", "languages: en"),
        actors=ACTORS.replace("kind: person", "kinds: person", 1),
        places="Town: {name: Town, precision: town}\ntown: {name: Town, precision: town, coordinates: 95.0, 3.0}",
    )
    told = {f"{problem.path} {problem.what}" for problem in load(root).problems}
    assert "chronology/chronology.yml `language`: this key is missing" in told
    assert "chronology/actors.yml `kinds`: no such key may stand here" in told
    assert "chronology/places.yml “Town” cannot be a name here" in told


def test_a_missing_file_of_the_chronology_is_a_problem(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    (root / "chronology/actors.yml").unlink()
    (root / "chronology/chronology.yml").unlink()
    loaded = load(root)
    assert loaded.chronology is None
    assert {problem.path for problem in loaded.problems} == {"chronology/actors.yml", "chronology/chronology.yml"}


@pytest.mark.parametrize("register", ["actors", "places"])
@pytest.mark.parametrize("text", ["", "\n\n", "# none yet\n", "---\n", None])
def test_a_register_without_names_is_mended_with_a_pair_of_braces(tmp_path: Path, register: str, text: str | None) -> None:
    file = write(tmp_path, {}) / f"chronology/{register}.yml"
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    (problem,) = load(tmp_path).problems
    mend = "Write `{}` if there" if text is not None else "Make it, with `{}` inside if there"
    assert problem.mend == f"{mend} are none yet."
    file.write_text("{}\n", encoding="utf-8")
    assert load(tmp_path).problems == ()


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("[25]", "a list stands where a single text belongs"),
        ("{a: b}", "a group of keys stands where a single text belongs"),
        ("", "there is nothing written here"),
        ("many", "“many” is not a number of words"),
        ("0", "“0” is not a number of words"),
        ("٢٥", "“٢٥” is not a number of words"),
        ("9" * 5_000, f"“{'9' * 5_000}” is not a number of words"),
    ],
)
def test_a_limit_that_is_no_number_is_told_in_our_words(tmp_path: Path, written: str, what: str) -> None:
    setting = SETTING.replace("rules: {quotation_words: 25, ", f"rules: {{quotation_words: {written}, ")
    (problem,) = load(write(tmp_path, {}, setting=setting)).problems
    assert problem.what == f"`quotation_words`: {what}"


def test_the_spare_copies_of_editors_are_passed_over(tmp_path: Path) -> None:
    root = write(tmp_path, {"1998/good": entry()})
    year = root / "chronology/events/1998"
    for name in ("good.yml~", "#good.yml#", ".#good.yml", "good.yml.bak", "good.yml.orig", "good.yml.swp", ".good.yml.swp"):
        (year / name).write_text("half an ent", encoding="utf-8")
    (year.parent / "notes.yml~").write_text("", encoding="utf-8")
    loaded = load(root)
    assert loaded.problems == ()
    assert set(loaded.digests) >= {"chronology/events/1998/good.yml"}


def test_whatever_else_stands_among_the_events_is_a_problem(tmp_path: Path) -> None:
    root = write(tmp_path, {"1998/good": entry()})
    events = root / "chronology/events"
    (events / "1998/note.txt").write_text("")
    (events / "1998/Bad Name.yml").write_text(entry())
    (events / "1998/old.yaml").write_text(entry())
    (events / "stray.yml").write_text(entry())
    (events / "1998/.DS_Store").write_text("")
    (events / "1998/link.yml").symlink_to("/etc/hostname")
    told = {problem.path.removeprefix("chronology/events/") for problem in load(root).problems}
    assert told == {"1998/note.txt", "1998/Bad Name.yml", "1998/old.yaml", "stray.yml", "1998/link.yml"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10,000", "10000"),
        ("10 000", "10000"),
        ("10\u202f000", "10000"),
        ("10.000.000", "10000000"),
        ("ten thousand", "10000"),
        ("two hundred and twenty-five", "225"),
        ("1.5 million", "1500000"),
        ("3 million", "3000000"),
        ("~500", "about 500"),
        ("Over 1,000", "more than 1000"),
        ("no fewer than 40.", "at least 40"),
        ("10-15", "10 to 15"),
        ("about 10,000–12,000", "about 10000 to 12000"),
        ("between 10 and 15", "10 to 15"),
    ],
)
def test_a_number_written_otherwise_is_answered_with_the_way_to_write_it(written: str, meant: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read_quantity(written)
    assert refused.value.context
    flat = " ".join(written.split())
    assert refused.value.context["mend"] == f"Write {meant} for “{written}”."
    assert read_quantity(rewrite_amount(flat))


@pytest.mark.parametrize(
    "written", ["10 to 15 thousand", "at least 10-15", "10 or 15", "4.5", "1.5555 million", "12 vehicles", "10 12", "-5"]
)
def test_a_number_that_may_mean_several_is_answered_with_the_forms_alone(written: str) -> None:
    with pytest.raises(PydanticCustomError, match=written) as refused:
        read_quantity(written)
    assert refused.value.context
    assert refused.value.context["mend"].startswith("Write 40, about 600, ")


@pytest.mark.parametrize("written", ["dozens", "half", "a", "several hundred"])
def test_where_nobody_gives_a_number_none_is_proposed(written: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read_quantity(written)
    assert refused.value.context
    mend = f"If that is all that is known, give no number, and let a fact say “{written}” in words."
    assert refused.value.context["mend"] == mend
