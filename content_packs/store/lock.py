"""One operation on a store at a time. Readers do not ask for the lock."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.errors import Busy, NotAllowed

_PATIENCE = 1.0  # seconds: for a box that clears up at its start


@contextmanager
def store_lock(packs: Path) -> Iterator[None]:
    """Hold the store's lock; the system lets go of it when the process ends, however it ends.

    It is on the folder itself (flock(2)), so that it needs no room on a full disk. Raises Busy where another process
    has it, NotAllowed where there is no such folder.
    """
    try:
        descriptor = os.open(packs, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise NotAllowed(f"The folder {packs} cannot be used: {error.strerror}.") from error
    try:
        _lock(descriptor, packs)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, packs: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not _is_locked(descriptor, packs):
        if time.monotonic() > until:
            raise Busy(f"Something else installs or removes a pack in {packs} just now: try again when it is done.")
        time.sleep(_PATIENCE / 20)


def _is_locked(descriptor: int, packs: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise NotAllowed(f"The folder {packs} cannot be locked: {error.strerror}. Use another disk for it.") from error
    return True
