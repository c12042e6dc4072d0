"""The contents of a ZIM file's entries in the order of the file, in which each cluster is unpacked once.

In little memory, however long an entry is. Which entries there are is in `walk`.
"""

from __future__ import annotations

import hashlib
import lzma
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import zstandard

from content_packs.errors import BrokenEntry
from content_packs.zim.archive import ZimArchive
from content_packs.zim.clusters import open_cluster
from content_packs.zim.layout import STORED, ClusterPlace

PIECE = 1024 * 1024  # bytes
DIGEST = 16  # bytes of SHA-256 by which contents are told apart
NO_PLACE = 2**64 - 1
_TABLE_LIMIT = 64 * 1024 * 1024  # bytes of a cluster's own table that are believed

Tell = Callable[[int], None]


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
    stream = _Unpacked(zim, place)
    for blob in blobs:
        yield stream.blob(blob)


def _stored_pieces(zim: ZimArchive, offset: int, length: int) -> Iterator[bytes]:
    for start in range(0, length, PIECE):
        yield zim.file.read_at(offset + start, min(PIECE, length - start))


class _Unpacked:
    """A cluster as it is unpacked, forward only. Raises BrokenEntry, wherever in it that is, where it is damaged."""

    def __init__(self, zim: ZimArchive, place: ClusterPlace) -> None:
        self._zim = zim  # held open: what reads the cluster does not
        self._reader, self._position = open_cluster(zim.file, place), 0
        width = place.offset_width
        first = self._take(width)
        size = int.from_bytes(first, "little")
        if size % width or not width <= size <= _TABLE_LIMIT:
            raise self._damaged()
        table = first + self._take(size - width)
        self._offsets = [int.from_bytes(table[at : at + width], "little") for at in range(0, size, width)]

    def blob(self, number: int) -> Iterator[bytes]:
        """To be read to its end before the next one is asked for."""
        if number + 1 >= len(self._offsets):
            raise self._damaged()
        start, end = self._offsets[number : number + 2]
        if not self._position <= start <= end:
            raise self._damaged()
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
            count = self._read_into(memoryview(taken)[done:])
            if not count:
                raise self._damaged()
            done += count
        self._position += length
        return bytes(taken)

    def _read_into(self, room: memoryview) -> int | None:
        try:
            return self._reader.readinto(room)
        except (zstandard.ZstdError, lzma.LZMAError, EOFError) as error:
            raise self._damaged() from error

    def _damaged(self) -> BrokenEntry:
        return BrokenEntry(f"A cluster of {self._zim.path.name} is damaged: copy the file again.")
