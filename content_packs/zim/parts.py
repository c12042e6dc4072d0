"""The bytes of a ZIM file as one run, whether it is one file or split in parts (.zimaa, .zimab, …).

What the bytes mean is not known here: see `layout`.
"""

from __future__ import annotations

import errno
import os
import stat
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, count, product
from pathlib import Path
from string import ascii_lowercase

from content_packs.errors import BrokenPack

_numbers = count()
_READ_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe of that name is not waited for


def part_paths(first: Path) -> list[Path]:
    """All parts of the pack whose first file is `first`: itself for `.zim`, the unbroken run from `.zimaa` on."""
    if first.suffix != ".zimaa":
        return [first]
    return list(_existing_parts(first))


def _existing_parts(first: Path) -> Iterator[Path]:
    for letters in product(ascii_lowercase, repeat=2):
        part = first.with_suffix(".zim" + "".join(letters))
        if not part.exists():
            return
        yield part


class PartedFile:
    """One run of bytes over one or more open files. Reads never move a shared position, so threads may share it."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths
        self.number = next(_numbers)  # tells this opened file from every other of the process, for caches
        self._descriptors: list[int] = []
        name = paths[0].name if paths else "The pack"
        try:
            self._descriptors = [os.open(path, _READ_FLAGS) for path in paths]
            self._opened_as = self._state()
        except OSError as error:
            self.close()
            raise BrokenPack(f"{name} cannot be opened: {error.strerror}.") from error
        if not paths or not all(stat.S_ISREG(os.fstat(descriptor).st_mode) for descriptor in self._descriptors):
            self.close()
            raise BrokenPack(f"{name} is no file: give a ZIM file, or the first part (.zimaa) of a split one.")
        sizes = [size for size, _ in self._opened_as]
        self._starts = [0, *accumulate(sizes)]
        self.size = self._starts[-1]

    def _state(self) -> list[tuple[int, int]]:
        stats = [os.fstat(descriptor) for descriptor in self._descriptors]
        return [(stat.st_size, stat.st_mtime_ns) for stat in stats]

    def is_intact(self) -> bool:
        """Whether the files are as they were when opened.

        libzim maps files into memory: to touch a part that was cut off since ends the whole process (SIGBUS),
        so this is asked before libzim reads.
        """
        return bool(self._descriptors) and self._state() == self._opened_as

    def locate(self, offset: int) -> tuple[int, int, int]:
        """Where byte `offset` lies: (file descriptor, offset in that file, bytes from there to that file's end)."""
        index = bisect_right(self._starts, offset) - 1
        if not 0 <= offset < self.size:
            raise BrokenPack(f"{self.paths[0].name} ends at byte {self.size}, before byte {offset}: copy it again.")
        return self._descriptors[index], offset - self._starts[index], self._starts[index + 1] - offset

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`; may wait for the disk. Raises BrokenPack where the file ends before."""
        pieces = []
        while length > 0:
            descriptor, position, left = self.locate(offset)
            piece = self._pread(descriptor, min(length, left), position)
            if not piece:
                raise BrokenPack(f"{self.paths[0].name} became shorter while it was read: copy it again.")
            pieces.append(piece)
            offset += len(piece)
            length -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _pread(self, descriptor: int, length: int, position: int) -> bytes:
        try:
            return os.pread(descriptor, length, position)
        except OSError as error:
            raise BrokenPack(
                f"{self.paths[0].name} cannot be read at byte {position}: {error.strerror}. The disk may be failing."
            ) from error

    def read_cached(self, offset: int, length: int) -> memoryview | None:
        """Up to `length` bytes from `offset` if they are in memory already, else None: never waits for the disk.

        Linux's RWF_NOWAIT (preadv2(2)); file systems without it give None always.
        """
        descriptor, position, left = self.locate(offset)
        buffer = bytearray(min(length, left))
        try:
            count = os.preadv(descriptor, [buffer], position, os.RWF_NOWAIT)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EOPNOTSUPP, errno.EIO):
                return None
            raise
        return memoryview(buffer)[:count] if count else None

    def close(self) -> None:
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = []

    def __del__(self) -> None:
        self.close()
