"""`POST /staff/write/ID`: what was typed becomes a version, and with it what the pressed button says is done."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from content_packs.errors import IdeascubeError, NoSpace
from ideascube.box_clock import moment_of, today
from ideascube.box_db.creations import Conflict
from ideascube.box_db.writing import Opened, Page, keep_typed, save_and_do
from ideascube.creations.checking import Problem, out_of_bounds, problems
from ideascube.creations.model import Fields, fields_of
from ideascube.creations.problems import problem_text
from ideascube.creations.states import Deed, may_follow
from ideascube.people.cookies import is_own_token
from ideascube.people.guard import PERSON, staff
from ideascube.people.lost import lost_page, typed_into
from ideascube.people.once import FIELD as ONCE
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE, ORIGINS, SETTINGS
from ideascube.web.forms import SentForm, read_form
from ideascube.web.i18n import interface_language, translations
from ideascube.writing.adding import add_file, is_adding
from ideascube.writing.addresses import write_address
from ideascube.writing.form_page import shown_typed, write_page
from ideascube.writing.merge_pages import merged_or_asked
from ideascube.writing.opening import opened
from ideascube.writing.receiving_files import folder_for_forms
from ideascube.writing.typed import Typed, typed

log = logging.getLogger(__name__)

FORM_LIMIT = 64 * 1000 * 1000  # bytes of a text with a file beside it; what is larger is uploaded in pieces
_DEEDS = {deed.value: deed for deed in (Deed.SAVE, Deed.SUBMIT, Deed.PUBLISH, Deed.SCHEDULE)}


@staff(Right.SUBMIT, token=False, form_limit=FORM_LIMIT)
async def save(request: web.Request) -> web.StreamResponse:
    """Fields: those of templates/write.html; `deed` is the pressed button's."""
    form = await _form(request)
    try:
        if not is_own_token(request, form.get("token")):
            return lost_page(request, 403, "token", await typed_into(request, FORM_LIMIT))
        found = await opened(request)
        origin = request.app[ORIGINS].app(request)
        came = await asyncio.to_thread(typed, form, fields_of(found.creation), origin)
        try:
            return await _do(request, found, came, form)
        except IdeascubeError as error:
            return await _not_kept(request, found, came, error)
    finally:
        await asyncio.to_thread(form.discard_files)


async def _not_kept(request: web.Request, found: Opened, came: Typed, error: IdeascubeError) -> web.StreamResponse:
    """A full disk, or a database that is at work: the page comes back with all that was typed."""
    log.warning("What was written could not be kept. %s", error)
    _ = translations(interface_language(request)).gettext
    if isinstance(error, NoSpace):
        sentence, status = _("This box has no room for it. Ask the person who looks after the box to make some."), 507
    else:
        sentence, status = _("The box could not keep it. Press the button again in a moment."), 503
    return await write_page(request, found, shown_typed(came), problems={"form": sentence}, status=status)


async def _form(request: web.Request) -> SentForm:
    data = request.app[SETTINGS].data
    await asyncio.to_thread(folder_for_forms, data)
    return await read_form(request, FORM_LIMIT, data.media / "receiving")


async def _do(request: web.Request, found: Opened, came: Typed, form: SentForm) -> web.StreamResponse:
    name = form.get("deed")
    deed = _DEEDS.get(name, Deed.SAVE)
    if wrong := _problems(request, found, came, deed):
        await _keep(request, found, came)
        return await write_page(request, found, shown_typed(came), problems=wrong, status=422)
    if is_adding(name):
        return await add_file(request, found, came, form)
    if name == "preview":
        await _keep(request, found, came)
        raise web.HTTPSeeOther(write_address(found.creation.id, "preview", page=came.page))
    return await _save(request, found, came, deed, form.get(ONCE))


async def _save(request: web.Request, found: Opened, came: Typed, deed: Deed, once: str) -> web.StreamResponse:
    publish_at = moment_of(came.day, came.hour) if deed is Deed.SCHEDULE else None
    done = await request.app[DATABASE].write(
        save_and_do, found.creation.id, request[PERSON], page_of(came), came.fields, deed, publish_at, once
    )
    if isinstance(done, Conflict):
        await _keep(request, found, came)
        return await merged_or_asked(request, done.newest, came.page, deed)
    raise web.HTTPSeeOther(write_address(done.id, done=deed.value, page=came.page))


async def _keep(request: web.Request, found: Opened, came: Typed) -> None:
    """Whatever happens next, what was typed is on the box, as far as a draft can hold it."""
    if not came.too_long and not any(out_of_bounds(came.fields)):
        await request.app[DATABASE].write(keep_typed, found.creation.id, request[PERSON], page_of(came), came.fields)


def page_of(came: Typed) -> Page:
    return Page(came.page, came.turn, came.base, came.instead, is_sent=True)


def _problems(request: web.Request, found: Opened, came: Typed, deed: Deed) -> dict[str, str]:
    """Sentences by the ids of the fields of the page."""
    language = interface_language(request)
    _ = translations(language).gettext
    wrong = {
        field_of(each, came.fields): problem_text(each.wrong, language) for each in problems(came.fields, deed, today())
    }
    if came.too_long:
        wrong["text"] = _("This text is too long to be one. All of it is still here: make two of it.")
    if deed is Deed.SCHEDULE and moment_of(came.day, came.hour) is None:
        wrong["day"] = _("Say on which day it is to be published.")
    if not may_follow(found.creation.state, deed, request[PERSON], found.creation.owner):
        wrong["form"] = _("You may not do this with it as it is now. Save it, and ask a mediator.")
    return wrong


def field_of(problem: Problem, fields: Fields) -> str:
    """The id of the field on the page. Pure."""
    if problem.field in (f"texts.title.{fields.language}", f"texts.summary.{fields.language}"):
        return problem.field.split(".")[1]
    name = problem.field.partition(".")[0]
    on_page = {"body": "text", "texts": "other-words", "media": "main-file"}
    return on_page.get(name, problem.field.replace(".", "_"))
