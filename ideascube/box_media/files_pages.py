"""`/staff/files`: every film, sound, picture and document that was brought, and whether phones can show it by now."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from aiohttp import web

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.box_facts import ORIGINALS, fact, set_fact
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.jobs import Job, jobs_about, queue_job
from ideascube.box_db.media import count_media, list_media, load_media, make_waiting
from ideascube.box_db.media_uses import User, users_of
from ideascube.box_media.converting import DROPPED, KEPT
from ideascube.box_media.file_lines import file_line, may_see
from ideascube.box_media.model import Media, State
from ideascube.box_media.store import CONVERT, remove
from ideascube.people.deeds import CHANGED_BOX, REMOVED_FILE
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Person, Right
from ideascube.web.context import DATABASE, SETTINGS
from ideascube.web.i18n import interface_language
from ideascube.web.language import read_form
from ideascube.workspace.lists import page_number
from ideascube.workspace.rendering import render_staff

PAGE = 30  # files

_GOING_ON = (State.WAITING, State.WORKING)


@dataclass(frozen=True, slots=True)
class _Page:
    files: list[Media]
    jobs: dict[str, Job]
    total: int
    originals: str


@staff(Right.SUBMIT)
async def files(request: web.Request) -> web.StreamResponse:
    """`page`: from 1. `done`: what was done a moment ago."""
    person, number, language = request[PERSON], page_number(request), interface_language(request)
    page = await request.app[DATABASE].read(_load_page, _whose(person), number)
    return render_staff(
        request,
        "staff_files.html",
        lines=[file_line(each, page.jobs.get(each.id), language) for each in page.files],
        is_going_on=any(each.state in _GOING_ON for each in page.files),
        before=f"/staff/files?page={number - 1}" if number > 1 else "",
        after=f"/staff/files?page={number + 1}" if number * PAGE < page.total else "",
        originals=page.originals if person.may(Right.BOX) else "",
        done=request.query.get("done", ""),
    )


def _whose(person: Person) -> int | None:
    """None for who sees everybody's."""
    return None if person.may(Right.WRITE) else person.id


def _load_page(connection: sqlite3.Connection, by: int | None, number: int) -> _Page:
    found = list_media(connection, by, (number - 1) * PAGE, PAGE)
    unready = [media.id for media in found if media.state in _GOING_ON]
    jobs = jobs_about(connection, CONVERT, unready)
    return _Page(found, jobs, count_media(connection, by), fact(connection, ORIGINALS, KEPT))


@staff(Right.SUBMIT)
async def again(request: web.Request) -> web.StreamResponse:
    """Have it tried again; a second time it changes nothing."""
    media = await _media(request)
    await request.app[DATABASE].write(_try_again, media.id)
    raise web.HTTPSeeOther("/staff/files?done=again")


def _try_again(connection: sqlite3.Connection, media_id: str) -> None:
    media = load_media(connection, media_id)
    if media is not None and media.state is State.FAILED:
        make_waiting(connection, media_id)
        queue_job(connection, CONVERT, media_id)


@staff(Right.SUBMIT)
async def ask_to_remove(request: web.Request) -> web.StreamResponse:
    media = await _media(request)
    users = await request.app[DATABASE].read(users_of, media.id)
    return render_staff(request, "staff_file_remove.html", media=media, users=users, in_use=_now(users))


@staff(Right.SUBMIT)
async def do_remove(request: web.Request) -> web.StreamResponse:
    """What something uses now stays; what only earlier versions use may go, as who shows too much of somebody needs."""
    media = await _media(request)
    done = await request.app[DATABASE].write(_remove_unused, request.app[SETTINGS].data, media, request[PERSON].id)
    raise web.HTTPSeeOther("/staff/files?done=removed" if done else f"/staff/files/{media.id}/remove")


def _remove_unused(connection: sqlite3.Connection, data: DataFolder, media: Media, person: int) -> bool:
    if _now(users_of(connection, media.id)):
        return False
    remove(connection, data, media.id)
    log_deed(connection, person, REMOVED_FILE, media.name)
    return True


def _now(users: list[User]) -> list[User]:
    return [user for user in users if user.is_now]


@staff(Right.BOX)
async def originals(request: web.Request) -> web.StreamResponse:
    """`originals`: `kept` or `dropped`, for what comes from now on."""
    chosen = str((await read_form(request)).get("originals", ""))
    if chosen in (KEPT, DROPPED):
        await request.app[DATABASE].write(_choose, chosen, request[PERSON].id)
    raise web.HTTPSeeOther("/staff/files?done=originals")


def _choose(connection: sqlite3.Connection, chosen: str, person: int) -> None:
    if fact(connection, ORIGINALS, KEPT) != chosen:
        set_fact(connection, ORIGINALS, chosen)
        log_deed(connection, person, CHANGED_BOX, ORIGINALS)


async def _media(request: web.Request) -> Media:
    """Raises HTTPNotFound for what is not there, and for what is not for this person's eyes."""
    media = await request.app[DATABASE].read(load_media, request.match_info["id"])
    if media is None or not may_see(request[PERSON], media):
        raise web.HTTPNotFound(text="This file is not on the box any more.")
    return media


_ONE = "/staff/files/{id:[0-9a-f]+}"

ROUTES = [
    web.get("/staff/files", files),
    web.post("/staff/files/originals", originals),
    web.post(_ONE + "/again", again),
    web.get(_ONE + "/remove", ask_to_remove),
    web.post(_ONE + "/remove", do_remove),
]
