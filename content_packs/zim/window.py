"""A stored entry as a file that can be read and sought in, for libraries that want one: nothing of it is copied."""

from __future__ import annotations

import io
import os

from typing_extensions import Buffer

from content_packs.zim.reader import StoredPlace


class Window(io.RawIOBase):
    """The bytes at `place`, from 0 on. Raises BrokenPack where the file cannot be read there.

    Not for several threads at once: it has one position, as files have.
    """

    def __init__(self, place: StoredPlace) -> None:
        super().__init__()
        self._file, self._start, self._size = place.file, place.range.offset, place.range.length
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if origin + offset < 0:
            raise ValueError(f"There is no place {origin + offset} in a file.")
        self._position = origin + offset
        return self._position

    def readinto(self, room: Buffer) -> int:
        view = memoryview(room).cast("B")
        length = max(0, min(len(view), self._size - self._position))
        view[:length] = self._file.read_at(self._start + self._position, length) if length else b""
        self._position += length
        return length
