"""How a web worker comes to pages of PDFs: from the cache, or by asking the renderer, which puts them there."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from content_packs.errors import BadInput, Busy
from content_packs.media.pdf_facts import PdfOutline, PdfPage
from ideascube.reading.pdf_cache import mark_used
from ideascube.reading.pdf_wanted import LINE_LIMIT, Answer, Wanted, decode_answer, encode
from ideascube.shared_tasks import SharedTasks

_WAIT = 30.0  # seconds; longer than one page that takes as long as it may
_BUSY = "Many pages are being drawn just now. Try again in a few seconds."

Fact = TypeVar("Fact", PdfOutline, PdfPage)
Kept = TypeVar("Kept")


class Unreadable(BadInput):
    """Nothing of the document can be shown."""


class PdfClient:
    """Asks the renderer that listens at `socket_path`; what it makes lies in the folder `cache`.

    Each method raises Unreadable where the document, BadInput where this page of it cannot be shown, and Busy where
    that takes longer than somebody waits.
    """

    def __init__(self, socket_path: Path, cache: Path) -> None:
        self._socket = socket_path
        self._cache = cache
        self._asked: SharedTasks[Wanted, Answer] = SharedTasks()

    async def outline(self, wanted: Wanted) -> PdfOutline:
        return await self._fact(wanted, wanted.outline_file(self._cache), PdfOutline)

    async def page(self, wanted: Wanted) -> PdfPage:
        """What is known of the page `wanted.page`."""
        return await self._fact(wanted, wanted.page_file(self._cache), PdfPage)

    async def picture(self, wanted: Wanted) -> bytes:
        """The page's picture, `wanted.width` pixels wide."""
        return await self._kept(wanted, wanted.picture_file(self._cache), _written)

    async def _fact(self, wanted: Wanted, file: Path, kind: type[Fact]) -> Fact:
        return await self._kept(wanted, file, partial(msgspec.json.decode, type=kind))

    async def _kept(self, wanted: Wanted, file: Path, understood: Callable[[bytes], Kept]) -> Kept:
        """Twice, since what was just made may be gone again: the cache is bounded."""
        for _ in range(2):
            kept = await asyncio.to_thread(_read, file, understood)
            if kept is not None:
                return kept
            await self._have_made(wanted)
        kept = await asyncio.to_thread(_read, file, understood)
        if kept is None:
            raise Busy(_BUSY)
        return kept

    async def _have_made(self, wanted: Wanted) -> None:
        answer = await self._asked.get(wanted, partial(self._ask, wanted))
        if answer.refusal:
            raise (Unreadable if answer.whole else BadInput)(answer.refusal)

    async def _ask(self, wanted: Wanted) -> Answer:
        try:
            async with asyncio.timeout(_WAIT):
                return decode_answer(await self._line(encode(wanted)))
        except (OSError, ValueError) as error:  # too late, or the renderer died and another one takes its place
            raise Busy(_BUSY) from error

    async def _line(self, request: bytes) -> bytes:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            connection.connect(str(self._socket))  # at once: the queue has room or it has not
        except OSError:
            connection.close()
            raise
        reader, writer = await asyncio.open_unix_connection(sock=connection, limit=LINE_LIMIT)
        try:
            writer.write(request)
            return await reader.readline()
        finally:
            writer.close()


def _read(file: Path, understood: Callable[[bytes], Kept]) -> Kept | None:
    """None where nothing is there. What a power cut left half written is taken away, to be made again."""
    try:
        kept = understood(file.read_bytes())
    except OSError:
        return None
    except ValueError:
        file.unlink(missing_ok=True)
        return None
    mark_used(file)
    return kept


def _written(content: bytes) -> bytes:
    """Raises ValueError for a file of which nothing had come to the disk but its length."""
    if not content.strip(b"\0"):
        raise ValueError("There is nothing in it")
    return content
