"""`/staff/write`: what one would like to make, and what one has begun."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.box_facts import LANGUAGES as BOX_LANGUAGES
from ideascube.box_db.box_facts import fact
from ideascube.box_db.creation_lists import Filter
from ideascube.box_db.creations import list_creations
from ideascube.box_db.writing import begin
from ideascube.creations.model import KINDS, Fields, Kind, Words
from ideascube.people.guard import PERSON, staff
from ideascube.people.once import FIELD as ONCE
from ideascube.people.rights import Right
from ideascube.reviewing.wording import state_words
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff
from ideascube.writing.addresses import WRITE, write_address
from ideascube.writing.choices import kind_choices, language_options
from ideascube.writing.skeletons import skeleton
from ideascube.writing.typed import chosen_language

_SHOWN = 12  # of one's own, the begun ones first; all of them are in /staff/mine


@staff(Right.SUBMIT)
async def start(request: web.Request) -> web.StreamResponse:
    read, person = request.app[DATABASE].read, request[PERSON]
    language = interface_language(request)
    box_languages = tuple((await read(fact, BOX_LANGUAGES)).split())
    mine = (await read(list_creations, Filter(owner=person.id), 1, 4 * _SHOWN)).lines
    return render_staff(
        request,
        "write_start.html",
        kinds=kind_choices(language),
        languages=language_options(language, box_languages),
        mine=sorted(mine, key=lambda line: line.state not in ("draft", "returned"))[:_SHOWN],
        states=state_words(language),
        done=request.query.get("done", ""),
    )


@staff(Right.SUBMIT)
async def new(request: web.Request) -> web.StreamResponse:
    """Fields: `kind` and `language`. A form sent twice makes one."""
    form = await read_form(request)
    kind, language = str(form.get("kind", "")), chosen_language(str(form.get("language", "")), "")
    fields = _first_fields(kind if kind in KINDS else "article", language or interface_language(request))
    made = await request.app[DATABASE].write(begin, fields, request[PERSON], str(form.get(ONCE, "")))
    raise web.HTTPSeeOther(write_address(made) if made else WRITE)


def _first_fields(kind: Kind, language: str) -> Fields:
    return Fields(kind=kind, language=language, texts={language: Words("")}, body=skeleton(kind, language))


ROUTES = [web.get(WRITE, start), web.post(WRITE, new)]
