"""Files put together of objects, at a hub's editor and on the boxes that get what was accepted.

A file grows under a hidden name, goes on where it stopped, and gets its own name when its SHA-256 is right.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from content_packs.errors import BrokenPack, NoSpace, NotAllowed, is_disk_full
from content_packs.store.durable import flush_folder, make_folder
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.pages import Segment
from provisioning.outgoing.parcels import ParcelFile
from provisioning.outgoing.receipt import MISSING_LIMIT

_KEPT = 4  # objects in memory: small files share one


class MissingObjects(BrokenPack):
    """Objects that are not there, or are something else: `names`."""

    def __init__(self, sentence: str, names: set[str]) -> None:
        super().__init__(sentence)
        self.names = names


class Objects:
    """Reads objects, the same one for several small files once."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._kept: dict[str, bytes] = {}

    async def content(self, segment: Segment) -> bytes | None:
        """The bytes of the segment; None where its object is missing, something else, or too short."""
        if segment.name not in self._kept:
            try:
                content = await self._asking.get_object(segment.name)
            except BrokenPack:
                content = None
            if content is None:
                return None
            self._kept = {**dict(list(self._kept.items())[1 - _KEPT :]), segment.name: content}
        part = self._kept[segment.name][segment.at : segment.at + segment.length]
        return part if len(part) == segment.length else None

    async def missing(self, segments: Iterable[Segment]) -> set[str]:
        """The names of those that are not as they should be, at most as many as a receipt can tell. Reads them all."""
        first = {segment.name: segment for segment in segments}
        return {name for name, segment in list(first.items())[:MISSING_LIMIT] if await self.content(segment) is None}


async def assemble(
    objects: Objects, file: ParcelFile, segments: tuple[Segment, ...], folder: Path, ending: str = ""
) -> Path:
    """The file, whole and right, in `folder` under its SHA-256 and the `ending`.

    Raises MissingObjects, BrokenPack where its sum is wrong, NoSpace or NotAllowed, and what the storage raises.
    """
    target = folder / f"{file.sha256}{ending}"
    if not await asyncio.to_thread(_is_there, target, file.size):
        try:
            await _assemble(objects, file, segments, target)
        except OSError as error:
            if is_disk_full(error):
                raise NoSpace(f"The disk has no room for {file.name} ({file.size} bytes): make some.") from error
            raise NotAllowed(
                f"{folder} cannot be written to: {error.strerror}. Give this user the right to."
            ) from error
    return target


def _is_there(target: Path, size: int) -> bool:
    return target.is_file() and target.stat().st_size == size


async def _assemble(objects: Objects, file: ParcelFile, segments: tuple[Segment, ...], target: Path) -> None:
    await asyncio.to_thread(make_folder, target.parent)
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        await _fill(objects, file, segments, descriptor)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if await asyncio.to_thread(_sum, part) != file.sha256:
        part.unlink()
        raise BrokenPack(f"{file.name} is not what its box says it is: it is refused.")
    part.replace(target)
    flush_folder(target.parent)


async def _fill(objects: Objects, file: ParcelFile, segments: tuple[Segment, ...], descriptor: int) -> None:
    """Write what is missing, from the last whole segment on."""
    there, at = os.fstat(descriptor).st_size, 0
    for number, segment in enumerate(segments):
        if at + segment.length > there:
            content = await objects.content(segment)
            if content is None:
                raise MissingObjects(
                    f"Of {file.name} not everything has arrived.",
                    {segment.name, *await objects.missing(segments[number:])},
                )
            os.ftruncate(descriptor, at)
            os.pwrite(descriptor, content, at)
            there = at + segment.length
        at += segment.length
    os.ftruncate(descriptor, at)


def _sum(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
