"""Room on the disk: reckoned before anything is written, and made where previous versions may go.

docs/formats/store.md, “Room”
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import NoSpace
from content_packs.store.found import stamp_of
from content_packs.store.library import Library
from content_packs.store.records import Shelf, shelves, write_record

_SHARE, _MOST = 20, 500 * 1000 * 1000  # a twentieth of the disk, bytes


@dataclass(frozen=True, slots=True)
class Droppable:
    """A previous version that is not needed any more, and the bytes that its files alone take."""

    pack: str
    size: int


def choose_dropped(missing: int, droppable: Sequence[Droppable], own: str) -> list[str] | None:
    """The packs whose previous version goes so that `missing` bytes become free; None where all of them don't suffice.

    That of the pack `own` first, which the upgrade would drop anyway; then the largest, so that few go.
    """
    chosen: list[str] = []
    for each in sorted(droppable, key=lambda each: (each.pack != own, -each.size, each.pack)):
        if missing <= 0:
            break
        chosen.append(each.pack)
        missing -= each.size
    return chosen if missing <= 0 else None


def usual_reserve(packs: Path) -> int:
    """Bytes that stay free for the box's own writing where nobody says how many."""
    return min(shutil.disk_usage(packs).total // _SHARE, _MOST)


def make_room(packs: Path, needed: int, what: str, *, own: str, library: Library, reserve: int | None) -> None:
    """See that `needed` bytes for `what` (a file's name) and the reserve are free.

    `own` is the id of the pack that is installed, `library` what a running box shows. Raises NoSpace, with nothing
    dropped, where there is not enough. Raises OSError.
    """
    kept_free = usual_reserve(packs) if reserve is None else reserve
    free = shutil.disk_usage(packs).free
    if needed + kept_free <= free:
        return
    droppable = {shelf.id: shelf for shelf in shelves(packs) if _may_go(shelf, library)}
    sizes = [Droppable(name, _freed(shelf)) for name, shelf in droppable.items()]
    chosen = choose_dropped(needed + kept_free - free, sizes, own)
    if chosen is None:
        raise NoSpace(
            f"{what} needs {needed / 1e6:.0f} MB and {kept_free / 1e6:.0f} MB have to stay free, "
            f"but the disk of {packs} has {free / 1e6:.0f} MB free: remove a pack, or use a larger disk."
        )
    for name in chosen:
        _drop_previous(droppable[name])


def _may_go(shelf: Shelf, library: Library) -> bool:
    return shelf.pack is not None and shelf.pack.previous is not None and has_served(shelf, library)


def droppable_size(shelf: Shelf, library: Library) -> int:
    """Bytes that become free if the pack's previous version goes; 0 where it has to stay. Raises OSError."""
    return _freed(shelf) if _may_go(shelf, library) else 0


def has_served(shelf: Shelf, library: Library) -> bool:
    """Whether a running box has opened the current version, and shows it."""
    record = library.get(shelf.id)
    if record is None or record.manifest is None or shelf.pack is None:
        return False
    return record.stamp == stamp_of(shelf.path(file) for file in shelf.pack.current.all_files)


def _only_previous(shelf: Shelf) -> list[Path]:
    assert shelf.pack is not None
    only = shelf.pack.paths - shelf.pack.current.paths
    return [path for path in map(shelf.folder.joinpath, sorted(only)) if path.exists()]


def _freed(shelf: Shelf) -> int:
    """Bytes of the files that only the previous version has, under no other name."""
    stats = [path.stat() for path in _only_previous(shelf)]
    return sum(stat.st_size for stat in stats if stat.st_nlink == 1)


def _drop_previous(shelf: Shelf) -> None:
    """Not the folders: in that of the pack that is being installed lies what no record names yet."""
    assert shelf.pack is not None
    write_record(shelf.folder, shelf.pack.without_previous())
    for path in _only_previous(shelf):
        path.unlink()
