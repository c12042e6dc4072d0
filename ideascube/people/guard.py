"""Who is signed in, and whether they may do what a handler does.

    @staff(Right.REVIEW)
    async def review(request: web.Request) -> web.StreamResponse: ...

Under it `request[PERSON]` is the person. Whoever is not signed in is led to do so; of a form that cannot be taken in,
everything that was typed comes back.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar
from urllib.parse import quote

from aiohttp import hdrs, web

from content_packs.errors import IdeascubeError
from ideascube.box_db.people_sessions import Session, find_session, touch
from ideascube.people.boot import this_boot
from ideascube.people.cookies import TOKEN, form_token, is_own_token, session_tokens
from ideascube.people.lasting import Moment, is_to_be_noted
from ideascube.people.lost import lost_page, typed_into
from ideascube.people.rights import Person, Right
from ideascube.web import forms
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import read_form
from ideascube.web.security import SAFE_METHODS

__all__ = ["PERSON", "SIGNED_IN", "form_token", "person_of", "staff"]

log = logging.getLogger(__name__)

PERSON: web.RequestKey[Person] = web.RequestKey("person", Person)
SIGNED_IN: web.RequestKey[Session | None] = web.RequestKey("session")
TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - the name of a header
TOKEN_FIELD = "token"  # noqa: S105 - the name of a field
OWN_PASSWORD = "/staff/me/password"  # noqa: S105 - an address

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
AnyHandler = TypeVar("AnyHandler", bound=Handler)


async def person_of(request: web.Request) -> Person | None:
    """Who is signed in; looked up once for each request. For pages that everybody sees: where the box's database cannot
    be read it is nobody.
    """
    try:
        session = await session_of(request)
    except IdeascubeError as error:
        log.warning("It could not be looked up who is signed in. %s", error)
        return None
    return session.person if session is not None and not session.ended else None


async def session_of(request: web.Request) -> Session | None:
    """The session of who sent the request, also one that the box has ended. Raises what the database raises."""
    if SIGNED_IN not in request:
        request[SIGNED_IN] = await _find(request)
    return request[SIGNED_IN]


async def _find(request: web.Request) -> Session | None:
    tokens = session_tokens(request)
    found = await request.app[DATABASE].read(find_session, tokens, this_boot()) if tokens else None
    if found is None:
        return None
    if not found.session.ended:
        request[TOKEN] = found.token
        _note_use(request, found.token, found.session, found.now)
    return found.session


def _note_use(request: web.Request, token: str, session: Session, now: Moment) -> None:
    """Nobody waits for it, and where it cannot be done the next request tries again."""
    if is_to_be_noted(session.last, now):
        request.app[DATABASE].begin_writing(touch, token, now)


def staff(right: Right, *, token: bool = True, form_limit: int | None = None) -> Callable[[Handler], Handler]:
    """Let a handler be used by people with this right alone, and by forms that were made for them.

    `form_limit`: bytes, for a handler that reads its form by `web.forms.read_form`, with the same limit; without, forms
    are those of `web.language.read_form`. `token=False`: the handler itself asks `is_own_token`, since it reads what
    was sent as it comes in.
    """

    def guarded(handler: Handler) -> Handler:
        @wraps(handler)
        async def answer(request: web.Request) -> web.StreamResponse:
            refused = await _refused(request, right, form_limit, token=token)
            return await handler(request) if refused is None else refused

        return answer

    return guarded


async def _refused(
    request: web.Request, right: Right, form_limit: int | None, *, token: bool
) -> web.StreamResponse | None:
    """What is answered instead of what was asked for; None where it may be done, with `request[PERSON]` set."""
    session = await session_of(request)
    changes = request.method not in SAFE_METHODS
    if session is None or session.ended:
        return await _sign_in_first(request, session.ended if session else "", form_limit)
    if session.drawn and not request.path.startswith(OWN_PASSWORD):
        raise web.HTTPSeeOther(OWN_PASSWORD)
    if not session.person.may(right):
        raise web.HTTPForbidden(text=_may_not(request))
    if token and changes and not await _has_token(request, form_limit):
        return lost_page(request, 403, "token", await typed_into(request, form_limit))
    request[PERSON] = session.person
    return None


async def _sign_in_first(request: web.Request, ended: str, form_limit: int | None) -> web.StreamResponse:
    if request.method not in SAFE_METHODS:
        return lost_page(request, 401, ended or "out", await typed_into(request, form_limit))
    raise web.HTTPSeeOther(sign_in_address(request.path_qs, ended), headers={hdrs.CACHE_CONTROL: "no-store"})


def sign_in_address(back: str, ended: str = "") -> str:
    """Where one signs in and is led back. `ended`: why the session before ended."""
    return f"/staff/sign-in?back={quote(back, safe='')}" + (f"&ended={quote(ended, safe='')}" if ended else "")


def _may_not(request: web.Request) -> str:
    _ = translations(interface_language(request)).gettext
    return _("You may not do this here. Ask a mediator or the person who looks after the box.")


async def _has_token(request: web.Request, form_limit: int | None) -> bool:
    if header := request.headers.get(TOKEN_HEADER):
        return is_own_token(request, header)
    if form_limit is not None:
        return is_own_token(request, (await forms.read_form(request, form_limit)).get(TOKEN_FIELD))
    return is_own_token(request, str((await read_form(request)).get(TOKEN_FIELD, "")))
