"""Objects: what travels, at most 1 MiB each, under a name that its content gives (docs/formats/outgoing.md).

A name is the beginning of the SHA-256 of the content. What is stored is the content, compressed where that pays.
"""

from __future__ import annotations

import hashlib
import re

import zstandard

from content_packs.errors import BrokenPack

LIMIT = 1024 * 1024  # bytes of an object's content
STORED_LIMIT = LIMIT + 1
FOLDER = "objects"

_NAME_LENGTH = 32  # hexadecimal digits: another content of the same name would take 2^128 attempts
_NAME = re.compile(rf"[0-9a-f]{{{_NAME_LENGTH}}}")
_PLAIN, _ZSTD = b"\0", b"\1"
_LEVEL = 6  # more takes 10 MB of memory for each object at work, and little off texts as short as these
_WORTH = 0.97  # of the length: less is not worth the time to unpack it

# At 64 kbit/s with a cut every three minutes each cut loses half an object, and each object has about 300 bytes of
# headers: both together are least at 30 KB. On faster links headers are a thousandth of 256 KiB already, and what is at
# work takes several times its length of memory; to a stick the number of files and flushes counts.
_SMALL, _MIDDLE = 32 * 1024, 256 * 1024  # bytes
SIZES = (LIMIT, _MIDDLE, _SMALL)
_SLOW = 20_000  # bytes a second


def object_size(rate: float) -> int:
    """How long objects are to be, in bytes, on a link of `rate` bytes a second; 0 where it is not known."""
    return _SMALL if rate < _SLOW else _MIDDLE


def object_name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_NAME_LENGTH]


def is_object_name(name: object) -> bool:
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def object_path(name: str) -> str:
    """Where the object lies below a hub's address."""
    return f"{FOLDER}/{name[:2]}/{name}"


def pack_object(content: bytes) -> bytes:
    """What is stored of the content: a byte that says how, and the content."""
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(content)
    return _ZSTD + packed if len(packed) < _WORTH * len(content) else _PLAIN + content


def unpack_object(name: str, stored: bytes) -> bytes:
    """The content of the object `name`. Raises BrokenPack where it is not what the name says."""
    content = _unpacked(stored)
    if content is None or object_name(content) != name:
        raise BrokenPack(f"The object {name} is not what its name says: it has to be sent again.")
    return content


def _unpacked(stored: bytes) -> bytes | None:
    if stored[:1] == _PLAIN:
        return stored[1:] if len(stored) <= STORED_LIMIT else None
    if stored[:1] != _ZSTD:
        return None
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=8 * LIMIT).stream_reader(stored[1:])
        content = reader.read(LIMIT + 1)
    except zstandard.ZstdError:
        return None
    return content if len(content) <= LIMIT else None
