"""The home page before learners see it, and as they saw it before: looked at, and brought back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from aiohttp import web

from ideascube.arranging.home_pages import Preview, home_page
from ideascube.arranging.model import from_json
from ideascube.arranging.staff_home import HOME, arrange_page, leading_back, number
from ideascube.box_clock import today_text
from ideascube.box_db.arrangement import Conflict, Row, newest, published, row_of, show_again
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.home_facts import HomeFacts, facts_of
from ideascube.people.deeds import ARRANGED
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, interface_language, show_in
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff


@staff(Right.ARRANGE)
async def preview(request: web.Request) -> web.StreamResponse:
    """What is worked on, or was at `turn`, as a learner sees it who reads `lang`."""
    lang = request.query.get("lang", "")
    language = lang if lang in LANGUAGES else interface_language(request)
    turn = number(request.query["turn"]) if "turn" in request.query else None
    found = await request.app[DATABASE].read(_at_turn, turn, today_text())
    if found is None:
        raise leading_back(problem="gone")
    row, facts = found
    show_in(request, language)
    return await home_page(request, facts, Preview(language, row.turn if turn is not None else None))


def _at_turn(connection: sqlite3.Connection, turn: int | None, day: str) -> tuple[Row, HomeFacts] | None:
    row = newest(connection) if turn is None else row_of(connection, turn)
    return (row, facts_of(connection, from_json(row.body), day)) if row is not None else None


@staff(Right.ARRANGE)
async def before(request: web.Request) -> web.StreamResponse:
    """What learners saw before, newest first, and the page that a box begins with."""
    turn, rows = await request.app[DATABASE].read(_published)
    return render_staff(request, "staff_before.html", turn=turn, rows=_different(rows))


def _published(connection: sqlite3.Connection) -> tuple[int, list[Row]]:
    return newest(connection).turn, published(connection)


def _different(rows: Sequence[Row]) -> list[Row]:
    """Each page once, when it was last shown."""
    bodies = dict.fromkeys(row.body for row in rows)
    return [next(row for row in rows if row.body == body) for body in bodies]


@staff(Right.ARRANGE)
async def bring_back(request: web.Request) -> web.StreamResponse:
    """Form fields: `earlier`, the turn to go back to (0: the page that a box begins with), and `turn`."""
    form = await read_form(request)
    turn, earlier = number(str(form.get("turn", ""))), number(str(form.get("earlier", "")))
    deed = (request[PERSON].id, turn, earlier, int(time.time()))
    result = await request.app[DATABASE].write(_bring_back, *deed)
    if isinstance(result, Conflict):
        return await arrange_page(request, result)
    raise leading_back(done="back")


def _bring_back(connection: sqlite3.Connection, person: int, turn: int, earlier: int, now: int) -> Row | Conflict:
    result = show_again(connection, turn, earlier, now)
    if isinstance(result, Row) and result.turn != turn:
        log_deed(connection, person, ARRANGED, "")
    return result


ROUTES = [
    web.get(f"{HOME}/preview", preview),
    web.get(f"{HOME}/before", before),
    web.post(f"{HOME}/before", bring_back),
]
