"""The page on bringing a timeline says what is true: the program answers as is printed there."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from chronicle.cli import main
from chronicle.drafting.bring import COLUMNS
from chronicle.drafting.waiting import DRAFTS
from conftest import ROOT

PAGE = ROOT / "docs" / "contribute" / "import.md"
SHEET = ROOT / "tests" / "timelines" / "timelinejs.csv"
FIRST = f"{DRAFTS}/1998/lorries-turned-back-at-the-harbour-bridge.yml"


@pytest.fixture
def parts(project: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Each part of the page that is not written by hand, under the name of its comments."""
    monkeypatch.chdir(project)
    (project / SHEET.name).write_bytes(SHEET.read_bytes())
    imported = CliRunner().invoke(main, ["import", SHEET.name])
    lacking = CliRunner().invoke(main, ["check", FIRST])
    return {
        "sheet": f"```csv\n{SHEET.read_text(encoding='utf-8')}```",
        "run": f"```console\n$ chronicle import {SHEET.name}\n{imported.output}```",
        "draft": f"```yaml\n{(project / FIRST).read_text(encoding='utf-8')}```",
        "lacks": f"```console\n$ chronicle check {FIRST}\n{lacking.output}```",
        "columns": "\n".join(["| To say | Name the column |", "| --- | --- |", *_columns()]),
    }


def _columns() -> list[str]:
    """What a sheet may say, and under which headings; the dotted ones are keys of the JSON."""
    spelt = ((field, [name for name in names if "." not in name]) for field, names in COLUMNS.items())
    return [f"| {field} | {', '.join(name.capitalize() for name in names)} |" for field, names in spelt]


def test_every_part_of_the_page_is_current(parts: dict[str, str], renew: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, text in parts.items():
        told = f"<!-- {name} -->\n\n{text}\n\n<!-- /{name} -->"
        if renew:
            before, _, rest = page.partition(f"<!-- {name} -->")
            page = before + told + rest.partition(f"<!-- /{name} -->")[2]
        assert told in page, name
    if renew:
        PAGE.write_text(page, encoding="utf-8")


def test_the_page_on_contributing_leads_there() -> None:
    assert "(import.md)" in (ROOT / "docs" / "contribute" / "index.md").read_text(encoding="utf-8")
