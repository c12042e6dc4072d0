"""Files that are here already, somewhere: what is right in them need not be fetched. Slow: disks are read."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

from content_packs.pieces import Pieces
from provisioning.transfers.arriving import Arriving
from provisioning.transfers.disk_pace import USUAL
from provisioning.transfers.fetching import fetch
from provisioning.transfers.holding import opened
from provisioning.transfers.line import Line
from provisioning.transfers.proving import PieceProof
from provisioning.transfers.wanted import Wanted

_READ = 1024 * 1024  # bytes
_NOBODY = -1  # gave the bytes: they were here


async def mend(wanted: Wanted, damaged: Path, line: Line, arriving: Path) -> Path:
    """As `fetch`, where `damaged` is a file that should be the wanted one: only pieces that are wrong are fetched.

    The file itself is not changed: what is right in it is copied. Raises as `fetch`.
    """
    await adopt(wanted, damaged, arriving)
    return await fetch(wanted, line, arriving)


async def adopt(wanted: Wanted, found: Path, arriving: Path) -> int:
    """Take from a file that lies elsewhere, such as a stick's, the pieces that are right; gives how many bytes.

    Where no sums of pieces are known it counts as a whole or not at all. A file that vanishes in the middle is no
    error. Raises NoSpace, NotAllowed, Busy.
    """
    try:
        descriptor = os.open(found, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return 0
    try:
        with opened(arriving / wanted.key, wanted, USUAL) as file:
            if file.is_whole:
                return 0
            return await _adopt(file, descriptor)
    finally:
        os.close(descriptor)


async def _adopt(file: Arriving, found: int) -> int:
    if file.wanted.pieces is not None:
        return await _adopt_pieces(file, file.wanted.pieces, found)
    if file.wanted.sha256 and await _sum(found) == file.wanted.sha256:
        return await _adopt_all(file, found)
    return 0


async def _adopt_pieces(file: Arriving, pieces: Pieces, found: int) -> int:
    proof, adopted = PieceProof(file, pieces), 0
    for number in range(len(pieces)):
        start, end = proof.span(number)
        if file.progress.counted.holds(start, end):
            continue
        content = _read(found, start, end)
        if content is None:
            break
        if len(content) == end - start and pieces.is_right(number, content):
            file.pour()
            file.write(start, content, _NOBODY)
            file.pour()
            file.prove(start, end)
            adopted += end - start
        await asyncio.sleep(0)
    return adopted


async def _adopt_all(file: Arriving, found: int) -> int:
    start = 0
    async for content in _contents(found):
        file.write(start, content, _NOBODY)
        start += len(content)
    if not file.size:
        file.settle_size(start)
    return start


async def _sum(found: int) -> str:
    digest = hashlib.sha256()
    async for content in _contents(found):
        digest.update(content)
    return digest.hexdigest()


async def _contents(found: int) -> AsyncIterator[bytes]:
    start = 0
    while content := _read(found, start, start + _READ):
        yield content
        start += len(content)
        await asyncio.sleep(0)


def _read(found: int, start: int, end: int) -> bytes | None:
    """None where it cannot be read any more."""
    try:
        return os.pread(found, end - start, start)
    except OSError:
        return None
