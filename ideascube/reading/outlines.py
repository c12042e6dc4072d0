"""The outlines of books, made once by a process apart and kept: in memory, and in `cache/books/` for the next start.

What a box keeps is bounded; what was used longest ago goes first. A book that cannot be read is tried again later.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sys
import time
from functools import partial
from pathlib import Path

import msgspec
from aiohttp import web

from content_packs.bounded_cache import BoundedCache
from content_packs.errors import BadInput
from content_packs.media.epub_apart import SECONDS
from content_packs.media.epub_outline import FORMAT, Outline
from content_packs.store.durable import write_atomically
from ideascube.reading.sources import Source
from ideascube.shared_tasks import SharedTasks

KEPT = 300  # outlines on the disk
_IN_MEMORY = 4 * 1024 * 1024  # bytes of JSON, of a worker
_REFUSED_FOR = 600.0  # seconds before a book that cannot be read is tried again
_PATIENCE = 3 * SECONDS
_LARGEST = 16 * 1024 * 1024  # bytes of an outline


class Outlines:
    """`folder` is made when it is needed first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: BoundedCache[str, Outline] = BoundedCache(_IN_MEMORY)
        self._refused: dict[str, tuple[float, str]] = {}
        self._making: SharedTasks[str, Outline] = SharedTasks()
        self._turn = asyncio.Lock()

    async def get(self, key: str, source: Source) -> Outline:
        """The outline of the book `source`, which changes its `key` when it changes. Raises BadInput for a broken one.

        Slow the first time: seconds for a large book. Who asks meanwhile waits for the same answer.
        """
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        return await self._making.get(key, partial(self._find, key, source))

    async def _find(self, key: str, source: Source) -> Outline:
        until, refusal = self._refused.get(key, (0.0, ""))
        if time.monotonic() < until:
            raise BadInput(refusal)
        path = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
        outline = await asyncio.to_thread(_load, path)
        if outline is None:
            outline = await self._make(key, source)
            await asyncio.to_thread(_save, path, outline)
        self._kept.put(key, outline, len(msgspec.json.encode(outline)))
        return outline

    async def _make(self, key: str, source: Source) -> Outline:
        async with self._turn:
            try:
                return await _read_apart(source)
            except BadInput as error:
                self._refused = {name: kept for name, kept in self._refused.items() if kept[0] > time.monotonic()}
                self._refused[key] = (time.monotonic() + _REFUSED_FOR, str(error))
                raise


OUTLINES: web.AppKey[Outlines] = web.AppKey("outlines", Outlines)


class _Answer(msgspec.Struct):
    outline: Outline | None = None
    refusal: str = ""


async def _read_apart(source: Source) -> Outline:
    """By a program of its own; see `content_packs.media.epub_apart`."""
    arguments = [source.name, "0", "0"]
    if source.place is not None:
        place = source.place.range
        arguments = [source.name, str(place.offset), str(place.length), *map(str, source.place.file.paths)]
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "content_packs.media.epub_apart",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        said, _ = await asyncio.wait_for(program.communicate(source.body), _PATIENCE)
    except TimeoutError:
        said = b""
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
    return _understood(said, source.name)


def _understood(said: bytes, name: str) -> Outline:
    try:
        answer = msgspec.json.decode(said, type=_Answer)
    except msgspec.DecodeError:
        answer = _Answer(refusal=f"{name} cannot be read in reasonable time and memory: save it again, or smaller.")
    if answer.outline is None:
        raise BadInput(answer.refusal)
    return answer.outline


def _load(path: Path) -> Outline | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        outline = msgspec.json.decode(path.read_bytes(), type=Outline)
    except (OSError, msgspec.DecodeError):
        return None
    return outline if outline.format == FORMAT else None


def _save(path: Path, outline: Outline) -> None:
    """A full disk costs the next start a few seconds, and no reader anything."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, msgspec.json.encode(outline))
        written = sorted(path.parent.glob("*.json"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in written[KEPT:]:
            old.unlink(missing_ok=True)
