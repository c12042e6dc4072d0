"""Compressed clusters, unpacked only as far as the wanted blob reaches, and kept while memory allows.

libzim can do this too; here it is ours because libzim's decompression holds the interpreter's lock, and its cache takes
four times the memory that it is told to take (measured: docs/decisions/0007-own-cluster-reading.md).
"""

from __future__ import annotations

import lzma
import threading
import weakref
from typing import IO, Protocol, cast

import zstandard

from content_packs.bounded_cache import BoundedCache
from content_packs.errors import BrokenEntry
from content_packs.zim.layout import XZ, ZSTD, ClusterPlace, parse_blob_offsets
from content_packs.zim.parts import PartedFile
from content_packs.zim.reader import LARGEST

_INPUT = 32 * 1024  # bytes of the file read at a time
_ROOM = 1024 * 1024  # bytes of a desk that are kept between two clusters


# The unpacked beginnings of clusters. One for the process, as libzim's own is: what memory it may take is the process's
# matter, not an archive's.
cache: BoundedCache[tuple[int, int], bytes] = BoundedCache(8 * 1024 * 1024)


def read_blob(file: PartedFile, place: ClusterPlace, blob: int, *, keep: bool = True, limit: int = LARGEST) -> bytes:
    """The bytes of blob number `blob` of a compressed cluster. Raises BrokenEntry where they cannot be had.

    A blob longer than `limit` bytes is refused, and so is one that ends beyond LARGEST in its cluster.

    A cluster is kept as far as it had to be unpacked, and wholly when it is wanted further on a second time. Without
    `keep` nothing is, but blobs of one cluster that are read one after the other still have it unpacked once.
    """
    key = (file.number, place.offset)
    kept = cache.get(key)
    if kept is not None and (found := _cut(kept, place, blob)) is not None:
        _refuse_long(file, len(found), limit)
        return found
    try:
        _unpack_blob(file, place, blob, limit, wholly=kept is not None)
        if keep:
            cluster = bytes(memoryview(_desk.room)[: _desk.length])
            cache.put(key, cluster, len(cluster))
        found = _cut(_desk.room, place, blob, _desk.length)
    except (zstandard.ZstdError, lzma.LZMAError, EOFError) as error:
        _desk.clear()
        raise BrokenEntry(f"A cluster of {file.paths[0].name} is damaged: copy the file again.") from error
    finally:
        _desk.shrink()
    if found is None:
        raise BrokenEntry(f"A cluster of {file.paths[0].name} ends before its blob {blob}: copy the file again.")
    return found


def _cut(data: bytes | bytearray, place: ClusterPlace, blob: int, length: int | None = None) -> bytes | None:
    """The blob, if the first `length` bytes of the cluster, all of `data` by default, hold it."""
    length = len(data) if length is None else length
    table = place.offset_width * (blob + 2)
    if length < table:
        return None
    start, end = parse_blob_offsets(data[table - 2 * place.offset_width : table], place.offset_width)
    return bytes(memoryview(data)[start:end]) if start <= end <= length else None


class ClusterReader(Protocol):
    def readinto(self, buffer: memoryview, /) -> int | None: ...


class _Desk(threading.local):
    """A thread's memory for the cluster at hand: its first `length` bytes in `room`, and what reads on in it.

    It is used again and again, since to get memory for each cluster and give it back takes as long as unpacking does.
    """

    def __init__(self) -> None:
        self.room = bytearray()
        self.clear()

    def clear(self) -> None:
        self.key: tuple[int, int] | None = None
        self.reader: ClusterReader | None = None
        self.length = 0

    def shrink(self) -> None:
        if len(self.room) > 4 * _ROOM:
            self.clear()
            self.room = bytearray(_ROOM)


_desk = _Desk()


def _unpack_blob(file: PartedFile, place: ClusterPlace, blob: int, limit: int, *, wholly: bool) -> None:
    """Have the cluster on the desk as far as the blob, or wholly, reaches; or as far as there is any."""
    key = (file.number, place.offset)
    if _desk.key != key:
        _desk.clear()
        _desk.key, _desk.reader = key, open_cluster(file, place)
    width = place.offset_width
    _read_on(width * (blob + 2))
    start, end = parse_blob_offsets(_desk.room[width * blob : width * (blob + 2)], width)
    _refuse_long(file, end, LARGEST)
    _refuse_long(file, end - start, limit)
    last = parse_blob_offsets(_desk.room, width)[0] // width - 2 if wholly else blob
    _read_on(width * (last + 2))
    _read_on(parse_blob_offsets(_desk.room[width * last : width * (last + 2)], width)[1])


def _refuse_long(file: PartedFile, length: int, limit: int) -> None:
    if length > limit:
        raise BrokenEntry(f"An entry of {file.paths[0].name} is too long to be what it says it is.")


def _read_on(wanted: int) -> None:
    wanted = min(wanted, LARGEST)
    if len(_desk.room) < wanted:
        _desk.room.extend(bytes(wanted - len(_desk.room)))
    assert _desk.reader is not None
    with memoryview(_desk.room) as room:
        while _desk.length < wanted:
            count = _desk.reader.readinto(room[_desk.length : wanted])
            if not count:
                return
            _desk.length += count


def open_cluster(file: PartedFile, place: ClusterPlace) -> ClusterReader:
    """The cluster's bytes, unpacked as they are read. Raises BrokenEntry for a compression that is not known."""
    packed = cast("IO[bytes]", _Packed(file, place.offset))  # of which only `read` is called
    if place.compression == ZSTD:
        return zstandard.ZstdDecompressor().stream_reader(packed, read_size=_INPUT)
    if place.compression == XZ:
        return lzma.LZMAFile(packed)
    raise BrokenEntry(f"{file.paths[0].name} is compressed in a way (number {place.compression}) that is not known.")


class _Packed:
    """The file from an offset on, as something that can be read by whoever has the file.

    It does not hold the file open: a thread's desk keeps the cluster read last, perhaps of a pack that was removed.
    """

    def __init__(self, file: PartedFile, offset: int) -> None:
        self._file = weakref.ref(file)
        self._offset = offset

    def read(self, size: int = _INPUT) -> bytes:
        file = self._file()
        assert file is not None, "held by who reads"
        piece = file.read_at(self._offset, max(0, min(size, file.size - self._offset)))
        self._offset += len(piece)
        return piece
