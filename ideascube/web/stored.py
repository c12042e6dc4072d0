"""Bytes sent from a file in bounded pieces: films, pictures, whole packs. Seeking costs no more than what is sent.

A piece that lies in memory already is sent at once; one that must come from the disk is read in a thread, so that a
slow card holds up nobody else. Source for ranges: RFC 9110, section 14, and RFC 7233's appendix for several.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import hdrs, web
from multidict import CIMultiDict

from content_packs.errors import BrokenPack
from content_packs.zim.parts import PartedFile
from content_packs.zim.reader import StoredPlace
from ideascube.web.ranges import NotSatisfiableError, Span, etag_matches, if_range_allows, parse_range

KEEP_WHOLE = 256 * 1024  # bytes; larger uncompressed entries are sent from the file, never held in memory
PIECE = 128 * 1024  # bytes held for one listener at a time

Piece = bytes | memoryview
Reader = Callable[[int, int], Awaitable[Piece]]


async def send_stored(request: web.BaseRequest, place: StoredPlace, headers: CIMultiDict[str]) -> web.StreamResponse:
    """Answer with the bytes at `place`, or the ranges of them that were asked for."""

    async def read(start: int, length: int) -> Piece:
        return await _read(place.file, place.range.offset + start, length)

    return await _send(request, read, place.range.length, headers)


async def send_bytes(request: web.BaseRequest, body: bytes, headers: CIMultiDict[str]) -> web.StreamResponse:
    """The same for what is in memory already."""

    async def read(start: int, length: int) -> Piece:
        return body[start : start + length]

    return await _send(request, read, len(body), headers)


async def _read(file: PartedFile, offset: int, length: int) -> Piece:
    """Up to `length` bytes. Raises BrokenPack where the file was written to since it was opened: never old and new."""
    piece: Piece | None = file.read_cached(offset, length)
    if piece is None:
        piece = await asyncio.get_running_loop().run_in_executor(None, file.read_at, offset, length)
    if not file.is_intact():
        raise BrokenPack(f"{file.paths[0].name} changed while it was sent: ask for it again.")
    return piece


async def _send(request: web.BaseRequest, read: Reader, size: int, headers: CIMultiDict[str]) -> web.StreamResponse:
    condition = request.headers.get(hdrs.IF_NONE_MATCH)
    if condition is not None and etag_matches(condition, headers[hdrs.ETAG]):
        return web.Response(status=304, headers=headers)
    try:
        spans = _asked_spans(request, size, headers)
    except NotSatisfiableError:
        headers[hdrs.CONTENT_RANGE] = f"bytes */{size}"
        return web.Response(status=416, headers=headers)
    if len(spans) > 1:
        return await _send_several(request, read, size, spans, headers)
    span = spans[0] if spans else Span(0, size)
    if spans:
        headers[hdrs.CONTENT_RANGE] = span.content_range(size)
    return await _stream(request, headers, 206 if spans else 200, span.length, _pieces(read, span))


def _asked_spans(request: web.BaseRequest, size: int, headers: CIMultiDict[str]) -> list[Span]:
    asked = request.headers.get(hdrs.RANGE)
    if asked is None or not if_range_allows(request.headers.get(hdrs.IF_RANGE), headers[hdrs.ETAG]):
        return []
    return parse_range(asked, size)


async def _pieces(read: Reader, span: Span) -> AsyncIterator[Piece]:
    position = span.start
    while position < span.stop:
        piece = await read(position, min(PIECE, span.stop - position))
        position += len(piece)
        yield piece


async def _send_several(
    request: web.BaseRequest, read: Reader, size: int, spans: list[Span], headers: CIMultiDict[str]
) -> web.StreamResponse:
    """`multipart/byteranges` (RFC 9110, 14.6)."""
    boundary = secrets.token_hex(16)
    opening = f"\r\n--{boundary}\r\nContent-Type: {headers[hdrs.CONTENT_TYPE]}\r\nContent-Range: "
    heads = [f"{opening}{span.content_range(size)}\r\n\r\n".encode() for span in spans]
    tail = f"\r\n--{boundary}--\r\n".encode()

    async def parts() -> AsyncIterator[Piece]:
        for head, span in zip(heads, spans, strict=True):
            yield head
            async for piece in _pieces(read, span):
                yield piece
        yield tail

    headers[hdrs.CONTENT_TYPE] = f"multipart/byteranges; boundary={boundary}"
    length = sum(map(len, heads)) + sum(span.length for span in spans) + len(tail)
    return await _stream(request, headers, 206, length, parts())


async def _stream(
    request: web.BaseRequest, headers: CIMultiDict[str], status: int, length: int, pieces: AsyncIterator[Piece]
) -> web.StreamResponse:
    response = web.StreamResponse(status=status, headers=headers)
    response.content_length = length
    await response.prepare(request)
    if request.method != hdrs.METH_HEAD:
        async for piece in pieces:
            await response.write(piece)
    await response.write_eof()
    return response
