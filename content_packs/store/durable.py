"""Writing that survives a power cut: what these functions have done is on the disk when they return.

Each takes care of the file or of the name; docs/formats/store.md says in which order they are called.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

COPY_PIECE = 4 * 1024 * 1024  # bytes

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
# Other file systems, file systems without links, files whose links are used up or that belong to somebody else.
_NO_LINK = (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES)


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a temporary name, flush, rename, flush the folder: after a power cut either content is there whole."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)  # of a process of the same number, before the last start
    try:
        with _created(temporary) as file:
            _write(file, content)
            os.fsync(file)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def copy_file(source: Path, target: Path, progress: Callable[[int], None]) -> None:
    """Copy the bytes to the new file `target`; `progress` gets how many it has so far. Slow."""
    copied = 0
    with source.open("rb", buffering=0) as reading, _created(target) as writing:
        while piece := reading.read(COPY_PIECE):
            _write(writing, piece)
            copied += len(piece)
            progress(copied)
        os.fsync(writing)


def link_file(source: Path, target: Path) -> bool:
    """Give the bytes of `source` the second name `target`; False where these files can't have one."""
    try:
        os.link(source.resolve(), target)
    except OSError as error:
        if error.errno in _NO_LINK:
            return False
        raise
    flush_file(target)  # its owner may have written it a moment ago
    return True


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it that are missing, each flushed with the folder that it is in."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)


def flush_file(path: Path) -> None:
    _flush(path, os.O_RDONLY)


def flush_folder(folder: Path) -> None:
    """Make renames and removals in `folder` survive a power cut."""
    _flush(folder, os.O_RDONLY | os.O_DIRECTORY)


def _flush(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _created(path: Path) -> Iterator[int]:
    descriptor = os.open(path, _NEW, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def file_stamp(path: Path) -> tuple[int, int, int] | None:
    """Another value whenever the file is another one or was changed; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
