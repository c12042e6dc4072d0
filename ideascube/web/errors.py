"""What people see when something fails: a plain page in their language with a way home, never a traceback.

Addresses that programs read (JSON, catalogues, raw content) answer with one line of text instead.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from content_packs.errors import Busy, IdeascubeError, NoSpace
from ideascube.search.client import TooBusy
from ideascube.web.rendering import is_app, render
from ideascube.web.security import BARE_HEADERS

log = logging.getLogger(__name__)

RETRY_AFTER = 5  # seconds that we ask for when too many search at once
_FOR_PROGRAMS = ("/suggest", "/catalog/", "/raw/", "/health", "/download/", "/static/", "/staff/upload/tus")
_DESCRIBES_BODY = (hdrs.CONTENT_TYPE, hdrs.CONTENT_LENGTH)


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The answer of `handler`, or a page about its failure."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        headers = {name: value for name, value in error.headers.items() if name not in _DESCRIBES_BODY}
        return _answer(request, error.status, _sentence(error), headers)
    except (TooBusy, Busy) as error:
        return _answer(request, 503, str(error), {hdrs.RETRY_AFTER: str(RETRY_AFTER)})
    except IdeascubeError as error:
        log.warning("%s: %s", request.path, error)
        return _answer(request, 507 if isinstance(error, NoSpace) else 502, str(error), {})  # RFC 4918, section 11.5
    except Exception:  # the last resort of a page: whatever it is, the visitor gets an answer and the log the cause
        if not _has_left(request):
            log.exception("%s %s failed", request.method, request.path)
        return _answer(request, 500, "", {})


def _has_left(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _sentence(error: web.HTTPException) -> str:
    """What the handler had to say, without aiohttp's own `404: Not Found`."""
    text = error.text or ""
    return "" if text == f"{error.status}: {error.reason}" else text


def _answer(request: web.Request, status: int, sentence: str, headers: Mapping[str, str]) -> web.StreamResponse:
    if _has_left(request) or request.writer.output_size > 0:
        return _cut(request)
    headers = {hdrs.CACHE_CONTROL: "no-store", **headers}
    if _is_for_programs(request):
        return web.Response(status=status, text=sentence or f"Error {status}", headers={**BARE_HEADERS, **headers})
    retry = request.path_qs if status == 503 and is_app(request) else ""
    return render(request, "error.html", status=status, headers=headers, code=status, sentence=sentence, retry=retry)


def _cut(request: web.Request) -> web.Response:
    """Half an answer can't become a page about an error: the connection ends, so that no one takes it for the whole."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _is_for_programs(request: web.Request) -> bool:
    return request.path.startswith(_FOR_PROGRAMS) or request.query.get("format") == "json"
