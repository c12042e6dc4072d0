"""How far long work is: a bar with rate and time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from content_packs.commands.text import human_size

# Told bytes done and bytes in all.
Tell = Callable[[int, int], None]

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress_bar(title: str) -> Iterator[Tell]:
    """Show on standard error how far the work called `title` is, as it calls what this yields."""
    if sys.stderr.isatty():
        with _bar(title) as tell:
            yield tell
    else:
        yield _lines(title)


@contextmanager
def _bar(title: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(*columns, TransferSpeedColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(title: str) -> Tell:
    next_line = time.monotonic() + _SECONDS_BETWEEN_LINES

    def tell(done: int, total: int) -> None:
        nonlocal next_line
        if time.monotonic() >= next_line:
            next_line = time.monotonic() + _SECONDS_BETWEEN_LINES
            click.echo(f"{title}: {human_size(done)} of {human_size(total)}", err=True)

    return tell
