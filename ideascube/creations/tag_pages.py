"""`/staff/tags`: the subjects that things are found by. Mediators add, name, order, merge and remove them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from itertools import islice
from urllib.parse import urlencode

from aiohttp import web

from content_packs.errors import NoSpace
from content_packs.languages import is_bcp47, to_bcp47
from ideascube.box_db.tags import add_tag, list_tags, merge_tags, move_tag, remove_tag, rename_tag
from ideascube.creations.tags import LONGEST_NAME, MOST, Tag, tidy_names
from ideascube.people.guard import staff
from ideascube.people.once import FIELD, is_new
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, interface_language, language_name, translations, visitor_languages
from ideascube.web.language import Form, read_form
from ideascube.workspace.rendering import render_staff

ADDRESS = "/staff/tags"
_DONE = ("added", "saved", "merged", "removed")
_MOST_LANGUAGES = 40  # in which one subject has a name


@staff(Right.ARRANGE)
async def tags(request: web.Request) -> web.StreamResponse:
    """All of them, in their order, and a form for one more."""
    return await _list(request)


async def _list(request: web.Request, typed: str = "", problem: str = "") -> web.StreamResponse:
    found = await request.app[DATABASE].read(list_tags)
    liked = visitor_languages(request)
    return render_staff(
        request,
        "staff_tags.html",
        status=400 if problem else 200,
        tags=[(tag, tag.name(liked)) for tag in found],
        done=_done(request),
        typed=typed,
        problem=problem,
        most=MOST,
        longest=LONGEST_NAME,
    )


def _done(request: web.Request) -> str:
    given = request.query.get("done", "")
    return given if given in _DONE else ""


@staff(Right.ARRANGE)
async def add(request: web.Request) -> web.StreamResponse:
    """`name`, in the language of the interface."""
    form, language = await read_form(request), interface_language(request)
    names = tidy_names({language: str(form.get("name", ""))})
    _ = translations(language).gettext
    if not names:
        return await _list(request, problem=_("Write what the subject is called."))
    try:
        tag = await request.app[DATABASE].write(_add_once, names, str(form.get(FIELD, "")))
    except NoSpace:
        return await _list(request, names[language], _("There are too many subjects: merge or remove some first."))
    raise web.HTTPSeeOther(f"{ADDRESS}/{tag}?done=added" if tag else ADDRESS)


def _add_once(connection: sqlite3.Connection, names: Mapping[str, str], once: str) -> str:
    return add_tag(connection, names) if is_new(connection, once) else ""


@staff(Right.ARRANGE)
async def tag(request: web.Request) -> web.StreamResponse:
    """Its names, what it can be merged with, and a way to remove it."""
    return await _one(request, await _known(request))


async def _one(request: web.Request, known: Tag, typed: Mapping[str, str] | None = None) -> web.StreamResponse:
    """`typed`: names that came back, since something is wrong with them."""
    liked, language = visitor_languages(request), interface_language(request)
    others = [each for each in await request.app[DATABASE].read(list_tags) if each.id != known.id]
    names = dict(known.names) if typed is None else typed
    codes = dict.fromkeys((language, *LANGUAGES, *names))
    return render_staff(
        request,
        "staff_tag.html",
        status=200 if typed is None else 400,
        tag=known,
        name=known.name(liked),
        rows=[(code, language_name(code, language), names.get(code, "")) for code in codes],
        others=[(each.id, *each.name(liked)) for each in others],
        done=_done(request),
        is_refused=typed is not None,
        longest=LONGEST_NAME,
    )


async def _known(request: web.Request) -> Tag:
    """Raises HTTPNotFound for a subject that somebody removed meanwhile."""
    found = {each.id: each for each in await request.app[DATABASE].read(list_tags)}
    known = found.get(request.match_info["tag"])
    if known is None:
        _ = translations(interface_language(request)).gettext
        raise web.HTTPNotFound(text=_("This subject is not here any more: somebody removed it."))
    return known


@staff(Right.ARRANGE)
async def change(request: web.Request) -> web.StreamResponse:
    """`deed`: `names` (`name.CODE`, and `more` in `code`), `up`, `down`, `merge` (`into`), `remove`."""
    known, form = await _known(request), await read_form(request)
    deed = str(form.get("deed", ""))
    if deed in ("up", "down"):
        await request.app[DATABASE].write(move_tag, known.id, -1 if deed == "up" else 1)
        raise web.HTTPSeeOther(f"{ADDRESS}#{known.id}")
    if deed == "remove":
        await request.app[DATABASE].write(remove_tag, known.id)
        raise web.HTTPSeeOther(f"{ADDRESS}?{urlencode({'done': 'removed'})}")
    if deed == "merge":
        merged = await request.app[DATABASE].write(merge_tags, known.id, str(form.get("into", "")))
        raise web.HTTPSeeOther(f"{ADDRESS}?done=merged" if merged else f"{ADDRESS}/{known.id}")
    return await _rename(request, known, names_in(form))


async def _rename(request: web.Request, known: Tag, names: Mapping[str, str]) -> web.StreamResponse:
    if not names:
        return await _one(request, known, names)
    await request.app[DATABASE].write(rename_tag, known.id, names)
    raise web.HTTPSeeOther(f"{ADDRESS}/{known.id}?done=saved")


def names_in(form: Form) -> dict[str, str]:
    """The names that a form has by the codes of their languages; those of unknown ones are left out."""
    given = {field.removeprefix("name."): str(value) for field, value in form.items() if field.startswith("name.")}
    code = to_bcp47(str(form.get("code", ""))[:35])
    given |= {code: str(form.get("more", ""))} if code else {}
    known = tidy_names({code: name for code, name in given.items() if is_bcp47(code)})
    return dict(islice(known.items(), _MOST_LANGUAGES))


@staff(Right.ARRANGE)
async def ask_removing(request: web.Request) -> web.StreamResponse:
    known = await _known(request)
    return render_staff(
        request, "staff_tag_remove.html", tag=known, name=known.name(visitor_languages(request)), address=ADDRESS
    )


ROUTES = [
    web.get(ADDRESS, tags),
    web.post(ADDRESS, add),
    web.get(ADDRESS + "/{tag}", tag),
    web.post(ADDRESS + "/{tag}", change),
    web.get(ADDRESS + "/{tag}/remove", ask_removing),
]
