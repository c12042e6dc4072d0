"""One file of a ZIP archive by its place, without reading the archive's list of files again.

The list is what a hostile archive makes large. Whoever has read it once, apart, keeps the places (`FilePlace`).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable

import msgspec

from content_packs.errors import BadInput

ReadAt = Callable[[int, int], bytes]
"""`read(offset, length)`: exactly so many bytes of the archive, or a BadInput or BrokenPack."""

_LOCAL = struct.Struct("<4s22xHH")  # signature, lengths of the name and of the extra field: APPNOTE.TXT, 4.3.7
_SIGNATURE = b"PK\x03\x04"
_PIECE = 64 * 1024  # bytes


class FilePlace(msgspec.Struct, frozen=True, array_like=True):
    """`offset` of its local header, `packed` and `size` in bytes, as the archive's list says."""

    offset: int
    packed: int
    size: int
    is_deflated: bool


def place_of(info: zipfile.ZipInfo) -> FilePlace | None:
    """Where the file lies; None where it is encrypted, or packed in a way that EPUB does not know."""
    if info.flag_bits & 0x1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None
    deflated = info.compress_type == zipfile.ZIP_DEFLATED
    return FilePlace(info.header_offset, info.compress_size, info.file_size, deflated)


def data_offset(read: ReadAt, place: FilePlace) -> int:
    """Where the file's own bytes begin. Raises BadInput where no file begins at its place."""
    signature, name, extra = _LOCAL.unpack(read(place.offset, _LOCAL.size))
    if signature != _SIGNATURE:
        raise BadInput("This part of the book is damaged: copy the book again.")
    return place.offset + _LOCAL.size + int(name) + int(extra)


def read_file(read: ReadAt, place: FilePlace, limit: int) -> bytes:
    """All of the file, unpacked. Raises BadInput where it is damaged, or larger than `limit` bytes."""
    start = data_offset(read, place)
    if not place.is_deflated:
        _refuse_long(place.packed, limit)
        return read(start, place.packed)
    return _inflated(read, start, place.packed, limit)


def _inflated(read: ReadAt, start: int, packed: int, limit: int) -> bytes:
    """Piece by piece, so that no more is read or unpacked than is wanted, whatever the archive says."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    found = bytearray()
    try:
        for offset in range(0, packed, _PIECE):
            piece = read(start + offset, min(_PIECE, packed - offset))
            found += unpacker.decompress(piece, limit + 1 - len(found))
            _refuse_long(len(found), limit)
    except zlib.error as error:
        raise BadInput("This part of the book is damaged: copy the book again.") from error
    if not unpacker.eof:
        raise BadInput("This part of the book is cut off: copy the book again.")
    return bytes(found)


def _refuse_long(size: int, limit: int) -> None:
    if size > limit:
        raise BadInput(f"This part of the book has more than {limit // 1_000_000} MB, too much to be shown.")
