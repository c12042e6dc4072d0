"""Comparing a ZIM file with the sum at its end without libzim, which a file that was cut off may crash.

Source: https://wiki.openzim.org/wiki/ZIM_file_format#Header (checksumPos)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.zim.layout import read_header
from content_packs.zim.parts import PartedFile, part_paths

_LENGTH = 16
_HEADER_WITH_SUM = 80  # bytes
_PIECE = 1024 * 1024


def checksum_holds(path: Path, tell: Callable[[int], object] = lambda read: None) -> bool:
    """Whether the file is a whole ZIM file, as it was written. Slow: reads all of it; `tell` gets bytes read.

    Raises OSError where it cannot be read.
    """
    try:
        file = PartedFile([path])
    except BrokenPack:
        return False
    try:
        end = read_header(file).checksum
        return end == file.size - _LENGTH and _digest(file, end, tell) == file.read_at(end, _LENGTH)
    except BrokenPack:
        return False
    finally:
        file.close()


def has_checksum(first: Path) -> bool:
    """Whether the ZIM file (all parts of a split one) has a sum of its own, as libzim decides it.

    Its header has room for the place of one; the list of MIME types, which comes next, tells so. False for no ZIM file.
    """
    try:
        file = PartedFile(part_paths(first))
    except BrokenPack:
        return False
    try:
        return read_header(file).mimetypes >= _HEADER_WITH_SUM
    except BrokenPack:
        return False
    finally:
        file.close()


def _digest(file: PartedFile, end: int, tell: Callable[[int], object]) -> bytes:
    digest = hashlib.md5(usedforsecurity=False)
    for offset in range(0, end, _PIECE):
        digest.update(file.read_at(offset, min(_PIECE, end - offset)))
        tell(offset)
    return digest.digest()
