"""`/staff`: what waits for who is signed in, what they do most, everything else they may do; `/staff/problems`."""

from __future__ import annotations

import asyncio
import shutil

from aiohttp import web

from ideascube.box_db.waiting_counts import count_for
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.syncing.waits import what_waits
from ideascube.web.cards import pack_title
from ideascube.web.context import DATABASE, SETTINGS
from ideascube.web.health import problems_of
from ideascube.web.i18n import interface_language, translations
from ideascube.web.wording import size_text
from ideascube.workspace.rendering import render_staff
from ideascube.workspace.waiting import OfBox, lines_for, tools_for


@staff(Right.SUBMIT)
async def workspace(request: web.Request) -> web.StreamResponse:
    person, language = request[PERSON], interface_language(request)
    words = translations(language)
    counts = await request.app[DATABASE].read(count_for, person)
    free = await asyncio.to_thread(_free, request)
    problems = len(problems_of(request)) if person.may(Right.WRITE) else 0
    waits = await asyncio.to_thread(what_waits, request.app[SETTINGS].data.sync)
    box = OfBox(free, problems, waits.held_back, waits.fails_for_long)
    return render_staff(
        request,
        "staff_home.html",
        tools=tools_for(person, words),
        lines=lines_for(person, counts, box, words, lambda size: size_text(size, language)),
        free=free,
    )


def _free(request: web.Request) -> int:
    """Bytes that are free where the box keeps what people make."""
    return shutil.disk_usage(request.app[SETTINGS].data.root).free


@staff(Right.WRITE)
async def problems(request: web.Request) -> web.StreamResponse:
    """What of the box does not work, in the sentences that `/health` has for monitors."""
    lines = [(_title(request, each.get("pack", "")), each["problem"]) for each in problems_of(request)]
    return render_staff(request, "staff_problems.html", lines=lines)


def _title(request: web.Request, pack: str) -> str:
    return pack_title(request, pack) if pack else ""


ROUTES = [web.get("/staff", workspace), web.get("/staff/problems", problems)]
