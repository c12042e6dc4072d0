"""A folder as storage: a disk of the network, a USB stick of any file system, removed at any moment.

FAT has no links, no rights and names without case; nothing here needs them. A stick of another file system may have
links that lead into the box's own disk, and pipes that one waits for without end: neither is followed.
"""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from content_packs.errors import NoSpace, NotAllowed, Refused, Unfinished, is_disk_full
from content_packs.store.durable import copy_file, flush_folder, make_folder, write_atomically
from provisioning.storage.storage import Answer, OnBytes, Reading, Storage, checked

T = TypeVar("T")

_PIECE = 256 * 1024  # bytes
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)


class FolderStorage(Storage):
    """`root`: where the files lie. It has to be there: the mount point of a stick that was taken out is none."""

    def __init__(self, root: Path, on_bytes: OnBytes = lambda count: None) -> None:
        super().__init__(root.absolute().as_uri(), on_bytes)
        self.root = root

    @property
    def shown(self) -> str:
        return str(self.root)

    def read(self, path: str, start: int = 0) -> Reading:
        return Reading(partial(self._read, checked(path), start))

    async def _read(self, path: str, start: int) -> AsyncIterator[Answer]:
        with self._sentences(path):
            try:
                descriptor, size = await asyncio.to_thread(_opened, self.place(path))
            except (FileNotFoundError, NotADirectoryError):
                raise self.not_there(path) from None
        try:
            yield Answer(start, size, self._pieces(descriptor, path, start))
        finally:
            os.close(descriptor)

    async def _pieces(self, descriptor: int, path: str, at: int) -> AsyncIterator[bytes]:
        while True:
            with self._sentences(path):
                piece = await asyncio.to_thread(os.pread, descriptor, _PIECE, at)
            if not piece:
                return
            at += len(piece)
            self._on_bytes(len(piece))
            yield piece

    async def put(self, path: str, content: bytes) -> None:
        await self._write(path, partial(write_atomically, self.place(path), content))
        self._on_bytes(len(content))

    async def put_file(self, path: str, source: Path) -> None:
        self._on_bytes(await self._write(path, partial(_copy, source, self.place(path))))

    async def size(self, path: str) -> int | None:
        try:
            found = await asyncio.to_thread(self.place(path).stat)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._sentence(path, error) from error
        return found.st_size if stat.S_ISREG(found.st_mode) else None

    async def delete(self, path: str) -> None:
        with self._sentences(path):
            await asyncio.to_thread(self.place(path).unlink, missing_ok=True)

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """Folder after folder, so that a stick with a million files takes no memory."""
        folders = os.walk(self.place(prefix) if prefix else self.root)
        while True:
            with self._sentences(prefix):
                found = await asyncio.to_thread(lambda: next(map(_whole_files, folders), None))
            if found is None:
                return
            for each in found:
                yield each.relative_to(self.root).as_posix()

    async def claim(self, path: str, content: bytes) -> bool:
        try:
            await self._write(path, partial(_create, self.place(path), content))
        except FileExistsError:
            return False
        return True

    async def _write(self, path: str, write: Callable[[], T]) -> T:
        def written() -> T:
            self.root.stat()  # never on the box's own disk, below the name that a stick had
            make_folder(self.place(path).parent)
            return write()

        with self._sentences(path):
            return await asyncio.to_thread(written)

    def place(self, path: str) -> Path:
        """Where the file lies. Raises Refused where a link leads out of the folder."""
        place = self.root / checked(path)
        root = os.path.realpath(self.root)
        if os.path.commonpath([root, os.path.realpath(place)]) != root:
            raise Refused(f"{place} is a link that leads out of {self.root}: it was not followed.")
        return place

    @contextmanager
    def _sentences(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileExistsError:
            raise
        except OSError as error:
            raise self._sentence(path, error) from error

    def _sentence(self, path: str, error: OSError) -> NoSpace | NotAllowed | Unfinished:
        if is_disk_full(error):
            return NoSpace(f"{self.root} is full: make room there, or take a larger disk.")
        if error.errno in _NO_RIGHT:
            return NotAllowed(f"{self.root / path} cannot be used: {error.strerror}. Give this user the right to.")
        return Unfinished(f"{self.root / path} cannot be used: {error.strerror}. Was the disk taken out?")


def _opened(path: Path) -> tuple[int, int]:
    """A descriptor and the size in bytes. Raises FileNotFoundError for what is no file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return descriptor, found.st_size


def _copy(source: Path, target: Path) -> int:
    """Give how many bytes it has."""
    arriving = target.with_name(f".{target.name}.{os.getpid()}")
    arriving.unlink(missing_ok=True)
    try:
        copy_file(source, arriving, lambda count: None)
        arriving.replace(target)
    finally:
        arriving.unlink(missing_ok=True)
    flush_folder(target.parent)
    return target.stat().st_size


def _create(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    flush_folder(path.parent)


def _whole_files(walked: tuple[str, list[str], list[str]]) -> list[Path]:
    """Of one folder: what is being written has a hidden name, and is left out; so is all that is below such folders."""
    parent, folders, names = walked
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return [Path(parent, name) for name in sorted(names) if not name.startswith(".")]
