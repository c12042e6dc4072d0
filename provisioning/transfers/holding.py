"""Taking up a file on its way: one process at a time, and what the disk refuses in words."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.errors import Busy, NoSpace, NotAllowed, is_disk_full
from content_packs.store.durable import make_folder
from provisioning.transfers.arriving import Arriving
from provisioning.transfers.disk_pace import USUAL, DiskPace
from provisioning.transfers.wanted import Wanted


@contextmanager
def opened(folder: Path, wanted: Wanted, pace: DiskPace = USUAL) -> Iterator[Arriving]:
    """The file that arrives in `folder`, which is made where it is missing, and held against other processes.

    What came is written and flushed at the end, whatever ended it. Raises Busy, NoSpace, NotAllowed.
    """
    with _sentences(wanted, folder):
        make_folder(folder)
        with _held(folder, wanted), contextlib.closing(Arriving(folder, wanted, pace)) as file:
            yield file


@contextmanager
def _held(folder: Path, wanted: Wanted) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Busy(f"Another process fetches {wanted.file_name} just now: try again when it is done.") from error
    finally:
        os.close(descriptor)


@contextmanager
def _sentences(wanted: Wanted, folder: Path) -> Iterator[None]:
    """What a disk refuses, as a sentence."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(
                f"There is no room left on the disk for {wanted.file_name}. What arrived of it stays: "
                "remove a pack or use a larger disk, then go on."
            ) from error
        raise NotAllowed(f"{wanted.file_name} cannot be kept in {folder}: {error.strerror or error}.") from error
