"""`/staff/collections`: what was gathered, what is in it, publishing and withdrawing."""

from __future__ import annotations

import sqlite3

from aiohttp import web

from ideascube.box_clock import today_text
from ideascube.box_db.collections import (
    begin_edition,
    editions,
    latest_editions,
    list_collections,
    load_collection,
    order_members,
    remove_member,
    set_state,
    withdraw_editions,
)
from ideascube.box_db.creation_lists import listings
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.jobs import Job, last_job, queue_job
from ideascube.box_db.own_courses import published_courses
from ideascube.collecting.addresses import LIST, collection_address
from ideascube.collecting.forms import moved
from ideascube.collecting.model import PUBLISH, WITHDRAW, Collection, Edition, Member
from ideascube.collecting.view import Line, changes_since, last_published, lines_of
from ideascube.people import deeds
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.cards import page_address
from ideascube.web.context import DATABASE, LIBRARY
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

_STEPS = {"up": -1, "down": 1}


@staff(Right.ARRANGE)
async def all_collections(request: web.Request) -> web.StreamResponse:
    def look(connection: sqlite3.Connection) -> tuple[list[Collection], dict[str, Edition]]:
        return list_collections(connection), latest_editions(connection)

    collections, latest = await request.app[DATABASE].read(look)
    return render_staff(request, "collections.html", collections=collections, latest=latest)


async def find_collection(request: web.Request) -> Collection:
    """The collection `{id}`. Raises HTTPNotFound."""
    found = await request.app[DATABASE].read(load_collection, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound(text="There is no such collection on this box.")
    return found


@staff(Right.ARRANGE)
async def one_collection(request: web.Request) -> web.StreamResponse:
    collection = await find_collection(request)

    def look(connection: sqlite3.Connection) -> tuple[list[Edition], list[Line], Job | None]:
        found = listings(connection, [member.id for member in collection.members if member.kind == "creation"])
        courses = published_courses(connection, [member.id for member in collection.members if member.kind == "course"])
        lines = lines_of(collection, found, {own.id: own for own in courses})
        return editions(connection, collection.id), lines, last_job(connection, PUBLISH, collection.id)

    made, lines, job = await request.app[DATABASE].read(look)
    return render_staff(
        request,
        "collection.html",
        collection=collection,
        lines=lines,
        editions=made,
        job=job if made and made[0].state == "building" else None,
        changes=changes_since(lines, last_published(made)),
        published=last_published(made),
        pack_page=page_address(collection.pack) if request.app[LIBRARY].get(collection.pack) else "",
    )


@staff(Right.ARRANGE)
async def change_members(request: web.Request) -> web.StreamResponse:
    """Form fields: `kind` and `member`, and `do`: up, down or remove."""
    form = await read_form(request)
    collection = await find_collection(request)
    member = next((each for each in collection.members if each == (form.get("kind"), form.get("member"))), None)
    if member is not None:
        await _change(request, collection, member, str(form.get("do", "")))
    raise web.HTTPSeeOther(collection_address(collection.id) + "#members")


async def _change(request: web.Request, collection: Collection, member: Member, do: str) -> None:
    if do == "remove":
        await request.app[DATABASE].write(remove_member, collection.id, member)
    elif do in _STEPS:

        def move(connection: sqlite3.Connection) -> None:
            now = load_collection(connection, collection.id)
            if now is not None:
                order_members(connection, now.id, moved(now.members, member, _STEPS[do]))

        await request.app[DATABASE].write(move)


@staff(Right.ARRANGE)
async def publish(request: web.Request) -> web.StreamResponse:
    """Begin the next edition. One that is being built already is not begun twice, so that a form may come twice."""
    collection, person = await find_collection(request), request[PERSON]

    def begin(connection: sqlite3.Connection) -> None:
        edition = begin_edition(connection, collection.id, today_text()) if collection.state == "open" else None
        if edition is not None:
            queue_job(connection, PUBLISH, collection.id, {"number": edition.number})
            log_deed(connection, person.id, deeds.PUBLISHED_COLLECTION, collection.about.title)

    await request.app[DATABASE].write(begin)
    raise web.HTTPSeeOther(collection_address(collection.id) + "#editions")


@staff(Right.ARRANGE)
async def ask_withdraw(request: web.Request) -> web.StreamResponse:
    return render_staff(request, "collection_withdraw.html", collection=await find_collection(request))


@staff(Right.ARRANGE)
async def withdraw(request: web.Request) -> web.StreamResponse:
    """Its pack leaves this box, and other boxes with their next sync. What it gathered stays."""
    collection, person = await find_collection(request), request[PERSON]

    def take_back(connection: sqlite3.Connection) -> None:
        if collection.state == "open":
            set_state(connection, collection.id, "withdrawn")
            withdraw_editions(connection, collection.id)
            queue_job(connection, WITHDRAW, collection.id)
            log_deed(connection, person.id, deeds.WITHDREW_COLLECTION, collection.about.title)

    await request.app[DATABASE].write(take_back)
    raise web.HTTPSeeOther(collection_address(collection.id))


@staff(Right.ARRANGE)
async def reopen(request: web.Request) -> web.StreamResponse:
    """Let a collection that was withdrawn be published again."""
    collection = await find_collection(request)
    await request.app[DATABASE].write(set_state, collection.id, "open")
    raise web.HTTPSeeOther(collection_address(collection.id))


ROUTES = [
    web.get(LIST, all_collections),
    web.get(LIST + "/{id:[a-z0-9]+}", one_collection),
    web.post(LIST + "/{id:[a-z0-9]+}/members", change_members),
    web.post(LIST + "/{id:[a-z0-9]+}/publish", publish),
    web.get(LIST + "/{id:[a-z0-9]+}/withdraw", ask_withdraw),
    web.post(LIST + "/{id:[a-z0-9]+}/withdraw", withdraw),
    web.post(LIST + "/{id:[a-z0-9]+}/reopen", reopen),
]
