"""Clearing what a crash, or an operation that failed, left in the store. Only under the store's lock.

Safe at any time: what a record names is never touched, nor is a pack whose record cannot be read, nor what the store
does not make: a person may have put something there.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from content_packs.errors import Busy, NotAllowed
from content_packs.store.durable import flush_folder
from content_packs.store.found import is_same_file
from content_packs.store.lock import store_lock
from content_packs.store.records import FOLDER, RECORD, Shelf, pack_folders, read_shelf, stored_paths

_OURS = re.compile(rf"[1-9][0-9]*|\.{re.escape(RECORD)}\.[0-9]+")  # in a pack's folder: versions, a record under way


def clear_at_start(packs: Path) -> None:
    """At the start of a box. An operation that is running clears by itself; what is not writable says so elsewhere."""
    with contextlib.suppress(Busy, NotAllowed), store_lock(packs):
        clear_leftovers(packs)


def clear_leftovers(packs: Path) -> None:
    """Delete what was made by the store and no record names. What cannot be deleted now is left to the next time."""
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
        _delete(_ours_in(folder))
        if not any(folder.iterdir()):
            folder.rmdir()
            flush_folder(packs / FOLDER)
    elif shelf.pack is not None:
        _clear_unnamed(shelf)
        _clear_dropped(packs, shelf)


def _clear_unnamed(shelf: Shelf) -> None:
    named = set(stored_paths(shelf))
    parents = {path.parent for path in named}
    for path in _ours_in(shelf.folder):
        if path in parents:
            _delete(other for other in sorted(path.iterdir()) if other not in named)
        else:
            _delete([path])


def _ours_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _clear_dropped(packs: Path, shelf: Shelf) -> None:
    """The names in `packs/` of files that the pack has taken in: they are the same files, so nothing is lost."""
    stored = [path for path in stored_paths(shelf) if not path.is_symlink()]  # a link would lead to what is deleted
    twins = [packs / path.name for path in stored if is_same_file(packs / path.name, path)]
    for path in twins:
        path.unlink()
    if twins:
        flush_folder(packs)
