"""The commands: what they print, what they write, and how they end."""

import os
import pty
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chronicle import cli
from chronicle.cli import patience
from chronicle.cli.speaking import as_typed
from chronicle.drafting.new import NAME, QUESTIONS
from chronicle.model.schema import make_schemas
from conftest import ROOT
from programs import write_program
from test_new import ANSWERS

Run = Callable[..., Result]
EVENT = "chronology/events/1998/repair-begins.yml"
NEW = "chronology/events/1998/council-asks-for-a-second-inspection.yml"


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the made-up project, as a terminal would, but without one."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return lambda *words, answers="": CliRunner().invoke(cli.main, ["--root", str(project), *words], input=answers)


@pytest.fixture
def mistake(project: Path) -> str:
    """The line and column of a mistake that is put into an entry."""
    file = project / EVENT
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kind: works", "kind: wroks"), encoding="utf-8")
    return f"{EVENT}:{text[: text.index('kind: works')].count(chr(10)) + 1}:7"


def flags(**changes: str) -> list[str]:
    """The answers as flags; the name is left to the title unless it is given."""
    answers = {**ANSWERS, NAME.key: "", **changes}
    return [word for key, answer in answers.items() for word in (f"--{key.replace('_', '-')}", answer)]


def typed(**changes: str) -> str:
    answers = {**ANSWERS, **changes}
    return "".join(f"{answers[question.key]}\n" for question in QUESTIONS)


def files_below_docs(project: Path) -> set[str]:
    return {path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("[!.]*") if path.is_file()}


def test_check_lists_warnings_and_ends_well(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "\n2 warnings in 2 files\n" in result.stdout
    assert result.stdout.endswith("\nNo mistakes: the site can be made. The warnings are for you to judge.\n")
    assert "::" not in result.stdout


def test_check_tells_an_error_with_its_place_and_ends_badly(run: Run, mistake: str) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert (
        f"{mistake}: `kind`: no kind of event is called “wroks”\n      kind: wroks\n            ^ Did you mean"
        in result.stdout
    )
    assert result.stdout.endswith("\n1 error, 2 warnings in 3 files\n")


def test_check_annotates_pull_requests(run: Run, mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, line, column = mistake.split(":")
    annotation = f"::error file={path},line={line},col={column},title=`kind`%3A no kind of event is called “wroks”::"
    assert annotation in run("check", "--github").stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert annotation in run("check").stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert annotation not in run("check").stdout


def test_on_github_no_line_of_an_entry_is_taken_for_a_command(run: Run, project: Path) -> None:
    entry = project / "chronology/events/1998/harbour-bridge-closed.yml"
    entry.write_text(entry.read_text(encoding="utf-8") + "::error::forged\n", encoding="utf-8")
    for command in (("check",), ("check", "--github"), ("build",), ("new", *flags())):
        said = run(*command).output
        assert not any(line.lstrip().startswith("::error::forged") for line in said.split("\n"))
        assert "forged" in said or command[0] == "new"


def test_on_github_too_the_errors_stand_last(run: Run, mistake: str) -> None:
    *_, heading, line, mend, empty, number, end = run("check", "--github").stdout.split("\n")
    assert (heading.startswith(mistake), line, empty, end) == (True, "      kind: wroks", "", "")
    assert number == "1 error, 2 warnings in 3 files"
    assert "^ Did you mean" in mend


def test_check_lists_every_warning_when_asked(run: Run, project: Path) -> None:
    entry = (project / EVENT).read_text(encoding="utf-8")
    for number in range(12):
        alone = entry.replace("archive: https", "accessed: 2024-05-02 # https").replace(
            "title: ", f"title: {number} ", 1
        )
        (project / EVENT).with_name(f"repair-{number}.yml").write_text(alone, encoding="utf-8")
    folded, every = run("check").stdout, run("check", "--warnings").stdout
    assert "more like this one: `chronicle check --warnings` lists them." in folded
    assert "more like this one" not in every
    assert len(folded) < len(every)
    assert folded.rpartition("\n\n")[2] == every.rpartition("\n\n")[2]


def test_build_writes_the_files_once(run: Run, project: Path) -> None:
    by_hand = files_below_docs(project)
    result = run("build")
    assert result.exit_code == 0
    made = files_below_docs(project)
    assert result.stdout == f"{len(made - by_hand)} files written, 0 removed.\n"
    assert run("build").stdout == "0 files written, 0 removed.\n"
    (project / EVENT).unlink()
    last = run("build").stdout
    assert last.endswith(f", {len(made - files_below_docs(project))} removed.\n")
    assert "events/repair-begins/index.md" in made - files_below_docs(project)


def test_build_writes_nothing_when_there_is_an_error(run: Run, project: Path, mistake: str) -> None:
    by_hand = files_below_docs(project)
    result = run("build")
    assert result.exit_code == 1
    assert mistake in result.stderr
    assert result.stdout == ""
    assert files_below_docs(project) == by_hand


def test_index_tells_how_many_pages_can_be_searched(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    page = '<html><body><article><h1 data-pagefind-meta="title">Bridge</h1></article></body></html>'
    (site / "index.html").write_text(page, encoding="utf-8")
    result = run("index", str(site))
    assert (result.exit_code, result.stdout) == (0, "1 page can be searched.\n")
    assert (site / "pagefind" / "pagefind.js").is_file()


def test_schema_writes_what_is_not_current_and_tells_it(run: Run, project: Path) -> None:
    result = run("schema", "--check")
    assert result.exit_code == 1
    assert "schema/event.json" in result.stderr
    assert not (project / "schema").exists()
    assert run("schema").exit_code == 0
    assert {path: (project / path).read_text(encoding="utf-8") for path in make_schemas()} == make_schemas()
    assert run("schema").stdout == ""
    assert run("schema", "--check").exit_code == 0


def test_new_takes_flags(run: Run, project: Path) -> None:
    result = run("new", *flags())
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{NEW} written.")
    assert (project / NEW).is_file()


def test_new_asks_for_what_no_flag_tells(run: Run, project: Path) -> None:
    given = ("--title", ANSWERS["title"], "--kind", ANSWERS["kind"])
    answers = "".join(f"{answer}\n" for key, answer in ANSWERS.items() if key not in ("title", "kind", "name"))
    result = run("new", *given, answers=answers)
    assert result.exit_code == 0, result.output
    asked = result.stdout.split("\n")
    at = next(number for number, line in enumerate(asked) if line.startswith("2 of 12  "))
    assert asked[at] == "2 of 12  How far it is established"
    assert asked[at + 1].split(None, 1) == ["claimed", "Said by one side or resting on a single origin."]
    assert asked[at + 5] == "> claimed"
    by_flags = (project / NEW).read_text(encoding="utf-8")
    (project / NEW).unlink()
    run("new", *flags())
    assert (project / NEW).read_text(encoding="utf-8") == by_flags


def test_new_asks_again_after_a_wrong_answer(run: Run, project: Path) -> None:
    result = run("new", answers=typed(kind="inspectoin\ninspection"))
    assert result.exit_code == 0, result.output
    assert (
        "Error: “inspectoin” is not one of the words that may stand here. Did you mean `inspection`?"
        in result.output
    )
    assert (project / NEW).is_file()


def test_new_refuses_a_wrong_flag(run: Run, project: Path) -> None:
    result = run("new", *flags(date="5 November 1998"))
    assert result.exit_code == 2
    assert "--date: “5 November 1998”" in " ".join(result.stderr.split())
    assert not (project / NEW).exists()


def test_new_writes_nothing_that_has_an_error(run: Run, project: Path) -> None:
    before = sorted(project.rglob("*"))
    result = run("new", *flags(reported="1998-11-04"))
    assert result.exit_code == 1
    assert "4 November 1998 is before it happened" in result.stderr
    assert sorted(project.rglob("*")) == before


def test_answers_that_were_refused_need_not_be_typed_again(run: Run, project: Path) -> None:
    refused = run("new", answers=typed(reported="1998-11-04", says="It’s “needed” in the council's $HOME."))
    command = refused.stderr.partition("change in them what has to be mended:\n\n")[2]
    said = shlex.split(command.replace("\\\n", ""))
    assert said[:2] == ["chronicle", "new"]
    mended = ["1998-11-05" if word == "1998-11-04" else word for word in said[1:]]
    assert run(*mended).exit_code == 0
    assert "It’s “needed” in the council's $HOME." in (project / NEW).read_text(encoding="utf-8")


def test_new_says_so_where_an_answer_is_needed_and_none_is_given(run: Run) -> None:
    result = run("new", answers=typed(title=f"\n{ANSWERS['title']}.\n{ANSWERS['title']}"))
    assert result.exit_code == 0, result.output
    assert "Error: This must have an answer.\n" in result.output
    assert "Error: a headline has no full stop at its end. Delete the full stop.\n" in result.output


def test_new_never_writes_over_an_entry(run: Run, project: Path) -> None:
    run("new", *flags())
    before = (project / NEW).read_text(encoding="utf-8")
    result = run("new", *flags(summary="Another."))
    assert result.exit_code == 1
    assert f"The name `council-asks-for-a-second-inspection` is taken by {NEW}." in result.stdout
    assert (project / NEW).read_text(encoding="utf-8") == before


def test_new_never_writes_over_a_file_that_cannot_be_read(run: Run, project: Path) -> None:
    (project / NEW).write_text("date: [", encoding="utf-8")
    result = run("new", *flags())
    assert result.exit_code == 1
    assert f"is taken by {NEW}." in result.stdout
    assert (project / NEW).read_text(encoding="utf-8") == "date: ["


@pytest.mark.parametrize("title", ["Index", "ДЗР 1998", "다리 폐쇄", "1998: 12"])
def test_new_asks_for_a_name_where_the_title_gives_none(run: Run, project: Path, title: str) -> None:
    result = run("new", *flags(title=title), answers="Bad Name\nindex\nharbour-bridge-shut\ncouncil-asks\n")
    assert result.exit_code == 0, result.output
    assert "too few words in Latin letters" in result.stdout
    assert result.stdout.count("\n> ") == 4
    assert (project / "chronology/events/1998/council-asks.yml").is_file()


def test_new_takes_a_name_and_refuses_a_wrong_one(run: Run, project: Path) -> None:
    assert run("new", *flags(name="council-asks")).exit_code == 0
    assert (project / "chronology/events/1998/council-asks.yml").is_file()
    for name in ("council-asks", "Council asks", "index"):
        result = run("new", *flags(name=name))
        assert result.exit_code == 2
        assert f"--name: {'The name' if name == 'council-asks' else '“'}" in result.stderr


@pytest.mark.parametrize(("answer", "is_written"), [("y\n", True), ("n\n", False), ("", False)])
def test_new_asks_before_it_writes_a_likely_duplicate(run: Run, project: Path, answer: str, is_written: bool) -> None:
    result = run("new", *flags(date="1998-03", title="Harbour bridge is closed after crack"), answers=answer)
    assert "17 Mar 1998  Harbour bridge closed after a crack is found" in result.stdout
    assert (project / "chronology/events/1998/harbour-bridge-is-closed-after-crack.yml").is_file() == is_written
    assert result.exit_code == int(not is_written)


def test_new_needs_a_chronology_that_can_be_read(run: Run, project: Path) -> None:
    (project / "chronology" / "chronology.yml").write_text("title: only", encoding="utf-8")
    result = run("new", *flags())
    assert result.exit_code == 1
    assert "mend that first" in result.stderr


@pytest.mark.parametrize("words", [["check"], ["build"], ["new"], ["schema"], ["import", __file__]])
def test_a_folder_that_is_no_project_is_wrong_usage(tmp_path: Path, words: list[str]) -> None:
    result = CliRunner().invoke(cli.main, ["--root", str(tmp_path), *words])
    assert result.exit_code == 2
    assert "There is no folder `chronology`" in result.stderr


@pytest.mark.parametrize("words", [["chekc"], ["check", "--all"], ["index"], ["--root", "no-such-folder", "check"]])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    assert CliRunner().invoke(cli.main, words).exit_code == 2


@pytest.mark.parametrize("command", [[], *([name] for name in cli.main.commands)])
def test_every_command_explains_itself_without_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, [*command, "--help"])
    assert result.exit_code == 0
    assert not any(line.endswith("...") for line in result.stdout.splitlines()[1:]), "a summary is cut short"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_command_is_listed_by_the_first_sentence_of_its_own_help(name: str) -> None:
    command = cli.find_command(name)
    assert (command.name, command.get_short_help_str(limit=200)) == (name, cli.COMMANDS[name][1])


@pytest.mark.parametrize(
    ("words", "not_needed"),
    [
        (["--help"], ("chronicle.model", "chronicle.load", "pydantic")),
        (["--root", str(ROOT), "check", "--help"], ("chronicle.pages", "chronicle.site", "jinja2", "babel")),
    ],
    ids=["help", "check"],
)
def test_a_command_waits_for_nothing_that_only_others_need(words: list[str], not_needed: tuple[str, ...]) -> None:
    code = f"import sys, chronicle.cli; chronicle.cli.main({words}, standalone_mode=False); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    imported = done.stdout.splitlines()[-1].split()
    assert "chronicle.cli" in imported
    assert not set(not_needed) & set(imported)


@pytest.mark.parametrize("program", [[sys.executable, "-m", "chronicle"], ["chronicle"]], ids=["module", "script"])
def test_the_program_is_there_under_both_its_names(project: Path, program: list[str]) -> None:
    """The script is what an installation makes of `project.scripts`; without one its entry point is called."""
    name = shutil.which(program[0], path=str(Path(sys.executable).parent))
    call = [*program] if name else [sys.executable, "-c", "from chronicle.cli import main; main(prog_name='chronicle')"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PATH": str(Path(sys.executable).parent)}
    done = subprocess.run([*call, "check"], cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 warnings in 2 files\n" in done.stdout


@pytest.mark.parametrize(
    ("started", "typed"),
    [
        ([".venv/bin/chronicle"], ".venv/bin/chronicle"),
        (["chronicle"], "chronicle"),
        ([sys.executable, "-m", "chronicle"], shlex.join([sys.executable, "-m", "chronicle"])),
    ],
    ids=["in a clone", "on the path", "module"],
)
def test_commands_are_named_as_they_can_be_typed_where_the_reader_stands(
    project: Path, started: list[str], typed: str
) -> None:
    script = project / ".venv/bin/chronicle"
    write_program(script, "from chronicle.cli import main\nmain()\n")
    path = str(script.parent) if started == ["chronicle"] else os.environ["PATH"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PATH": path}

    def said(*words: str) -> str:
        call = [str(script) if started == ["chronicle"] else started[0], *started[1:], *words]
        done = subprocess.run(call, cwd=project, env=environment, capture_output=True, text=True, check=False)
        return " ".join((done.stdout + done.stderr).split())  # a line is wrapped where the name in it is long

    assert f"Usage: {typed} check [OPTIONS]" in said("check", "--no-such-option")
    assert f"Run `{typed} schema`." in said("schema", "--check")
    (project / "chronology/chronology.yml").write_text("", encoding="utf-8")
    assert f"`{typed} check` says why." in said("links")


def test_a_name_that_holds_a_blank_can_still_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["/my folder/python", "-m", "chronicle", "check"])
    assert as_typed("Run `chronicle schema`.") == "Run `'/my folder/python' -m chronicle schema`."


def test_mkdocs_names_our_commands_as_they_can_be_typed_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setattr(sys, "argv", [".venv/bin/mkdocs", "serve"])
    assert as_typed("`chronicle check --warnings` lists them.") == "`.venv/bin/chronicle check --warnings` lists them."


def test_whoever_watches_is_told_what_takes_long(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    read, write = pty.openpty()
    monkeypatch.setattr(patience, "_PATIENCE", 0.01)
    with os.fdopen(write, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with patience.patience("Making the pages"):
            while b"Making the pages" not in os.read(read, 1024):
                pass
    os.close(read)
    assert capfd.readouterr().out == ""


def test_nobody_is_told_when_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(patience, "_PATIENCE", 0.0)
    with patience.patience("Making the pages"):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_log_is_told_at_the_start_now_and_then_and_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with patience.progress("Asking", 3) as advance:
        advance(1)  # too soon for another line
        monkeypatch.setattr(patience, "_NOW_AND_THEN", 0.0)
        advance(1)
    with patience.progress("Asking", 0):
        pass
    told = ["Asking: 0 of 3", "Asking: 2 of 3", "Asking: 2 of 3"]
    assert capsys.readouterr() == ("", "".join(f"{line}\n" for line in told))
