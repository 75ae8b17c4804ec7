"""A chronology of one’s own: begun whole or not at all, without a word of another, and able to take what is new."""

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chronicle import cli
from chronicle.load import load
from chronicle.start import BORDER, LICENCES, OWN, QUESTIONS, SETTINGS, StartError, begin, complete, is_own
from chronicle.start.beginning import _FILES
from chronicle.start.program import list_trackable
from conftest import ROOT
from starting import QUIET, TITLE, commit, git, read_texts, run

EXAMPLE = "chronology/events/1998/harbour-bridge-closed.yml"
GUIDE = ROOT / "docs" / "contribute" / "maintaining.md"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project that is a whole program as far as `init` can tell, and quick to copy."""
    root = tmp_path / "small"
    for path in (SETTINGS, "Makefile", "mkdocs.yml", ".gitignore"):
        root.mkdir(exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    shutil.copytree(ROOT / "tests" / "project" / "chronology", root / "chronology")
    return root


def start(root: Path, folder: Path, *flags: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli.main, ["--root", str(root), "init", str(folder), *flags], input=answers)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is begun


def test_it_has_no_problem_whatever(begun: Path) -> None:
    done = run(begun, "-m", "chronicle", "check", "--warnings")
    assert (done.stdout, done.returncode) == ("No problems.\n", 0)


def test_what_is_made_of_the_chronology_is_current(begun: Path) -> None:
    for command in ("schema", "forms"):
        assert run(begun, "-m", "chronicle", command, "--check").returncode == 0


def test_it_builds_without_a_warning_and_shows_its_example(begun_site: Path) -> None:
    page = (begun_site / "events/harbour-bridge-closed/index.html").read_text(encoding="utf-8")
    assert "This is a made-up example." in page
    assert TITLE in page
    assert "Fill in: the line below the name" in (begun_site / "index.html").read_text(encoding="utf-8")


def test_its_own_tests_pass(begun: Path) -> None:
    files = ("test_contributing.py", "test_schema.py", "test_makefile.py")
    tests = [f"tests/{name}" for name in files]
    done = run(begun, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_program_is_all_there_and_of_the_chronology_nothing_is(upstream: Path, begun: Path) -> None:
    before, after = ({path: (root / path).read_bytes() for path in list_trackable(root)} for root in (upstream, begun))
    program = {path: text for path, text in before.items() if not is_own(path)}
    assert {path: after[path] for path in program if path != SETTINGS} == {
        path: text for path, text in program.items() if path != SETTINGS
    }
    starting = {file.relative_to(_FILES).as_posix() for file in _FILES.rglob("*") if file.is_file()}
    forms = {path for path in after if path.startswith(".github/ISSUE_TEMPLATE/")}
    assert forms
    assert set(after) - set(program) == (starting | forms) - {SETTINGS}


def test_a_file_keeps_its_mode(begun: Path) -> None:
    assert (begun / ".ci/run").stat().st_mode & 0o111


def test_no_title_and_no_name_of_the_other_chronology_is_left(upstream: Path, begun: Path) -> None:
    there, here = load(upstream).chronology, load(begun).chronology
    assert there
    assert here
    words = {there.setting.title, there.setting.subtitle, *(event.title for event in there.events)}
    words |= {event.slug for event in there.events if len(event.slug) > 20}
    words -= {here.setting.title, here.setting.subtitle, *(event.title for event in here.events)}
    words -= {event.slug for event in here.events}
    texts = read_texts(begun)
    assert [(path, word) for path, text in texts.items() for word in words if word in text] == []


def test_the_settings_of_the_site_are_ours_below_the_border(upstream: Path, begun: Path) -> None:
    theirs, ours = ((root / SETTINGS).read_text(encoding="utf-8").partition(BORDER) for root in (upstream, begun))
    assert ours[2] == theirs[2]
    assert f"site_name: {TITLE}\n" in ours[0]


def test_without_the_example_it_still_builds(begun: Path, tmp_path: Path) -> None:
    root = tmp_path / "empty"
    shutil.copytree(begun, root, ignore=shutil.ignore_patterns("events", ".git"))
    for name in ("actors", "places"):
        (root / f"chronology/{name}.yml").write_text("{}\n", encoding="utf-8")
    assert run(root, "-m", "chronicle", "check").stdout == "No problems.\n"
    done = run(root, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_has_every_key_that_one_entry_can_have() -> None:
    text = (_FILES / EXAMPLE).read_text(encoding="utf-8")
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    entry = next(block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if block.startswith("date:"))
    keys = set(re.findall(r"^([a-z_]+):", entry, re.MULTILINE))
    assert sorted(key for key in keys if not re.search(rf"^(# )?{key}:", text, re.MULTILINE)) == ["formerly"]


@pytest.mark.parametrize("licence", LICENCES)
def test_a_licence_is_named_wherever_one_is(small: Path, tmp_path: Path, licence: str) -> None:
    begin(small, tmp_path / "new", complete({"title": "T", "licence": licence}), date(2026, 1, 2))
    for path in ("LICENSE-DATA", "README.md", SETTINGS, "chronology/chronology.yml"):
        assert licence in (tmp_path / "new" / path).read_text(encoding="utf-8")
    assert LICENCES[licence] in (tmp_path / "new/LICENSE-DATA").read_text(encoding="utf-8")


def test_any_words_can_be_answered(small: Path, tmp_path: Path) -> None:
    hard = "Who: “knew” <b>it</b> #1, 'and' \"when\" [$title] {x} $$ & *why*"
    flags = [word for q in QUESTIONS[:4] for word in (q.flag, hard)]
    result = start(small, tmp_path / "new", *flags, "--site", "https://a.example.org/x,y")
    assert result.exit_code == 0, result.output
    loaded = load(tmp_path / "new")
    assert loaded.problems == ()
    assert loaded.chronology
    setting = loaded.chronology.setting
    assert (setting.title, setting.subtitle, setting.description, setting.editors) == (hard,) * 4
    assert setting.site == "https://a.example.org/x,y/"
    import yaml  # noqa: PLC0415

    head = (tmp_path / "new" / SETTINGS).read_text(encoding="utf-8").partition(BORDER)[0].replace("!ENV ", "")
    read = yaml.safe_load(head)
    assert (read["site_name"], read["site_description"]) == (hard, hard)
    assert read["site_url"] == ["SITE_URL", "https://a.example.org/x,y/"]


def test_what_is_not_answered_is_marked(small: Path, tmp_path: Path) -> None:
    assert start(small, tmp_path / "new", "--title", "T").exit_code == 0
    text = (tmp_path / "new/chronology/chronology.yml").read_text(encoding="utf-8")
    assert text.lower().count("fill in") + text.count("fill-in") == 4


# What is asked


def test_what_the_flags_do_not_tell_is_asked_and_asked_again(small: Path, tmp_path: Path) -> None:
    answers = "The ferry\n\n\n\nGPL\nCC0 1.0\nhttps://git.example.org/ferry\nftp://x\nhttps://ferry.example.org\n"
    result = start(small, tmp_path / "new", answers=answers)
    assert result.exit_code == 0, result.output
    assert "1 of 7  The name of the chronology\n> The ferry\n" in result.output
    assert "“GPL” is none of the licences that are known here." in result.output
    loaded = load(tmp_path / "new").chronology
    assert loaded
    assert loaded.setting.site == "https://ferry.example.org/"
    assert loaded.setting.licence.name == "CC0 1.0"


def test_a_wrong_flag_is_refused_and_nothing_is_made(small: Path, tmp_path: Path) -> None:
    result = start(small, tmp_path / "new", "--title", "T", "--site", "ftp://x")
    assert result.exit_code == 2
    assert "--site: " in result.stderr
    assert not (tmp_path / "new").exists()


# All or nothing


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_nothing_is_ever_written_over(small: Path, tmp_path: Path, there: str) -> None:
    new = tmp_path / "new"
    if there == "file":
        new.write_text("mine")
    elif there == "folder":
        new.mkdir()
        (new / "mine").write_text("mine")
    else:
        new.symlink_to(tmp_path / "elsewhere")
    before = everything(tmp_path)
    result = start(small, new, "--title", "T")
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert everything(tmp_path) == before


def test_an_empty_folder_may_be_taken_and_a_second_time_it_is_refused(small: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert start(small, tmp_path / "new", "--title", "T").exit_code == 0
    before = everything(tmp_path)
    assert start(small, tmp_path / "new", "--title", "T").exit_code == 1
    assert everything(tmp_path) == before


@pytest.mark.parametrize("place", ["small/new", "small/docs/new", "no-such-folder/new"])
def test_a_place_that_will_not_do_is_refused(small: Path, tmp_path: Path, place: str) -> None:
    (small / "docs").mkdir()
    before = everything(tmp_path)
    assert start(small, tmp_path / place, "--title", "T").exit_code == 1
    assert everything(tmp_path) == before
    assert not (tmp_path / "no-such-folder").exists()


def test_a_name_that_no_disk_takes_is_refused_in_a_sentence(small: Path, tmp_path: Path) -> None:
    result = start(small, tmp_path / ("x" * 300), "--title", "T")
    assert result.exit_code == 1
    assert os.strerror(errno.ENAMETOOLONG) in result.stderr
    assert result.stderr.endswith(". Nothing was made.\n")


@pytest.mark.parametrize("lack", [SETTINGS, "Makefile", "border"])
def test_from_half_a_program_nothing_is_begun(small: Path, tmp_path: Path, lack: str) -> None:
    if lack == "border":
        (small / SETTINGS).write_text("site_name: x\n", encoding="utf-8")
    else:
        (small / lack).unlink()
    result = start(small, tmp_path / "new", "--title", "T")
    assert result.exit_code == 1
    assert result.stderr.endswith("Nothing was made.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


@pytest.mark.parametrize("fault", ["disk", "stop"])
def test_when_it_breaks_off_nothing_is_left(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    written = Path.write_text

    def fail(self: Path, *words: str, **options: str) -> int:
        if self.name == "places.yml":
            raise OSError("No space left on device: '../new'") if fault == "disk" else KeyboardInterrupt
        return written(self, *words, **options)

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(StartError if fault == "disk" else KeyboardInterrupt) as ended:
        begin(small, tmp_path / "new", complete({"title": "T"}), date(2026, 1, 2))
    assert fault == "stop" or str(ended.value) == "No space left on device: '../new'. Nothing was made."
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_git_that_is_missing_or_refuses_is_told_in_a_sentence(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / ".git").write_text("gitdir: /nowhere", encoding="utf-8")
    assert (
        "git does not tell which files belong to the project." in start(small, tmp_path / "new", "--title", "T").stderr
    )
    monkeypatch.setenv("PATH", "")
    assert "This needs git, which is not installed." in start(small, tmp_path / "new", "--title", "T").stderr
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_from_a_clone_only_what_git_tracks_is_taken_and_from_a_copy_what_it_would(small: Path, tmp_path: Path) -> None:
    def made(name: str) -> set[str]:
        begin(small, tmp_path / name, complete({"title": "T"}), date(2026, 1, 2))
        return set(everything(tmp_path / name))

    (small / "site").mkdir()
    (small / "site/index.html").write_text("built", encoding="utf-8")
    whole = made("one")
    assert "site/index.html" not in whole
    known = commit(small, "All")
    (small / "secret.txt").write_text("mine", encoding="utf-8")
    (small / ".gitignore").unlink()
    assert made("two") == whole - {".gitignore"}
    assert known in (tmp_path / "two/CHANGELOG.md").read_text(encoding="utf-8")
    assert "Begun with a copy" in (tmp_path / "one/CHANGELOG.md").read_text(encoding="utf-8")


# Upgrades, as the guide tells them


def _lines_after(heading: str) -> Iterator[list[str]]:
    """The commands of each shell block below a heading of the guide."""
    part = GUIDE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert part
    for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL):
        yield block.replace("\\\n", " ").splitlines()


def _follow(folder: Path, lines: list[str], **words: str) -> None:
    """Does in a shell what the lines say, but for what sets up, makes and tests; only a merge may end badly."""
    shell = [line for line in lines if not line.startswith(("make ", ".venv/"))]
    for word, value in words.items():
        shell = [re.sub(rf"\b{word}\b", value, line) for line in shell]
    script = "\n".join(f"{line} || true" if line.startswith("git merge --no-commit") else line for line in shell)
    done = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", script), cwd=folder, env=QUIET, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_chronology_takes_what_is_new_in_the_program_and_nothing_of_another(
    upstream: Path, begun: Path, tmp_path: Path
) -> None:
    program, mine = tmp_path / "program", tmp_path / "mine"
    shutil.copytree(upstream, program)
    shutil.copytree(begun, mine, ignore=shutil.ignore_patterns("__pycache__"))
    began = git(program, "rev-parse", "HEAD").strip()
    assert f"commit {began}" in (mine / "CHANGELOG.md").read_text(encoding="utf-8")
    commit(mine, "Begun")
    (mine / EXAMPLE).rename(mine / "chronology/events/1998/ferry-sinks.yml")
    _append(mine / "docs/about/index.md", "\nMine.\n")
    for path in ("docs/assets/screenshots/my own.png", "tests/test_flagship.py"):
        (mine / path).parent.mkdir(exist_ok=True)
        (mine / path).write_text("mine", encoding="utf-8")
    _append(mine / "Makefile", "\nmine:\n\techo mine\n")
    commit(mine, "My own")
    own = {path: text for path, text in everything(mine).items() if is_own(path)}

    _change_upstream(program)
    join, upgrade = _lines_after("Upgrade the program")
    _follow(mine, join, ADDRESS=str(program), COMMIT=began)
    for round_ in ("first", "second"):
        _append(program / "CONTRIBUTING.md", f"\n{round_}\n")
        commit(program, round_)
        _follow(mine, upgrade)
        assert git(mine, "status", "--porcelain") == ""
        assert (mine / "CONTRIBUTING.md").read_text(encoding="utf-8").endswith(f"\n{round_}\n")
    assert {path: text for path, text in everything(mine).items() if is_own(path)} == own
    assert (mine / "scripts/chronicle/dates/date.py").read_text(encoding="utf-8").startswith("# New\n")
    assert (mine / "Makefile").read_text(encoding="utf-8").endswith("echo mine\n")
    assert "extra_new" in (mine / SETTINGS).read_text(encoding="utf-8")
    assert f"site_name: {TITLE}\n" in (mine / SETTINGS).read_text(encoding="utf-8")
    assert run(mine, "-m", "chronicle", "check").returncode == 0


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def _change_upstream(program: Path) -> None:
    """What may happen there: new program, and entries that are changed, added and removed."""
    entries = sorted((program / "chronology/events").glob("*/*.yml"))
    _append(entries[0], "\n# changed\n")
    shutil.copy(entries[-1], entries[-1].with_name("one-more.yml"))
    entries[len(entries) // 2].unlink(missing_ok=True)
    for path in OWN:
        if (program / path).is_file():
            _append(program / path, "\n# changed\n")
    dates = program / "scripts/chronicle/dates/date.py"
    dates.write_text("# New\n" + dates.read_text(encoding="utf-8"), encoding="utf-8")
    _append(program / SETTINGS, "  extra_new: true\n")


def test_a_backup_is_made_and_renewed_as_the_guide_says(small: Path, tmp_path: Path) -> None:
    commit(small, "All")
    (lines,) = _lines_after("Back up")
    _follow(tmp_path, lines, ADDRESS=str(small))
    assert git(tmp_path / "backup.git", "rev-parse", "main") == git(small, "rev-parse", "main")


def test_the_words_to_change_when_mkdocs_ends_stand_in_the_workflow() -> None:
    workflow = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert workflow.count("make build") == 1
    assert workflow.count("path: site\n") == 1
    assert "`make build` becomes `make zensical`" in GUIDE.read_text(encoding="utf-8")


def test_every_make_that_the_guide_names_is_there() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.split("\n")]
    calls = re.findall(
        r"(?:^|[ `])make ([a-z ]+)(?:$|`)", "\n".join((*lines, *re.findall(r"`[^`\n]+`", text))), re.MULTILINE
    )
    called = {name for call in calls for name in call.split()}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"build", "check", "lock", "test", "zensical"} <= called
    assert [name for name in called if f"\n{name}:" not in makefile] == []
