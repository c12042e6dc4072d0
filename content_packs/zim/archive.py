"""One ZIM file, open for reading: entries, metadata, illustrations, and where uncompressed bytes lie.

The only module, with `finding`, that calls libzim's reader, since nearly all of it holds the interpreter's lock and its
errors have many types. What is read here must be small or compressed; films are read from their `stored` place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from libzim.reader import Archive, Entry, set_cluster_cache_max_size

from content_packs.errors import BrokenEntry, BrokenPack, IdeascubeError
from content_packs.zim import clusters, finding
from content_packs.zim.clusters import read_blob
from content_packs.zim.front import FrontPages
from content_packs.zim.layout import STORED, ByteRange, ZimLayout
from content_packs.zim.parts import PartedFile, part_paths
from content_packs.zim.quiet import silent_errors
from content_packs.zim.reader import (
    LARGEST,
    LIBZIM_ERRORS,
    REDIRECT_LIMIT,
    FoundPage,
    StoredPlace,
    ZimEntry,
    ZimRedirect,
)

Found = TypeVar("Found")

_SMALL = 1024 * 1024  # bytes of a metadata entry or an illustration that are believed
_LIBZIM_CLUSTERS = 1024 * 1024  # bytes


def set_cluster_cache(size: int) -> None:
    """Bound the memory in bytes that decompressed clusters take, for all archives of this process together."""
    clusters.cache.resize(size)


# libzim itself reads only metadata and indexes here.
set_cluster_cache_max_size(_LIBZIM_CLUSTERS)


class ZimArchive:
    """An open pack. Raises BrokenPack from the constructor where it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = PartedFile(part_paths(path))
        self.layout = ZimLayout(self.file)
        try:
            with silent_errors():
                self.libzim = Archive(path)
        except LIBZIM_ERRORS as error:
            raise BrokenPack(f"{path.name} cannot be opened: {_reason(error)}. Copy it again.") from error

    def is_intact(self) -> bool:
        """Whether the file is as it was when opened: libzim may end the process over one that was cut off."""
        return self.file.is_intact()

    @cached_property
    def uuid(self) -> str:
        return str(self.libzim.uuid)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the file does; a part of the entries' validators."""
        known_by = repr((self.uuid, self.file._state()))  # noqa: SLF001 - one idea in two files of this package
        return hashlib.sha256(known_by.encode()).hexdigest()[:12]

    @cached_property
    def front(self) -> FrontPages:
        return FrontPages(self.file, self.layout)

    # Entries

    def find(self, path: str) -> ZimEntry | ZimRedirect | None:
        """The entry at `path` (with its namespace in old ZIMs), or None. Raises BrokenEntry where it is damaged."""
        return self._guarded(path, lambda: self._find(path))

    def step(self, path: str) -> ZimEntry | ZimRedirect | None:
        """The entry at exactly this path, a redirect as its first step; or None. Raises BrokenEntry."""
        return self._guarded(path, lambda: self._step(path))

    def _step(self, path: str) -> ZimEntry | ZimRedirect | None:
        try:
            entry = self.libzim.get_entry_by_path(path)
        except KeyError:
            return None
        if entry.path != path:
            return None  # libzim also tries other namespaces
        return ZimRedirect(entry.get_redirect_entry().path, entry.title) if entry.is_redirect else self._describe(entry)

    def _find(self, path: str) -> ZimEntry | ZimRedirect | None:
        try:
            entry = self.libzim.get_entry_by_path(path)
        except KeyError:
            return None
        return self._describe(entry)

    def _describe(self, entry: Entry) -> ZimEntry | ZimRedirect:
        if entry.is_redirect:
            return ZimRedirect(self._followed(entry).path)
        # The item's size is not asked for: libzim would unpack the cluster to know it.
        mimetype = entry.get_item().mimetype
        return ZimEntry(entry._index, entry.path, entry.title, mimetype, self)  # noqa: SLF001 - the number in the file

    def _followed(self, entry: Entry) -> Entry:
        for _ in range(REDIRECT_LIMIT):
            if not entry.is_redirect:
                return entry
            entry = entry.get_redirect_entry()
        raise BrokenEntry(f"“{entry.path}” in {self.path.name} leads in a circle.")

    def main_path(self) -> str | None:
        """The path of the first page, redirects followed, or None where the pack has none that can be read."""
        try:
            return self._guarded("its main page", self._main_path)
        except IdeascubeError:
            return None

    def _main_path(self) -> str | None:
        return str(self._followed(self.libzim.main_entry).path) if self.libzim.has_main_entry else None

    def random_path(self) -> str | None:
        """The path of any front page, or None where there is none."""
        try:
            return self._guarded("a random page", lambda: str(self._followed(self.libzim.get_random_entry()).path))
        except (IdeascubeError, KeyError):
            return None

    def read(self, entry: ZimEntry, *, keep: bool = True, limit: int = LARGEST) -> bytes:
        """All of an entry's bytes. For what is small: a film is read from its `stored` place, in pieces.

        `keep` its cluster unpacked, for readers who will open its neighbours; not in passing, as searches do. Raises
        BrokenEntry for what is longer than `limit` bytes.
        """
        return self._guarded(entry.path, lambda: self._read(entry, keep, limit))

    def _read(self, entry: ZimEntry, keep: bool, limit: int) -> bytes:
        dirent = self.layout.dirent(entry.index)
        cluster = self.layout.cluster_of(dirent)
        if cluster.compression not in STORED and dirent.blob is not None:
            return read_blob(self.file, cluster, dirent.blob, keep=keep, limit=limit)
        stored = self.layout.stored_range(entry.index)
        assert stored is not None
        if stored.length > limit:
            raise BrokenEntry(f"“{entry.path}” in {self.path.name} is too long to be what it says it is.")
        return self.file.read_at(stored.offset, stored.length)

    def stored(self, entry: ZimEntry) -> StoredPlace | None:
        """Where the entry's bytes lie uncompressed, or None where they are compressed."""
        where = self._guarded(entry.path, lambda: self.layout.stored_range(entry.index))
        return None if where is None else StoredPlace(self.file, where)

    def whole(self) -> StoredPlace:
        """All of the file."""
        return StoredPlace(self.file, ByteRange(0, self.file.size))

    def is_front(self, entry: ZimEntry) -> bool:
        """Whether a reader opens this page as such (and not a frame or a fragment that pages load)."""
        if not entry.is_html:
            return False
        return self.front.contains(entry.index) if self.front.known else not entry.path.startswith(("I/", "-/"))

    # Its indexes: see `finding`

    def fulltext(self, query: str, start: int, count: int) -> tuple[list[str], int]:
        return finding.fulltext(self, query, start, count)

    def titles(self, text: str, count: int) -> list[str]:
        return finding.titles(self, text, count)

    def page_at(self, path: str) -> FoundPage | None:
        return finding.page_at(self, path)

    def page_bytes(self, path: str) -> bytes:
        return finding.page_bytes(self, path)

    # What the pack says of itself

    def metadata(self, name: str) -> bytes | None:
        """The value of one metadata entry, or None where there is none or it is too large to be one."""
        entry = self.metadata_entry(name)
        return None if entry is None else self.read(entry, limit=_SMALL)

    def metadata_names(self) -> list[str]:
        """All that the pack has metadata for, illustrations too."""
        return self._guarded("its metadata", lambda: list(self.libzim.metadata_keys))

    def metadata_entry(self, name: str) -> ZimEntry | None:
        """Where one metadata entry lies, or None; to be read like any other entry."""

        def find() -> ZimEntry | None:
            if name not in self.libzim.metadata_keys:
                return None
            item = self.libzim.get_metadata_item(name)
            return ZimEntry(item._index, item.path, item.title, item.mimetype, self)  # noqa: SLF001 - as above

        return self._guarded(f"metadata {name}", find)

    def counts(self) -> tuple[int, int]:
        """How many articles and how many media the pack holds."""
        return self._guarded("its counts", lambda: (self.libzim.article_count, self.libzim.media_count))

    def checksum_holds(self) -> bool:
        """Read the whole file and compare it with the MD5 sum at its end. Slow: seconds a gigabyte."""
        return self._guarded("its checksum", lambda: bool(self.libzim.check()))

    def indexes(self) -> tuple[bool, bool]:
        """Whether the pack brings a full-text index, and an index of titles."""
        return self._guarded("its indexes", lambda: (self.libzim.has_fulltext_index, self.libzim.has_title_index))

    def illustration_sizes(self) -> list[int]:
        try:
            return self._guarded("its illustrations", lambda: sorted(self.libzim.get_illustration_sizes()))
        except IdeascubeError:
            return []

    def illustration(self, size: int) -> tuple[bytes, str] | None:
        """The square picture of `size` pixels and its MIME type, or None."""

        def read() -> tuple[bytes, str] | None:
            try:
                item = self.libzim.get_illustration_item(size)
            except KeyError:
                return None
            entry = ZimEntry(item._index, item.path, item.title, item.mimetype, self)  # noqa: SLF001 - as above
            return self._read(entry, keep=False, limit=_SMALL), entry.mimetype

        return self._guarded(f"illustration of {size} pixels", read)

    def _guarded(self, what: str, read: Callable[[], Found]) -> Found:
        """Run `read`, turning whatever libzim raises into one sentence about `what`."""
        if not self.file.is_intact():
            raise BrokenEntry(f"{self.path.name} changed while it was open: try again in a few seconds.")
        try:
            return read()
        except BrokenPack as error:
            raise BrokenEntry(str(error)) from error
        except LIBZIM_ERRORS as error:
            raise BrokenEntry(f"“{what}” in {self.path.name} cannot be read: {_reason(error)}.") from error


def _reason(error: BaseException) -> str:
    """What libzim said, on one line and without the full stop."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
