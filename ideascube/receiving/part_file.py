"""The bytes of one upload on the disk: `media/receiving/ID.part`. All of it is slow, and belongs into threads.

Its size is how far the upload came. Whoever writes holds a lock on it, which the kernel takes back from a process that
dies. docs/formats/uploads.md
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_folder, make_folder
from ideascube.box_db.uploads import Disk

_ENDING = ".part"
FLUSH_EVERY = 4 * 1000 * 1000  # bytes: what a power cut may cost, and what waits to be written at most


class Locked(Exception):
    """Somebody else is writing to this upload."""


def receiving_folder(data: DataFolder) -> Path:
    return data.root / "media" / "receiving"


def part_path(data: DataFolder, upload_id: str) -> Path:
    return receiving_folder(data) / f"{upload_id}{_ENDING}"


def disk_of(data: DataFolder) -> Disk:
    """Raises OSError."""
    folder = receiving_folder(data)
    make_folder(folder)
    usage = shutil.disk_usage(folder)
    return Disk(usage.total, usage.free, {name: size for name, size in _parts(folder)})


def _parts(folder: Path) -> Iterator[tuple[str, int]]:
    for entry in os.scandir(folder):
        if entry.name.endswith(_ENDING):
            with suppress(FileNotFoundError):
                yield entry.name.removesuffix(_ENDING), entry.stat().st_size


def create_part(data: DataFolder, upload_id: str) -> None:
    """The empty file, its name on the disk. Raises OSError."""
    path = part_path(data, upload_id)
    make_folder(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    flush_folder(path.parent)


def came(data: DataFolder, upload_id: str, piece: int | None) -> int:
    """How many bytes are there that count: none of a `piece` that is not checked yet. 0 where the file is gone."""
    with suppress(FileNotFoundError):
        size = part_path(data, upload_id).stat().st_size
        return size if piece is None else min(size, piece)
    return 0


def remove_part(data: DataFolder, upload_id: str) -> None:
    path = part_path(data, upload_id)
    path.unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        flush_folder(path.parent)


class PartFile:
    """The file, open and locked. `size`: bytes that were written."""

    def __init__(self, path: Path) -> None:
        """Raises Locked, and FileNotFoundError where there is none."""
        self._file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise Locked from error
        self.size = os.fstat(self._file).st_size
        self._flushed = self.size

    def append(self, content: bytes | bytearray | memoryview) -> None:
        """Raises OSError with all that found room written, and counted in `size`."""
        rest = memoryview(content)
        while rest:
            written = os.pwrite(self._file, rest, self.size)
            self.size += written
            rest = rest[written:]
        if self.size - self._flushed >= FLUSH_EVERY:
            self.flush()

    def flush(self) -> None:
        if self.size != self._flushed:
            os.fsync(self._file)
            self._flushed = self.size

    def cut(self, size: int) -> None:
        """Keep the first `size` bytes."""
        if size < self.size:
            os.ftruncate(self._file, size)
            os.fsync(self._file)
            self.size = self._flushed = size

    def is_there(self) -> bool:
        """Whether the file still has its name: it may have been thrown away meanwhile."""
        return os.fstat(self._file).st_nlink > 0

    def close(self) -> None:
        os.close(self._file)


@contextmanager
def locked(path: Path) -> Iterator[PartFile]:
    """Raises what `PartFile` raises."""
    file = PartFile(path)
    try:
        yield file
    finally:
        file.close()
