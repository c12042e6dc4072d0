"""Pictures without what is private in them, by leaving parts of the file out: no pixel is touched.

JPEG: ITU-T T.81, annex B, and Exif; PNG: the PNG specification, 3rd edition; WebP: RFC 9649.
"""

from __future__ import annotations

import struct
from binascii import crc32
from collections.abc import Iterator

_JPEG_START, _JPEG_END, _JPEG_SCAN = 0xD8, 0xD9, 0xDA
_JPEG_ALONE = (0x01, *range(0xD0, 0xD8))  # markers that nothing follows
_JPEG_PRIVATE = (*range(0xE1, 0xF0), 0xFE)  # what programs and cameras add, and comments
_ADOBE = 0xEE  # says how the colours are to be understood
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST cICP mDCV cLLI acTL fcTL fdAT".split())
_WEBP_PRIVATE = (b"EXIF", b"XMP ")
_WEBP_HAS_EXIF, _WEBP_HAS_XMP = 0x08, 0x04


class DamagedError(ValueError):
    """The file ends early or its parts do not fit together."""


def jpeg_without_private(data: bytes, orientation: int) -> bytes:
    """The picture's own parts, its colour profile and its orientation (1 to 8). Raises DamagedError.

    What follows the picture goes as well: phones put a whole film there, with the place in it.
    """
    kept = [bytes((0xFF, _JPEG_START))]
    if orientation != 1:
        exif = b"Exif\0\0" + _orientation_only(orientation)
        kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    for marker, part in _jpeg_parts(data):
        if not _is_private(marker, part):
            kept.append(part)
    return b"".join(kept)


def png_without_private(data: bytes, orientation: int) -> bytes:
    """The picture's own chunks and its orientation (1 to 8). Raises DamagedError."""
    kept = [_PNG_START]
    for kind, chunk in _png_chunks(data):
        if kind[:1].isupper() or kind in _PNG_KEPT:
            kept.append(chunk)
        if kind == b"IHDR" and orientation != 1:
            kept.append(_png_chunk(b"eXIf", _orientation_only(orientation)))
    return b"".join(kept)


def webp_without_private(data: bytes, orientation: int) -> bytes:
    """The picture's own chunks and its orientation (1 to 8). Raises DamagedError."""
    kept = []
    for kind, chunk in _webp_chunks(data):
        if kind == b"VP8X":
            flags = chunk[8] & ~(_WEBP_HAS_EXIF | _WEBP_HAS_XMP) | (_WEBP_HAS_EXIF if orientation != 1 else 0)
            kept.append(chunk[:8] + bytes((flags,)) + chunk[9:])
        elif kind not in _WEBP_PRIVATE:
            kept.append(chunk)
    if orientation != 1:
        exif = _orientation_only(orientation)
        kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with all that belongs to it, up to the end of the first picture in the file."""
    at, marker = 2, _JPEG_START
    while marker != _JPEG_END:
        at, marker = _next_marker(data, at)
        end = at + 2 if marker in (*_JPEG_ALONE, _JPEG_END) else at + 2 + _number(data, at + 2, ">H")
        if marker == _JPEG_SCAN:
            end = _end_of_scan(data, end)
        if end > len(data):
            raise DamagedError
        yield marker, data[at:end]
        at = end


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """Where the marker begins, bytes that fill up passed over, and which one it is."""
    if at >= len(data) or data[at] != 0xFF:
        raise DamagedError
    while data[at + 1 : at + 2] == b"\xff":
        at += 1
    if at + 1 >= len(data):
        raise DamagedError
    return at, data[at + 1]


def _end_of_scan(data: bytes, at: int) -> int:
    """Compressed pixels end at a marker that is no restart and no escaped 0xFF."""
    while (at := data.find(b"\xff", at)) != -1:
        following = data[at + 1] if at + 1 < len(data) else _JPEG_END
        if following not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if following == 0xFF else 2
    raise DamagedError


def _is_private(marker: int, part: bytes) -> bool:
    if marker == 0xE0:
        return not part[4:].startswith(b"JFIF\0")
    if marker == 0xE2 and part[4:].startswith(b"ICC_PROFILE\0"):
        return False
    return marker in _JPEG_PRIVATE and marker != _ADOBE


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(_PNG_START), b""
    while kind != b"IEND":
        end = at + 12 + _number(data, at, ">I")
        if end > len(data):
            raise DamagedError
        kind = data[at + 4 : at + 8]
        yield kind, data[at:end]
        at = end


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end_of_all = 12, min(8 + _number(data, 4, "<I"), len(data))
    while at < end_of_all:
        size = _number(data, at + 4, "<I")
        end = at + 8 + size + size % 2
        if end > len(data) + 1:
            raise DamagedError
        yield data[at : at + 4], data[at:end].ljust(end - at, b"\0")
        at = end


def _number(data: bytes, at: int, form: str) -> int:
    try:
        return int(struct.unpack_from(form, data, at)[0])
    except struct.error as error:
        raise DamagedError from error


def _orientation_only(orientation: int) -> bytes:
    """The smallest Exif block: one directory with one entry, tag 0x112, a short, big-endian as in TIFF 6.0."""
    return b"MM\0\x2a\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
