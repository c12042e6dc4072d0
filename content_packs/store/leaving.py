"""How a version, or a whole pack, leaves: rollback and removal.

Write order: docs/formats/store.md
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.clearing import clear_folder
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_folder
from content_packs.store.found import find_version
from content_packs.store.library import load_library
from content_packs.store.occupants import Occupant, called, occupants
from content_packs.store.records import delete_record, folder_of, read_shelf, usable, write_record
from content_packs.store.scan import described
from content_packs.store.transaction import operation, taken_in


@dataclass(frozen=True, slots=True)
class Left:
    """What left: the pack's id and its bytes, the kept previous version's included."""

    id: str
    size: int


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The pack's id, and the versions before and after, as the pack calls them."""

    id: str
    old: str
    new: str


def rollback_pack(name: str, data: DataFolder) -> RolledBack:
    """Show the version that the pack had before.

    Raises BadInput, BrokenPack, Busy, NotAllowed; then nothing changed.
    """
    with operation(data, name) as packs:
        target = called(name, occupants(packs, load_library(data.library_file)))[0]
        pack = usable(target.shelf) if target.shelf else None
        if target.shelf is None or pack is None or pack.previous is None:
            raise BadInput(f"“{target.identity.id}” has no earlier version here to go back to.")
        found = find_version(packs, target.shelf, pack.previous)
        assert found is not None, "nothing leaves during an operation"
        described(found)
        write_record(target.shelf.folder, pack.rolled_back())
    return RolledBack(pack.id, pack.current.called, pack.previous.called)


def remove_pack(name: str, data: DataFolder) -> Left:
    """Delete the pack with all its versions, and dropped files of the same id. Raises BadInput, Busy, NotAllowed."""
    with operation(data, name) as packs:
        targets = called(name, occupants(packs, load_library(data.library_file)))
        for target in reversed(targets):  # what is shown last
            _remove(packs, target)
    return Left(targets[0].identity.id, sum(target.size for target in targets))


def _remove(packs: Path, target: Occupant) -> None:
    if target.shelf is not None:
        delete_record(target.shelf.folder)
    elif len(target.found.paths) > 1 and _take_in(packs, target):
        delete_record(folder_of(packs, target.identity.id))
    else:
        for path in target.found.paths:
            path.unlink()
        flush_folder(packs)


def _take_in(packs: Path, target: Occupant) -> bool:
    """Make the parts of a dropped pack an installed one's, so that they can leave in one moment; False where not.

    That needs hard links, and a little room. Raises OSError where it was done, and the old names cannot be cleared.
    """
    folder = folder_of(packs, target.identity.id)
    if target.record is None or read_shelf(folder) is not None:
        return False
    with contextlib.suppress(OSError):
        pack = taken_in(packs, target.identity.id, target.found, target.record)
        if pack is not None:
            write_record(folder, pack)
    if read_shelf(folder) is None:
        return False
    clear_folder(packs, folder)
    return True
