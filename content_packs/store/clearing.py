"""Clearing what a crash, or an operation that failed, left in the store. Only under the store's lock.

Safe at any time: what a record names is never touched, nor is a pack whose record cannot be read.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from content_packs.errors import Busy, NotAllowed
from content_packs.store.durable import flush_folder
from content_packs.store.lock import store_lock
from content_packs.store.records import FOLDER, RECORD, Shelf, pack_folders, read_shelf, stored_paths


def clear_at_start(packs: Path) -> None:
    """At the start of a box. An operation that is running clears by itself; what is not writable says so elsewhere."""
    with contextlib.suppress(Busy, NotAllowed), store_lock(packs):
        clear_leftovers(packs)


def clear_leftovers(packs: Path) -> None:
    """Delete what no record names. What cannot be deleted now is left to the next time."""
    with contextlib.suppress(OSError):
        for folder in pack_folders(packs):
            _clear_if_possible(packs, folder)


def _clear_if_possible(packs: Path, folder: Path) -> None:
    with contextlib.suppress(OSError):
        clear_folder(packs, folder)


def clear_folder(packs: Path, folder: Path) -> None:
    """The same for one pack's folder. Raises OSError."""
    shelf = read_shelf(folder)
    if shelf is None:
        shutil.rmtree(folder)
        flush_folder(packs / FOLDER)
    elif shelf.pack is not None:
        _clear_unnamed(shelf)
        _clear_dropped(packs, shelf)


def _clear_unnamed(shelf: Shelf) -> None:
    named = set(stored_paths(shelf))
    parents = {path.parent for path in named}
    for path in sorted(shelf.folder.iterdir()):
        if path in parents:
            _delete(other for other in sorted(path.iterdir()) if other not in named)
        elif path.name != RECORD:
            _delete([path])


def _delete(paths: Iterator[Path] | list[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _clear_dropped(packs: Path, shelf: Shelf) -> None:
    """The names in `packs/` of files that the pack has taken in: they are the same files, so nothing is lost."""
    twins = [packs / path.name for path in stored_paths(shelf) if is_same_file(packs / path.name, path)]
    for path in twins:
        path.unlink()
    if twins:
        flush_folder(packs)


def is_same_file(one: Path, other: Path) -> bool:
    """Whether both are names of one file; a symbolic link is a name of the file that it leads to."""
    try:
        return one.samefile(other)
    except OSError:
        return False
