"""The files of parcels on this disk: whether they are what the parcels say, and reading them piece by piece."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from provisioning.outgoing.parcels import ParcelFile, source_of
from provisioning.outgoing.sent import SentNote


async def ready(data: DataFolder, file: ParcelFile, note: SentNote) -> tuple[Path, tuple[int, int, int]]:
    """Where the file is and its stamp, after it was read once. Raises BadInput where it is not as its parcel says."""
    path = source_of(data, file)
    stamp = file_stamp(path)
    if stamp is None:
        raise BadInput(f"{file.name} is not there any more")
    if note.verified.get(file.sha256) != list(stamp):
        found = await asyncio.to_thread(_sum, path, file.size)
        if found != file.sha256 or file_stamp(path) != stamp:
            raise BadInput(f"{file.name} was changed")
        note.verify(file.sha256, stamp)
    return path, stamp


def _sum(path: Path, size: int) -> str:
    """The SHA-256, or nothing where it cannot be read or has another size. Slow."""
    try:
        with path.open("rb", buffering=0) as file:
            is_as_long = os.fstat(file.fileno()).st_size == size
            return hashlib.file_digest(file, "sha256").hexdigest() if is_as_long else ""
    except OSError:
        return ""


def read_piece(path: Path, stamp: tuple[int, int, int], start: int, length: int) -> bytes | None:
    """These bytes of the file; None where it is not the same file any more."""
    try:
        with path.open("rb", buffering=0) as file:
            stat = os.fstat(file.fileno())
            if (stat.st_ino, stat.st_mtime_ns, stat.st_size) != stamp:
                return None
            content = os.pread(file.fileno(), length, start)
    except OSError:
        return None
    return content if len(content) == length else None
