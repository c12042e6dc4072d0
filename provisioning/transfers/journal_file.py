"""The journal's file: read once, begun anew, and then only added to."""

from __future__ import annotations

import os
from pathlib import Path

from content_packs.store.durable import write_atomically
from provisioning.transfers import journal

_CLOSED = -1
_LONG = 1024 * 1024  # bytes


class JournalFile:
    """Lines wait in memory until `write`, and are on the disk after `flush`. Methods raise OSError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _CLOSED
        self._lines: list[str] = []
        self._bytes = 0

    @property
    def is_long(self) -> bool:
        """Whether it is worth being renewed, as after days in one go."""
        return self._bytes > _LONG

    def read(self) -> str:
        """What is there, or nothing where it cannot be read."""
        try:
            # On somebody's stick it may be a link to a file of this machine, or a pipe that one waits for without end.
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                return file.read(journal.SIZE_LIMIT).decode(errors="replace")
        except OSError:
            return ""

    def renew(self, text: str) -> None:
        """Put a journal of this text in its place, flushed. One that was not finished when a process died goes."""
        self._lines, self._bytes = [], 0
        self.close()
        for unfinished in self._path.parent.glob(f".{self._path.name}.*"):
            unfinished.unlink()
        write_atomically(self._path, text.encode())
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def add(self, *lines: str) -> None:
        self._lines += lines

    def write(self) -> None:
        if self._lines:
            text, self._lines = "".join(self._lines), []
            self._bytes += len(text)
            os.write(self._file, text.encode())  # cut off by a full disk it spoils one line: `journal.line`

    def flush(self) -> None:
        if self._lines:
            self.write()
            os.fsync(self._file)

    def close(self) -> None:
        if self._file != _CLOSED:
            os.close(self._file)
            self._file = _CLOSED
