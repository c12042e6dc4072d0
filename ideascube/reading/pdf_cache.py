"""The folder `cache/pdf/`: what was made of PDFs, bounded in bytes; what nobody looked at for longest goes first.

One process writes there, the renderer; the web workers read, and mark what they read as used.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SHARE = 50  # of the disk one part in so many
_LEAST, _MOST = 32 * 1024 * 1024, 512 * 1024 * 1024  # bytes
_KEPT = 0.75  # of the bound, after room was made
_USED_ANEW = 3600  # seconds after which a use is written down again: cards wear out
_TEMPORARY = ".new-"


def default_room(folder: Path) -> int:
    """Bytes for the folder, from the size of its disk."""
    return min(max(shutil.disk_usage(folder).total // _SHARE, _LEAST), _MOST)


def mark_used(file: Path) -> None:
    """Note that somebody looked at it."""
    with contextlib.suppress(OSError):
        if time.time() - file.stat().st_mtime > _USED_ANEW:
            os.utime(file)


class _Kept(NamedTuple):
    used: float
    size: int
    file: Path


class PdfCache:
    """The renderer's side: writes files and keeps all of them together below `room` bytes."""

    def __init__(self, folder: Path, room: int) -> None:
        self.folder = folder
        self._room = room
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"*/{_TEMPORARY}*"):
            left.unlink(missing_ok=True)  # of a process that was ended
        self._size = sum(kept.size for kept in self._all())

    def put(self, file: Path, content: bytes) -> None:
        """Write under a temporary name and rename: whoever looks finds all of it or nothing. Raises OSError."""
        new = self.room_for(file)
        new.write_bytes(content)
        self.take(new, file)

    def room_for(self, file: Path) -> Path:
        """Where a process apart may write what is to become `file`."""
        file.parent.mkdir(exist_ok=True)
        return file.with_name(_TEMPORARY + file.name)

    def take(self, new: Path, file: Path) -> None:
        """Take in what lies at `new`, and make room for it. Nothing is flushed: it can all be made again."""
        size = new.stat().st_size
        new.replace(file)
        self._size += size
        if self._size > self._room:
            self._make_room(file)

    def _make_room(self, last: Path) -> None:
        kept = sorted(self._all())
        self._size = sum(each.size for each in kept)
        for each in kept:
            if self._size <= self._room * _KEPT:
                break
            if each.file != last:
                each.file.unlink(missing_ok=True)
                self._size -= each.size
        self._clear_folders()

    def _clear_folders(self) -> None:
        for folder in self.folder.iterdir():
            with contextlib.suppress(OSError):  # those with something in them stay
                folder.rmdir()

    def _all(self) -> Iterator[_Kept]:
        for file in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                stat = file.stat()
                yield _Kept(stat.st_mtime, stat.st_size, file)
