"""The library as one process sees it while it changes: follows the library's file, keeps opened archives.

Used by web workers and searchers; the jobs process is the one that scans (see `jobs`).
"""

from __future__ import annotations

from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from content_packs.store.found import stamp_of
from content_packs.store.library import Library, PackRecord, load_library
from content_packs.store.opening import open_pack
from content_packs.zim.reader import PackReader


class LiveLibrary:
    """Call `refresh` now and then; `get` and `archive` answer from what it last saw."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._stamp: tuple[int, int, int] | None = None
        self._records: dict[str, PackRecord] = {}
        self._archives: dict[str, PackReader] = {}
        self.library = Library()
        self.generation = 0
        self.refresh()

    def refresh(self) -> bool:
        """Read the library's file if it changed since; True if it had. Archives of packs that changed are let go."""
        stamp = file_stamp(self._data.library_file)
        if stamp is None or stamp == self._stamp:
            return False  # a file that is gone is written again; until then what was in it holds
        self._stamp = stamp
        self._replace(load_library(self._data.library_file))
        return True

    def _replace(self, library: Library) -> None:
        before = self._records
        self.library = library
        self._records = {pack.id: pack for pack in library.packs if pack.manifest is not None}
        self._archives = {
            pack_id: archive for pack_id, archive in self._archives.items()
            if before.get(pack_id) is not None and before[pack_id] == self._records.get(pack_id)
        }  # fmt: skip
        self.generation += 1

    @property
    def shown(self) -> list[PackRecord]:
        """Every pack that can be opened, in the order of their ids."""
        return list(self._records.values())

    def get(self, pack_id: str) -> PackRecord | None:
        """The record of a pack that is shown, or None."""
        return self._records.get(pack_id)

    def archive(self, pack_id: str) -> PackReader:
        """The pack, open. Raises KeyError where no such pack is shown, BrokenPack where it cannot be opened now."""
        archive = self._archives.get(pack_id)
        if archive is None or not archive.is_intact():
            archive = self._archives[pack_id] = self._open(self._records[pack_id])
        return archive

    def resolve(self, name: str) -> str | None:
        """The id of the pack that is shown and has `name` as its id or as an alias."""
        record = self.library.resolve(name)
        return record.id if record is not None and record.id in self._records else None

    def _open(self, record: PackRecord) -> PackReader:
        files, layers = self.paths(record), [self._data.packs / name for name in record.layers]
        if stamp_of([*files, *layers]) != record.stamp:
            raise BrokenPack(f"{files[0].name} has just changed or left: try again in a few seconds.")
        return open_pack(files, layers)

    def paths(self, record: PackRecord) -> list[Path]:
        """Of its base."""
        return [self._data.packs / name for name in record.files]
