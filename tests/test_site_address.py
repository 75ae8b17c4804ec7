"""The address of the site: where it is said, what wins, and what is made of it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from chronicle.addresses import absolute
from chronicle.cli import main
from chronicle.load import load
from chronicle.model.setting import read_site
from chronicle.site import Edition, build_docs
from conftest import ROOT
from served import build
from small import SETTING, entry, read, write

SAID = SETTING + "site: https://bridge.example.org/archive\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, {"1998/bridge-closed": entry()}, setting=SAID)


def cited(root: Path) -> str:
    """The address that is cited for the one event."""
    lines = (root / "docs/events/bridge-closed/cite.ris").read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("UR  - ") for line in lines if line.startswith("UR"))


def run(root: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    values: Mapping[str, str | None] = {"SITE_URL": None, "AS_OF": None, **environment}
    done = CliRunner().invoke(main, ["--root", str(root), "build", *arguments], env=values)
    return done.exit_code, done.output


def test_chronology_yml_says_where_the_site_stands(root: Path) -> None:
    assert run(root)[0] == 0
    assert cited(root) == "https://bridge.example.org/archive/events/bridge-closed/"


def test_the_address_that_is_given_with_the_command_wins(root: Path) -> None:
    run(root, SITE_URL="https://elsewhere.example.org/x")
    assert cited(root) == "https://elsewhere.example.org/x/events/bridge-closed/"
    run(root, "--site", "https://third.example.org", SITE_URL="https://elsewhere.example.org/x")
    assert cited(root) == "https://third.example.org/events/bridge-closed/"
    run(root, SITE_URL="")
    assert cited(root) == "https://bridge.example.org/archive/events/bridge-closed/"


def test_another_address_makes_everything_again_that_names_it(root: Path) -> None:
    assert build_docs(root, root / "docs").written
    assert not build_docs(root, root / "docs").written
    written = set(build_docs(root, root / "docs", edition=Edition(site="https://elsewhere.example.org/")).written)
    assert {"events/bridge-closed/index.md", "events/bridge-closed/cite.bib", "data/v1/citation.json"} <= written
    assert "events/bridge-closed/sources.bib" not in written


def test_without_an_address_it_is_where_the_site_is_shown_while_it_is_written(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": entry()})
    assert absolute(chronology, "events/bridge-closed/") == "http://127.0.0.1:8000/events/bridge-closed/"


def test_an_address_holds_only_signs_that_may_stand_in_one(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": entry()})
    assert absolute(chronology, "a b/é?/#claim-1") == "http://127.0.0.1:8000/a%20b/%C3%A9%3F/#claim-1"


@pytest.mark.parametrize(
    "site", ["https://bridge.example.org", "https://bridge.example.org/", "https://bridge.example.org//"]
)
def test_an_address_ends_with_one_slash(site: str) -> None:
    assert read_site(site) == "https://bridge.example.org/"


@pytest.mark.parametrize(
    "site", ["bridge.example.org", "ftp://x.org/", "https://x.org/?a=1", "https://x.org/#a", "javascript:1"]
)
def test_what_is_no_address_of_a_site_is_refused(root: Path, site: str) -> None:
    code, output = run(root, "--site", site)
    assert code == 2
    assert "Invalid value for '--site'" in output
    problems = load(write(root, {}, setting=SETTING + f"site: '{site}'\n")).problems
    assert [problem.line for problem in problems] == [len(SETTING.splitlines()) + 1]


def test_mkdocs_cites_the_address_that_its_settings_name(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://elsewhere.example.org/x")
    build(project, project / "site")
    page = (project / "site/events/harbour-bridge-closed/index.html").read_text(encoding="utf-8")
    url = "https://elsewhere.example.org/x/events/harbour-bridge-closed/"
    assert f'<link rel="canonical" href="{url}">' in page
    assert f'<meta name="citation_public_url" content="{url}">' in page


def test_an_address_that_is_none_ends_the_build_with_a_sentence(project: Path) -> None:
    command = (sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(project / "site"))
    environment = os.environ | {"SITE_URL": "https://elsewhere.example.org/?page=1"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "SITE_URL: no page can be found below an address with a ? or a #." in done.stdout
    assert not (project / "site").exists()


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests/project"])
def test_mkdocs_and_the_chronology_name_the_same_address(folder: Path) -> None:
    chronology = load(folder).chronology
    assert chronology
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    assert f'site_url: !ENV [SITE_URL, "{chronology.setting.site}"]' in settings
