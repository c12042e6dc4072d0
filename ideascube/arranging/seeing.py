"""Who sees what mediators keep for themselves: on the app's origin whoever is signed in as one, on the packs' origin
whoever has a pass, which the app gives on the way there.

Without anything kept, this asks nobody anything.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from yarl import URL

from ideascube.arranging.passes import LASTS, cookie_name, is_good, new_pass
from ideascube.box_db.secret import box_secret
from ideascube.live_library import as_mediator
from ideascube.people.guard import person_of
from ideascube.people.rights import Right
from ideascube.web.context import LIBRARY, ORIGINS, SETTINGS
from ideascube.web.language import local_path

PASS = "/pass"  # noqa: S105 - the beginning of an address


@web.middleware
async def mediators_see(request: web.Request, handler: Handler) -> web.StreamResponse:
    """On the app's origin."""
    pack_id = _kept_pack(request)
    if pack_id is None:
        return await handler(request)
    person = await person_of(request)
    if person is None or not person.may(Right.ARRANGE):
        return await handler(request)
    with as_mediator():
        try:
            return _with_pass(request, pack_id, await handler(request))
        except web.HTTPRedirection as redirect:
            _with_pass(request, pack_id, redirect)
            raise


@web.middleware
async def pass_holders_see(request: web.Request, handler: Handler) -> web.StreamResponse:
    """On the packs' origin."""
    pack_id = _kept_pack(request)
    given = request.cookies.get(cookie_name(pack_id), "") if pack_id is not None else ""
    if pack_id is None or not given or not is_good(_key(request), pack_id, given, int(time.time())):
        return await handler(request)
    with as_mediator():
        return await handler(request)


def _kept_pack(request: web.Request) -> str | None:
    """The pack in the address, where mediators see more of it than others."""
    live = request.app[LIBRARY]
    if not live.keeps_any:
        return None
    name = request.match_info.get("id", "")
    names = (name, name.removesuffix(".zim"), request.query.get("content", ""))
    return next((name for name in names if live.keeps_something(name)), None)


def _with_pass(request: web.Request, pack_id: str, answer: web.StreamResponse) -> web.StreamResponse:
    """An answer that leads to the pack's origin goes there by way of a pass; and no browser keeps it."""
    if not answer.prepared:
        answer.headers[hdrs.CACHE_CONTROL] = "no-store"
    origin = request.app[ORIGINS].pack(request, pack_id)
    location = answer.headers.get(hdrs.LOCATION, "")
    if location.startswith(f"{origin}/"):
        answer.headers[hdrs.LOCATION] = pass_address(request, pack_id, location.removeprefix(origin))
    return answer


def pass_address(request: web.Request, pack_id: str, path: str) -> str:
    """Where a pass is taken on the pack's origin, which then leads to `path` there."""
    given = new_pass(_key(request), pack_id, int(time.time()))
    origin = request.app[ORIGINS].pack(request, pack_id)
    return f"{origin}{PASS}/{quote(pack_id, safe='')}?pass={given}&to={quote(path, safe='')}"


async def take_pass(request: web.Request) -> web.StreamResponse:
    """`/pass/ID?pass=…&to=/content/…` on the packs' origin. A pass that is not good leads there without one."""
    pack_id, given = request.match_info["id"], request.query.get("pass", "")
    answer = web.HTTPFound(_own_path(pack_id, request.query.get("to", "")), headers={hdrs.CACHE_CONTROL: "no-store"})
    if is_good(_key(request), pack_id, given, int(time.time())):
        answer.set_cookie(cookie_name(pack_id), given, max_age=LASTS, path="/", httponly=True, samesite="Lax")
    raise answer


def _own_path(pack_id: str, wanted: str) -> URL:
    """A pass leads into its pack and nowhere else."""
    escaped = quote(pack_id, safe="")
    areas = tuple(f"/{area}/{escaped}" for area in ("content", "read", "raw"))
    is_own = urlsplit(wanted).path.startswith(tuple(f"{area}/" for area in areas))
    return URL(local_path(wanted, areas[0]) if is_own else areas[0], encoded=True)


def _key(request: web.Request) -> bytes:
    return _read_key(request.app[SETTINGS].data.root / "keys" / "passes.key")


@cache
def _read_key(path: Path) -> bytes:
    """Raises what `box_secret` raises."""
    return box_secret(path)


CONTENT_ROUTES = [web.get(PASS + "/{id}", take_pass)]
