"""One sync at a time: `flock` on `sync/lock`, which ends with the process however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.errors import Busy, NotAllowed
from content_packs.store.durable import make_folder

NAME = "lock"


@contextmanager
def sync_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder `sync`. Raises Busy where a sync runs already, NotAllowed where none can be had."""
    try:
        make_folder(folder)
        with (folder / NAME).open("ab") as file:
            _lock(file.fileno())
            yield
    except PermissionError as error:
        raise NotAllowed(f"{folder} cannot be written: {error.strerror}. Run it as the user of the box.") from error


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Busy("A sync runs already: wait until it is done, or stop it on the workspace’s page.") from error
