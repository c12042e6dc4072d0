"""`/staff/write/ID/versions`: what was saved when and by whom, what changed in it, and the way back to it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ideascube.box_db.creations import Conflict, load_version, versions
from ideascube.box_db.person_names import person_names
from ideascube.box_db.writing import Page, save_and_do
from ideascube.creations.differences import difference
from ideascube.creations.model import Creation, fields_of
from ideascube.creations.states import Deed, may_follow
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.workspace.rendering import render_staff
from ideascube.writing.addresses import write_address
from ideascube.writing.conflicts import field_words
from ideascube.writing.opening import opened
from ideascube.writing.times import clock_text


@staff(Right.SUBMIT)
async def versions_page(request: web.Request) -> web.StreamResponse:
    found = await opened(request, None)
    read, language = request.app[DATABASE].read, interface_language(request)
    kept = await read(versions, found.creation.id)
    names = await read(person_names, [each.person for each in kept])
    return render_staff(
        request,
        "write_versions.html",
        creation=found.creation,
        lines=[(each, names.get(each.person, ""), clock_text(each.at, language)) for each in kept],
    )


@staff(Right.SUBMIT)
async def version_page(request: web.Request) -> web.StreamResponse:
    """What changed from the version before, or from the one that `since` names."""
    found = await opened(request, None)
    kept = await request.app[DATABASE].read(versions, found.creation.id)
    number = _number(request.match_info["number"]) or 0
    this = next((each for each in kept if each.number == number), None)
    earlier = [each.number for each in kept if each.number < number]
    if this is None:
        raise _missing(request)
    since = _number(request.query.get("since", "")) or next(iter(earlier), None)
    version = await _version(request, number)
    before = await _version(request, since) if since else None
    names = await request.app[DATABASE].read(person_names, [this.person])
    return render_staff(
        request,
        "write_version.html",
        creation=found.creation,
        version=version,
        number=number,
        since=since,
        difference=await asyncio.to_thread(difference, fields_of(before), fields_of(version)) if before else None,
        saver=names.get(this.person, ""),
        moment=clock_text(this.at, interface_language(request)),
        words=field_words(translations(interface_language(request)).gettext),
        may_return=may_follow(found.creation.state, Deed.SAVE, request[PERSON], found.creation.owner),
    )


@staff(Right.SUBMIT)
async def go_back(request: web.Request) -> web.StreamResponse:
    """An old version becomes the newest one; nothing that came after it is lost."""
    found = await opened(request)
    version = await _version(request, _number(request.match_info["number"]) or 0)
    page = Page("", 0, found.creation.version)
    done = await request.app[DATABASE].write(
        save_and_do, found.creation.id, request[PERSON], page, fields_of(version), Deed.SAVE
    )
    raise web.HTTPSeeOther(write_address(found.creation.id, done="" if isinstance(done, Conflict) else "returned"))


async def _version(request: web.Request, number: int) -> Creation:
    found = await request.app[DATABASE].read(load_version, request.match_info["id"], number)
    if found is None:
        raise _missing(request)
    return found


def _missing(request: web.Request) -> web.HTTPNotFound:
    _ = translations(interface_language(request)).gettext
    return web.HTTPNotFound(text=_("This version is not kept any more. Look at the list of versions."))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None


ROUTES = [
    web.get("/staff/write/{id}/versions", versions_page),
    web.get("/staff/write/{id}/versions/{number}", version_page),
    web.post("/staff/write/{id}/versions/{number}", go_back),
]
