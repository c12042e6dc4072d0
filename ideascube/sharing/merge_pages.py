"""`/staff/sharing/ID/merge`: it was changed on another box as well. Both are shown, and somebody puts them together.

What can be put together by itself is, and what cannot is chosen, by the rules for two people (`writing.conflicts`).
"""

from __future__ import annotations

import asyncio

from aiohttp import web
from markupsafe import Markup

from ideascube.box_db.creations import Conflict
from ideascube.box_db.random_ids import is_id
from ideascube.box_db.sharing import Both, load_both, put_together
from ideascube.creations.checking import out_of_bounds
from ideascube.creations.differences import difference
from ideascube.creations.model import fields_of
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.sharing.addresses import SHARING, sharing_address
from ideascube.web.context import DATABASE
from ideascube.web.forms import read_form
from ideascube.web.i18n import interface_language, translations
from ideascube.workspace.rendering import render_staff
from ideascube.writing.addresses import write_address
from ideascube.writing.conflicts import Question, decided, field_words, questions

_FORM_LIMIT = 100_000  # bytes of choices


@staff(Right.WRITE)
async def ask(request: web.Request) -> web.StreamResponse:
    both = await _both(request)
    base, mine, theirs = both.base, fields_of(both.newest), both.other.fields
    asked = await asyncio.to_thread(questions, base, mine, theirs)
    return render_staff(
        request,
        "staff_sharing_merge.html",
        creation=both.newest,
        other=both.other,
        questions=[(each, _shown(each, each.theirs), _shown(each, each.mine)) for each in asked],
        theirs=await asyncio.to_thread(difference, base, theirs),
        mine=await asyncio.to_thread(difference, base, mine),
        words=field_words(translations(interface_language(request)).gettext),
    )


def _shown(question: Question, said: str) -> str:
    return Markup(said) if question.what == "body" else said  # noqa: S704 - a body is clean


@staff(Right.WRITE, form_limit=_FORM_LIMIT)
async def choose(request: web.Request) -> web.StreamResponse:
    """Fields: `newest` and `other`, the versions that were looked at; and one for each question."""
    form = await read_form(request, _FORM_LIMIT)
    both = await _both(request)
    if (form.get("newest"), form.get("other")) != (str(both.newest.version), both.other.hash):
        raise web.HTTPSeeOther(sharing_address(both.newest.id, "merge"))
    base, mine, theirs = both.base, fields_of(both.newest), both.other.fields
    fields = await asyncio.to_thread(decided, base, mine, theirs, form.get)
    if any(out_of_bounds(fields)):
        _ = translations(interface_language(request)).gettext
        raise web.HTTPUnprocessableEntity(text=_("Both together are too long for one. Choose one of them."))
    done = await request.app[DATABASE].write(put_together, both, fields, request[PERSON])
    if isinstance(done, Conflict):
        raise web.HTTPSeeOther(sharing_address(both.newest.id, "merge"))
    raise web.HTTPSeeOther(write_address(both.newest.id, done="both-boxes"))


async def _both(request: web.Request) -> Both:
    """Raises HTTPSeeOther where there is nothing (any more) to be put together."""
    name = request.match_info["id"]
    both = await request.app[DATABASE].read(load_both, name) if is_id(name) else None
    if both is None:
        raise web.HTTPSeeOther(write_address(name) if is_id(name) else SHARING)
    return both


ROUTES = [web.get(SHARING + "/{id}/merge", ask), web.post(SHARING + "/{id}/merge", choose)]
