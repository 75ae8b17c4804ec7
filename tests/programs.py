"""Programs of a test’s own that stand in a folder and are started by their names, and a folder for our Makefile."""

import sys
from pathlib import Path

from conftest import ROOT

SAY_BACK = "import sys\nprint(*sys.argv[1:], sep='\\n')\n"


def write_program(file: Path, source: str) -> None:
    """Write a Python program that the system starts by its name.

    The first line of a script can name no interpreter whose path holds a blank, so a shell reads it first, as where pip
    installs a program: to Python, its lines are a text.
    """
    start = f"#!/bin/sh\n'''exec' \"{sys.executable}\" \"$0\" \"$@\"\n' '''\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(start + source, encoding="utf-8")
    file.chmod(0o755)


def set_up_make(folder: Path, *, chronicle: str = "") -> None:
    """Make a folder one in which make finds everything set up already; `chronicle` is the source of what stands in for ours."""
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    if chronicle:
        write_program(binaries / "chronicle", chronicle)
    for name in ("requirements.lock", ".venv/ready"):  # in this order: the second is not older
        (folder / name).touch()
    (folder / "Makefile").symlink_to(ROOT / "Makefile")
