"""The style sheets and scripts of the pages: each short, of one subject that it names first, and read by some page."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT

MOST = 400  # lines
SETTINGS = ("mkdocs.yml", "docs/templates", "scripts/chronicle/pages/templates")


def assets(root: Path) -> dict[str, str]:
    """Every style sheet and script below docs/assets of the project in `root`, by its path there."""
    folder = root / "docs" / "assets"
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".css", ".js"))
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def named_by_pages(root: Path) -> set[str]:
    """The assets that the settings and the templates of the pages name."""
    places = [root / name for name in SETTINGS]
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place]) if file.is_file()]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return {name for text in texts for name in re.findall(r"\bassets/([\w/-]+\.(?:css|js))\b", text)}


def _fetched(name: str, text: str) -> Iterator[str]:
    """What a script imports or adds, each named by its way from the script."""
    for way in re.findall(r'"([\w./-]+\.(?:css|js))"', text):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(name), way))


def read_by_pages(root: Path) -> set[str]:
    """The assets that pages name, and those that the scripts among them fetch, however far."""
    files = assets(root)
    found: set[str] = set()
    coming = named_by_pages(root)
    while coming:
        found |= coming
        coming = {far for name in coming & set(files) for far in _fetched(name, files[name])} & set(files) - found
    return found


def faults(root: Path) -> list[str]:
    """What is wrong with the assets of the project in `root`."""
    files = assets(root)
    read = read_by_pages(root)
    long = [f"{name} is longer than {MOST} lines" for name, text in files.items() if len(text.splitlines()) > MOST]
    mute = [f"{name} does not begin with its subject" for name, text in files.items() if not _says_its_subject(text)]
    idle = [f"{name} is read by no page" for name in files if name not in read]
    gone = [f"{name} is named by a page and is not there" for name in sorted(read - set(files))]
    return [*long, *mute, *idle, *gone]


def _says_its_subject(text: str) -> bool:
    return bool(re.match(r"/\* [^a-z*][^*]*\. ?\*/\n|(// .*\n)*// .*[.:]\n", text))


def test_each_style_sheet_and_script_is_short_names_its_subject_and_is_read() -> None:
    assert faults(ROOT) == []


def test_every_fault_is_noticed(tmp_path: Path) -> None:
    for path, text in {
        "mkdocs.yml": "extra_css: [assets/theme.css, assets/lost.css]\n",
        "docs/templates/main.html": '<script src="assets/search/search.js"></script>',
        "docs/assets/theme.css": "/* Colours. */\n" + "\n" * MOST,
        "docs/assets/mute.css": "a { color: red; }\n",
        "docs/assets/search/search.js": '// The search.\nimport("./view.js");\n',
        "docs/assets/search/view.js": '// What is found.\nconst sheets = ["../found.css"];\n',
        "docs/assets/found.css": "/* What is found. */\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert faults(tmp_path) == [
        "theme.css is longer than 400 lines",
        "mute.css does not begin with its subject",
        "mute.css is read by no page",
        "lost.css is named by a page and is not there",
    ]
