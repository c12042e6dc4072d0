"""`/download/ID` and `/download/ID.zim`: the pack as one ZIM file, whole or in ranges, however it lies in the store.

`/download/ID.zim.meta4` says what that file has to be, for programs that check it (RFC 5854).
"""

from __future__ import annotations

import asyncio
import hashlib
from urllib.parse import quote

from aiohttp import hdrs, web
from multidict import CIMultiDict

from content_packs.store.library import PackRecord
from ideascube.offering.metalinks import ENDING, MEDIA_TYPE, file_name, is_offered, metalink_for
from ideascube.web.context import LIBRARY, ORIGINS, SETTINGS
from ideascube.web.lookup import missing_pack, open_pack
from ideascube.web.ranges import etag_matches
from ideascube.web.security import RAW_HEADERS
from ideascube.web.stored import send_stored

__all__ = ["ROUTES", "attachment", "file_name"]

_ENDING = ".zim"
_METALINK = _ENDING + ENDING


async def download(request: web.Request) -> web.StreamResponse:
    """The file's bytes. Who downloads while it is replaced gets the old file to its end, or a broken connection."""
    record = _record(request, request.match_info["id"])
    archive = open_pack(request, record.id)
    headers = CIMultiDict(RAW_HEADERS)
    headers[hdrs.CONTENT_TYPE] = "application/x-zim"
    headers[hdrs.CONTENT_DISPOSITION] = attachment(file_name(record))
    headers[hdrs.ETAG] = f'"{archive.fingerprint}"'
    headers[hdrs.CACHE_CONTROL] = "no-cache"
    headers[hdrs.ACCEPT_RANGES] = "bytes"
    return await send_stored(request, archive.whole(), headers)


async def metalink(request: web.Request) -> web.Response:
    """What the file has to be. Without sums until the box has read it whole."""
    pack_id = request.match_info["id"]
    record = request.app[LIBRARY].get(pack_id)
    if record is None:
        raise missing_pack(request, pack_id, _METALINK)
    if not is_offered(record):
        raise web.HTTPNotFound(text=f"The pack “{pack_id}” is not one file on this box: it lies in layers.")
    address = f"{request.app[ORIGINS].app(request)}/download/{quote(pack_id, safe='')}{_ENDING}"
    body = await asyncio.to_thread(metalink_for, record, request.app[SETTINGS].data, address)
    headers = {
        **RAW_HEADERS,
        hdrs.CONTENT_TYPE: MEDIA_TYPE,
        hdrs.CONTENT_DISPOSITION: attachment(file_name(record) + ENDING),
        hdrs.ETAG: f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        hdrs.CACHE_CONTROL: "no-cache",
    }
    if etag_matches(request.headers.get(hdrs.IF_NONE_MATCH, ""), headers[hdrs.ETAG]):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers)


def _record(request: web.Request, name: str) -> PackRecord:
    library = request.app[LIBRARY]
    # An id may itself end in .zim: the catalogue's addresses, with the ending added, must lead to the right one.
    record = library.get(name.removesuffix(_ENDING)) or library.get(name)
    if record is None:
        raise _missing(request, name)
    return record


def _missing(request: web.Request, name: str) -> web.HTTPException:
    alias = name.removesuffix(_ENDING)
    return missing_pack(request, alias, _ENDING if alias != name else "")


def attachment(name: str) -> str:
    """Content-Disposition for a file to be saved as `name` (RFC 6266, section 4; RFC 8187 for other letters)."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_" for letter in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


ROUTES = [web.get(f"/download/{{id}}{_METALINK}", metalink), web.get("/download/{id}", download)]
