"""`/staff/me`: one's own account: name, language, where one is signed in. Password and PIN: `secret_pages`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from aiohttp import web

from ideascube.box_db import people, people_sessions
from ideascube.box_db.managing import rename_oneself
from ideascube.box_db.people import Account, NameTaken
from ideascube.box_db.people_sessions import Listed
from ideascube.people.answers import Said, text_of, worded
from ideascube.people.boot import this_boot
from ideascube.people.cookies import TOKEN
from ideascube.people.guard import PERSON, session_of, staff
from ideascube.people.names import clean_name, name_problem
from ideascube.people.problems import Problem
from ideascube.people.rights import Right
from ideascube.people.roles import role_names
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGE_COOKIE, interface_language, offered_languages, translations
from ideascube.web.language import read_form, set_language
from ideascube.workspace.rendering import render_staff

_DONE = frozenset({"name", "language", "password", "pin", "no-pin", "ended", "others"})
ME = "/staff/me"


@dataclass(frozen=True, slots=True)
class _Mine:
    account: Account
    sessions: list[Listed]


def _mine(connection: sqlite3.Connection, person: int) -> _Mine:
    found = people.account(connection, person)
    assert found is not None  # rows of people are never deleted
    return _Mine(found, people_sessions.sessions_of(connection, person, this_boot()))


@staff(Right.SUBMIT)
async def me(request: web.Request) -> web.StreamResponse:
    """`done`: what was changed just now."""
    done = request.query.get("done", "")
    return await _page(request, done=done if done in _DONE else "")


async def _page(
    request: web.Request, *, done: str = "", name: str | None = None, problem: Problem | None = None
) -> web.StreamResponse:
    mine = await request.app[DATABASE].read(_mine, request[PERSON].id)
    session = await session_of(request)
    names = role_names(translations(interface_language(request)).gettext)
    problems = Said(name=worded(request, problem)) if problem is not None else Said()
    return render_staff(
        request, "me.html", status=400 if problems else 200, account=mine.account, sessions=mine.sessions,
        this=session.ref if session else "", role=names[mine.account.role], done=done, problems=problems,
        name=mine.account.name if name is None else name, offered=offered_languages(request),
    )  # fmt: skip


@staff(Right.SUBMIT)
async def rename(request: web.Request) -> web.StreamResponse:
    """Form field: `name`."""
    name = clean_name(text_of(await read_form(request), "name"))
    problem = name_problem(name)
    if problem is None:
        try:
            await request.app[DATABASE].write(rename_oneself, request[PERSON].id, name)
        except NameTaken:
            problem = Problem.NAME_TAKEN
    if problem is not None:
        return await _page(request, name=name, problem=problem)
    raise web.HTTPSeeOther(f"{ME}?done=name")


@staff(Right.SUBMIT)
async def choose_language(request: web.Request) -> web.StreamResponse:
    """Form field: `lang`, one of those that the box offers, or empty for what the browser says."""
    chosen = text_of(await read_form(request), "lang")
    chosen = chosen if chosen in offered_languages(request) else ""
    await request.app[DATABASE].write(people.set_language, request[PERSON].id, chosen)
    answer = web.HTTPSeeOther(f"{ME}?done=language")
    if chosen:
        set_language(answer, chosen)
    else:
        answer.del_cookie(LANGUAGE_COOKIE, path="/")
    raise answer


@staff(Right.SUBMIT)
async def end_sessions(request: web.Request) -> web.StreamResponse:
    """Form fields: `session`, one to be ended; or `others`, for all but this one."""
    form, person, database = await read_form(request), request[PERSON].id, request.app[DATABASE]
    if form.get("others"):
        await database.write(people_sessions.end_others, person, request[TOKEN])
        raise web.HTTPSeeOther(f"{ME}?done=others#sessions")
    await database.write(people_sessions.end_listed, person, text_of(form, "session"))
    raise web.HTTPSeeOther(f"{ME}?done=ended#sessions")


ROUTES = [
    web.get(ME, me),
    web.post(f"{ME}/name", rename),
    web.post(f"{ME}/language", choose_language),
    web.post(f"{ME}/sessions", end_sessions),
]
