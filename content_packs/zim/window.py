"""An entry's bytes as a file that can be read and sought, where they lie in the ZIM: no copy of a large book."""

from __future__ import annotations

import io
import os

from content_packs.zim.layout import ByteRange
from content_packs.zim.parts import PartedFile


class Window(io.RawIOBase):
    """`place` of `file`, as a file of its own. What reads it gives more than a few bytes a time through a buffer."""

    def __init__(self, file: PartedFile, place: ByteRange) -> None:
        self._file = file
        self._place = place
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._place.length}[whence]
        if start + offset < 0:
            raise ValueError("a place before the beginning")  # as every file of Python does
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        length = min(len(buffer), self._place.length - self._position)
        if length <= 0:
            return 0
        buffer[:length] = self._file.read_at(self._place.offset + self._position, length)
        self._position += length
        return length
