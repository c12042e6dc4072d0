"""`?image=N`: the picture of a page of a PDF, `width` pixels wide, in what the browser can show."""

from __future__ import annotations

import msgspec
from aiohttp import hdrs, web

from content_packs.errors import BadInput, Busy
from content_packs.media.pdf_facts import PLAIN, WEBP
from ideascube.reading.addresses import asked_number
from ideascube.reading.pdf_wanted import USUAL_WIDTH, WIDTHS, Wanted
from ideascube.web.context import PDF
from ideascube.web.ranges import etag_matches
from ideascube.web.security import BARE_HEADERS

RETRY_AFTER = 5  # seconds
_FRESH = "max-age=3600"
_TYPES = {b"RIFF": "image/webp", b"\x89PNG": "image/png", b"\xff\xd8\xff\xe0": "image/jpeg"}


async def send_picture(request: web.Request, wanted: Wanted) -> web.Response:
    """The picture of a page of the document `wanted`: 200 or 304, 404 where there is none, 503 where others wait."""
    width = asked_number(request, "width")
    wanted = msgspec.structs.replace(
        wanted,
        page=asked_number(request, "image") or 1,
        width=width if width in WIDTHS else USUAL_WIDTH,
        kind=kind_for(request),
    )
    headers = _headers(wanted)
    if etag_matches(request.headers.get(hdrs.IF_NONE_MATCH, ""), headers[hdrs.ETAG]):
        return web.Response(status=304, headers=headers)
    try:
        content = await request.app[PDF].picture(wanted)
    except BadInput as error:
        return _no_picture(404, error)
    except Busy as error:
        return _no_picture(503, error)
    return web.Response(body=content, headers={**headers, hdrs.CONTENT_TYPE: _TYPES[content[:4]]})


def kind_for(request: web.Request) -> str:
    """What this browser shows; one that asks for a page says so in the same way."""
    return WEBP if "image/webp" in request.headers.get(hdrs.ACCEPT, "") else PLAIN


def _headers(wanted: Wanted) -> dict[str, str]:
    return {
        **BARE_HEADERS,
        hdrs.ETAG: f'"{wanted.document}-{wanted.page}-{wanted.width}-{wanted.kind}"',
        hdrs.CACHE_CONTROL: _FRESH,
        hdrs.VARY: hdrs.ACCEPT,
    }


def _no_picture(status: int, error: Exception) -> web.Response:
    headers = {**BARE_HEADERS, hdrs.CACHE_CONTROL: "no-store", hdrs.RETRY_AFTER: str(RETRY_AFTER)}
    return web.Response(status=status, text=str(error), headers=headers)
