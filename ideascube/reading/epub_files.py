"""`?file=INSIDE`: a picture or a sound inside an EPUB, on the pack's origin, where nothing in it can run."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes

from aiohttp import hdrs, web
from multidict import CIMultiDict

from content_packs.media.zip_place import FilePlace, data_offset, read_file
from content_packs.zim.layout import ByteRange
from content_packs.zim.reader import StoredPlace
from ideascube.reading.books import Book
from ideascube.web.stored import send_bytes, send_stored

FILE_LIMIT = 32_000_000  # bytes of a picture that is unpacked
_SHOWN = ("image/", "audio/", "video/")
# A drawing opened by itself is a document: it gets no origin, no script, and nothing from elsewhere.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


async def send_file(request: web.Request, book: Book, inside: str) -> web.StreamResponse:
    """The file's bytes, or the ranges that were asked for. Raises HTTPNotFound, or BadInput for one that is damaged."""
    place = book.place(inside)
    kind = mimetypes.guess_type(inside, strict=False)[0] or ""
    if place is None or not kind.startswith(_SHOWN):
        raise web.HTTPNotFound(text="There is no such picture or sound in this book.")
    headers = _headers(book, inside, kind)
    lies = book.source.place
    if lies is not None and not place.is_deflated:
        return await send_stored(request, StoredPlace(lies.file, await _range(book, place)), headers)
    return await send_bytes(request, await asyncio.to_thread(read_file, book.source.read, place, FILE_LIMIT), headers)


async def _range(book: Book, place: FilePlace) -> ByteRange:
    """Where the bytes of a file that is not packed lie in the pack."""
    start = await asyncio.to_thread(data_offset, book.source.read, place)
    length = max(0, min(place.packed, book.source.size - start))
    assert book.source.place is not None
    return ByteRange(book.source.place.range.offset + start, length)


def _headers(book: Book, inside: str, kind: str) -> CIMultiDict[str]:
    etag = hashlib.sha256(f"{book.key}-{inside}".encode("utf-8", "replace")).hexdigest()[:20]
    return CIMultiDict(
        {
            hdrs.CONTENT_TYPE: kind,
            hdrs.ETAG: f'"{etag}"',
            hdrs.CACHE_CONTROL: "max-age=3600",
            hdrs.ACCEPT_RANGES: "bytes",
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
        }
    )
