"""Patience: whoever waits is told what goes on, at a terminal and, where it takes long, in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Final

import click

_PATIENCE: Final = 1.0  # seconds without a word; after that, whoever watches is told what goes on

_NOW_AND_THEN: Final = 30.0  # seconds between two lines in a log


@contextmanager
def progress(doing: str, number: int) -> Iterator[Callable[[int], None]]:
    """Tells how many of so many are done: by a bar at a terminal, elsewhere by a line now and then, the first and last always.

    Gives what is to be called with the number of those that were just done; where there is nothing to do, nothing is told.
    """
    if sys.stderr.isatty() and number:
        with click.progressbar(length=number, label=doing, file=sys.stderr) as bar:
            yield bar.update
        return
    done, told = 0, monotonic()

    def note(more: int) -> None:
        nonlocal done, told
        done += more
        if monotonic() - told >= _NOW_AND_THEN:
            told = monotonic()
            _log(doing, done, number)

    _log(doing, done, number)
    try:
        yield note
    finally:
        _log(doing, done, number)


def _log(doing: str, done: int, number: int) -> None:
    if number:
        click.echo(f"{doing}: {done:,} of {number:,}", err=True)


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
