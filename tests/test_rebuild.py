"""Building again: what stands is not made again, and what comes out is byte for byte what a clean build makes."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from chronicle.site.rebuild import Memory, Plan, Source, make_plan, memory_file, read_stamps, recall, remember, sweep
from conftest import lay_out
from patience import PATIENCE, wait_until

ENTRY = "chronology/events/1998/{}.yml"
CLOSED, FERRY = ENTRY.format("harbour-bridge-closed"), ENTRY.format("ferry-carries-traffic")
ALWAYS_MADE = {"404.html", "sitemap.xml", "sitemap.xml.gz"}
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}


# ---- what a plan spares ----


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages and a picture, made of three files, as `sources` lists them."""
    for name, text in {"a.md": "See [b](b.md).", "b.md": "Nothing.", "c.svg": "<svg/>"}.items():
        write(tmp_path / "docs" / name, text)
    for source in sources(tmp_path / "docs"):
        write(tmp_path / "site" / source.output, "made of " + source.path.read_text(encoding="utf-8"))
    return tmp_path / "site"


def sources(docs: Path) -> tuple[Source, ...]:
    outputs = {path: path.name.replace(".md", "/index.html") for path in sorted(docs.iterdir())}
    return tuple(Source(path.name, path, output) for path, output in outputs.items())


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def plan(site: Path, before: Memory, environment: str = "same") -> Plan:
    return make_plan(site, sources(site.parent / "docs"), environment, before)


def memory_of(site: Path, environment: str = "same") -> Memory:
    remember(site.parent / "memory.json", site, plan(site, Memory(), environment))
    return recall(site.parent / "memory.json")


def test_everything_stands_when_nothing_has_changed(site: Path) -> None:
    again = plan(site, memory_of(site))
    assert again.standing == {"a/index.html", "b/index.html", "c.svg"}
    assert again.complete
    assert again.index_stands
    assert again.stale == frozenset()


def test_nothing_stands_when_nothing_is_remembered(site: Path) -> None:
    first = plan(site, Memory())
    assert first.standing == frozenset()
    assert not first.complete
    assert first.stale == {"a/index.html", "b/index.html", "c.svg"}


def test_nothing_stands_in_another_environment(site: Path) -> None:
    assert plan(site, memory_of(site), environment="other").standing == frozenset()


def test_a_changed_source_is_made_again_and_the_others_stand(site: Path) -> None:
    before = memory_of(site)
    write(site.parent / "docs" / "b.md", "Something.")
    assert plan(site, before).standing == {"a/index.html", "c.svg"}


def test_a_source_that_only_looks_newer_stands(site: Path) -> None:
    before = memory_of(site)
    os.utime(site.parent / "docs" / "b.md", (2e9, 2e9))
    assert plan(site, before).complete


@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda output: write(output, "by hand"), lambda output: os.utime(output, (1, 1))]
)
def test_an_output_that_is_not_as_it_was_left_is_made_again(site: Path, damage: Callable[[Path], None]) -> None:
    before = memory_of(site)
    damage(site / "b" / "index.html")
    assert plan(site, before).standing == {"a/index.html", "c.svg"}


def test_what_has_no_source_is_stale(site: Path) -> None:
    before = memory_of(site)
    (site.parent / "docs" / "c.svg").unlink()
    write(site / "stray" / "page.html", "by hand")
    again = plan(site, before)
    assert again.stale == {"c.svg", "stray/page.html"}
    assert not again.complete


@pytest.mark.parametrize(
    "link",
    [
        "[x](new.md)",
        "[x](<deep/new.md#part>)",
        "[x]: new.md?a=b",
        "![x](ne%77.md)",
        r"[x](new\.md)",
        '<a href="new.md">',
    ],
)
def test_a_page_that_names_a_file_which_comes_or_goes_is_made_again(site: Path, link: str) -> None:
    write(site.parent / "docs" / "a.md", link)
    before = memory_of(site)
    write(site.parent / "docs" / "new.md", "Here.")
    assert plan(site, before).standing == {"b/index.html", "c.svg"}
    both = Memory(before.environment, plan(site, before).digests, before.stamps)
    (site.parent / "docs" / "new.md").unlink()
    assert plan(site, both).standing == {"b/index.html", "c.svg"}


def test_a_damaged_index_is_made_again_and_the_pages_stand(site: Path) -> None:
    write(site / "pagefind" / "pagefind.js", "search()")
    before = memory_of(site)
    write(site / "pagefind" / "pagefind.js", "")
    again = plan(site, before)
    assert again.complete
    assert not again.index_stands
    assert again.stale == frozenset()


def test_a_memory_is_gone_as_soon_as_it_is_read(site: Path) -> None:
    file = site.parent / "memory.json"
    remember(file, site, plan(site, Memory()))
    assert recall(file).environment == "same"
    assert recall(file) == Memory()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"environment": "", "digests": {}, "stamps": {"a": 1}}'])
def test_a_memory_that_cannot_be_read_is_no_memory(tmp_path: Path, text: str) -> None:
    write(tmp_path / "memory.json", text)
    assert recall(tmp_path / "memory.json") == Memory()


def test_each_output_folder_has_a_memory_of_its_own(tmp_path: Path) -> None:
    assert memory_file(tmp_path, tmp_path / "site") == memory_file(tmp_path, tmp_path / "site")
    assert memory_file(tmp_path, tmp_path / "site") != memory_file(tmp_path, tmp_path / "other")


def test_sweeping_leaves_no_empty_folder_and_nothing_that_is_hidden_is_stale(site: Path) -> None:
    write(site / "old" / "year" / "index.html", "old")
    write(site / ".nojekyll", "")
    sweep(site, plan(site, memory_of(site)).stale)
    assert {path.name for path in site.iterdir()} == {"a", "b", "c.svg", ".nojekyll"}


# ---- whole builds ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project, built once; every test below changes it and leaves it built."""
    root: Path = lay_out("project", tmp_path_factory.mktemp("rebuild"))
    build(root, "--strict")
    return root


def build(root: Path, *options: str, fails: bool = False, variables: Mapping[str, str] | None = None) -> str:
    """Run `mkdocs build` and give what it says."""
    command = (sys.executable, "-m", "mkdocs", "build", *options)
    environment = {**ENVIRONMENT, **(variables or {})}
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == int(fails), run.stderr
    assert "Traceback" not in run.stderr
    return run.stdout + run.stderr


def rebuild(root: Path, **variables: str) -> set[str]:
    """Run `mkdocs build --dirty --strict`; give the outputs that were made, without those of the search index."""
    before = read_stamps(root / "site")
    said = build(root, "--dirty", "--strict", variables=variables)
    assert "dirty" not in said
    assert "stale" not in said
    after = read_stamps(root / "site")
    return {name for name in after if after[name] != before.get(name) and not name.startswith("pagefind/")}


def expect_what_a_clean_build_makes(root: Path) -> None:
    build(root, "--site-dir", "clean")
    assert read_tree(root / "site") == read_tree(root / "clean")


def read_tree(folder: Path) -> dict[str, bytes | None]:
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_when_nothing_has_changed_no_page_and_no_index_is_made(built: Path) -> None:
    index = {name: stamp for name, stamp in read_stamps(built / "site").items() if name.startswith("pagefind/")}
    assert rebuild(built) == ALWAYS_MADE
    assert index
    assert index.items() <= read_stamps(built / "site").items()
    expect_what_a_clean_build_makes(built)


def test_an_edited_entry_is_shown_and_pages_that_do_not_tell_it_stand(built: Path) -> None:
    replace(built / CLOSED, "after a crack is found", "after two cracks are found")
    made = rebuild(built)
    assert {"index.html", "timeline/index.html", "events/harbour-bridge-closed/index.html"} <= made
    assert made.isdisjoint({"about/index.html", "words/index.html", "assets/search/search.js"})
    expect_what_a_clean_build_makes(built)


def test_an_added_entry_gets_a_page_and_can_be_found(built: Path) -> None:
    entry = (built / FERRY).read_text(encoding="utf-8")
    write(built / ENTRY.format("second-ferry"), entry.replace("title: ", "title: Zeppelin or "))
    assert "events/second-ferry/index.html" in rebuild(built)
    expect_what_a_clean_build_makes(built)


def test_a_renamed_entry_leaves_nothing_under_its_old_name(built: Path) -> None:
    (built / ENTRY.format("second-ferry")).rename(built / ENTRY.format("other-ferry"))
    assert "events/other-ferry/index.html" in rebuild(built)
    assert not (built / "site" / "events" / "second-ferry").exists()
    expect_what_a_clean_build_makes(built)


def test_a_removed_entry_leaves_no_page_and_nothing_to_find(built: Path) -> None:
    (built / ENTRY.format("other-ferry")).unlink()
    found = len(list((built / "site" / "pagefind" / "fragment").iterdir()))
    rebuild(built)
    assert not (built / "site" / "events" / "other-ferry").exists()
    assert len(list((built / "site" / "pagefind" / "fragment").iterdir())) == found - 1
    expect_what_a_clean_build_makes(built)


def test_pictures_and_pages_by_hand_come_and_go(built: Path) -> None:
    write(built / "docs" / "assets" / "bridge.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(built / "docs" / "about" / "index.md", "# How we work\n\n![Bridge](../assets/bridge.svg)\n")
    assert rebuild(built) - ALWAYS_MADE == {"assets/bridge.svg", "about/index.html"}
    write(built / "docs" / "about" / "index.md", "# How we work\n")
    (built / "docs" / "assets" / "bridge.svg").unlink()
    assert rebuild(built) - ALWAYS_MADE == {"about/index.html"}
    expect_what_a_clean_build_makes(built)


def test_outputs_that_somebody_changed_are_put_right(built: Path) -> None:
    write(built / "site" / "events" / "harbour-bridge-closed" / "index.html", "by hand")
    write(built / "site" / "events" / "never-happened" / "index.html", "by hand")
    (built / "site" / "index.html").unlink()
    next((built / "site" / "pagefind" / "fragment").iterdir()).unlink()
    assert rebuild(built) - ALWAYS_MADE == {"index.html", "events/harbour-bridge-closed/index.html"}
    expect_what_a_clean_build_makes(built)


def test_changed_settings_make_everything_again(built: Path) -> None:
    replace(built / "mkdocs.yml", "site_name:", "theme: {custom_dir: overrides}\nsite_name:")
    write(built / "overrides" / "main.html", '{% extends "base.html" %}')
    assert rebuild(built) == set(read_stamps(built / "site")) - index_names(built)
    write(built / "overrides" / "main.html", '{% extends "base.html" %}{% block footer %}Ferry{% endblock %}')
    assert rebuild(built) == set(read_stamps(built / "site")) - index_names(built)
    expect_what_a_clean_build_makes(built)


def index_names(root: Path) -> set[str]:
    return {name for name in read_stamps(root / "site") if name.startswith("pagefind/")}


def test_another_address_or_release_makes_everything_again(built: Path, tmp_path: Path) -> None:
    everything = set(read_stamps(built / "site")) - index_names(built)
    assert rebuild(built, SITE_URL="https://harbour.example.org/") == everything
    write(tmp_path / "Pygments-99.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: Pygments\nVersion: 99\n")
    assert rebuild(built, SITE_URL="https://harbour.example.org/", PYTHONPATH=str(tmp_path)) == everything
    assert rebuild(built) == everything


def test_a_mistake_ends_a_build_and_leaves_everything_as_it_was(built: Path) -> None:
    before = read_tree(built / "docs"), read_tree(built / "site")
    replace(built / CLOSED, "kind: closure", "kind: closing")
    said = build(built, "--dirty", fails=True)
    assert "harbour-bridge-closed.yml:5:7: " in said
    assert (read_tree(built / "docs"), read_tree(built / "site")) == before
    replace(built / CLOSED, "kind: closing", "kind: closure")
    assert rebuild(built) == ALWAYS_MADE


def test_after_a_build_that_broke_off_everything_is_made_again(built: Path) -> None:
    template = (built / "overrides" / "main.html").read_text(encoding="utf-8")
    write(built / "overrides" / "main.html", "{% if %}")
    command = (sys.executable, "-m", "mkdocs", "build", "--dirty")
    assert subprocess.run(command, cwd=built, env=ENVIRONMENT, capture_output=True, check=False).returncode == 1
    write(built / "overrides" / "main.html", template)
    assert rebuild(built) == set(read_stamps(built / "site")) - index_names(built)


def test_a_warning_is_counted_until_its_cause_is_mended_though_nobody_wants_to_see_it(built: Path) -> None:
    write(built / "docs" / "about" / "index.md", "# How we work\n\n[Nowhere](nowhere.md)\n")
    assert "nowhere.md" in build(built, "--dirty")
    said = build(built, "--dirty", "--strict", "--quiet", fails=True)
    assert "Aborted with 1 warnings" in said
    assert "nowhere.md" not in said
    write(built / "docs" / "about" / "index.md", "# How we work\n")
    assert "about/index.html" in rebuild(built)


# ---- a served site ----


# The system chooses the port, for one that was free may be taken by the time that the site is built and served there.
# MkDocs takes that, and then tells the port that it was given, which is 0; so the server is bound and asked for it here.
TELL_PORT = """
def on_serve(server, **_):
    server.server_bind()
    server.server_bind = lambda: None
    print("On port", server.server_port)
"""


class Server:
    """A running `mkdocs serve --dirty`."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def read(self, path: str) -> str:
        """What a browser gets; nothing if there is no such page."""
        try:
            with urlopen(f"http://127.0.0.1:{self._port()}/{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def said(self) -> str:
        """All that it has said so far."""
        return self._log.read_text(encoding="utf-8")

    def settle(self) -> None:
        """Wait until nothing is said for three looks of the watcher; it never ends if what a build wrote starts another."""

        def is_silent() -> bool:
            before = self.said()
            time.sleep(1.5)
            return self.said() == before

        wait_until(is_silent)

    def _port(self) -> str:
        found = re.search(r"On port (\d+)\n", self.said())
        assert found
        return found[1]


@contextmanager
def serve(root: Path, log: Path) -> Iterator[Server]:
    write(root / "tell_port.py", TELL_PORT)
    write(root / "served.yml", "INHERIT: mkdocs.yml\nhooks: [../../scripts/mkdocs_hook.py, tell_port.py]\n")
    command = (sys.executable, "-m", "mkdocs", "serve", "--dirty", "-f", "served.yml", "--dev-addr", "127.0.0.1:0")
    with (
        log.open("w") as output,
        subprocess.Popen(
            command,
            cwd=root,
            env=ENVIRONMENT,
            stdout=output,
            stderr=output,
            preexec_fn=_mind_interrupts,  # noqa: PLW1509  (no other thread of ours runs here)
        ) as process,
    ):
        server = Server(log)
        try:
            wait_until(lambda: "Serving on" in server.said())
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                assert process.wait(PATIENCE) == 0
            finally:
                process.kill()


def _mind_interrupts() -> None:
    """Undo what a shell does to commands that it runs in the background: to them Ctrl-C means nothing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def save(path: Path, text: str, meanwhile: Path) -> None:
    """Write a file as editors do, by way of another, so that no watcher finds half of it."""
    meanwhile.write_text(text, encoding="utf-8")
    meanwhile.replace(path)


def test_a_served_site_follows_its_entries_and_outlives_mistakes(built: Path, tmp_path: Path) -> None:
    page = "events/harbour-bridge-closed/"
    entry = re.sub("(?m)^title: .*", "title: Harbour bridge closed after a crack is found", (built / CLOSED).read_text())
    with serve(built, tmp_path / "log") as server:
        wait_until(lambda: "page_count" in server.read("pagefind/pagefind-entry.json"))
        save(built / CLOSED, entry.replace("a crack is", "three cracks are"), tmp_path / "saved")
        wait_until(lambda: "three cracks" in server.read(page))
        server.settle()
        reloads = server.said().count("Reloading browsers")
        assert reloads

        save(built / CLOSED, entry.replace("kind: closure", "kind: closing"), tmp_path / "saved")
        wait_until(lambda: "Mend the above and save.\n" in server.said())
        server.settle()
        assert "harbour-bridge-closed.yml:5:7: " in server.said()
        assert server.said().endswith("\nThe site still shows the pages from before. Mend the above and save.\n")
        assert "three cracks" in server.read(page)
        assert server.said().count("Reloading browsers") == reloads

        save(built / CLOSED, entry, tmp_path / "saved")
        wait_until(lambda: "after a crack" in server.read(page))
        server.settle()
        assert server.said().count("All mended.") == 1

        save(built / "docs" / "about" / "index.md", "# How we worked\n", tmp_path / "saved")
        wait_until(lambda: "How we worked" in server.read("about/"))
        server.settle()
        assert server.said().count("All mended.") == 1
        assert "page_count" in server.read("pagefind/pagefind-entry.json")
    assert len(list((built / ".cache" / "chronicle").iterdir())) <= 2  # those of site and clean
    rebuild(built)
    expect_what_a_clean_build_makes(built)
