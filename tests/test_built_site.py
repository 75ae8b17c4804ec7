"""The real site, built by both builders: every link leads somewhere, nothing is asked of other sites, hostile text stays text."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from conftest import ROOT, lay_out

ASKED_BY_ITSELF = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
}
SITE = "http://127.0.0.1:8000/"


@dataclass
class Read(HTMLParser):
    """What a page holds that can go wrong."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    inline_scripts: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)  # data for machines in a script, which no browser runs
    handlers: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self._inside = tag if found.get("type") != "application/ld+json" else "data"
        self.ids |= {found["id"] or ""} if "id" in found else set()
        self.links += [found["href"] or ""] if tag == "a" and "href" in found else []
        loaded = found.get(ASKED_BY_ITSELF.get(tag, ""))
        is_told = "itemprop" in found or found.get("rel") in ("canonical", "prev", "next")  # and not asked for
        if loaded and not is_told:
            self.loads.append(loaded)
        self.handlers += [name for name in found if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and data.strip():
            self.inline_scripts.append(data)
        if self._inside == "data" and data.strip():
            self.linked.append(data)
        elif self._inside != "data":
            self.words += data


@cache
def _read(page: Path) -> Read:
    reader = Read()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        (sys.executable, "-m", *command), cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module", params=["project", "hostile"])
def mkdocs_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project, built by a strict MkDocs."""
    root = lay_out(request.param, tmp_path_factory.mktemp("mkdocs"))
    done = _run(root, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_out("hostile", tmp_path_factory.mktemp("hostile"))
    done = _run(root, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return root / "site"


def _pages(site: Path) -> Iterator[Path]:
    return (page for page in sorted(site.rglob("*.html")) if page.name != "404.html")


def _target(page: Path, link: str, site: Path) -> tuple[Path, str]:
    """The file that a link of our own leads to, and the place in it; the site stands below a folder, which none may leave."""
    host = f"//{urlsplit(SITE).netloc}/"
    parts = urlsplit(urljoin(f"http:{host}below/{page.relative_to(site).as_posix()}", link.replace(host, f"{host}below/")))
    file = site / unquote(parts.path).removeprefix("/below/").removeprefix("/")
    inside = parts.path.startswith("/below/")
    return ((file / "index.html" if parts.path.endswith("/") else file) if inside else site / "..", unquote(parts.fragment))


def broken_links(site: Path) -> list[tuple[str, str]]:
    """The links within a site that lead to no page of it, or to no place on that page."""
    broken = []
    for page in _pages(site):
        for link in _read(page).links:
            if urlsplit(urljoin(SITE, link)).netloc != urlsplit(SITE).netloc:
                continue
            file, place = _target(page, link, site)
            if not file.is_file() or (
                place and file.suffix == ".html" and place not in _read(file).ids | {"__codelineno-0-1"}
            ):
                broken.append((page.relative_to(site).as_posix(), link))
    return broken


def test_every_link_within_the_site_leads_to_a_page_and_to_a_place_on_it(mkdocs_site: Path) -> None:
    assert broken_links(mkdocs_site) == []


def test_a_link_out_of_the_site_and_a_place_that_is_missing_are_noticed(tmp_path: Path) -> None:
    links = ("../", "../../", "#there", "#nowhere", "/", f"{SITE}bridge/", "https://other.example.org/", "gone.html")
    for name in ("index.html", "bridge/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('<p id="there">' + "".join(f'<a href="{link}">.</a>' for link in links))
    wrong = [link for page, link in broken_links(tmp_path) if page == "bridge/index.html"]
    assert wrong == ["../../", "#nowhere", "/", "gone.html"]


def test_no_page_asks_anything_of_another_site_by_itself(mkdocs_site: Path) -> None:
    asked = {
        load
        for page in _pages(mkdocs_site)
        for load in _read(page).loads
        if urlsplit(urljoin(SITE, load)).netloc != "127.0.0.1:8000"
    }
    assert asked == set()


def test_no_style_sheet_or_script_of_ours_names_another_site() -> None:
    for file in (ROOT / "docs" / "assets").rglob("*.*s"):
        assert not re.search(
            r"https?://", re.sub(r"http://www\.w3\.org/[\w/]+", "", file.read_text(encoding="utf-8"))
        ), file.name


def test_every_page_has_one_title_and_one_first_heading(mkdocs_site: Path) -> None:
    for page in _pages(mkdocs_site):
        html = page.read_text(encoding="utf-8")
        if "http-equiv" not in html.partition("</head>")[0] or "refresh" not in html:
            assert html.count("<h1") == 1, page
        assert len(re.findall(r"<title>", html)) == 1, page


def test_a_page_is_called_by_its_title_and_the_site_and_the_home_page_by_the_site_alone(mkdocs_site: Path) -> None:
    def called(page: str) -> list[str]:
        return re.findall("<title>(.*?)</title>", (mkdocs_site / page).read_text(encoding="utf-8"))

    (name,) = called("index.html")
    assert " - " not in name
    assert called("timeline/index.html") == [f"Timeline - {name}"]


def test_hostile_text_brings_no_script_no_handler_and_no_tag_of_its_own(hostile_site: Path, tmp_path: Path) -> None:
    plain = lay_out("project", tmp_path)
    assert _run(plain, "mkdocs", "build", "-q").returncode == 0
    harmless = [_read(page) for page in _pages(plain / "site")]
    tags, scripts = set.union(*(page.tags for page in harmless)), {s for page in harmless for s in page.inline_scripts}
    for page in _pages(hostile_site):
        read = _read(page)
        assert read.handlers == [], page
        assert read.tags <= tags, (page, read.tags - tags)
        assert set(read.inline_scripts) <= scripts, page
        assert len([json.loads(data) for data in read.linked]) == len(read.linked) <= 1, page


def test_hostile_text_gives_no_link_but_to_https_and_http_and_our_own_calendars(hostile_site: Path) -> None:
    links = {link for page in _pages(hostile_site) for link in _read(page).links}
    assert {urlsplit(link).scheme for link in links} <= {"", "http", "https", "webcal"}
    calendars = {link for link in links if link.startswith("webcal:")}
    assert all(re.fullmatch(r"webcal://127\.0\.0\.1:8000/calendars/[a-z_-]+\.ics", link) for link in calendars), calendars


def test_hostile_text_is_shown_as_it_was_typed(hostile_site: Path) -> None:
    words = "".join(_read(page).words for page in _pages(hostile_site))
    assert "<script>" in words
    assert "{{" in words


ATTACK = "\n\n[x](javascript:alert(1))\n\n![i](https://evil.example.org/)\n"
ONE_LINE = {"title", "title_en", "says", "quote", "note", "publisher", "author", "what", "why", "name", "also", "about"}
ONE_LINE |= {"subtitle", "description", "editors", "meaning", "evidence_note"}


def _attacked(value: object, key: str = "") -> object:
    """The same YAML data with an attack after an empty line in every text that is not prose."""
    if isinstance(value, dict):
        return {name: _attacked(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_attacked(part, key) for part in value]
    return f"{value}{ATTACK}" if key in ONE_LINE else value


def test_an_empty_line_in_a_text_lets_nothing_out_of_its_block(tmp_path: Path) -> None:
    root = lay_out("project", tmp_path)
    files = [root / "chronology" / name for name in ("chronology.yml", "actors.yml", "places.yml")]
    for file in (*files, *(root / "chronology" / "events").rglob("*.yml")):
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        file.write_text(yaml.safe_dump(_attacked(data), allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = _run(root, "mkdocs", "build")
    assert (root / "site" / "index.html").is_file(), done.stderr
    for page in _pages(root / "site"):
        read = _read(page)
        assert not [link for link in read.links if link.startswith("javascript:")], page
        assert not [load for load in read.loads if "evil" in load], page
        assert not any("alert(1)" in script for script in read.inline_scripts), page


def test_nothing_is_written_outside_the_site(tmp_path: Path) -> None:
    root = lay_out("hostile", tmp_path)
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(root)}
    assert _run(root, "chronicle", "build").returncode == 0
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(root)} == before
    assert {path.name for path in root.iterdir()} <= {"chronology", "docs", "mkdocs.yml", ".cache"}


def test_zensical_builds_the_same_folder_without_a_warning(tmp_path: Path) -> None:
    root = lay_out("project", tmp_path)
    assert _run(root, "chronicle", "build").returncode == 0
    done = _run(root, "zensical", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
    theirs = {page.relative_to(root / "site") for page in _pages(root / "site")}
    assert _run(root, "mkdocs", "build", "--strict", "-d", "other").returncode == 0
    assert theirs == {page.relative_to(root / "other") for page in _pages(root / "other")}
    assert _run(root, "chronicle", "index", "site").returncode == 0
    assert (root / "site" / "pagefind" / "pagefind.js").is_file()
    assert broken_links(root / "site") == []


def test_the_hook_gives_the_pages_that_mkdocs_gives_without_it(tmp_path: Path) -> None:
    root = lay_out("project", tmp_path)
    assert _run(root, "mkdocs", "build", "--strict").returncode == 0
    settings = root / "mkdocs.yml"
    settings.write_text(re.sub(r"^hooks:.*$", "hooks: []", settings.read_text(), flags=re.MULTILINE))
    assert _run(root, "mkdocs", "build", "--strict", "-d", "plain").returncode == 0
    assert list(_pages(root / "plain"))
    for page in _pages(root / "plain"):
        assert page.read_bytes() == (root / "site" / page.relative_to(root / "plain")).read_bytes(), page
