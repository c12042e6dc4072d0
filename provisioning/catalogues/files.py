"""The files below `sync/` that catalogues are kept in: who may write them, and what the system's refusals mean."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.errors import Busy, NoSpace, NotAllowed, is_disk_full
from content_packs.store.durable import make_folder


@contextmanager
def refusals_told(path: Path) -> Iterator[None]:
    """Raise NoSpace or NotAllowed with a sentence for what the system refuses at `path`."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(f"The disk has no room for {path}: make some. What was there is kept.") from error
        raise NotAllowed(
            f"{path} cannot be used: {error.strerror}. Give this user the right to write there."
        ) from error


@contextmanager
def one_at_a_time(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock on the file `path` (flock(2)), which the system takes back from a process that dies.

    Without `wait` raises Busy where another process has it.
    """
    with refusals_told(path):
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _lock(descriptor, path, wait=wait)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path, *, wait: bool) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise Busy(f"Another command reads the catalogue “{path.stem}” just now: try again when it is done.") from None
