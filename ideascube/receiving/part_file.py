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
from io import FileIO
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_folder, make_folder
from ideascube.box_db.random_ids import is_id
from ideascube.box_db.uploads import Disk

_ENDING = ".part"
FLUSH_EVERY = 4 * 1000 * 1000  # bytes: what a power cut may cost, and what waits to be written at most


class Locked(Exception):
    """Somebody else is writing to this upload."""


class Gone(Exception):
    """The upload was thrown away while it came."""


def receiving_folder(data: DataFolder) -> Path:
    return data.root / "media" / "receiving"


def part_path(data: DataFolder, upload_id: str) -> Path:
    return receiving_folder(data) / f"{upload_id}{_ENDING}"


def disk_of(data: DataFolder) -> Disk:
    """Raises OSError."""
    folder = receiving_folder(data)
    make_folder(folder)
    usage = shutil.disk_usage(folder)
    return Disk(usage.total, usage.free, dict(parts(data)))


def parts(data: DataFolder) -> Iterator[tuple[str, int]]:
    """The ids of uploads that have a file, each with its size in bytes. Raises OSError."""
    for entry in os.scandir(receiving_folder(data)):
        upload_id = entry.name.removesuffix(_ENDING)
        if upload_id != entry.name and is_id(upload_id):
            with suppress(FileNotFoundError):
                yield upload_id, entry.stat().st_size


def came(data: DataFolder, upload_id: str, piece: int | None) -> int:
    """How many bytes are there that count: none of a `piece` that is not checked yet. 0 where the file is gone."""
    with suppress(FileNotFoundError):
        size = part_path(data, upload_id).stat().st_size
        return size if piece is None else min(size, piece)
    return 0


def settled(data: DataFolder, upload_id: str, piece: int | None) -> int:
    """The same once nobody writes to it. Raises Locked."""
    try:
        file = os.open(part_path(data, upload_id), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return 0
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return came(data, upload_id, piece)
    except BlockingIOError as error:
        raise Locked from error
    finally:
        os.close(file)


def remove_part(data: DataFolder, upload_id: str) -> None:
    path = part_path(data, upload_id)
    path.unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        flush_folder(path.parent)


class PartFile:
    """The file, open and locked; made where it is missing. `size`: bytes that were written."""

    def __init__(self, path: Path) -> None:
        """Raises Locked, and OSError."""
        make_folder(path.parent)
        self._file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise Locked from error
        self.size = self._flushed = os.fstat(self._file.fileno()).st_size
        if not self.size:
            flush_folder(path.parent)

    def append(self, content: bytes | bytearray | memoryview) -> None:
        """Raises OSError with all that found room written, and counted in `size`; Gone where the file was removed."""
        rest = memoryview(content)
        while rest:
            written = os.pwrite(self._file.fileno(), rest, self.size)
            self.size += written
            rest = rest[written:]
        if self.size - self._flushed >= FLUSH_EVERY:
            self.flush()
        if not os.fstat(self._file.fileno()).st_nlink:
            raise Gone

    def flush(self) -> None:
        if self.size != self._flushed:
            os.fsync(self._file.fileno())
            self._flushed = self.size

    def cut(self, size: int) -> None:
        """Keep the first `size` bytes."""
        if size < self.size:
            os.ftruncate(self._file.fileno(), size)
            os.fsync(self._file.fileno())
            self.size = self._flushed = size

    def close(self) -> None:
        self._file.close()


@contextmanager
def locked(path: Path) -> Iterator[PartFile]:
    """Raises what `PartFile` raises."""
    file = PartFile(path)
    try:
        yield file
    finally:
        file.close()
