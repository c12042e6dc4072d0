"""`/download/ID` and `/download/ID.zim`: the pack as one ZIM file, whole or in ranges, however it lies in the store."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import hdrs, web
from multidict import CIMultiDict

from content_packs.store.library import PackRecord
from ideascube.web.context import LIBRARY
from ideascube.web.lookup import missing_pack, open_pack
from ideascube.web.security import RAW_HEADERS
from ideascube.web.stored import send_stored

_ENDING = ".zim"


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


def file_name(record: PackRecord) -> str:
    """The name to save the pack under: that of its file in the store, as if it had never been split."""
    name = record.files[0].rpartition("/")[2]
    return name.removesuffix(".zimaa").removesuffix(_ENDING) + _ENDING


def attachment(name: str) -> str:
    """Content-Disposition for a file to be saved as `name` (RFC 6266, section 4; RFC 8187 for other letters)."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_" for letter in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


ROUTES = [web.get("/download/{id}", download)]
