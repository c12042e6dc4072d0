"""One process at a time: the lock on a file (flock(2)), which the system takes back from a process that dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.disk import refusals_told
from content_packs.errors import Busy
from content_packs.store.durable import make_folder


@contextmanager
def file_lock(path: Path, busy: str = "") -> Iterator[None]:
    """Hold the lock on the file `path`, which is made where there is none.

    Where another process has it: waits, or with `busy` raises Busy with that sentence. Raises NoSpace and NotAllowed
    where the system refuses.
    """
    with refusals_told(path):
        make_folder(path.parent)
        file = path.open("ab")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if busy else 0))
        except BlockingIOError:
            raise Busy(busy) from None
        yield
