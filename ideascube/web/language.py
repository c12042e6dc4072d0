"""`POST /language`: the visitor's choice of the interface's language, kept in a cookie for a year."""

from __future__ import annotations

import re

from aiohttp import web
from multidict import MultiDictProxy

from ideascube.web.forms import NO_FORM
from ideascube.web.i18n import LANGUAGE_COOKIE, offered_languages

Form = MultiDictProxy[str | bytes | bytearray | web.FileField]

_YEAR = 365 * 24 * 3600  # seconds

# One slash, then anything but a second one: `//host` and `/\host` lead browsers to another host.
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")


def local_path(path: str, otherwise: str = "/") -> str:
    """`path` if it can only lead to an address of this box, else `otherwise`."""
    return path if _LOCAL_PATH.fullmatch(path) else otherwise


async def language(request: web.Request) -> web.StreamResponse:
    """Form fields: `lang`, one of the interface's, and `back`, the address to go back to."""
    form = await read_form(request)
    chosen = form.get("lang")
    offered = offered_languages(request)
    if chosen not in offered:
        raise web.HTTPBadRequest(text=f"The pages of this box are in {', '.join(offered)}: choose one of them.")
    answer = web.HTTPSeeOther(local_path(str(form.get("back", "/"))))
    set_language(answer, str(chosen))
    raise answer


def set_language(response: web.StreamResponse, chosen: str) -> None:
    """Let this browser have its pages in that language from now on."""
    response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, path="/", httponly=True, samesite="Lax")


async def read_form(request: web.Request) -> Form:
    """The fields of a form that was sent. Raises HTTPBadRequest for what is none."""
    try:
        return await request.post()
    except NO_FORM as error:
        raise web.HTTPBadRequest(text="This form cannot be read. Go back to the page and try again.") from error


ROUTES = [web.post("/language", language)]
