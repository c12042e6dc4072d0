"""The library as one process sees it while it changes: follows the library's file, keeps opened archives.

Used by web workers and searchers; the jobs process is the one that scans (see `jobs`).
"""

from __future__ import annotations

from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, PackRecord, file_stamp, load_library
from content_packs.store.scan import find_pack
from content_packs.zim.reader import PackReader
from content_packs.zim.stack import open_stack


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

    def _open(self, record: PackRecord) -> PackReader:
        first = self._data.packs / record.files[0]
        found = find_pack(first)
        if found is None or found.stamp != record.stamp:
            raise BrokenPack(f"{first.name} has just changed or left: try again in a few seconds.")
        return open_stack(first, [])

    def paths(self, record: PackRecord) -> list[Path]:
        return [self._data.packs / name for name in record.files]
