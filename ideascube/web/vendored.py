"""pdf.js as its makers built it (static/vendor/pdfjs), on the packs' origin alone: it reads files of strangers.

It is large and asked for by few, so that nothing of it is read before somebody does. The release is part of the
address, and browsers keep it for ever. tools/vendor_pdfjs.py renews it.
"""

from __future__ import annotations

import asyncio
import zlib
from functools import cache, lru_cache
from pathlib import Path

from aiohttp import hdrs, web

from ideascube.web.compression import is_compressible
from ideascube.web.negotiation import choose_encoding
from ideascube.web.security import BARE_HEADERS
from ideascube.web.static import FOR_EVER

_FOLDER = Path(__file__).parent.parent / "static" / "vendor" / "pdfjs"
_TYPES = {
    ".mjs": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".bcmap": "application/octet-stream",
}
_SCRIPT_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"  # as a worker has it
_GZIP_WBITS = 31  # zlib's number for a gzip wrapper
_KEPT = 8  # compressed files, half a megabyte in all


@cache
def pdfjs_address() -> str:
    """Where its files lie, with a slash at the end."""
    version = (_FOLDER / "VERSION").read_text().strip()
    return f"/static/pdfjs/{version}/"


@cache
def _names() -> frozenset[str]:
    return frozenset(str(path.relative_to(_FOLDER)) for path in _FOLDER.rglob("*") if path.suffix in _TYPES)


async def pdfjs(request: web.Request) -> web.StreamResponse:
    """One of its files. 404 for another release than this box has."""
    name = request.path.removeprefix(pdfjs_address())
    if name not in _names():
        raise web.HTTPNotFound
    path = _FOLDER / name
    headers = _headers(path.suffix)
    if not is_compressible(headers[hdrs.CONTENT_TYPE]):
        return web.FileResponse(path, headers=headers)
    headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
    if choose_encoding(request.headers.get(hdrs.ACCEPT_ENCODING, "").replace("zstd", "")) != "gzip":
        return web.FileResponse(path, headers=headers)
    body = await asyncio.to_thread(_zipped, name)
    return web.Response(body=body, headers={**headers, hdrs.CONTENT_ENCODING: "gzip"})


def _headers(suffix: str) -> dict[str, str]:
    policy = {"Content-Security-Policy": _SCRIPT_POLICY} if suffix == ".mjs" else {}
    return {**BARE_HEADERS, **policy, hdrs.CONTENT_TYPE: _TYPES[suffix], hdrs.CACHE_CONTROL: FOR_EVER}


@lru_cache(maxsize=_KEPT)
def _zipped(name: str) -> bytes:
    """As small as gzip makes it: a second of a slow core, once, for what many wait for on a slow network."""
    return zlib.compress((_FOLDER / name).read_bytes(), 9, _GZIP_WBITS)


CONTENT_ROUTES = [web.get("/static/pdfjs/{version}/{path:.+}", pdfjs)]
