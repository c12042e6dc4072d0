"""`/staff/write/ID/merge`: somebody saved meanwhile. What each of them changed is shown, and both are kept.

What was typed lies in the draft of the page until it is decided; so it can be decided later as well.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup

from ideascube.box_db.creation_drafts import Draft
from ideascube.box_db.creations import Conflict
from ideascube.box_db.writing import Page, save_and_do, version_and_saver
from ideascube.creations.differences import difference
from ideascube.creations.merging import merge
from ideascube.creations.model import Creation, Fields, fields_of
from ideascube.creations.states import Deed
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.forms import read_form
from ideascube.web.i18n import interface_language, translations
from ideascube.workspace.rendering import render_staff
from ideascube.writing.addresses import write_address
from ideascube.writing.conflicts import Question, decided, field_words, questions
from ideascube.writing.opening import opened

_FORM_LIMIT = 100_000  # bytes of choices


@dataclass(frozen=True, slots=True)
class Both:
    """What one has, what others saved meanwhile, and what both began with. `saver`: who saved it last."""

    draft: Draft
    base: Fields
    newest: Creation
    saver: str

    @property
    def theirs(self) -> Fields:
        return fields_of(self.newest)


async def merged_or_asked(request: web.Request, newest: Creation, page: str, deed: Deed) -> web.StreamResponse:
    """Saved with what others changed, where that goes by itself; else a page to choose on. Nothing is published."""
    both = await _both(request, newest.id, page)
    if both is None:
        raise web.HTTPSeeOther(write_address(newest.id))
    merged = await asyncio.to_thread(merge, both.base, both.draft.fields, both.theirs)
    if not merged.is_whole or deed is not Deed.SAVE:
        raise web.HTTPSeeOther(write_address(newest.id, "merge", page=page))
    return await _save(request, both, merged.fields)


async def _both(request: web.Request, creation: str, page: str) -> Both | None:
    """None where there is nothing (any more) to be put together."""
    found = await opened(request)
    draft = next((each for each in found.drafts if each.device == page), None)
    if draft is None or draft.base_version == found.creation.version:
        return None
    read = request.app[DATABASE].read
    base, _ = await read(version_and_saver, creation, draft.base_version)
    _, saver = await read(version_and_saver, creation, found.creation.version)
    return Both(draft, fields_of(base or found.creation), found.creation, saver)


@staff(Right.SUBMIT)
async def ask(request: web.Request) -> web.StreamResponse:
    page = request.query.get("page", "")
    both = await _both(request, request.match_info["id"], page)
    if both is None:
        raise web.HTTPSeeOther(write_address(request.match_info["id"], draft=page))
    return render_staff(
        request,
        "write_merge.html",
        creation=both.newest,
        saver=both.saver,
        page=page,
        questions=[(each, _shown(each, each.theirs), _shown(each, each.mine)) for each in await _questions(both)],
        theirs=await asyncio.to_thread(difference, both.base, both.theirs),
        words=field_words(translations(interface_language(request)).gettext),
    )


async def _questions(both: Both) -> list[Question]:
    return await asyncio.to_thread(questions, both.base, both.draft.fields, both.theirs)


def _shown(question: Question, said: str) -> str:
    return Markup(said) if question.what == "body" else said  # noqa: S704 - a body is clean


@staff(Right.SUBMIT, form_limit=_FORM_LIMIT)
async def choose(request: web.Request) -> web.StreamResponse:
    """Fields: `page`; `newest`, the version that was looked at; and one for each question."""
    form = await read_form(request, _FORM_LIMIT)
    both = await _both(request, request.match_info["id"], form.get("page"))
    if both is None:
        raise web.HTTPSeeOther(write_address(request.match_info["id"]))
    if form.get("newest") != str(both.newest.version):
        raise web.HTTPSeeOther(write_address(both.newest.id, "merge", page=form.get("page")))
    fields = await asyncio.to_thread(decided, both.base, both.draft.fields, both.theirs, form.get)
    return await _save(request, both, fields)


async def _save(request: web.Request, both: Both, fields: Fields) -> web.StreamResponse:
    page = Page(both.draft.device, both.draft.turn, both.newest.version)
    done = await request.app[DATABASE].write(save_and_do, both.newest.id, request[PERSON], page, fields, Deed.SAVE)
    if isinstance(done, Conflict):  # once more meanwhile
        raise web.HTTPSeeOther(write_address(both.newest.id, "merge", page=both.draft.device))
    raise web.HTTPSeeOther(
        write_address(
            done.id, done="merged", page=both.draft.device, since=both.draft.base_version, to=both.newest.version
        )
    )


ROUTES = [web.get("/staff/write/{id}/merge", ask), web.post("/staff/write/{id}/merge", choose)]
