"""How a pack gets another version: whole or not at all.

The order of the steps, and what a crash after each leaves: docs/formats/store.md
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.errors import BadInput, BrokenPack, IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.store.clearing import clear_leftovers
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_folder, link_file, make_folder
from content_packs.store.found import FoundPack, find_version
from content_packs.store.library import PackRecord
from content_packs.store.lock import store_lock
from content_packs.store.origin import Origin
from content_packs.store.records import FOLDER, Shelf, folder_of, read_shelf, write_record
from content_packs.store.versions import InstalledPack, StoredFile, Version


@contextmanager
def operation(data: DataFolder, what: str) -> Iterator[Path]:
    """One operation on the store, alone: gives the folder `packs/`, cleared of what crashes left.

    What the operation itself leaves is cleared as well, whether it succeeds or fails. `what` names in a sentence what
    is worked on, where the system refuses. Raises Busy, NoSpace, NotAllowed.
    """
    packs = data.packs
    with store_lock(packs):
        clear_leftovers(packs)
        try:
            yield packs
        except OSError as error:
            raise explained(error, what, packs) from error
        finally:
            clear_leftovers(packs)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new version of a pack comes: `folder` is the pack's."""

    packs: Path
    folder: Path
    number: int

    @property
    def version_folder(self) -> Path:
        return self.folder / str(self.number)

    @property
    def pack(self) -> InstalledPack | None:
        """What is installed there now; None where there is nothing, or nothing that can be used."""
        shelf = read_shelf(self.folder)
        return shelf.pack if shelf else None


def prepare(packs: Path, pack_id: str) -> Place:
    """Make the folder of the pack's next version, flushed. Raises OSError."""
    folder = folder_of(packs, pack_id)
    make_folder(folder)
    taken = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
    place = Place(packs, folder, max(taken, default=0) + 1)
    make_folder(place.version_folder)
    # A process that was killed may have made the folders above and not flushed them.
    flush_folder(packs / FOLDER)
    flush_folder(packs)
    return place


def found_in(place: Place, version: Version) -> FoundPack:
    """The files of a version that was just written, flushed, to be verified. Raises OSError."""
    flush_folder(place.version_folder)
    shelf = Shelf(place.folder, InstalledPack(place.folder.name, version))
    found = find_version(place.packs, shelf, version)
    assert found is not None, "a folder that was just made"
    return found


def new_version(number: int, files: list[Path], layers: list[Path]) -> Version:
    """A version of these files below the pack's folder, of which nothing else is known yet. Raises OSError."""
    bases, uppers = [
        tuple(StoredFile(f"{path.parent.name}/{path.name}", path.stat().st_size) for path in paths)
        for paths in (files, layers)
    ]
    return Version(number, bases, uppers)


def as_described(version: Version, record: PackRecord, sha256: str = "", origin: Origin | None = None) -> Version:
    """The version with what its files say of themselves, and what is known of where they came from."""
    manifest = record.manifest
    assert manifest is not None, "a verified pack"
    return replace(
        version,
        version=record.version,
        date=manifest.date,
        name=manifest.zim.name,
        flavour=manifest.zim.flavour,
        uuid=manifest.zim.uuid,
        sha256=sha256,
        origin=origin,
    )


def taken_in(packs: Path, pack_id: str, dropped: FoundPack, record: PackRecord) -> InstalledPack | None:
    """The installed pack that a dropped one becomes, its files linked and flushed; None where they can't be linked.

    The record is not written here.
    """
    place = prepare(packs, pack_id)
    targets = [place.version_folder / path.name for path in dropped.paths]
    if not all(link_file(path, target) for path, target in zip(dropped.paths, targets, strict=True)):
        return None
    flush_folder(place.version_folder)
    version = new_version(place.number, targets, [])
    return InstalledPack(pack_id, as_described(version, record) if record.manifest else version)


def commit(place: Place, pack: InstalledPack) -> None:
    """The moment: from here on the pack is as after. What its record does not name any more, `operation` clears.

    Raises OSError.
    """
    write_record(place.folder, pack)


def explained(error: OSError, what: str, packs: Path) -> IdeascubeError:
    """The system's refusal as a sentence about `what`."""
    if is_disk_full(error):
        return NoSpace(f"The disk of {packs} became full with {what}; nothing was changed.")
    if error.errno == errno.EFBIG:
        return NoSpace(f"The disk of {packs} takes no file as large as {what}: use one with another file system.")
    if error.errno == errno.EIO:
        return BrokenPack(f"{what} cannot be read or written whole: the disk reports an error. Copy it from elsewhere.")
    if error.errno == errno.ENAMETOOLONG:
        return BadInput(f"The name of {what} is too long for the disk of {packs}: give it a shorter one.")
    return NotAllowed(f"{what} cannot be worked on in {packs}: {error.strerror}.")
