"""`/staff/box`: the box's name, the languages of its pages, and whether originals of uploads are kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from aiohttp import web

from ideascube.box_db.box_facts import LANGUAGES as LANGUAGES_FACT
from ideascube.box_db.box_facts import NAME, ORIGINALS, fact, set_fact
from ideascube.box_db.deeds import log_deed
from ideascube.people.answers import all_worded, text_of
from ideascube.people.choosing import ordered_languages
from ideascube.people.deeds import CHANGED_BOX
from ideascube.people.guard import PERSON, staff
from ideascube.people.names import clean_name, name_problem
from ideascube.people.problems import Problem
from ideascube.people.publishing import publish_facts
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, offered_languages
from ideascube.web.language import Form, read_form
from ideascube.workspace.rendering import render_staff

BOX = "/staff/box"
KEPT, DROPPED = "kept", "dropped"


@dataclass(frozen=True, slots=True)
class BoxForm:
    """As it was typed. `originals`: `kept` or `dropped`."""

    box_name: str
    languages: tuple[str, ...]
    first: str
    originals: str

    def problems(self) -> dict[str, Problem | None]:
        return {
            "box_name": name_problem(self.box_name),
            "first": None if self.first in LANGUAGES else Problem.NO_LANGUAGE,
        }


@staff(Right.BOX)
async def box(request: web.Request) -> web.StreamResponse:
    """`done`: it was changed just now."""
    name = await request.app[DATABASE].read(fact, NAME)
    originals = await request.app[DATABASE].read(fact, ORIGINALS, KEPT)
    offered = offered_languages(request)
    return _page(request, BoxForm(name, offered, offered[0], originals), done="done" in request.query)


def _page(request: web.Request, form: BoxForm, *, done: bool = False) -> web.StreamResponse:
    problems = all_worded(request, {} if done or request.method == "GET" else form.problems())
    return render_staff(
        request, "box.html", status=400 if problems else 200, form=form, problems=problems, done=done,
        all_languages=LANGUAGES,
    )  # fmt: skip


@staff(Right.BOX)
async def box_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `box_name`, `languages` (several), `first` (the usual one), `originals`."""
    form = _read(await read_form(request))
    if any(form.problems().values()):
        return _page(request, form)
    await request.app[DATABASE].write(_keep, request[PERSON].id, form)
    await publish_facts(request)
    raise web.HTTPSeeOther(f"{BOX}?done")


def _read(form: Form) -> BoxForm:
    return BoxForm(
        box_name=clean_name(text_of(form, "box_name")),
        languages=tuple(str(code) for code in form.getall("languages", []) if code in LANGUAGES),
        first=text_of(form, "first"),
        originals=DROPPED if text_of(form, "originals") == DROPPED else KEPT,
    )


def _keep(connection: sqlite3.Connection, person: int, form: BoxForm) -> None:
    set_fact(connection, NAME, form.box_name)
    set_fact(connection, LANGUAGES_FACT, " ".join(ordered_languages(form.languages, form.first, LANGUAGES)))
    set_fact(connection, ORIGINALS, form.originals)
    log_deed(connection, person, CHANGED_BOX, form.box_name)


ROUTES = [web.get(BOX, box), web.post(BOX, box_now)]
