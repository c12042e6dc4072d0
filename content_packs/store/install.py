"""How a pack comes into the store, as a new one or as a new version: whole or not at all, verified before it is shown.

The rules are in `matching`, `versions` and `room`, the steps in `transaction`; docs/formats/store.md tells it all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.errors import BadInput, BrokenPack
from content_packs.store.clearing import is_same_file
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import copy_file, link_file
from content_packs.store.found import FoundPack, find_dropped, find_version, is_file, stamp_of
from content_packs.store.library import Library, PackRecord, load_library
from content_packs.store.matching import is_older, same_pack
from content_packs.store.occupants import Occupant, identity_of, occupants
from content_packs.store.records import Shelf, folder_of, write_record
from content_packs.store.room import has_served, make_room
from content_packs.store.scan import described
from content_packs.store.transaction import (
    Place,
    as_described,
    commit,
    found_in,
    new_version,
    operation,
    prepare,
    taken_in,
)
from content_packs.store.verify import NOT_ANNOUNCED, Announced, verify_announced, verify_pack
from content_packs.store.versions import InstalledPack, Version
from content_packs.zim.parts import part_paths

Progress = Callable[[int, int], None]
NO_PROGRESS: Progress = lambda done, total: None  # noqa: E731
Verify = Callable[[FoundPack], PackRecord]

CHECKSUM_LENGTH = 16  # bytes


@dataclass(frozen=True, slots=True)
class Options:
    """How to install. `move`: take the source away afterwards. `older`: also what is older than what is there.

    `reserve`: bytes to keep free, None for the usual. `announced`: what the source has to be. `verify` stands before
    the pack is shown: it gives the record of what it is given, or raises BrokenPack.
    """

    move: bool = False
    older: bool = False
    reserve: int | None = None
    announced: Announced = NOT_ANNOUNCED
    verify: Verify = verify_pack

    @property
    def sha256(self) -> str:
        """Of the whole, in hexadecimal digits, or empty."""
        return self.announced.hashes.sha256 if self.announced.hashes else ""


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did: the pack's id, and whether it was there before, or even this very version of it."""

    id: str
    replaced: bool = False
    unchanged: bool = False


def install_pack(
    source: Path, data: DataFolder, options: Options = Options(), progress: Progress = NO_PROGRESS
) -> Installed:
    """Bring the ZIM file `source` (or the first part of a split one) into the store. Slow.

    On the same file system no second copy is made: the file is linked. `progress` gets bytes done and in all.
    Raises BadInput, BrokenPack, Busy, NoSpace or NotAllowed; every pack is then as it was before.
    """
    found = _source(source)
    record = described(found)
    with operation(data, source.name) as packs:
        library = load_library(data.library_file)
        here = occupants(packs, library)
        target = _target(here, record)
        refuse_older(record, target, options)
        job = _Installation(packs, found, record, target, library, options, progress)
        return job.run()


@dataclass(frozen=True, slots=True)
class _Installation:
    """One installation under way: what is known once it may begin."""

    packs: Path
    source: FoundPack
    record: PackRecord
    target: Occupant | None
    library: Library
    options: Options
    progress: Progress

    @property
    def id(self) -> str:
        return self.target.identity.id if self.target else self.record.id

    def run(self) -> Installed:
        if self._is_here():
            self._verify_source()
            self._call_by_new_names()
            return self._finished(unchanged=True)
        before = self._pack_before()
        if before is not None and self._is_source_dropped():
            place = Place(self.packs, folder_of(self.packs, self.id), before.current.number)
            commit(place, replace(before, current=self._verified(place, before.current)))
            return self._finished()
        self._add_version(before)
        return self._finished(replaced=self.target is not None)

    def _finished(self, *, replaced: bool = False, unchanged: bool = False) -> Installed:
        if self.options.move:
            for path in self.source.paths:
                path.unlink(missing_ok=True)
        return Installed(self.id, replaced=replaced, unchanged=unchanged)

    # Is it here already?

    def _is_here(self) -> bool:
        """Whether the current version is this very file, and sound: a damaged one is cured by installing it again."""
        shelf = self.target.shelf if self.target else None
        return shelf is not None and _is_same_content(shelf, self.source, self.record) and self._is_sound(shelf)

    def _is_sound(self, shelf: Shelf) -> bool:
        assert shelf.pack is not None
        found = find_version(self.packs, shelf, shelf.pack.current)
        try:
            return found is not None and self.options.verify(found).problem is None
        except BrokenPack:
            return False

    def _verify_source(self) -> None:
        verify_announced(self.source.paths[0], self.options.announced)
        self.options.verify(self.source)

    def _call_by_new_names(self) -> None:
        shelf = self.target.shelf if self.target else None
        assert shelf is not None
        assert shelf.pack is not None
        pack = shelf.pack.called(self._names)
        if pack != shelf.pack:
            write_record(shelf.folder, pack)

    # A new version

    @property
    def _names(self) -> tuple[str, ...]:
        return identity_of(self.record).names

    def _is_source_dropped(self) -> bool:
        """Whether the source is a dropped pack itself."""
        if self.target is None or self.target.shelf is not None:
            return False
        return is_same_file(self.target.found.paths[0], self.source.paths[0])

    def _pack_before(self) -> InstalledPack | None:
        """What is installed, or what a dropped pack becomes."""
        if self.target is None:
            return None
        if self.target.shelf is not None:
            return self.target.shelf.pack
        if self.target.record is None or self.target.record.manifest is None:
            return None  # what cannot be opened is no version; its file stays, and is named
        before = taken_in(self.packs, self.id, self.target.found, self.target.record)
        if before is None and self._is_source_dropped():
            raise BadInput(f"{self.source.files[0]} is in the library already, and its disk knows no second names.")
        return before

    def _add_version(self, before: InstalledPack | None) -> None:
        place = prepare(self.packs, self.id)
        files = self._bring(place)
        version = self._verified(place, new_version(place.number, files, []))
        commit(place, self._with(place.pack or before, version))

    def _with(self, before: InstalledPack | None, version: Version) -> InstalledPack:
        if before is None:
            return InstalledPack(self.id, version).called(self._names)
        if before.current.uuid == version.uuid and before.current.size == version.size:
            return replace(before.called(self._names), current=version)  # it was damaged: nothing to go back to
        return before.upgraded(version, self._names, served=self._has_served())

    def _has_served(self) -> bool:
        """Of a dropped pack that became an installed one, too: its files are the same."""
        if self.target is None:
            return False
        if self.target.shelf is not None:
            return has_served(self.target.shelf, self.library)
        shown = self.library.get(self.id)
        return shown is not None and shown.stamp == self.target.found.stamp

    def _bring(self, place: Place) -> list[Path]:
        """Every part under its own name in the folder of the new version, flushed."""
        targets = [place.version_folder / path.name for path in self.source.paths]
        done, room_is_made = 0, False
        for part, target in zip(self.source.paths, targets, strict=True):
            if not link_file(part, target):
                if not room_is_made:
                    self._make_room(self.source.size - done)
                    room_is_made = True
                copy_file(part, target, self._offset(done))
            done += target.stat().st_size
            self.progress(done, self.source.size)
        self._refuse_changed()
        return targets

    def _make_room(self, needed: int) -> None:
        name = self.source.paths[0].name
        make_room(self.packs, needed, name, own=self.id, library=self.library, reserve=self.options.reserve)

    def _offset(self, before: int) -> Callable[[int], None]:
        return lambda count: self.progress(before + count, self.source.size)

    def _refuse_changed(self) -> None:
        if stamp_of(part_paths(self.source.paths[0])) != self.source.stamp:
            raise BadInput(
                f"{self.source.paths[0].name} changed while it was installed: wait until it is complete, and try again."
            )

    def _verified(self, place: Place, version: Version) -> Version:
        found = found_in(place, version)
        verify_announced(found.paths[0], self.options.announced)
        return as_described(version, self.options.verify(found), self.options.sha256)


def _source(source: Path) -> FoundPack:
    if source.suffix not in (".zim", ".zimaa"):
        raise BadInput(f"{source.name} is not a pack: give a .zim file, or the first part (.zimaa) of a split one.")
    found = find_dropped(source) if is_file(source) else None
    if found is None:
        raise BadInput(f"There is no file {source}.")
    return found


def _target(here: list[Occupant], record: PackRecord) -> Occupant | None:
    same = same_pack(identity_of(record), [each.identity for each in here])
    return next((each for each in here if each.identity is same), None)


def refuse_older(record: PackRecord, target: Occupant | None, options: Options) -> None:
    """Raises BadInput where the record is of an earlier date than what is here, and nobody asked for that."""
    assert record.manifest is not None
    if target is None or options.older or not is_older(record.manifest.date, target.date):
        return
    name = (*record.files, *record.layers)[-1].rpartition("/")[2]
    raise BadInput(
        f"{name} is of {record.manifest.date}, older than what is here of “{target.identity.id}” ({target.date}): "
        "give --older to install it all the same."
    )


def _is_same_content(shelf: Shelf, source: FoundPack, record: PackRecord) -> bool:
    current = shelf.pack.current if shelf.pack else None
    if current is None or record.manifest is None or current.layers:
        return False
    if (current.uuid, current.size) != (record.manifest.zim.uuid, record.size):
        return False
    return _checksum(shelf.path(current.files[-1])) == _checksum(source.paths[-1])


def _checksum(last: Path) -> bytes:
    """What a ZIM ends with: the MD5 of all before; of its last part."""
    try:
        with last.open("rb") as file:
            file.seek(-CHECKSUM_LENGTH, os.SEEK_END)
            return file.read()
    except OSError:
        return b""
