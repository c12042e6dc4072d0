"""`/staff/mine`, what somebody made, and `/staff/all`, what everybody made: lists with their states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from aiohttp import web

from ideascube.box_db.creation_lists import Filter
from ideascube.box_db.made_here import Counted, counted, languages_used
from ideascube.box_db.tags import list_tags
from ideascube.creations.model import KINDS, State
from ideascube.creations.wording import kind_words
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.reviewing.wording import state_words
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, language_name, translations, visitor_languages
from ideascube.workspace.lists import lines_of, load_page, page_number
from ideascube.workspace.rendering import render_staff

Tab = tuple[str, str, int | None, bool]

_CHOICES = ("kind", "language", "tag", "text")


@staff(Right.SUBMIT)
async def mine(request: web.Request) -> web.StreamResponse:
    """`state` chooses. `done`: it was taken back a moment ago."""
    return await _list(request, "staff_mine.html", owner=request[PERSON].id)


@staff(Right.WRITE)
async def everything(request: web.Request) -> web.StreamResponse:
    """`state`, `kind`, `language`, `tag` and `text` choose."""
    return await _list(request, "staff_all.html")


async def _list(request: web.Request, template: str, owner: int | None = None) -> web.StreamResponse:
    database, number = request.app[DATABASE], page_number(request)
    asked = {name: request.query.get(name, "") for name in _CHOICES if owner is None}
    state = request.query.get("state", "")
    page = await database.read(load_page, _filter(state, asked, owner), number)
    counts = await database.read(counted, owner)
    before, after = page.around(number)
    language = interface_language(request)
    return render_staff(
        request,
        template,
        lines=lines_of(request, page),
        tabs=_tabs(request, counts, state, asked),
        total=page.listed.total,
        is_empty=not counts.total,
        asked=asked,
        state=state,
        before=_address(request, asked, state=state, page=before) if before else "",
        after=_address(request, asked, state=state, page=after) if after else "",
        kinds=[(kind, kind_words(language)[kind], "") for kind in KINDS],
        languages=[(code, language_name(code, language), "") for code in await database.read(languages_used)],
        tags=[(tag.id, *tag.name(visitor_languages(request))) for tag in await database.read(list_tags)],
        done=request.query.get("done", ""),
    )


def _filter(state: str, asked: Mapping[str, str], owner: int | None) -> Filter:
    """What no filter knows leaves all."""
    known = State(state) if state in list(State) else None
    scheduled = True if state == "scheduled" else (False if known else None)
    return replace(_narrowed(asked), state=known, owner=owner, scheduled=scheduled)


def _narrowed(asked: Mapping[str, str]) -> Filter:
    kind, language, tag, text = (asked.get(name, "") for name in _CHOICES)
    return Filter(kind=kind, language=language, tag=tag, text=text)


def _tabs(request: web.Request, counts: Counted, state: str, asked: Mapping[str, str]) -> list[Tab]:
    """All, and each state in which something is."""
    language = interface_language(request)
    words, everything = state_words(language), translations(language).gettext("All")
    tabs: list[Tab] = [(_address(request, asked), everything, counts.total, state not in words)]
    return tabs + [
        (_address(request, asked, state=name), word.word, counts.by_state[name], state == name)
        for name, word in words.items()
        if counts.by_state.get(name) or name == state
    ]


def _address(request: web.Request, asked: Mapping[str, str], *, state: str = "", page: int = 0) -> str:
    """The list's own address with these choices."""
    given = {"state": state, **asked, "page": str(page) if page > 1 else ""}
    given = {name: value for name, value in given.items() if value}
    return request.path + (f"?{urlencode(given)}" if given else "")


ROUTES = [web.get("/staff/mine", mine), web.get("/staff/all", everything)]
