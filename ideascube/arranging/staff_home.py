"""`/staff/home`: the home page with what changes it. Each change is one form, on a draft that learners do not see."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from functools import partial

from aiohttp import web

from ideascube.arranging import changes
from ideascube.arranging.changes import Reason, RefusedError
from ideascube.arranging.differences import differences
from ideascube.arranging.drafts import Change, change_draft, load_draft
from ideascube.arranging.filling import Filling, filling_for
from ideascube.arranging.model import LONGEST_ADDRESS, MOST_SECTIONS, Placed, from_json
from ideascube.arranging.words import fill_words, refusal, told
from ideascube.box_db.arrangement import Conflict, Row, publish, shown, take_back
from ideascube.box_db.deeds import log_deed
from ideascube.people.deeds import ARRANGED
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

HOME = "/staff/home"


@staff(Right.ARRANGE)
async def arrange(request: web.Request) -> web.StreamResponse:
    return await arrange_page(request)


async def arrange_page(
    request: web.Request, conflict: Conflict | None = None, again: Mapping[str, str] | None = None
) -> web.Response:
    """The page; after a conflict with what somebody else changed, and what was sent, to be done all the same."""
    draft = await load_draft(request)
    filling = await filling_for(request, draft.facts)
    language = interface_language(request)
    return render_staff(
        request,
        "staff_arrange.html",
        status=409 if conflict else 200,
        draft=draft,
        shelves=[(filling.shelf(section), filling.placed(section)) for section in draft.arrangement.sections],
        fill_words=partial(fill_words, language=language),
        can_add=len(draft.arrangement.sections) < MOST_SECTIONS,
        problem=refusal(request.query.get("problem", ""), language),
        done=request.query.get("done", ""),
        changed=_told(filling, conflict, language) if conflict else None,
        again=again,
    )


def _told(filling: Filling, conflict: Conflict, language: str) -> list[str]:
    found = differences(from_json(conflict.then.body), from_json(conflict.now.body))
    return told(found, lambda each: filling.title_of(each.section)[0], language)


@staff(Right.ARRANGE)
async def change(request: web.Request) -> web.StreamResponse:
    """Form fields: `deed`, `turn` of the page, and what the deed is done to: `section`, `address` of a card."""
    form = {name: str(value) for name, value in (await read_form(request)).items()}
    section = form.get("section", "")
    try:
        how = _deed(form)
        result = await change_draft(request, number(form.get("turn", "")), how)
    except RefusedError as refused:
        raise leading_back(section, problem=refused.reason) from None
    if isinstance(result, Conflict):
        return await conflicting(request, result, form)
    raise leading_back(section)


def _deed(form: Mapping[str, str]) -> Change:
    section, address = form.get("section", ""), form.get("address", "")[:LONGEST_ADDRESS]
    deeds: dict[str, Change] = {
        "up": partial(changes.move_section, section_id=section, step=-1),
        "down": partial(changes.move_section, section_id=section, step=1),
        "remove": partial(changes.remove_section, section_id=section),
        "card-up": partial(changes.move_card, section_id=section, address=address, step=-1),
        "card-down": partial(changes.move_card, section_id=section, address=address, step=1),
        "card-remove": partial(changes.remove_card, section_id=section, address=address),
        "card-add": partial(
            changes.add_card,
            section_id=section,
            card=Placed(form.get("address", ""), form.get("title", ""), form.get("lang", "")),
        ),
    }
    if form.get("deed") not in deeds:
        raise web.HTTPBadRequest(text="This form cannot be read. Go back to the page and try again.")
    return deeds[form["deed"]]


async def conflicting(request: web.Request, conflict: Conflict, form: Mapping[str, str]) -> web.Response:
    """Somebody else was faster: what they changed, and a button that does what was asked for all the same."""
    again = {name: value for name, value in form.items() if name not in ("token", "turn")}
    return await arrange_page(request, conflict, again | {"turn": str(conflict.now.turn)})


def number(written: str) -> int:
    """The turn in a form; -1, which no page has, for what is none."""
    return int(written) if written.isdecimal() and len(written) < 16 else -1


def leading_back(section: str = "", **query: str) -> web.HTTPSeeOther:
    """To the section that was changed, on the page."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    is_id = section.replace("-", "").isalnum() and section.isascii()
    return web.HTTPSeeOther(f"{HOME}{'?' if asked else ''}{asked}{f'#s-{section}' if is_id else ''}")


@staff(Right.ARRANGE)
async def show(request: web.Request) -> web.StreamResponse:
    """Publish: learners see from now on what is worked on."""
    form = await read_form(request)
    person, turn = request[PERSON], number(str(form.get("turn", "")))
    result = await request.app[DATABASE].write(_publish, person.id, turn, int(time.time()))
    return await _answer(request, result, "shown")


def _publish(connection: sqlite3.Connection, person: int, turn: int, now: int) -> Row | Conflict:
    before = shown(connection)
    result = publish(connection, turn, now)
    if isinstance(result, Row) and result.published and result.turn != before.turn:
        log_deed(connection, person, ARRANGED, "")
    return result


@staff(Right.ARRANGE)
async def undo(request: web.Request) -> web.StreamResponse:
    """Take the last change back that was made to what is worked on."""
    form = await read_form(request)
    turn = number(str(form.get("turn", "")))
    return await _answer(request, await request.app[DATABASE].write(take_back, turn, int(time.time())), "undone")


async def _answer(request: web.Request, result: Row | Conflict, done: str) -> web.StreamResponse:
    if isinstance(result, Conflict):
        return await arrange_page(request, result)
    raise leading_back(done=done)


ROUTES = [
    web.get(HOME, arrange),
    web.post(HOME, change),
    web.post(f"{HOME}/show", show),
    web.post(f"{HOME}/undo", undo),
]

__all__ = ["HOME", "ROUTES", "Reason", "arrange_page", "conflicting", "leading_back", "number"]
