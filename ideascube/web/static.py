"""The app's own stylesheet, scripts and drawings, at addresses that change with their content and are kept for ever.

They are read and compressed once, when a process first needs them; there are only a few, all small.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from aiohttp import hdrs, web

from content_packs.courses.script import quiz_script
from ideascube.web.compression import SMALLEST, compress, is_compressible
from ideascube.web.negotiation import ENCODINGS, IDENTITY, choose_encoding
from ideascube.web.security import BARE_HEADERS

_FOLDER = Path(__file__).parent.parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Libraries of others in one file, each loaded by one page alone.
_VENDORED = ("prosemirror/prosemirror.mjs", "tus/tus.min.js")
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`bodies` by content coding; one that gains nothing from compression has `identity` alone."""

    address: str
    content_type: str
    bodies: dict[str, bytes]


@cache
def _files() -> dict[str, StaticFile]:
    """Every static file by its name in the folder, and the script of quizzes, which packs bring along as well."""
    texts = {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}
    texts["quiz.js"] = quiz_script().encode()
    ours = {name: _made(PurePath(name), body) for name, body in texts.items()}
    return ours | {PurePath(name).name: _vendored(name) for name in _VENDORED}


def _vendored(name: str) -> StaticFile:
    return _made(PurePath("vendor") / PurePath(name).name, (_FOLDER / "vendor" / name).read_bytes())


@cache
def _by_address() -> dict[str, StaticFile]:
    return {file.address: file for file in _files().values()}


def _made(path: PurePath, body: bytes) -> StaticFile:
    digest = hashlib.sha256(body).hexdigest()[:10]
    content_type = _TYPES[path.suffix]
    codings = (IDENTITY, *ENCODINGS) if len(body) >= SMALLEST and is_compressible(content_type) else (IDENTITY,)
    bodies = {coding: compress(body, coding) for coding in codings}
    return StaticFile(f"/static/{path.with_suffix('')}.{digest}{path.suffix}", content_type, bodies)


def static_address(name: str) -> str:
    """Where the file `name` is served. Raises KeyError where there is none: a template with a slip of the pen."""
    return _files()[name].address


def static_text(name: str) -> str:
    return _files()[name].bodies[IDENTITY].decode()


async def static(request: web.Request) -> web.Response:
    file = _by_address().get(request.path)
    if file is None:
        raise web.HTTPNotFound
    return _send(request, file, FOR_EVER)


async def favicon(request: web.Request) -> web.Response:
    """Browsers ask for it on pages that are not ours to write a link into, such as a picture opened alone."""
    return _send(request, _files()["icon.svg"], "public, max-age=86400")


def _send(request: web.Request, file: StaticFile, freshness: str) -> web.Response:
    coding = choose_encoding(request.headers.get(hdrs.ACCEPT_ENCODING, ""))
    headers = {
        hdrs.CONTENT_TYPE: file.content_type,
        hdrs.CACHE_CONTROL: freshness,
        hdrs.VARY: "Accept-Encoding",
        **BARE_HEADERS,
    }
    if coding in file.bodies and coding != IDENTITY:
        headers[hdrs.CONTENT_ENCODING] = coding
    return web.Response(body=file.bodies.get(coding, file.bodies[IDENTITY]), headers=headers)


ROUTES = [web.get("/static/{file:.+}", static), web.get("/favicon.ico", favicon)]

# A browser takes icons only from the page's own origin (SVG 2, 5.5), and pages of ours are shown on the packs' too.
CONTENT_ROUTES = ROUTES
