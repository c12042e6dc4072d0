"""`/staff/review/flags`: what learners flagged, one line for each page, and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from ideascube.box_db.flag_answers import answer_flagged
from ideascube.box_db.flags import list_flagged
from ideascube.box_db.reviews import count_waiting
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.reviewing.flagged_pages import Shown, shown_page
from ideascube.reviewing.flags import Flagged, Page
from ideascube.reviewing.wording import answer_words, reasons
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

_MOST = 50  # lines of the page; those that hurt somebody come first


@dataclass(frozen=True, slots=True)
class Line:
    """`shown`: None where learners cannot open the page any more."""

    flagged: Flagged
    shown: Shown | None


@staff(Right.REVIEW)
async def flags(request: web.Request) -> web.StreamResponse:
    """`done`: what was answered a moment ago; `late`, `full`: that it could not be."""
    database, language = request.app[DATABASE], interface_language(request)
    flagged = await database.read(list_flagged)
    lines = [Line(each, await shown_page(request, each.page.pack, each.page.path)) for each in flagged[:_MOST]]
    return render_staff(
        request,
        "staff_flags.html",
        lines=lines,
        total=len(flagged),
        waiting=await database.read(count_waiting),
        reasons=reasons(language),
        done=answer_words(language).get(request.query.get("done", ""), ""),
        late="late" in request.query,
        full="full" in request.query,
    )


@staff(Right.REVIEW)
async def answer(request: web.Request) -> web.StreamResponse:
    """Form fields: `pack`, `path`, `turn` of the last flag that was seen, `answer` (`keep`, `hide`)."""
    form = await read_form(request)
    name, turn = str(form.get("answer", "")), str(form.get("turn", ""))
    if name not in ("keep", "hide") or not turn.isdecimal() or len(turn) > 15:
        raise web.HTTPBadRequest(text="This answer cannot be read. Go back to the page and try again.")
    page = Page(str(form.get("pack", "")), str(form.get("path", "")))
    done = await request.app[DATABASE].write(answer_flagged, page, int(turn), request[PERSON], hide=name == "hide")
    raise web.HTTPSeeOther(f"/staff/review/flags?{'done=' + name if done == 'done' else done}")


ROUTES = [web.get("/staff/review/flags", flags), web.post("/staff/review/flags", answer)]
