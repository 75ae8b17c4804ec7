"""The Makefile: what a person reads who runs into trouble."""

import socket
import subprocess
from pathlib import Path

from programs import set_up_make


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder where everything is set up already."""
    set_up_make(folder)
    return subprocess.run(("make", "--no-print-directory", *words), cwd=folder, capture_output=True, text=True, check=False)


def test_a_port_that_is_taken_is_told_in_a_sentence_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = make(tmp_path, "serve", f"PORT={port}")
    said = done.stderr.split("\n")
    assert said[0] == f"Port {port} cannot be had, most likely because something uses it. Try: make serve PORT={port + 1}"
    assert "Traceback" not in done.stderr
    assert "mkdocs" not in done.stdout
    assert done.returncode == 2


def test_the_help_says_how_another_port_is_chosen(tmp_path: Path) -> None:
    assert "PORT=8001" in make(tmp_path, "help").stdout
