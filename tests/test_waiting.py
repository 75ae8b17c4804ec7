"""Drafts that wait: what each is said to lack, when it is complete, and what the commands say of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chronicle.cli import main
from chronicle.drafting.waiting import DRAFTS, Waiting, find_drafts, format_waiting, read_waiting
from chronicle.load import load
from conftest import ROOT
from test_new import ENTRY

SHEET = ROOT / "tests" / "timelines" / "timelinejs.csv"
Run = Callable[..., Result]


def lay(project: Path, text: str, name: str = "1998/council-asks.yml") -> Path:
    file = project / DRAFTS / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def read(project: Path) -> tuple[Waiting, ...]:
    return read_waiting(find_drafts(project / DRAFTS), load(project), project)


def with_line(line: str, instead: str) -> str:
    assert line in ENTRY
    return ENTRY.replace(line, instead)


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the made-up project, as somebody would who is in its folder."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


def test_a_draft_that_lacks_nothing_is_told_where_it_goes(project: Path) -> None:
    lay(project, ENTRY)
    (draft,) = read(project)
    assert draft.is_complete
    assert draft.goal == "chronology/events/1998/council-asks.yml"
    assert format_waiting([draft]).split("\n") == [
        f"{DRAFTS}/1998/council-asks.yml",
        "      is complete: move it to chronology/events/1998/council-asks.yml",
        "",
        "1 draft, 1 complete",
    ]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (with_line("kind: inspection", "kind:"), ["`kind`"]),
        (with_line("kind: inspection", "kind:  # missing: a word"), ["`kind`"]),
        (with_line("topics: [safety, repair]", "topics:"), ["`topics`"]),
        (with_line("by: town-council", "by:"), ["`by` of claim 1"]),
        (
            with_line("    published: 1998-11-06", "    published:\n    relays:"),
            ["`published`, `relays` of the source `ellery-courier`"],
        ),
        (with_line("added: 2024-07-01", "added:\nfigures:\n  - note:"), ["`added`", "`note` of figure 1"]),
        (with_line("added: 2024-07-01", "added:\ncertainty_was:\n  a:"), ["`added`", "`a` of certainty_was"]),
        (with_line("[ellery-courier]\n\nt", "\n\nt"), ["`sources` of claim 1"]),
    ],
)
def test_what_is_not_written_is_named(project: Path, text: str, lacks: list[str]) -> None:
    lay(project, text)
    (draft,) = read(project)
    assert list(draft.lacks) == lacks
    assert draft.marked == ()
    assert not draft.is_complete


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (with_line("date: 1998-11-05", "date: 1998-11-05  # check: is it?"), (2,)),
        (with_line("kind: inspection", "kind: inspection  # missing: a word"), (4,)),
        ("# missing: a name for this file\n" + ENTRY, (1,)),
        (with_line("summary: The", "summary: >-  # check: x\n  The"), (6,)),
        (with_line("kind: inspection", "kind: inspection  # this is one"), ()),
        ("#   a cell that says # missing: x  # missing: x\n" + ENTRY, ()),
        (
            with_line("title: Council asks", "title: 'Council # missing: asks'")
            .replace("' for a", " for a")
            .replace("inspection\nkind", "inspection'\nkind"),
            (),
        ),
    ],
)
def test_a_mark_that_is_left_keeps_a_draft_from_being_complete(
    project: Path, text: str, lines: tuple[int, ...]
) -> None:
    lay(project, text)
    (draft,) = read(project)
    assert draft.marked == lines
    assert draft.is_complete == (not lines)


def test_a_draft_that_lacks_nothing_is_checked_like_an_entry(project: Path) -> None:
    lay(project, with_line("sources: [ellery-courier]", "sources: [courier]"))
    lay(
        project,
        with_line("title: Council asks", "title: Mayor asks").replace("second inspection\n", "second inspection.\n"),
        "1998/mayor.yml",
    )
    first, second = read(project)
    assert {problem.path for problem in first.problems} == {f"{DRAFTS}/1998/council-asks.yml"}
    assert any("“courier” is not listed under `sources:`" in problem.what for problem in first.problems)
    assert any("a headline has no full stop" in problem.what for problem in second.problems)
    assert not first.is_complete
    assert not second.is_complete


def test_drafts_may_refer_to_each_other(project: Path) -> None:
    lay(project, ENTRY)
    other = (
        with_line("title: Council asks", "title: Mayor agrees")
        .replace("11-05", "11-07")
        .replace("published: 1998-11-06", "published: 1998-11-08")
    )
    lay(project, other + "relations:\n  - follows: council-asks\n", "1998/mayor-agrees.yml")
    assert [draft.is_complete for draft in read(project)] == [True, True]


def test_a_draft_that_may_tell_what_is_told_already_says_so(project: Path) -> None:
    lay(
        project,
        with_line("Council asks for a second inspection", "Bridge closed after a crack is found").replace(
            "1998-11-05", "1998-03-17"
        ),
    )
    (draft,) = read(project)
    assert "may tell what is told already: 17 Mar 1998  Harbour bridge closed after a crack is found" in format_waiting(
        [draft]
    )


def test_a_draft_goes_to_the_year_of_its_date(project: Path) -> None:
    lay(project, with_line("date: 1998-11-05", "date: 1997-11"), "1998/council-asks.yml")
    lay(project, with_line("date: 1998-11-05", "date: soon"), "1998/mayor-asks.yml")
    assert [draft.goal for draft in read(project)] == [
        "chronology/events/1997/council-asks.yml",
        "chronology/events/1998/mayor-asks.yml",
    ]


def test_a_draft_cannot_go_where_something_is(project: Path) -> None:
    lay(project, ENTRY, "1998/repair-begins.yml")
    lay(project, ENTRY, "1997/council-asks.yml")
    lay(project, ENTRY, "1998/council-asks.yml")
    first, entry_is_there, draft_is_there = sorted(
        read(project), key=lambda draft: (not draft.is_complete, "repair" not in draft.path)
    )
    assert first.is_complete
    assert "its name is that of chronology/events/1998/repair-begins.yml" in entry_is_there.problems[0].what
    assert f"its name is that of {DRAFTS}/1997/council-asks.yml" in draft_is_there.problems[0].what


def test_a_draft_that_cannot_be_read_is_a_problem_with_its_line(project: Path) -> None:
    lay(project, "date: [1998\nkind: x\n")
    (draft,) = read(project)
    assert draft.problems
    assert draft.problems[0].path == f"{DRAFTS}/1998/council-asks.yml"
    assert not draft.is_complete


def test_check_says_that_drafts_wait(run: Run, project: Path) -> None:
    lay(project, ENTRY)
    told = run("check")
    assert told.stdout.startswith(f"1 draft waits in {DRAFTS}: `chronicle check {DRAFTS}` tells what is lacking.\n\n")
    assert told.exit_code == 0
    lay(project, ENTRY, "1998/another.yml")
    assert run("check").stdout.startswith("2 drafts wait in ")


@pytest.mark.parametrize("place", [DRAFTS, f"{DRAFTS}/1998", f"{DRAFTS}/1998/council-asks.yml"])
def test_check_of_drafts_ends_badly_while_one_is_not_complete(run: Run, project: Path, place: str) -> None:
    file = lay(project, ENTRY)
    whole = run("check", place)
    assert whole.exit_code == 0, whole.output
    assert whole.stdout.endswith("\n1 draft, 1 complete\n")
    assert "warning: `claims`: the only source cited has one origin" in whole.stdout
    file.write_text(with_line("kind: inspection", "kind:"), encoding="utf-8")
    lacking = run("check", place)
    assert lacking.exit_code == 1
    assert "      lacks `kind`\n" in lacking.stdout
    file.write_text(with_line("kind: inspection", "kind: wroks"), encoding="utf-8")
    wrong = run("check", place)
    assert wrong.exit_code == 1
    assert f"{DRAFTS}/1998/council-asks.yml:4:7: `kind`: no kind of event is called “wroks”" in wrong.stdout


@pytest.mark.parametrize("path", ["events/1998/repair-begins.yml", "events/1998", "actors.yml", ""])
def test_check_takes_no_entry_for_a_draft_of_which_one_is_too_many(run: Run, project: Path, path: str) -> None:
    told = run("check", str(project / "chronology" / path))
    assert told.exit_code == 1
    assert " is no draft: `chronicle check` alone looks over all entries" in told.output
    assert "delete" not in told.output


def test_no_word_of_a_draft_is_taken_for_a_command(run: Run, project: Path) -> None:
    lay(project, ENTRY + '"::error::forged ##[x":\n', "1998/\x1b[31mred.yml")
    said = run("check", DRAFTS).stdout
    assert "forged" in said
    assert "::error" not in said
    assert "##[" not in said
    assert "\x1b" not in said


def test_import_writes_drafts_and_ends_badly_where_a_row_is_refused(run: Run, project: Path) -> None:
    first = run("import", str(SHEET))
    assert first.exit_code == 1
    assert first.stdout.split("\n")[-3:] == [
        f"3 drafts written to {DRAFTS}, 2 refused.",
        f"Each says what it lacks. `chronicle check {DRAFTS}` tells it of all of them.",
        "",
    ]
    assert len(find_drafts(project / DRAFTS)) == 3
    again = run("import", str(SHEET))
    assert again.stdout.endswith(f"\n0 drafts written to {DRAFTS}, 2 refused, 3 there already.\n")
    assert run("build").exit_code == 0


def test_import_says_which_entry_tells_a_row_already(run: Run, project: Path) -> None:
    (project / "t.csv").write_text("date,title\n1998,Repair begins\n", encoding="utf-8")
    told = run("import", "t.csv")
    assert told.stdout == (
        f"Row 2 is told already by chronology/events/1998/repair-begins.yml.\n\n0 drafts written to {DRAFTS}, 1 there already.\n"
    )
    assert told.exit_code == 0
    assert not (project / DRAFTS).exists()


@pytest.mark.parametrize("folder", ["elsewhere", "../outside/deep"])
def test_import_writes_where_it_is_told(run: Run, project: Path, folder: str) -> None:
    (project / "t.csv").write_text("date,title\n1998,Council meets\n", encoding="utf-8")
    told = run("import", "t.csv", "--into", folder)
    assert told.exit_code == 0, told.output
    assert (project / folder / "1998" / "council-meets.yml").is_file()
    assert not (project / DRAFTS).exists()
    assert (
        f"`chronicle check {'elsewhere' if folder == 'elsewhere' else project.parent / 'outside/deep'}`" in told.stdout
    )


@pytest.mark.parametrize("folder", ["chronology/events", "chronology/events/1998"])
def test_import_writes_no_drafts_among_the_entries(run: Run, project: Path, folder: str) -> None:
    (project / "t.csv").write_text("date,title\n1998,Council meets\n", encoding="utf-8")
    told = run("import", "t.csv", "--into", folder)
    assert told.exit_code == 2
    assert "Drafts cannot go among the entries." in told.stderr
    assert list((project / folder).rglob("council-meets.yml")) == []


def test_import_refuses_a_file_in_a_sentence(run: Run, project: Path) -> None:
    (project / "t.csv").write_bytes("date,title\n1998,Pont fermé\n".encode("cp1252"))
    told = run("import", "t.csv")
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: t.csv: Line 2 holds letters that are not in UTF-8")
    assert "“CSV UTF-8”" in told.stderr
    assert not (project / DRAFTS).exists()


def test_import_tells_at_most_a_hundred_faults(run: Run, project: Path) -> None:
    (project / "t.csv").write_text("date,title\n" + "soon,Council meets\n" * 150, encoding="utf-8")
    told = run("import", "t.csv").stdout
    assert told.count("“soon” is not a date") == 100
    assert "And 50 more faults; mend these first and run it again.\n" in told
    assert told.endswith("150 refused.\n")


def test_import_shows_no_terminal_codes_of_a_stranger(run: Run, project: Path) -> None:
    (project / "t.csv").write_text("date,title,\x1b[31mred\n\x9b31m\x1b]0;x\x07,x,y\n", encoding="utf-8")
    assert not set("\x1b\x9b\x07") & set(run("import", "t.csv").output)


def test_import_writes_nothing_where_it_may_not(run: Run, project: Path) -> None:
    (project / "t.csv").write_text("date,title\n1998,Council meets\n", encoding="utf-8")
    (project / "chronology" / "drafts").write_text("a file", encoding="utf-8")
    told = run("import", "t.csv")
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: Nothing was written: ")
    assert (project / "chronology" / "drafts").read_text(encoding="utf-8") == "a file"


def test_import_needs_a_chronology_that_can_be_read(run: Run, project: Path) -> None:
    (project / "chronology" / "chronology.yml").write_text("title: only", encoding="utf-8")
    told = run("import", str(SHEET))
    assert told.exit_code == 1
    assert "mend that first" in told.stderr
