"""`/staff`: what waits for who is signed in, what they do most, and everything else they may do."""

from __future__ import annotations

from aiohttp import web

from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.i18n import interface_language, translations
from ideascube.web.wording import size_text
from ideascube.workspace.rendering import render_staff
from ideascube.workspace.waiting import Facts, lines_for, tools_for


@staff(Right.SUBMIT)
async def workspace(request: web.Request) -> web.StreamResponse:
    person, language = request[PERSON], interface_language(request)
    words = translations(language)
    facts = await _facts(request)
    return render_staff(
        request,
        "staff_home.html",
        tools=tools_for(person, words),
        lines=lines_for(person, facts, words, lambda size: size_text(size, language)),
        free=facts.free,
    )


async def _facts(request: web.Request) -> Facts:
    return Facts(free=20_000_000_000)


ROUTES = [web.get("/staff", workspace)]
