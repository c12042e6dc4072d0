"""How a pack comes into the store, as a new one or as a new version: whole or not at all, verified before it is shown.

The rules are in `matching`, `versions` and `room`, the steps in `transaction`; docs/formats/store.md tells it all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.bringing import bring, take_away
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import FoundPack, find_dropped, is_file, is_same_file
from content_packs.store.library import Library, PackRecord, load_library
from content_packs.store.matching import is_older, same_pack
from content_packs.store.occupants import Occupant, identity_of, occupants
from content_packs.store.options import NO_PROGRESS, USUAL, Installed, Options, Progress
from content_packs.store.origin import better_known
from content_packs.store.records import FOLDER, Shelf, folder_of, usable, write_record
from content_packs.store.room import has_served, make_room
from content_packs.store.sameness import is_here
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
from content_packs.store.verify import verify_announced
from content_packs.store.versions import InstalledPack, Version


def install_pack(
    source: Path, data: DataFolder, options: Options = USUAL, progress: Progress = NO_PROGRESS
) -> Installed:
    """Bring the ZIM file `source` (or the first part of a split one) into the store. Slow.

    On the same file system no second copy is made: the file is linked. `progress` gets bytes done and in all.
    Raises BadInput, BrokenPack, Busy, NoSpace or NotAllowed; every pack is then as it was before.
    """
    found = _source(source, data)
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
        shelf = self.target.shelf if self.target else None
        if shelf is not None and is_here(shelf, self.source, self.record, self.options.verify):
            verify_announced(self.source.paths[0], self.options.announced)
            self.options.verify(self.source)
            self._note_what_is_new(shelf)
            return self._finished(unchanged=True)
        if self.target is not None:
            self.options.refuse_other(self.id, self.source.files[0])
        before = self._pack_before()
        if before is not None and self._is_source_dropped():
            place = Place(self.packs, folder_of(self.packs, self.id), before.current.number)
            commit(place, replace(before, current=self._verified(place, before.current)))
            return self._finished()
        self._add_version(before)
        return self._finished(replaced=self.target is not None)

    def _finished(self, *, replaced: bool = False, unchanged: bool = False) -> Installed:
        if self.options.move:
            take_away(self.source.paths, self.id)
        return Installed(self.id, replaced=replaced, unchanged=unchanged)

    def _note_what_is_new(self, shelf: Shelf) -> None:
        """Of files that are here already: further names, a better origin."""
        pack = usable(shelf).called(self._names)
        origin = better_known(pack.current.origin, self.options.origin)
        pack = replace(pack, current=replace(pack.current, origin=origin))
        if pack != shelf.pack:
            write_record(shelf.folder, pack)

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
        files = bring(self.source, place.version_folder, self._make_room, self.progress)
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

    def _make_room(self, needed: int) -> None:
        name = self.source.paths[0].name
        make_room(self.packs, needed, name, own=self.id, library=self.library, reserve=self.options.reserve)

    def _verified(self, place: Place, version: Version) -> Version:
        found = found_in(place, version)
        verify_announced(found.paths[0], self.options.announced)
        return as_described(version, self.options.verify(found), self.options.sha256, self.options.origin)


def _source(source: Path, data: DataFolder) -> FoundPack:
    if source.suffix not in (".zim", ".zimaa"):
        raise BadInput(f"{source.name} is not a pack: give a .zim file, or the first part (.zimaa) of a split one.")
    found = find_dropped(source) if is_file(source) else None
    if found is None:
        raise BadInput(f"There is no file {source}.")
    if source.resolve().is_relative_to((data.packs / FOLDER).resolve()):
        raise BadInput(f"{source.name} is a file of an installed pack: give one that lies elsewhere.")
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
