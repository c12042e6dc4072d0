"""What a visitor's form says. Fields may be of any name, number and encoding: who reads them bears that."""

from __future__ import annotations

from aiohttp import web
from multidict import MultiDictProxy


async def read_form(request: web.Request) -> MultiDictProxy[object]:
    """The fields of a form. Raises HTTPBadRequest for what is none."""
    try:
        return await request.post()  # type: ignore[return-value]
    except (ValueError, LookupError, AssertionError, web.RequestPayloadError) as error:
        raise web.HTTPBadRequest(text="This form cannot be read. Go back to the page and try again.") from error
