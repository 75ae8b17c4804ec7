"""Who may import what, as section 3 of the design has it, read from the source of every module under scripts/."""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from chronicle.pages.addresses import FILES, FOLDERS
from conftest import ROOT

SCRIPTS = ROOT / "scripts"

# A folder of modules is one row and free within itself. `scripts/mkdocs_hook.py` stands beside the package.
MAY_IMPORT = {
    "__init__": "",
    "__main__": "cli",
    "addresses": "model",
    "archive": "likeness links model net notebook yamledit yamlfile",
    "blocks": "",
    "bring": "dates drafts likeness load model new pydantic_core scalars setting slugs yamlfile yamltext",
    "calendars": "addresses dates icalendar made model pages",
    "charts": "dateparts dates model",
    "check": "dates findings likeness load model origins problems scalars setting yamlfile",
    "citations": "addresses babel citeproc dateparts dates made model origins setting",
    "cli": (
        "archive bring click drafts forms links load model new problems "
        "report review schema search setting site start store verify waiting yamledit"
    ),
    "data": (
        "addresses citations dateparts dates made model "
        "origins pages pydantic pydantic_core scalars setting standing"
    ),
    "dateparts": "",
    "dates": "dateparts datewords edtf",
    "datewords": "dateparts",
    "drafts": "check findings likeness load model problems yamlfile",
    "feeds": "addresses made markupsafe model pages",
    "findings": "problems pydantic yamlfile",
    "forms": (
        "dates drafts harmless load model new pages problems "
        "pydantic pydantic_core scalars setting yamledit yamlfile yamlgrow yamltext"
    ),
    "harmless": "problems",
    "likeness": "model",
    "links": "dates likeness model net notebook yamledit",
    "load": "findings model problems pydantic records scalars setting store yamlfaults yamlfile",
    "made": "model",
    "mkdocs_hook": "blocks dates mkdocs pages problems rebuild search setting site store",
    "model": "dates pydantic records scalars setting",
    "net": "brotli httpcore httpx idna protego",
    "new": "drafts load model pages pydantic_core scalars setting slugs yamltext",
    "notebook": "yamledit",
    "origins": "model",
    "pages": (
        "addresses babel charts citations dateparts dates jinja2 "
        "made markupsafe model origins report scalars standing"
    ),
    "plain": "addresses dates made model origins pages scalars standing",
    "problems": "",
    "rebuild": "search",
    "records": "pydantic pydantic_core scalars",
    "report": "dateparts model origins",
    "review": (
        "dateparts dates findings harmless likeness load model origins pages "
        "problems records scalars setting standing store yamlfile yamltext"
    ),
    "scalars": "dates pydantic pydantic_core",
    "schema": "model pydantic pydantic_core records setting",
    "search": "pagefind",
    "setting": "pydantic records scalars",
    "share": "PIL made model pages",
    "signposts": "addresses dates made model pages plain",
    "site": (
        "calendars check citations data feeds load made model "
        "pages plain problems share signposts standing store tables"
    ),
    "slugs": "",
    "standing": "model scalars",
    "start": "forms new plain problems scalars setting site yamltext",
    "store": "platformdirs",
    "tables": "addresses citations data dates made model origins pages scalars setting standing",
    "verify": (
        "archive babel dates likeness links lxml model net notebook num2words pypdf scalars trafilatura yamledit yamlfile"
    ),
    "waiting": "drafts load model problems pydantic_core scalars yamlfile",
    "yamledit": "problems yamlfile yamltext",
    "yamlfaults": "",
    "yamlfile": "problems yaml yamlfaults",
    "yamlgrow": "problems yamledit yamlfile yamltext",
    "yamltext": "",
}
OWNER = {
    "PIL": "share",
    "brotli": "net",
    "citeproc": "citations",
    "click": "cli",
    "edtf": "dates",
    "httpcore": "net",
    "httpx": "net",
    "icalendar": "calendars",
    "jinja2": "pages",
    "lxml": "verify",
    "mkdocs": "mkdocs_hook",
    "num2words": "verify",
    "pagefind": "search",
    "protego": "net",
    "pypdf": "verify",
    "trafilatura": "verify",
    "yaml": "yamlfile",
}
MAY_SPEAK = {"cli", "mkdocs_hook"}  # MkDocs has no other way to show what is wrong with an entry

SPEAKING = {"print", "input", "exit", "quit", "breakpoint"}
STREAMS = {"stdin", "stdout", "exit"}


def modules(scripts: Path = SCRIPTS) -> Iterator[tuple[str, Path]]:
    """Every module with the row it belongs to."""
    for file in sorted(scripts.rglob("*.py")):
        path = file.relative_to(scripts)
        inside = path.relative_to("chronicle") if path.parts[0] == "chronicle" else path
        yield inside.parts[0].removesuffix(".py"), file


def imports(source: str, row: str) -> set[str]:
    """What a module imports beside the standard library: rows of the table, and distributions by their first name."""
    named = {name for node in ast.walk(ast.parse(source)) for name in _names(node)}
    ours = {name.removeprefix("chronicle.").partition(".")[0] for name in named if name.startswith("chronicle.")}
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
        yield from ([f"{module}.{alias.name}" for alias in node.names] if module == "chronicle" else [module])
    elif isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in ("__import__", "import_module"):
        yield "(imported by name)"


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
        "extras imports (imported by name)",
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


def test_git_ignores_what_the_program_makes() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert [f"**/docs/{folder}/" for folder in FOLDERS if f"**/docs/{folder}/" not in ignored] == []
    assert [f"**/docs/{name}" for name in FILES if f"**/docs/{name}" not in ignored] == []
