"""What the next objects hold: files one after the other, so that small ones and ends do not cost a request each.

A ZIM is cut so that another edition has the same objects. All of it lazily, since their length follows the link.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.cutting import Cuts, cut_length, natural_cuts
from provisioning.outgoing.objects import SIZES
from provisioning.outgoing.parcel_files import read_piece, ready
from provisioning.outgoing.parcels import Parcel, ParcelFile
from provisioning.outgoing.sent import SentNote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes of a file that is to be in an object; one that is aligned was cut so that other files have it."""

    file: ParcelFile
    path: Path
    stamp: tuple[int, int, int]
    start: int
    length: int
    is_aligned: bool

    def read(self) -> bytes | None:
        """None where the file is not the same any more."""
        return read_piece(self.path, self.stamp, self.start, self.length)


@dataclass(frozen=True, slots=True)
class Gathering:
    """`size`: how long objects are to be, in bytes, now. `wait`: told of a file that cannot be sent, and why.

    `has`: asks the storage whether it has an object with this content; None where the note knows that.
    """

    data: DataFolder
    note: SentNote
    size: Callable[[], int]
    wait: Callable[[ParcelFile, str], None]
    has: Callable[[bytes], Awaitable[bool]] | None = None

    async def objects(self, parcels: list[Parcel]) -> AsyncIterator[list[Piece]]:
        gathered: list[Piece] = []
        for file in files_of(parcels):
            async for piece in self._pieces(file, gathered):
                if piece.is_aligned and piece.length > self.size() // 2:
                    yield [piece]
                    continue
                if _length(gathered) + piece.length > self.size():
                    yield gathered.copy()
                    gathered.clear()
                gathered.append(piece)
                if _length(gathered) >= self.size():
                    yield gathered.copy()
                    gathered.clear()
        if gathered:
            yield gathered

    def _room(self, gathered: list[Piece]) -> int:
        """How many bytes the object that is being gathered can take yet; those of a whole one where it is full."""
        rest = self.size() - _length(gathered)
        return rest if rest > 0 else self.size()

    async def _pieces(self, file: ParcelFile, gathered: list[Piece]) -> AsyncIterator[Piece]:
        gaps = list(self.note.missing(file.sha256, file.size))
        if not gaps:
            return
        try:
            path, stamp = await ready(self.data, file, self.note)
        except BadInput as error:
            self.wait(file, str(error))
            return
        cuts = await asyncio.to_thread(natural_cuts, path)
        for start, length in gaps:
            end = start + length
            while start < end:
                rest = Piece(file, path, stamp, start, end - start, bool(cuts))
                piece = await self._piece(rest, cuts, self.size() if cuts else self._room(gathered))
                yield piece
                start += piece.length

    async def _piece(self, rest: Piece, cuts: Cuts[int], usual: int) -> Piece:
        """The beginning of what is left, `usual` bytes long; as it was sent before, where only the storage knows."""
        if self.has is not None:
            for size in (usual, *SIZES):
                piece = _beginning(rest, cuts, size)
                content = await asyncio.to_thread(piece.read)
                if content is not None and await self.has(content):
                    return piece
        return _beginning(rest, cuts, usual)


def _beginning(rest: Piece, cuts: Cuts[int], size: int) -> Piece:
    length = cut_length(cuts, rest.start + rest.length, rest.start, size)
    return replace(rest, length=length)


def _length(pieces: list[Piece]) -> int:
    return sum(piece.length for piece in pieces)


def files_of(parcels: list[Parcel]) -> Iterator[ParcelFile]:
    """The files of these parcels, each once."""
    seen = set()
    for parcel in parcels:
        for file in parcel.files:
            if file.sha256 not in seen:
                seen.add(file.sha256)
                yield file
