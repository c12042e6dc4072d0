"""Compressed clusters, unpacked: only as far as the wanted blob reaches, and kept while memory allows.

libzim can do this too; here it is ours because libzim's decompression holds the interpreter's lock, and its cache takes
four times the memory that it is told to take (measured: docs/decisions/0007-own-cluster-reading.md).
"""

from __future__ import annotations

import lzma
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import zstandard

from content_packs.errors import BrokenEntry
from content_packs.zim.layout import XZ, ZSTD, ClusterPlace, parse_blob_offsets
from content_packs.zim.parts import PartedFile

_INPUT = 16 * 1024  # bytes of the file fed to the decompressor at a time: little enough that a bomb is seen in time
_OUTPUT_LIMIT = 256 * 1024 * 1024  # bytes; no text is as large, a damaged or hostile cluster may say so


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The beginning of a cluster's data, or all of it."""

    data: bytes
    complete: bool


class ClusterCache:
    """Unpacked clusters of all archives of this process, bounded together in bytes; threads may share it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._clusters: OrderedDict[tuple[int, int], Unpacked] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, int]) -> Unpacked | None:
        with self._lock:
            cluster = self._clusters.get(key)
            if cluster is not None:
                self._clusters.move_to_end(key)
            return cluster

    def put(self, key: tuple[int, int], cluster: Unpacked) -> None:
        if len(cluster.data) > self.limit // 4:
            return
        with self._lock:
            before = self._clusters.pop(key, None)
            self.size += len(cluster.data) - (len(before.data) if before else 0)
            self._clusters[key] = cluster
            while self.size > self.limit:
                _, oldest = self._clusters.popitem(last=False)
                self.size -= len(oldest.data)


# One for the process, as libzim's own is: what memory it may take is the process's matter, not an archive's.
cache = ClusterCache(8 * 1024 * 1024)


def read_blob(file: PartedFile, place: ClusterPlace, blob: int) -> bytes:
    """The bytes of blob number `blob` of a compressed cluster. Raises BrokenEntry where they cannot be had."""
    key = (file.number, place.offset)
    known = cache.get(key)
    cluster = known if known is not None and _reaches(known, place, blob) else _unpack(file, place, blob, known)
    if cluster is not known:
        cache.put(key, cluster)
    start, end = _offsets(cluster.data, place, blob)
    if not start <= end <= len(cluster.data):
        raise BrokenEntry(f"A cluster of {file.paths[0].name} ends before its blob {blob}: copy the file again.")
    return cluster.data[start:end]


def _offsets(data: bytes | bytearray, place: ClusterPlace, blob: int) -> tuple[int, int]:
    width = place.offset_width
    return parse_blob_offsets(data[width * blob : width * (blob + 2)], width)


def _reaches(cluster: Unpacked, place: ClusterPlace, blob: int) -> bool:
    return cluster.complete or _needed(cluster.data, place, blob) <= len(cluster.data)


def _needed(data: bytes | bytearray, place: ClusterPlace, blob: int) -> int:
    """How many bytes of the cluster must be unpacked for this blob, as far as `data` tells."""
    table_end = place.offset_width * (blob + 2)
    return _offsets(data, place, blob)[1] if len(data) >= table_end else table_end


def _unpack(file: PartedFile, place: ClusterPlace, blob: int, known: Unpacked | None) -> Unpacked:
    """From the beginning; a cluster that is read a second time, further on, is unpacked to its end."""
    data = bytearray()
    decompressor = _decompressor(place, file)
    try:
        for piece in _input(file, place.offset):
            data += decompressor.decompress(piece)
            wanted = _needed(data, place, blob)
            if max(wanted, len(data)) > _OUTPUT_LIMIT:
                raise BrokenEntry(f"A cluster of {file.paths[0].name} is too large to be true: copy the file again.")
            if decompressor.eof or (known is None and len(data) >= wanted):
                break
    except (zstandard.ZstdError, lzma.LZMAError, EOFError) as error:
        raise BrokenEntry(f"A cluster of {file.paths[0].name} is damaged: copy the file again.") from error
    return Unpacked(bytes(data), decompressor.eof)


def _input(file: PartedFile, offset: int) -> Iterator[bytes]:
    while offset < file.size:
        piece = file.read_at(offset, min(_INPUT, file.size - offset))
        yield piece
        offset += len(piece)


def _decompressor(place: ClusterPlace, file: PartedFile) -> _Decompressor:
    if place.compression == ZSTD:
        return zstandard.ZstdDecompressor().decompressobj()
    if place.compression == XZ:
        return lzma.LZMADecompressor()
    raise BrokenEntry(f"{file.paths[0].name} is compressed in a way (number {place.compression}) that is not known.")
