"""`/staff/deeds`: what was done, by whom. Operators see all of it, mediators what was done to the library."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_clock import day_text
from ideascube.box_db import deeds as log
from ideascube.people.deeds import ALL_DEEDS, CONTENT_DEEDS, wording
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.workspace.rendering import render_staff

LIST = "/staff/deeds"
_ON_A_PAGE = 50


@staff(Right.REVIEW)
async def deed_list(request: web.Request) -> web.StreamResponse:
    """`before`: only what was done before this deed."""
    seen = ALL_DEEDS if request[PERSON].may(Right.PEOPLE) else CONTENT_DEEDS
    asked = request.query.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 18 else None
    found = await request.app[DATABASE].read(log.deeds, seen, before, _ON_A_PAGE + 1)
    shown = found[:_ON_A_PAGE]
    return render_staff(
        request, "deeds.html", deeds=shown, words=wording(translations(interface_language(request)).gettext),
        day_of=day_text, before=LIST if before is not None else "",
        after=f"{LIST}?before={shown[-1].turn}" if len(found) > _ON_A_PAGE else "",
    )  # fmt: skip


ROUTES = [web.get(LIST, deed_list)]
