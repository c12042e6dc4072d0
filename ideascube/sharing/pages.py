"""`/staff/sharing`: what leaves the box and what came from others; the switch of one creation; counters."""

from __future__ import annotations

import asyncio
import sqlite3

from aiohttp import web

from content_packs.box_key import box_key
from ideascube.box_db.box_facts import set_fact
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.random_ids import is_id
from ideascube.box_db.sharing import OfCreation, load_of_creation, share
from ideascube.box_db.sharing_lists import Overview, SharingLine, overview
from ideascube.creations.cards import creation_card
from ideascube.creations.licences import licence_text
from ideascube.creations.states import Deed, may_follow
from ideascube.people.deeds import CHANGED_BOX
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Person, Right
from ideascube.reviewing.wording import state_words
from ideascube.sharing import merge_pages
from ideascube.sharing.addresses import SHARING, sharing_address
from ideascube.sharing.counters import COUNTERS, STOPPED
from ideascube.sharing.refusals import refusal_text
from ideascube.sharing.wording import reason_text
from ideascube.web.context import DATABASE, SETTINGS
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import read_form
from ideascube.workspace.lists import Line
from ideascube.workspace.rendering import render_staff


@staff(Right.WRITE)
async def everything(request: web.Request) -> web.StreamResponse:
    """`done`: what was done a moment ago."""
    found: Overview = await request.app[DATABASE].read(overview)
    language = interface_language(request)
    return render_staff(
        request,
        "staff_sharing.html",
        lists={name: _lines(request, getattr(found, name)) for name in ("beside", "leaving", "came")},
        totals=found.totals,
        refused=[(each, refusal_text(each.why, each.detail, language)) for each in found.refused],
        counters=found.counters,
        may_stop=request[PERSON].may(Right.BOX),
        done=request.query.get("done", ""),
    )


def _lines(request: web.Request, found: list[SharingLine]) -> list[tuple[SharingLine, Line]]:
    words = state_words(interface_language(request))
    return [
        (each, Line(each.listing, creation_card(request, each.listing), words[each.listing.state], each.box_name, None))
        for each in found
    ]


@staff(Right.BOX)
async def set_counters(request: web.Request) -> web.StreamResponse:
    """`counters`: `sent` or `stopped`."""
    value = STOPPED if (await read_form(request)).get("counters") == STOPPED else "sent"

    def change(connection: sqlite3.Connection) -> None:
        set_fact(connection, COUNTERS, value)
        log_deed(connection, request[PERSON].id, CHANGED_BOX, "")

    await request.app[DATABASE].write(change)
    raise web.HTTPSeeOther(f"{SHARING}?done=counters#counters")


@staff(Right.REVIEW)
async def one(request: web.Request) -> web.StreamResponse:
    """What it means to share it, and the button; `done`: it was pressed."""
    found = await _found(request)
    language = interface_language(request)
    return render_staff(
        request,
        "staff_sharing_one.html",
        creation=found.creation,
        card=creation_card(request, found.creation),
        shared=found.shared,
        others=found.others,
        reason=reason_text(found.why_not, language),
        licence=licence_text(found.creation.licence, language),
        done=request.query.get("done", ""),
    )


@staff(Right.REVIEW)
async def switch(request: web.Request) -> web.StreamResponse:
    """`share`: `yes` or `no`. A second time it changes nothing."""
    found = await _found(request)
    wanted = (await read_form(request)).get("share") == "yes"
    key = await asyncio.to_thread(box_key, request.app[SETTINGS].data.keys)
    done = await request.app[DATABASE].write(share, found.creation.id, request[PERSON], key.id, is_shared=wanted)
    raise web.HTTPSeeOther(sharing_address(found.creation.id) + (f"?done={'yes' if wanted else 'no'}" if done else ""))


async def _found(request: web.Request) -> OfCreation:
    """Raises HTTPNotFound, and HTTPForbidden for who may not publish it."""
    name, person = request.match_info["id"], request[PERSON]
    found = await request.app[DATABASE].read(load_of_creation, name) if is_id(name) else None
    _ = translations(interface_language(request)).gettext
    if found is None:
        raise web.HTTPNotFound(text=_("This is not on the box any more: somebody threw it away."))
    if not _may(found, person):
        raise web.HTTPForbidden(text=_("You may not change this as it is now. Ask a mediator."))
    return found


def _may(found: OfCreation, person: Person) -> bool:
    return may_follow(found.creation.state, Deed.PUBLISH, person, found.creation.owner)


ROUTES = [
    web.get(SHARING, everything),
    web.post(SHARING, set_counters),
    web.get(SHARING + "/{id}", one),
    web.post(SHARING + "/{id}", switch),
    *merge_pages.ROUTES,
]
