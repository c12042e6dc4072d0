"""The list of all entries by title that ZIM files had until version 6.3, added for the readers that still want it.

libzim writes it no more since 9.3, and older programs, Debian's `zimcheck` among them, then call the file broken. It is
put where the checksum was, and the checksum behind it.
Source: https://wiki.openzim.org/wiki/ZIM_file_format#Title_Pointer_List_(titlePtrPos)
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

from content_packs.zim.layout import ZimLayout
from content_packs.zim.parts import PartedFile

_CHECKSUM_LENGTH = 16
_TITLE_POINTERS, _CHECKSUM = 40, 72  # where the header says where they are
_POSITION = struct.Struct("<Q")
_NONE = 2**64 - 1
_PIECE = 1024 * 1024


def add_title_list(zim: Path) -> None:
    """Add the list to a ZIM file that libzim has finished, unless it has one. Reads the whole file once."""
    file = PartedFile([zim])
    try:
        if _POSITION.unpack(file.read_at(_TITLE_POINTERS, _POSITION.size))[0] != _NONE:
            return
        numbers = _by_title(ZimLayout(file))
        position = file.size - _CHECKSUM_LENGTH
    finally:
        file.close()
    _insert(zim, position, struct.pack(f"<{len(numbers)}I", *numbers))


def _by_title(layout: ZimLayout) -> list[int]:
    """Entry numbers in the order of namespace and title, by bytes; the path stands in for a missing title."""
    keys = []
    for number in range(layout.header.entry_count):
        dirent = layout.dirent(number)
        keys.append((dirent.namespace, (dirent.title or dirent.path).encode(), number))
    return [number for *_, number in sorted(keys)]


def _insert(zim: Path, position: int, titles: bytes) -> None:
    with zim.open("r+b") as file:
        file.seek(position)
        file.write(titles)
        file.truncate()  # a list of fewer than four entries is shorter than the checksum that was there
        file.seek(_TITLE_POINTERS)
        file.write(_POSITION.pack(position))
        file.seek(_CHECKSUM)
        file.write(_POSITION.pack(position + len(titles)))
        file.seek(0)
        digest = hashlib.md5(usedforsecurity=False)
        while piece := file.read(_PIECE):
            digest.update(piece)
        file.write(digest.digest())
