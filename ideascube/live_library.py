"""The library as one process sees it while it changes: follows the library's file, keeps opened archives.

What mediators hid is not here: not its packs, and of other packs not the pages that they hid. What they keep for
themselves is there only `as_mediator`.

Used by web workers and searchers; the jobs process is the one that scans (see `jobs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from content_packs.store.found import stamp_of
from content_packs.store.library import MEDIATORS, Library, PackRecord, load_library
from content_packs.store.opening import open_pack
from content_packs.zim.reader import PackReader
from ideascube.arranging.left_out import without_pages

_is_mediator: ContextVar[bool] = ContextVar("is_mediator", default=False)


@contextmanager
def as_mediator() -> Iterator[None]:
    """Within, also what mediators keep for themselves can be opened: for one request, whose sender proved to be one."""
    token = _is_mediator.set(True)
    try:
        yield
    finally:
        _is_mediator.reset(token)


def sees_all() -> bool:
    """Whether this is within `as_mediator`: what is made of it then must not be kept for others."""
    return _is_mediator.get()


class LiveLibrary:
    """Call `refresh` now and then; `get` and `archive` answer from what it last saw."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._stamp: tuple[int, int, int] | None = None
        self._records: dict[str, PackRecord] = {}
        self._for_mediators: dict[str, PackRecord] = {}
        self._keeps_any = False
        self._archives: dict[str, PackReader] = {}
        self._shortened: dict[tuple[str, frozenset[str]], tuple[PackReader, PackReader]] = {}
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
        before = self._records | self._for_mediators
        self.library = library
        self._records = {pack.id: pack for pack in library.public}
        self._for_mediators = {pack.id: pack for pack in library.shown if pack.shown_to == MEDIATORS}
        after = self._records | self._for_mediators
        self._keeps_any = any(map(self.keeps_something, after))
        self._archives = {
            pack_id: archive for pack_id, archive in self._archives.items()
            if before.get(pack_id) is not None and before[pack_id] == after.get(pack_id)
        }  # fmt: skip
        self._shortened = {}
        self.generation += 1

    @property
    def shown(self) -> list[PackRecord]:
        """Every pack that can be opened and is for everyone, in the order of their ids."""
        return list(self._records.values())

    def get(self, pack_id: str) -> PackRecord | None:
        """The record of a pack that is shown, or None."""
        record = self._records.get(pack_id)
        return self._for_mediators.get(pack_id) if record is None and sees_all() else record

    @property
    def keeps_any(self) -> bool:
        """Whether there is anything that mediators keep for themselves."""
        return self._keeps_any

    @property
    def for_staff(self) -> list[PackRecord]:
        """Every pack that can be opened, hidden ones too, for the list of those who hide them."""
        return self.library.shown

    def keeps_something(self, pack_id: str) -> bool:
        """Whether mediators see more of this pack than everyone."""
        record = self._records.get(pack_id)
        if record is None:
            return pack_id in self._for_mediators
        return any(shown_to == MEDIATORS for _, shown_to in record.hidden_pages)

    def archive(self, pack_id: str) -> PackReader:
        """The pack, open. Raises KeyError where no such pack is shown, BrokenPack where it cannot be opened now."""
        record = self.get(pack_id)
        if record is None:
            raise KeyError(pack_id)
        archive = self._archives.get(pack_id)
        if archive is None or not archive.is_intact():
            archive = self._archives[pack_id] = self._open(record)
        return self._without_hidden(record, archive) if record.hidden_pages else archive

    def _without_hidden(self, record: PackRecord, archive: PackReader) -> PackReader:
        """The archive as whoever asks may see it, made once for as long as it is open."""
        left_out = _left_out(record)
        whole, shortened = self._shortened.get((record.id, left_out), (None, archive))
        if whole is not archive:
            shortened = without_pages(archive, left_out)
            self._shortened[record.id, left_out] = archive, shortened
        return shortened

    def resolve(self, name: str) -> str | None:
        """The id of the pack that is shown and has `name` as its id or as an alias."""
        record = self.library.resolve(name)
        return record.id if record is not None and self.get(record.id) is not None else None

    def _open(self, record: PackRecord) -> PackReader:
        files, layers = self.paths(record), [self._data.packs / name for name in record.layers]
        if stamp_of([*files, *layers]) != record.stamp:
            raise BrokenPack(f"{files[0].name} has just changed or left: try again in a few seconds.")
        return open_pack(files, layers)

    def paths(self, record: PackRecord) -> list[Path]:
        """Of its base."""
        return [self._data.packs / name for name in record.files]


def _left_out(record: PackRecord) -> frozenset[str]:
    """The pages that whoever asks does not see."""
    sees = (MEDIATORS,) if sees_all() else ()
    return frozenset(path for path, shown_to in record.hidden_pages if shown_to not in sees)
