"""Programs of a test’s own that stand in a folder and are started by their names."""

import sys
from pathlib import Path


def write_program(file: Path, source: str) -> None:
    """Write a Python program that the system starts by its name.

    The first line of a script can name no interpreter whose path holds a blank, so a shell reads it first, as where pip
    installs a program: to Python, its lines are a text.
    """
    start = f"#!/bin/sh\n'''exec' \"{sys.executable}\" \"$0\" \"$@\"\n' '''\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(start + source, encoding="utf-8")
    file.chmod(0o755)
