"""Going through all of a pack: its entries in the order of paths, and their contents in the order of the file.

In the order of the file each cluster is unpacked once; in little memory, however long an entry is.
"""

from __future__ import annotations

import hashlib
import heapq
import lzma
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import zstandard

from content_packs.errors import BrokenEntry, BrokenPack
from content_packs.zim.archive import ZimArchive
from content_packs.zim.clusters import ClusterReader, open_cluster
from content_packs.zim.layer import path_number
from content_packs.zim.layout import STORED, Dirent
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from content_packs.zim.stack import Stack

PIECE = 1024 * 1024  # bytes
DIGEST = 16  # bytes of SHA-256 by which contents are told apart
NO_PLACE = 2**64 - 1
_CONTENT = "C"
_NOT_CONTENT = "MXZ"  # in files with old namespaces
_TABLE_LIMIT = 64 * 1024 * 1024  # bytes of a cluster's own table that are believed

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as it is listed. A redirect has a `target`, its first step; content has a MIME type, and a place.

    `level`: the number of its file, 0 being the base; `index`: its number there. `title` is empty where the path stands
    for it.
    """

    path: str
    title: str
    front: bool
    level: int
    index: int
    mimetype: str = ""
    target: str | None = None

    @property
    def is_html(self) -> bool:
        return self.mimetype.startswith(("text/html", "application/xhtml+xml"))


def files_of(pack: PackReader) -> tuple[ZimArchive, ...]:
    """The files of a pack, the base first."""
    if isinstance(pack, Stack):
        return pack.files
    assert isinstance(pack, ZimArchive)
    return (pack,)


def listing(pack: PackReader) -> Iterator[Listed]:
    """All entries in the order of their paths. Raises BrokenPack or BrokenEntry where they cannot be gone through."""
    if not isinstance(pack, Stack):
        return _listing_of(files_of(pack)[0], 0)
    levels = [_shown(pack, level) for level in range(len(pack.files))]
    return heapq.merge(*levels, key=lambda listed: listed.path)


def _shown(stack: Stack, level: int) -> Iterator[Listed]:
    above = stack.layers[level:]
    for listed in _listing_of(stack.files[level], level):
        number = path_number(listed.path)
        if not any(layer.decides(number) for layer in above):
            yield listed if level == 0 else _meant(stack, listed)


def _meant(stack: Stack, listed: Listed) -> Listed:
    """What an entry of a layer stands for."""
    found = stack.step(listed.path)
    if isinstance(found, ZimRedirect):
        return Listed(listed.path, listed.title, listed.front, listed.level, listed.index, target=found.target)
    if not isinstance(found, ZimEntry):
        raise BrokenPack(f"{stack.files[listed.level].path.name} is damaged: make it again from its delta.")
    level = stack.files.index(found.zim)
    return Listed(listed.path, listed.title, listed.front, level, found.index, found.mimetype)


def _listing_of(zim: ZimArchive, level: int) -> Iterator[Listed]:
    is_front = _front_marks(zim, is_layer=level > 0)
    before = ""
    for index in range(zim.layout.header.entry_count):
        dirent = zim.layout.read_dirent(index)
        if not _is_content(zim, dirent):
            continue
        path = long_path(zim, dirent)
        if path <= before and before:
            raise BrokenPack(f"{zim.path.name} has its entries out of order at “{path}”: it cannot be gone through.")
        before = path
        yield _listed(zim, dirent, path, index, level, is_front(index, dirent))


def _listed(zim: ZimArchive, dirent: Dirent, path: str, index: int, level: int, front: bool) -> Listed:
    title = listed_title(zim, dirent)
    if dirent.target is None:
        return Listed(path, title, front, level, index, zim.layout.mimetype_of(dirent))
    target = long_path(zim, zim.layout.dirent(dirent.target))
    return Listed(path, title, front, level, index, target=target)


def _is_content(zim: ZimArchive, dirent: Dirent) -> bool:
    if zim.layout.header.has_old_namespaces:
        return dirent.namespace not in _NOT_CONTENT
    return dirent.namespace == _CONTENT


def long_path(zim: ZimArchive, dirent: Dirent) -> str:
    """The path as readers know it: with its namespace in old files."""
    return f"{dirent.namespace}/{dirent.path}" if zim.layout.header.has_old_namespaces else dirent.path


def listed_title(zim: ZimArchive, dirent: Dirent) -> str:
    """The title, empty where the path stands for it: in old files that is the path without its namespace."""
    return dirent.title or (dirent.path if zim.layout.header.has_old_namespaces else "")


def _front_marks(zim: ZimArchive, *, is_layer: bool) -> Callable[[int, Dirent], bool]:
    """Whether an entry is a front page, or found by its title; in files without marks articles are."""
    if not zim.front.known:
        return lambda index, dirent: not is_layer and _is_article(zim, dirent)
    marks = bytearray(zim.layout.header.entry_count)
    for number in zim.front.numbers():
        if number < len(marks):
            marks[number] = 1
    return lambda index, dirent: bool(marks[index])


def _is_article(zim: ZimArchive, dirent: Dirent) -> bool:
    if zim.layout.header.has_old_namespaces:
        return dirent.namespace == "A"
    return dirent.target is not None or zim.layout.mimetype_of(dirent).startswith("text/html")


# Contents, in the order of the file


def place_of(zim: ZimArchive, index: int) -> int:
    """Where entry `index` lies in the order of the file: a number to sort by."""
    dirent = zim.layout.read_dirent(index)
    return NO_PLACE if dirent.cluster is None or dirent.blob is None else dirent.cluster << 32 | dirent.blob


def digests(zim: ZimArchive, places: array[int], tell: Tell) -> Iterator[tuple[int, bytes, int]]:
    """(index, digest, size in bytes) of every entry that has a place in `places`, in the order of the file.

    `tell` is told how far in the file this is, in bytes. Raises BrokenEntry where something cannot be read.
    """
    order = sorted((index for index, place in enumerate(places) if place != NO_PLACE), key=places.__getitem__)
    for cluster, members in groupby(order, key=lambda index: places[index] >> 32):
        indexes = list(members)
        blobs = sorted({places[index] & 0xFFFFFFFF for index in indexes})
        found = dict(zip(blobs, _blob_digests(zim, indexes[0], blobs), strict=True))
        for index in indexes:
            yield index, *found[places[index] & 0xFFFFFFFF]
        tell(zim.layout.cluster_offset(cluster))


def _blob_digests(zim: ZimArchive, index: int, blobs: Sequence[int]) -> Iterator[tuple[bytes, int]]:
    for pieces in _blobs(zim, index, blobs):
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
        yield digest.digest()[:DIGEST], size


def content_pieces(zim: ZimArchive, index: int) -> Iterator[bytes]:
    """The content of one entry in pieces of at most PIECE bytes."""
    blob = zim.layout.dirent(index).blob
    assert blob is not None
    return next(_blobs(zim, index, [blob]))


def _blobs(zim: ZimArchive, index: int, blobs: Sequence[int]) -> Iterator[Iterator[bytes]]:
    """The pieces of each of these blobs (ascending) of the cluster in which entry `index` lies."""
    place = zim.layout.cluster_of(zim.layout.read_dirent(index))
    if place.compression in STORED:
        for blob in blobs:
            where = zim.layout.blob_range(place, blob)
            yield _stored_pieces(zim, where.offset, where.length)
        return
    try:
        stream = _Unpacked(open_cluster(zim.file, place), place.offset_width)
        for blob in blobs:
            yield stream.blob(blob)
    except (zstandard.ZstdError, lzma.LZMAError, EOFError) as error:
        raise BrokenEntry(f"A cluster of {zim.path.name} is damaged: copy the file again.") from error


def _stored_pieces(zim: ZimArchive, offset: int, length: int) -> Iterator[bytes]:
    for start in range(0, length, PIECE):
        yield zim.file.read_at(offset + start, min(PIECE, length - start))


class _Unpacked:
    """A cluster as it is unpacked, forward only."""

    def __init__(self, reader: ClusterReader, width: int) -> None:
        self._reader, self._position = reader, 0
        first = self._take(width)
        size = int.from_bytes(first, "little")
        if size % width or not width <= size <= _TABLE_LIMIT:
            raise EOFError
        table = first + self._take(size - width)
        self._offsets = [int.from_bytes(table[at : at + width], "little") for at in range(0, size, width)]

    def blob(self, number: int) -> Iterator[bytes]:
        """To be read to its end before the next one is asked for."""
        if number + 1 >= len(self._offsets):
            raise EOFError
        start, end = self._offsets[number : number + 2]
        if not self._position <= start <= end:
            raise EOFError
        for _ in self._pieces(start):
            pass
        return self._pieces(end)

    def _pieces(self, end: int) -> Iterator[bytes]:
        while self._position < end:
            yield self._take(min(PIECE, end - self._position))

    def _take(self, length: int) -> bytes:
        taken = bytearray(length)
        done = 0
        while done < length:
            count = self._reader.readinto(memoryview(taken)[done:])
            if not count:
                raise EOFError
            done += count
        self._position += length
        return bytes(taken)


def visible_places(listed: Iterable[Listed], files: Sequence[ZimArchive]) -> list[array[int]]:
    """For each file the places of its entries that are listed; NO_PLACE for all others."""
    places = [array("Q", [NO_PLACE]) * zim.layout.header.entry_count for zim in files]
    for each in listed:
        if each.target is None:
            places[each.level][each.index] = place_of(files[each.level], each.index)
    return places
