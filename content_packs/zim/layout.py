"""Where things lie in a ZIM file: header, directory entries, clusters; read with small reads at known offsets.

libzim maps a whole film into memory to give one byte of it; with the place of its bytes it can be read piece by piece.
Source: the ZIM file format, https://wiki.openzim.org/wiki/ZIM_file_format
"""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from content_packs.errors import BrokenEntry, BrokenPack
from content_packs.zim.parts import PartedFile

ZIM_MAGIC = 72173914
REDIRECT_MIMETYPE = 0xFFFF
STORED = (0, 1)  # 0 in files of the first writers
XZ = 4
ZSTD = 5
_HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
_DIRENT = struct.Struct("<HBcI")
_DIRENTS_KEPT = 128  # an answer asks for its entry's several times, a search through titles for the same first ones
_DIRENT_USUAL = 512  # bytes that nearly every entry's numbers, path and title fit in
_MIMETYPES_LIMIT = 256 * 1024  # bytes of the list that is believed
_DIRENT_LIMIT = 16 + 65_536 * 2  # bytes of the longest entry that is believed


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A run of bytes in the file, both in bytes."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Dirent:
    """One directory entry; `cluster` and `blob` are None for a redirect, `target` for everything else.

    `title` is empty where the path stands for it; `mimetype` is a place in the file's list of them.
    """

    namespace: str
    path: str
    title: str
    mimetype: int
    cluster: int | None
    blob: int | None
    target: int | None


@dataclass(frozen=True, slots=True)
class ClusterPlace:
    """Where a cluster's data begins (bytes), how it is compressed, and how wide its blob offsets are (bytes)."""

    offset: int
    compression: int
    offset_width: int


@dataclass(frozen=True, slots=True)
class Header:
    """Counts, and places in bytes from the file's beginning; `version` is (major, minor)."""

    version: tuple[int, int]
    uuid: bytes
    entry_count: int
    cluster_count: int
    path_pointers: int
    cluster_pointers: int
    mimetypes: int
    checksum: int

    @property
    def has_old_namespaces(self) -> bool:
        """Whether paths begin with a namespace that readers see (`A/…`), as before version 6.1."""
        return self.version < (6, 1)


def read_header(file: PartedFile) -> Header:
    """The header's fields that are used here. Raises BrokenPack where it isn't a ZIM file."""
    name = file.paths[0].name
    if file.size < _HEADER.size:
        raise BrokenPack(f"{name} is too short to be a ZIM file: copy it again.")
    fields = _HEADER.unpack(file.read_at(0, _HEADER.size))
    if fields[0] != ZIM_MAGIC:
        raise BrokenPack(f"{name} is not a ZIM file: it does not begin as one.")
    return Header(
        version=(fields[1], fields[2]),
        uuid=fields[3],
        entry_count=fields[4],
        cluster_count=fields[5],
        path_pointers=fields[6],
        cluster_pointers=fields[8],
        mimetypes=fields[9],
        checksum=fields[12],
    )


class ZimLayout:
    """Finds directory entries and the bytes of stored (uncompressed) blobs."""

    def __init__(self, file: PartedFile) -> None:
        self._file = file
        self.header = read_header(file)
        # Of a function that does not hold this layout: in a circle the file would stay open, and a removed pack keep
        # its room on the disk, until Python happens to look for circles.
        self.dirent = lru_cache(maxsize=_DIRENTS_KEPT)(partial(_read_dirent, file, self.header))

    @cached_property
    def mimetypes(self) -> list[str]:
        """The file's list of MIME types. Raises BrokenPack where it has no end."""
        start = self.header.mimetypes
        raw = self._file.read_at(start, max(0, min(_MIMETYPES_LIMIT, self._file.size - start)))
        types, end, _ = (b"\0" + raw).partition(b"\0\0")
        if not end:
            raise BrokenPack(f"{self._file.paths[0].name} has a damaged list of MIME types: copy it again.")
        return [mimetype.decode("utf-8", "replace") for mimetype in types.split(b"\0")[1:]]

    def mimetype_of(self, dirent: Dirent) -> str:
        """The MIME type of an entry with content. Raises BrokenEntry for one that isn't in the list."""
        if dirent.mimetype >= len(self.mimetypes):
            raise BrokenEntry(f"“{dirent.path}” in {self._file.paths[0].name} has a MIME type that isn't there.")
        return self.mimetypes[dirent.mimetype]

    def read_dirent(self, index: int) -> Dirent:
        """Directory entry `index`, in the order of paths; `dirent` gives the same, and keeps some of them.

        Raises BrokenEntry for an index or a shape that can't be.
        """
        return _read_dirent(self._file, self.header, index)

    def cluster_of(self, dirent: Dirent) -> ClusterPlace:
        """Where the cluster of an entry with content begins. Raises BrokenEntry where it points outside."""
        if dirent.cluster is None or dirent.cluster >= self.header.cluster_count:
            raise BrokenEntry(f"“{dirent.path}” in {self._file.paths[0].name} points at a cluster that isn't there.")
        offset = self.cluster_offset(dirent.cluster)
        information = self._file.read_at(offset, 1)[0]
        return ClusterPlace(offset + 1, information & 0x0F, 8 if information & 0x10 else 4)

    def cluster_offset(self, cluster: int) -> int:
        """Where a cluster begins, in bytes."""
        return _pointer(self._file, self.header.cluster_pointers, cluster)

    def stored_range(self, index: int) -> ByteRange | None:
        """Where the bytes of entry `index` lie, or None where they are compressed (or it is a redirect)."""
        dirent = self.dirent(index)
        if dirent.blob is None:
            return None
        cluster = self.cluster_of(dirent)
        return self.blob_range(cluster, dirent.blob) if cluster.compression in STORED else None

    def blob_range(self, cluster: ClusterPlace, blob: int) -> ByteRange:
        """Where a blob of a stored cluster lies. Raises BrokenEntry where that is outside of the file."""
        width = cluster.offset_width
        start, end = parse_blob_offsets(self._file.read_at(cluster.offset + width * blob, 2 * width), width)
        if end < start or cluster.offset + end > self._file.size:
            raise BrokenEntry(f"A blob of {self._file.paths[0].name} lies outside of the file: copy it again.")
        return ByteRange(cluster.offset + start, end - start)

    def find(self, namespace: str, path: str) -> int | None:
        """The index of the entry with this path, or None."""
        index = self.first_from(namespace, path)
        if index == self.header.entry_count:
            return None
        dirent = self.dirent(index)
        return index if (dirent.namespace, dirent.path) == (namespace, path) else None

    def first_from(self, namespace: str, path: str) -> int:
        """The index of the first entry that is not before this path, by bisection over the path pointers."""
        wanted = (namespace.encode(), path.encode())
        low, high = 0, self.header.entry_count
        while low < high:
            middle = (low + high) // 2
            dirent = self.dirent(middle)
            here = (dirent.namespace.encode(), dirent.path.encode())
            low, high = (middle + 1, high) if here < wanted else (low, middle)
        return low


def parse_blob_offsets(raw: bytes | bytearray | memoryview, width: int) -> tuple[int, int]:
    """A blob's start and the next one's, from the cluster's data: two neighbours of the table that it begins with."""
    return int.from_bytes(raw[:width], "little"), int.from_bytes(raw[width : 2 * width], "little")


def _read_dirent(file: PartedFile, header: Header, index: int) -> Dirent:
    if not 0 <= index < header.entry_count:
        raise BrokenEntry(f"{file.paths[0].name} has no entry number {index}.")
    offset = _pointer(file, header.path_pointers, index)
    for length in (_DIRENT_USUAL, _DIRENT_LIMIT):
        raw = file.read_at(offset, max(0, min(length, file.size - offset)))
        with contextlib.suppress(struct.error, ValueError):
            return _parse_dirent(raw)
    raise BrokenEntry(f"Entry number {index} of {file.paths[0].name} is damaged.")


def _pointer(file: PartedFile, table: int, index: int) -> int:
    return int.from_bytes(file.read_at(table + 8 * index, 8), "little")


def _parse_dirent(raw: bytes) -> Dirent:
    mimetype, _, namespace, _ = _DIRENT.unpack_from(raw)
    redirect = mimetype == REDIRECT_MIMETYPE
    fixed = _DIRENT.size + (4 if redirect else 8)
    path_end = raw.index(b"\0", fixed)
    title_end = raw.index(b"\0", path_end + 1)
    first = int.from_bytes(raw[8:12], "little")
    return Dirent(
        namespace=namespace.decode("ascii"),
        mimetype=mimetype,
        path=raw[fixed:path_end].decode("utf-8"),
        title=raw[path_end + 1 : title_end].decode("utf-8"),
        cluster=None if redirect else first,
        blob=None if redirect else int.from_bytes(raw[12:16], "little"),
        target=first if redirect else None,
    )
