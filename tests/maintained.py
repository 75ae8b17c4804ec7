"""What the pages for newcomers and maintainers show of the program itself: its commands, workflows, files and pages."""

import ast
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from chronicle import cli
from chronicle.start import OWN, SETTINGS

ROOT = Path(__file__).parents[1]
GUIDES = ROOT / "docs" / "contribute"
WHAT = {
    ".github/ISSUE_TEMPLATE": "the forms, which `chronicle forms` makes of `chronology.yml`",
    "CHANGELOG.md": "what changed, and with which program you began",
    "LICENSE-DATA": "the licence of your data and texts",
    "README.md": "what the repository says of itself",
    "chronology": "the entries, the registers and the words",
    "docs/about": "how you work, in your own words",
    "docs/assets/screenshots": "pictures for the README",
    "tests/golden/flagship-counts.txt": "how much the other chronology holds, for its tests",
    "tests/test_flagship.py": "tests of the other chronology",
}
OTHERS = ("docs/assets/screenshots", "tests/golden/flagship-counts.txt", "tests/test_flagship.py")  # `init` makes none
OCCASIONS = {
    "pull_request": "when a change is proposed",
    "issues": "when an issue is opened or changed",
    "workflow_dispatch": "when you press its button",
}
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    """A Markdown table."""
    lines = (head, tuple("---" for _ in head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _commands(_: Path) -> str:
    rows = (
        (f"`chronicle {name}`", command.get_short_help_str(limit=200))
        for name, command in sorted(cli.main.commands.items())
    )
    return table(("Command", "What it does"), *rows)


def _own(_: Path) -> str:
    rows = [(f"`{path}`", WHAT[path]) for path in OWN if path not in OTHERS]
    head = (f"the first lines of `{SETTINGS}`", "name, description, address and licence, as in `chronology.yml`")
    return table(("Yours", "What it is"), *rows, head)


def _init(project: Path) -> str:
    """The command as the guide gives it, run where the made-up project stands for a clone."""
    for name in (SETTINGS, "Makefile", ".gitignore"):
        (project / name).write_bytes((ROOT / name).read_bytes())
    folder = project.parent / "ferry"
    said = CliRunner().invoke(cli.main, ["--root", str(project), "init", str(folder), "--title", "The ferry"]).output
    told = said.replace(str(folder), "../ferry")
    return f"```text\n$ .venv/bin/chronicle init ../ferry --title 'The ferry'\n{told}```\n"


def _upgrade(_: Path) -> str:
    """The paths stand there twice in full: not every shell parts the words of a variable."""
    own = " ".join(OWN)
    lines = (
        "git fetch program",
        "git merge --no-commit --no-ff program/main",
        f"git rm -r --quiet --force --ignore-unmatch -- \\\n    {own}",
        f"git ls-tree -r -z --name-only HEAD -- \\\n    {own} | \\",
        "    git restore --source=HEAD --staged --worktree --pathspec-file-nul --pathspec-from-file=-",
        ".venv/bin/chronicle forms",
        "git add .github/ISSUE_TEMPLATE",
        "git status",
        "make test check build",
        "git commit --message 'Upgrade the program'",
    )
    return "```sh\n" + "\n".join(lines) + "\n```\n"


def _workflows(_: Path) -> str:
    rows = []
    for file in sorted((ROOT / ".github/workflows").glob("*.yml")):
        text = file.read_text(encoding="utf-8")
        about = " ".join(
            line.removeprefix("#").strip() for line in text.split("\n\n")[0].split("\n") if line.startswith("#")
        )
        workflow: Mapping[str, Any] = yaml.load(text, yaml.BaseLoader)
        rows.append(
            (
                f"{workflow['name']} (`{file.name}`)",
                "; ".join(_occasions(workflow["on"])),
                f"{about.split('. ')[0].rstrip('.')}.",
            )
        )
    return table(("Workflow", "When", "What it does"), *rows)


def _occasions(on: Any) -> Iterator[str]:
    about: Mapping[str, Any] = on if isinstance(on, Mapping) else dict.fromkeys([on] if isinstance(on, str) else on)
    for name, more in about.items():
        if name == "schedule":
            yield from (_say_cron(one["cron"]) for one in more)
        elif name == "workflow_run":
            yield f"after {', '.join(f'“{other}”' for other in more['workflows'])}"
        elif name == "push":
            yield f"when something reaches {', '.join(f'`{branch}`' for branch in more['branches'])}"
        else:
            yield OCCASIONS[name]


def _say_cron(cron: str) -> str:
    minute, hour, day, _, weekday = cron.split()
    every = DAYS[int(weekday)] if weekday != "*" else "day" if day == "*" else f"month on day {day}"
    return f"every {every} at {int(hour):02}:{int(minute):02} (UTC)"


def _pages(_: Path) -> str:
    """The pages of the guide in the order of the site’s navigation, each with what it says of itself."""
    settings = (ROOT / SETTINGS).read_text(encoding="utf-8").replace("!ENV ", "")
    nav = yaml.load(settings, yaml.BaseLoader)["nav"]
    about = next(entry["About"] for entry in nav if "About" in entry)
    contribute = next(entry["Contribute"] for entry in about if "Contribute" in entry)
    paths = [path for entry in contribute if isinstance(entry, dict) for path in entry.values()]
    heads = [yaml.safe_load((ROOT / "docs" / path).read_text(encoding="utf-8").split("---\n")[1]) for path in paths]
    rows = (
        (f"[{head['title']}]({Path(path).name})", head["description"]) for path, head in zip(paths, heads, strict=True)
    )
    return table(("Page", "What it tells"), *rows)


def _rooms(_: Path) -> str:
    """Each folder and module of the program with the first sentence of its docstring."""
    package = ROOT / "scripts" / "chronicle"
    files = {f"{file.parent.name}/": file for file in sorted(package.glob("*/__init__.py"))}
    files |= {file.name: file for file in sorted(package.glob("[!_]*.py"))}
    abouts = {name: ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "" for name, file in files.items()}
    return table(("Where", "What"), *((f"`{name}`", about.partition("\n")[0]) for name, about in abouts.items()))


MAINTAINED: Mapping[str, Callable[[Path], str]] = {
    "commands": _commands,
    "init": _init,
    "own": _own,
    "pages": _pages,
    "rooms": _rooms,
    "upgrade": _upgrade,
    "workflows": _workflows,
}
