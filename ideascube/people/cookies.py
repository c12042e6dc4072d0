"""The cookies of people with an account, and the token of their forms.

Cookies know no ports: a pack on the second port can set some that this app sees (docs/decisions/0004-pack-origins.md).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from aiohttp import web

SESSION = "session"  # of somebody who is signed in
DEVICE = "device"  # of a shared device that a mediator enrolled
KNOWN = "known"  # of a browser in which somebody signed in before

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_DAY = 24 * 3600  # seconds
_MOST = 4  # cookies of one name that are looked at

# The cookie of the session that a request belongs to, once `guard` has found it.
TOKEN: web.RequestKey[str] = web.RequestKey("session token", str)


def session_tokens(request: web.BaseRequest) -> tuple[str, ...]:
    """The cookies of sessions, of which a pack's script may have set all but one: who uses them has to look further."""
    return _cookies(request, SESSION)


def device_tokens(request: web.BaseRequest) -> tuple[str, ...]:
    """The cookies of shared devices, likewise."""
    return _cookies(request, DEVICE)


def _cookies(request: web.BaseRequest, name: str) -> tuple[str, ...]:
    """All of that name: a browser sends several where they differ by path or domain (RFC 6265, 5.4)."""
    pairs = (part.partition("=") for part in request.headers.get("Cookie", "").split(";"))
    found = (value.strip() for key, _, value in pairs if key.strip() == name)
    return tuple(dict.fromkeys(value for value in found if _TOKEN.fullmatch(value)))[:_MOST]


def known_cookie(request: web.BaseRequest) -> str:
    return request.cookies.get(KNOWN, "") if "Cookie" in request.headers else ""


def set_session(response: web.StreamResponse, token: str, *, own: bool) -> None:
    """On one's own phone it outlives the browser; on any other it goes when the browser is closed."""
    _set(response, SESSION, token, 400 * _DAY if own else None)


def set_device(response: web.StreamResponse, token: str) -> None:
    _set(response, DEVICE, token, 400 * _DAY)


def set_known(response: web.StreamResponse, value: str) -> None:
    _set(response, KNOWN, value, 400 * _DAY)


def _set(response: web.StreamResponse, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="Strict")


def drop(response: web.StreamResponse, name: str) -> None:
    response.del_cookie(name, path="/", httponly=True, samesite="Strict")


def form_token(request: web.Request) -> str:
    """What the forms of this session carry, so that no other page can make one; empty for who is not signed in.

    Known once a handler has asked who is signed in.
    """
    session = request.get(TOKEN, "")
    return token_of(session) if session else ""


def token_of(session: str) -> str:
    digest = hmac.digest(session.encode(), b"form token", hashlib.sha256)[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_own_token(request: web.Request, token: str) -> bool:
    """Whether a form was made for the session that sends it."""
    expected = form_token(request)
    return bool(expected) and hmac.compare_digest(expected.encode(), token.encode("utf-8", "replace"))
