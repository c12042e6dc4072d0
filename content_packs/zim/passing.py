"""Compressed blobs read in passing: by a search, which looks once at many pages that lie far apart.

Nothing is kept but the last cluster of each thread, in memory that is used again and again: to get room for a cluster
and give it back for each page takes as long as unpacking it, and leaves the process three times as large. For what
readers open, see `clusters`.
"""

from __future__ import annotations

import threading
from typing import IO, cast

import zstandard

from content_packs.errors import BrokenEntry
from content_packs.zim.clusters import read_blob
from content_packs.zim.layout import ZSTD, ClusterPlace, parse_blob_offsets
from content_packs.zim.parts import PartedFile

_INPUT = 32 * 1024  # bytes of the file read at a time
_ROOM = 4 * 1024 * 1024  # bytes of a cluster that are unpacked here; what lies further on is left to `clusters`


class _Desk(threading.local):
    """A thread's memory: the first `length` bytes of the cluster `key`, and what reads on in it."""

    def __init__(self) -> None:
        self.decompressor = zstandard.ZstdDecompressor()
        self.reader: zstandard.ZstdDecompressionReader | None = None
        self.room = bytearray()
        self.key: tuple[int, int] | None = None
        self.length = 0


_desk = _Desk()


class _Compressed:
    """The file from an offset on, as something that can be read."""

    def __init__(self, file: PartedFile, offset: int) -> None:
        self._file = file
        self._offset = offset

    def read(self, size: int = -1) -> bytes:
        left = self._file.size - self._offset
        piece = self._file.read_at(self._offset, left if size < 0 else min(size, left))
        self._offset += len(piece)
        return piece


def read_in_passing(file: PartedFile, place: ClusterPlace, blob: int) -> bytes:
    """The bytes of blob number `blob` of a compressed cluster. Raises BrokenEntry where they cannot be had.

    Blobs of one cluster are best read one after the other: it is unpacked once then, as far as the last of them.
    """
    width = place.offset_width
    table = width * (blob + 2)
    if place.compression != ZSTD or table > _ROOM:
        return read_blob(file, place, blob)
    _unpack(file, place, table)
    start, end = parse_blob_offsets(_desk.room[table - 2 * width : table], width)
    if not start <= end <= _ROOM:
        return read_blob(file, place, blob)
    _unpack(file, place, end)
    return bytes(memoryview(_desk.room)[start:end])


def _unpack(file: PartedFile, place: ClusterPlace, wanted: int) -> None:
    """Have at least `wanted` bytes of a cluster on the desk."""
    key = (file.number, place.offset)
    if _desk.key != key or _desk.reader is None:
        compressed = cast("IO[bytes]", _Compressed(file, place.offset))  # `read` is all that is called
        _desk.reader = _desk.decompressor.stream_reader(compressed, read_size=_INPUT)
        _desk.key, _desk.length = key, 0
    try:
        _read_on(_desk.reader, wanted)
    except zstandard.ZstdError as error:
        raise BrokenEntry(f"A cluster of {file.paths[0].name} is damaged: copy the file again.") from error
    finally:
        if _desk.length < wanted:
            _desk.key = None
    if _desk.length < wanted:
        raise BrokenEntry(f"A cluster of {file.paths[0].name} ends too early: copy the file again.")


def _read_on(reader: zstandard.ZstdDecompressionReader, wanted: int) -> None:
    _desk.room.extend(bytes(max(0, wanted - len(_desk.room))))
    with memoryview(_desk.room) as room:
        while _desk.length < wanted:
            count = reader.readinto(room[_desk.length : wanted])
            if not count:
                return
            _desk.length += count
