"""Whether what arrived is right: piece by piece as it comes, or as a whole. Each byte is hashed once if possible."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from typing import Any

from content_packs.pieces import Pieces
from provisioning.transfers.arriving import Arriving


class PieceProof:
    """Follows bytes as they are written, and tells of each piece that ends whether it is right."""

    def __init__(self, file: Arriving, pieces: Pieces) -> None:
        self._file = file
        self._pieces = pieces
        self.length = pieces.length
        self._number = 0
        self._at = 0
        self._hash: Any = None

    def begin(self, start: int) -> None:
        """Bytes follow from here on; what is before it in its piece is there."""
        self._number, self._at = start // self._pieces.length, start
        self._hash = self._new()
        for content in self._file.read(self.span(self._number)[0], start):
            self._hash.update(content)

    def take(self, content: bytes) -> Iterator[tuple[int, bool]]:
        """The numbers of the pieces that end within these bytes, and whether each is right."""
        rest = memoryview(content)
        while rest:
            end = self.span(self._number)[1]
            part, rest = rest[: end - self._at], rest[end - self._at :]
            self._hash.update(part)
            self._at += len(part)
            if self._at == end:
                yield self._number, self._hash.digest() == self._pieces.digests[self._number]
                self._number += 1
                self._hash = self._new()

    def span(self, number: int) -> tuple[int, int]:
        length = self._pieces.length
        return number * length, min(number * length + length, self._file.size)

    def _new(self) -> Any:
        return hashlib.new(self._pieces.algorithm, usedforsecurity=False)


async def prove_present(file: Arriving, pieces: Pieces) -> None:
    """Prove the whole pieces that are there and do not count yet; those that are wrong are missing again. Slow."""
    proof = PieceProof(file, pieces)
    for number in _unproved(file, proof, len(pieces)):
        start, end = proof.span(number)
        proof.begin(start)
        is_right = all(right for content in file.read(start, end) for _, right in proof.take(content))
        (file.prove if is_right else file.drop)(start, end)
        await asyncio.sleep(0)
    file.flush()


def _unproved(file: Arriving, proof: PieceProof, count: int) -> list[int]:
    progress = file.progress
    if progress.counted == progress.present:
        return []
    spans = ((number, proof.span(number)) for number in range(count))
    return [number for number, span in spans if progress.present.holds(*span) and not progress.counted.holds(*span)]


class WholeProof:
    """The SHA-256 of the whole file, kept up while its bytes come in order from the first, else read at the end."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._at = 0

    def take(self, start: int, content: bytes) -> None:
        if start == self._at:
            self._hash.update(content)
            self._at += len(content)

    def begin_anew(self) -> None:
        self._hash, self._at = hashlib.sha256(), 0

    async def digest(self, file: Arriving) -> str:
        """Hexadecimal digits; what has not been hashed yet is read. Slow."""
        for content in file.read(self._at, file.size):
            self.take(self._at, content)
            await asyncio.sleep(0)
        return self._hash.hexdigest()


def needs_whole(file: Arriving) -> bool:
    """Whether the sum of the whole says more than those of the pieces.

    SHA-256 sums of all pieces come from whoever says that of the whole, and prove the same; SHA-1 alone proves nothing.
    """
    pieces = file.wanted.pieces
    return bool(file.wanted.sha256) and (pieces is None or pieces.algorithm != "sha256")
