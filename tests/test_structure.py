"""Who may import what, as section 3 of the design has it, read from the source of every module under scripts/."""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from chronicle.pages.addresses import FILES, FOLDERS
from conftest import ROOT

SCRIPTS = ROOT / "scripts"

# Most folders of modules are one row and free within themselves. The wings hold several subjects, each with its row.
WINGS = {"dates", "drafting", "exports", "load", "model", "site", "upkeep", "yamlfile"}

# `scripts/mkdocs_hook.py` stands beside the package.
MAY_IMPORT = {
    "__init__": "",
    "__main__": "cli",
    "addresses": "model",
    "charts": "dates dates.parts model",
    "check": (
        "dates load load.findings load.rest load.store load.uncollected model model.likeness model.origins "
        "model.scalars model.setting problems yamlfile"
    ),
    "citations": "addresses babel citeproc dates dates.parts made model model.origins model.setting",
    "cli": (
        "check click drafting.bring drafting.drafts drafting.forms drafting.new drafting.waiting "
        "imported-by-name load load.store model model.schema model.setting problems report review site "
        "site.search start upkeep.archive upkeep.links upkeep.verify yamlfile.editing"
    ),
    "dates": "dates.date dates.parts",
    "dates.date": "dates.parts dates.words edtf",
    "dates.parts": "",
    "dates.words": "dates.parts",
    "drafting": "",
    "drafting.bring": (
        "dates drafting.drafts drafting.new drafting.slugs load model model.likeness model.scalars "
        "model.setting pydantic_core yamlfile yamlfile.text"
    ),
    "drafting.drafts": "check load load.findings load.rest model model.likeness problems yamlfile",
    "drafting.forms": (
        "dates drafting.drafts drafting.new harmless load model model.amounts model.scalars model.setting "
        "pages problems pydantic pydantic_core yamlfile yamlfile.editing yamlfile.growing yamlfile.text"
    ),
    "drafting.new": (
        "check drafting.drafts drafting.slugs load model model.scalars model.setting pages problems "
        "pydantic_core yamlfile.text"
    ),
    "drafting.slugs": "",
    "drafting.waiting": "drafting.drafts load model model.scalars problems pydantic_core yamlfile",
    "exports": "",
    "exports.calendars": "addresses dates icalendar made model pages",
    "exports.data": (
        "addresses citations dates dates.parts made model model.origins model.scalars model.setting "
        "model.standing pages pydantic pydantic_core"
    ),
    "exports.feeds": "addresses made markupsafe model pages",
    "exports.plain": "addresses dates made model model.origins model.scalars model.standing pages",
    "exports.share": "PIL made model pages",
    "exports.signposts": "addresses dates exports.plain made model pages",
    "exports.tables": (
        "addresses citations dates exports.data made model model.origins model.scalars model.setting "
        "model.standing pages"
    ),
    "harmless": "problems",
    "load": "load.entries load.loading",
    "load.entries": "load.findings load.rest model problems yamlfile",
    "load.findings": "model.records problems pydantic pydantic_core yamlfile",
    "load.loading": (
        "load.entries load.findings load.rest load.store model model.scalars model.setting problems yamlfile "
        "yamlfile.faults"
    ),
    "load.rest": "load.findings model pydantic pydantic_core yamlfile",
    "load.store": "platformdirs",
    "load.uncollected": "",
    "made": "model",
    "mkdocs_hook": (
        "cli dates load.store mkdocs model.setting pages problems site site.blocks site.rebuild site.search"
    ),
    "model": "model.entry",
    "model.amounts": "",
    "model.entry": "dates model.records model.scalars model.setting pydantic",
    "model.likeness": "model",
    "model.origins": "model",
    "model.records": "model.scalars pydantic pydantic_core",
    "model.scalars": "dates model.amounts pydantic pydantic_core",
    "model.schema": "model model.records model.setting pydantic pydantic_core",
    "model.setting": "model.records model.scalars pydantic",
    "model.standing": "model model.scalars",
    "net": "brotli httpcore httpx idna protego",
    "pages": (
        "addresses babel charts citations dates dates.parts jinja2 made markupsafe model model.origins "
        "model.scalars model.standing report"
    ),
    "problems": "",
    "report": "dates.parts model model.origins",
    "review": (
        "dates dates.parts harmless load load.findings load.store model model.likeness model.origins "
        "model.records model.scalars model.setting model.standing pages problems yamlfile yamlfile.text"
    ),
    "site": "site.docs",
    "site.blocks": "",
    "site.docs": (
        "check citations exports.calendars exports.data exports.feeds exports.plain exports.share "
        "exports.signposts exports.tables load.store load.uncollected made model model.standing pages "
        "problems"
    ),
    "site.rebuild": "site.search",
    "site.search": "pagefind",
    "start": "check drafting.forms drafting.new exports.plain model.scalars model.setting problems yamlfile.text",
    "upkeep": "",
    "upkeep.archive": "model model.likeness net upkeep.links upkeep.notebook yamlfile yamlfile.editing",
    "upkeep.links": "dates model model.likeness net upkeep.notebook yamlfile.editing",
    "upkeep.notebook": "yamlfile.editing",
    "upkeep.verify": (
        "babel dates lxml model model.likeness model.scalars net num2words pypdf trafilatura upkeep.archive "
        "upkeep.links upkeep.notebook yamlfile yamlfile.editing"
    ),
    "yamlfile": "yamlfile.reading yamlfile.skirting yamlfile.source",
    "yamlfile.editing": "problems yamlfile yamlfile.text",
    "yamlfile.explaining": "problems yamlfile.faults yamlfile.source",
    "yamlfile.faults": "",
    "yamlfile.growing": "yamlfile yamlfile.editing yamlfile.text",
    "yamlfile.reading": "problems yaml yamlfile.explaining yamlfile.faults yamlfile.source",
    "yamlfile.skirting": "problems yamlfile.faults yamlfile.reading yamlfile.source",
    "yamlfile.source": "problems",
    "yamlfile.text": "",
}
OWNER = {
    "PIL": "exports.share",
    "brotli": "net",
    "citeproc": "citations",
    "click": "cli",
    "edtf": "dates.date",
    "httpcore": "net",
    "httpx": "net",
    "icalendar": "exports.calendars",
    "jinja2": "pages",
    "lxml": "upkeep.verify",
    "mkdocs": "mkdocs_hook",
    "num2words": "upkeep.verify",
    "pagefind": "site.search",
    "protego": "net",
    "pypdf": "upkeep.verify",
    "trafilatura": "upkeep.verify",
    "yaml": "yamlfile.reading",
}
MAY_SPEAK = {"cli", "mkdocs_hook"}  # MkDocs has no other way to show what is wrong with an entry

SPEAKING = {"print", "input", "exit", "quit", "breakpoint"}
STREAMS = {"stdin", "stdout", "exit"}


def modules(scripts: Path = SCRIPTS) -> Iterator[tuple[str, Path]]:
    """Every module with the row it belongs to."""
    for file in sorted(scripts.rglob("*.py")):
        path = file.relative_to(scripts)
        inside = path.relative_to("chronicle") if path.parts[0] == "chronicle" else path
        yield row_of(inside.with_suffix("").parts), file


def row_of(parts: tuple[str, ...]) -> str:
    """The row of a module, or of a name in it, by its parts below the package."""
    room = SCRIPTS.joinpath("chronicle", *parts[:2])
    stands = room.is_dir() or room.with_suffix(".py").is_file()
    return ".".join(parts[: 2 if parts[0] in WINGS and stands and parts[1:] != ("__init__",) else 1])


def imports(source: str, row: str) -> set[str]:
    """What a module imports beside the standard library: rows of the table, and distributions by their first name."""
    named = {name for node in ast.walk(ast.parse(source)) for name in _names(node)}
    ours = {row_of(tuple(name.split(".")[1:])) for name in named if name.startswith("chronicle.")}
    others = {
        name.partition(".")[0] for name in named if not name.startswith(("chronicle.", "."))
    } - sys.stdlib_module_names
    relative = {name for name in named if name.startswith(".")}
    return (ours | others | relative) - {row}


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        of_ours = module.partition(".")[0] == "chronicle"
        yield from ([f"{module}.{alias.name}" for alias in node.names] if of_ours else [module])
    elif isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in (
        "__import__",
        "import_module",
        "resolve_name",
    ):
        yield "imported-by-name"


def words_to_people(source: str) -> set[str]:
    """What a module does that prints, asks or exits."""
    return {name for node in ast.walk(ast.parse(source)) if (name := _speech(node))}


def _speech(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKING:
        return node.func.id
    if (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
        and node.attr in STREAMS
    ):
        return f"sys.{node.attr}"
    return "SystemExit" if isinstance(node, ast.Name) and node.id == "SystemExit" else ""


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def breaches(scripts: Path, table: Mapping[str, str]) -> list[str]:
    """What stands in the modules below `scripts` against the table."""
    found = []
    for row, file in modules(scripts):
        for imported in sorted(imports(file.read_text(encoding="utf-8"), row) - set(table.get(row, "").split())):
            found.append(f"{row} imports {imported}")
    rows = {row for row, _ in modules(scripts)}
    return [*found, *(f"{row} is not in the table" for row in sorted(rows - set(table)))]


def test_every_module_imports_only_what_its_row_allows() -> None:
    assert breaches(SCRIPTS, MAY_IMPORT) == []


def test_no_row_allows_what_its_module_does_not_import() -> None:
    used: dict[str, set[str]] = {}
    for row, file in modules():
        used.setdefault(row, set()).update(imports(file.read_text(encoding="utf-8"), row))
    assert {
        row: unused for row, allowed in MAY_IMPORT.items() if (unused := set(allowed.split()) - used.get(row, set()))
    } == {}


def test_what_one_module_knows_no_other_imports() -> None:
    for name, owner in OWNER.items():
        assert [row for row, allowed in MAY_IMPORT.items() if name in allowed.split()] == [owner]


def test_nothing_is_imported_in_a_circle() -> None:
    rows = {row: set(allowed.split()) & set(MAY_IMPORT) for row, allowed in MAY_IMPORT.items()}
    while leaves := [row for row, needed in rows.items() if not needed & set(rows)]:
        for row in leaves:
            del rows[row]
    assert rows == {}


def test_only_the_commands_print_ask_or_exit() -> None:
    speaking = {row for row, file in modules() if words_to_people(file.read_text(encoding="utf-8"))}
    assert speaking <= MAY_SPEAK


def test_only_net_opens_the_network() -> None:
    """With what Python itself brings for it, too."""
    opening = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "telnetlib", "xmlrpc", "socketserver"}
    found = {
        row
        for row, file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if any(name in opening or name.partition(".")[0] in opening for name in _names(node))
    }
    assert found == {"net"}


def test_a_breach_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "chronicle"
    (package / "pages").mkdir(parents=True)
    for file, source in (
        (package / "extras.py", "import importlib\nimportlib.import_module('altair')"),
        (package / "dates.py", "import re\nfrom chronicle import load"),
        (package / "pages" / "text.py", "from chronicle.site import x\nfrom chronicle.pages.book import y"),
        (package / "problems.py", "def f():\n    import yaml.cyaml"),
        (tmp_path / "mkdocs_hook.py", "import mkdocs.plugins\nfrom . import other"),
    ):
        file.write_text(source, encoding="utf-8")
    assert breaches(tmp_path, MAY_IMPORT) == [
        "dates imports load",
        "extras imports imported-by-name",
        "pages imports site",
        "problems imports yaml",
        "mkdocs_hook imports .",
        "extras is not in the table",
    ]


@pytest.mark.parametrize(
    "source", ["print(1)", "x = input()", "import sys\nsys.exit(2)", "raise SystemExit(1)", "sys.stdin.read()"]
)
def test_a_word_to_people_is_noticed(source: str) -> None:
    assert words_to_people(source)


def test_no_file_and_no_function_is_longer_than_a_person_can_hold() -> None:
    for _, file in modules():
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, file
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                assert node.end_lineno - node.lineno < 40, f"{file}: {node.name}"


def test_every_module_says_its_subject_in_one_sentence() -> None:
    for _, file in modules():
        first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]
        assert first.endswith((".", "!")), file


def test_git_ignores_no_module_of_the_program() -> None:
    files = "\n".join(str(file.relative_to(ROOT)) for _, file in modules())
    call = ["git", "check-ignore", "--no-index", "--stdin"]
    assert subprocess.run(call, cwd=ROOT, input=files, capture_output=True, text=True, check=False).stdout == ""


def test_git_ignores_what_the_program_makes() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert [f"**/docs/{folder}/" for folder in FOLDERS if f"**/docs/{folder}/" not in ignored] == []
    assert [f"**/docs/{name}" for name in FILES if f"**/docs/{name}" not in ignored] == []
