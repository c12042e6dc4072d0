"""The forms of collections: a new one, what one says of itself, and what goes into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiohttp import web

from content_packs.text import fold
from ideascube.box_db.collections import add_collection, add_members, save_collection
from ideascube.box_db.creation_lists import Filter, list_creations, listings
from ideascube.box_db.media import load_several
from ideascube.box_db.own_courses import published, published_courses
from ideascube.box_db.random_ids import is_id, new_id
from ideascube.box_media.addresses import media_address
from ideascube.box_media.model import Role
from ideascube.collecting.addresses import LIST, NEW, collection_address
from ideascube.collecting.forms import LICENCES, Typed, changed, new_collection, typed_about
from ideascube.collecting.model import About, Collection, Kind, Member
from ideascube.collecting.pages import find_collection
from ideascube.creations.licences import RESERVED
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, interface_language, language_name, translations
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

_SHOWN = 50  # things that can be chosen from at once; a search finds the others


@staff(Right.ARRANGE)
async def new(request: web.Request) -> web.StreamResponse:
    language = interface_language(request)
    empty = Typed(language, {language: About("", "")}, LICENCES[0], "", {})
    return await _form(request, empty, new_id())


@staff(Right.ARRANGE)
async def make(request: web.Request) -> web.StreamResponse:
    """The form brings its id along: sent twice, it makes one collection."""
    fields = await _fields(request)
    typed = typed_about(fields, translations(interface_language(request)).gettext)
    collection_id = fields.get("id", "") if is_id(fields.get("id", "")) else new_id()
    if typed.problems or fields.get("more"):
        return await _form(request, typed, collection_id)
    await request.app[DATABASE].write(add_collection, new_collection(collection_id, typed))
    raise web.HTTPSeeOther(collection_address(collection_id, "add"))


@staff(Right.ARRANGE)
async def about(request: web.Request) -> web.StreamResponse:
    now = await find_collection(request)
    return await _form(request, Typed(now.language, now.texts, now.licence, now.cover, {}), now.id, now)


@staff(Right.ARRANGE)
async def save_about(request: web.Request) -> web.StreamResponse:
    """`version` is the one that the form was made for; where somebody saved meanwhile, both are shown."""
    fields, now = await _fields(request), await find_collection(request)
    typed = typed_about(fields, translations(interface_language(request)).gettext)
    if typed.problems or fields.get("more"):
        return await _form(request, typed, now.id, now, version=fields.get("version", ""))
    version = int(fields["version"]) if fields.get("version", "").isdecimal() else 0
    if await request.app[DATABASE].write(save_collection, changed(now, typed, version)):
        raise web.HTTPSeeOther(collection_address(now.id))
    return await _form(request, typed, now.id, await find_collection(request), is_stale=True)


async def _fields(request: web.Request) -> dict[str, str]:
    form = await read_form(request)
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _form(
    request: web.Request,
    typed: Typed,
    collection_id: str,
    now: Collection | None = None,
    *,
    version: str = "",
    is_stale: bool = False,
) -> web.Response:
    shown_in = interface_language(request)
    covers = await request.app[DATABASE].read(_covers, now) if now else []
    codes = dict.fromkeys((*LANGUAGES, *typed.texts))
    return render_staff(
        request,
        "collection_about.html",
        status=409 if is_stale else 422 if typed.problems else 200,
        typed=typed,
        id=collection_id,
        now=now,
        version=version or (str(now.version) if now else ""),
        is_stale=is_stale,
        languages=[(code, language_name(code, shown_in), "") for code in codes],
        covers=covers,
        licences=[*((name, name) for name in LICENCES), (RESERVED, "")],
    )


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture that the collection may have on its cover: its id in media, its address, what it belongs to."""

    id: str
    address: str
    title: str


def _covers(connection: sqlite3.Connection, collection: Collection) -> list[Cover]:
    """The pictures of what is in it."""
    ids = [member.id for member in collection.members if member.kind == "creation"][:_SHOWN]
    lines = {line.picture: line.title for line in listings(connection, ids).values() if line.picture}
    pictures = load_several(connection, list(lines))
    found = ((media, media_address(media, Role.SMALL)) for media in pictures.values())
    return [Cover(media.id, address, lines[media.id]) for media, address in found if address]


@staff(Right.ARRANGE)
async def choose(request: web.Request) -> web.StreamResponse:
    """What is published and not in it yet; `q` finds among it."""
    collection, text = await find_collection(request), request.query.get("q", "")[:200]
    lines = await request.app[DATABASE].read(_outside, collection, text)
    return render_staff(request, "collection_add.html", collection=collection, lines=lines, text=text)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may go into a collection. `kind`: as of its members."""

    kind: Kind
    id: str
    title: str
    language: str
    author: str


def _outside(connection: sqlite3.Connection, collection: Collection, text: str) -> list[Choice]:
    """What learners see and is not in it: courses, then creations, the newest first."""
    wanted = Filter(shown=True, audience="all", text=text)
    found = list_creations(connection, wanted, count=_SHOWN + len(collection.members)).lines
    choices = [*_courses(connection, text)]
    choices += [Choice("creation", each.id, each.title, each.language, each.author) for each in found]
    return [each for each in choices if Member(each.kind, each.id) not in collection.members][:_SHOWN]


def _courses(connection: sqlite3.Connection, text: str) -> Iterator[Choice]:
    wanted = fold(text).strip()
    for own in published_courses(connection, [course_id for course_id, _ in published(connection)]):
        language = next(iter(own.course.pages), "")
        title = own.course.title.get(language) or next(iter(own.course.title.values()), own.id)
        if wanted in fold(title):
            yield Choice("course", own.id, title, language, "")


@staff(Right.ARRANGE)
async def add(request: web.Request) -> web.StreamResponse:
    """Form fields `creation` and `course`, as often as there are things to add."""
    form = await read_form(request)
    collection = await find_collection(request)
    members = [*_members("course", form.getall("course", [])), *_members("creation", form.getall("creation", []))]
    if members:
        await request.app[DATABASE].write(add_members, collection.id, members)
    raise web.HTTPSeeOther(collection_address(collection.id))


def _members(kind: Kind, ids: Iterable[object]) -> list[Member]:
    return [Member(kind, str(each)) for each in ids if is_id(str(each))]


ROUTES = [
    web.get(NEW, new),
    web.post(NEW, make),
    web.get(LIST + "/{id:[a-z0-9]+}/about", about),
    web.post(LIST + "/{id:[a-z0-9]+}/about", save_about),
    web.get(LIST + "/{id:[a-z0-9]+}/add", choose),
    web.post(LIST + "/{id:[a-z0-9]+}/add", add),
]
