"""Patience: whoever waits at a terminal is told what goes on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

import click

_PATIENCE: Final = 1.0  # seconds without a word; after that, whoever watches is told what goes on


@contextmanager
def patience(doing: str) -> Iterator[None]:
    """Tells a person at a terminal what goes on, and for how long, where it takes longer than a second."""
    over = Event()
    teller = Thread(target=_tell_time, args=(doing, over), daemon=True)
    if sys.stderr.isatty():
        teller.start()
    try:
        yield
    finally:
        over.set()
        if teller.is_alive():
            teller.join()


def _tell_time(doing: str, over: Event) -> None:
    seconds = 0
    while not over.wait(_PATIENCE):
        seconds += 1
        click.echo(f"\r{doing} … {seconds} s", nl=False, err=True)
    if seconds:
        click.echo("\r\033[K", nl=False, err=True)
