"""What is to become a lesson: from its place to a step, with the titles that it has where it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from aiohttp import web

from content_packs.courses.model import Course, Step, Texts
from content_packs.errors import IdeascubeError
from content_packs.pack_id import OWN
from content_packs.zim.finding import shown_title
from content_packs.zim.reader import PackReader, ZimEntry, find_content
from ideascube.box_db.creation_lists import Listing, translations
from ideascube.box_db.creations import load
from ideascube.box_db.own_courses import load_course
from ideascube.courses.finding import courses_of, find_course
from ideascube.items.finding import find_item
from ideascube.teaching.places import At, InPack, OfCourse, OfCreation
from ideascube.web.context import DATABASE, LIBRARY


async def step_at(request: web.Request, course: Course, place: At, step_id: str) -> Step | None:
    """The step that a place becomes in a course, or None where nothing is there."""
    main = next(iter(course.pages), "")
    match place:
        case OfCreation():
            return _of_creation(await request.app[DATABASE].read(_listings, place.id), step_id)
        case OfCourse():
            titles = await _titles_of_course(request, place)
            return None if titles is None else _step(step_id, titles, place, main)
        case InPack():
            return _in_pack(request, place, step_id, main)
        case _:
            return None


def _step(step_id: str, titles: Texts, place: At, main: str) -> Step:
    """In the languages in which the thing has a title; where nobody knows which that is, in the course's own."""
    known = {code or main: title for code, title in titles.items()}
    return Step(id=step_id, title=known, pages=dict.fromkeys(known, place.address))


def _listings(connection: sqlite3.Connection, creation_id: str) -> list[Listing]:
    """The creation and its translations, be they shown yet or not."""
    creation = load(connection, creation_id)
    found = translations(connection, creation.work, shown=False) if creation else []
    return sorted(found, key=lambda each: each.id != creation_id)


def _of_creation(found: list[Listing], step_id: str) -> Step | None:
    """One page for each language: that of the creation which was chosen, before those of its translations."""
    if not found:
        return None
    pages: dict[str, str] = {}
    titles: Texts = {}
    for each in found:
        pages.setdefault(each.language, OfCreation(each.id).address)
        titles.setdefault(each.language, each.title)
    further = {code: words.title for code, words in found[0].texts.items() if words.title}
    return Step(id=step_id, title={**further, **titles}, pages=pages)


async def _titles_of_course(request: web.Request, place: OfCourse) -> Texts | None:
    if place.pack == OWN:
        own = await request.app[DATABASE].read(load_course, place.course)
        return own.course.title if own else None
    reader = _opened(request, place.pack)
    try:
        found = find_course(reader, place.course) if reader else None
    except IdeascubeError:
        return None
    return found.title if found else None


def _in_pack(request: web.Request, place: InPack, step_id: str, main: str) -> Step | None:
    """A page of a course in a pack that is the course itself stands for the whole course."""
    reader, record = _opened(request, place.pack), request.app[LIBRARY].get(place.pack)
    if reader is None or record is None or record.manifest is None:
        return None
    manifest = record.manifest
    if not place.path:
        return _step(step_id, dict(manifest.titles) or {manifest.language: manifest.title}, place, main)
    try:
        course = next((one for one in courses_of(reader) if place.path in one.pages.values()), None)
        if course is not None:
            return _step(step_id, course.title, OfCourse(place.pack, course.id), main)
        item = find_item(reader, place.path)
        if item is not None:
            return _step(step_id, {code or manifest.language: title for code, title in item.title.items()}, place, main)
        return _page(reader, place, manifest.languages, step_id)
    except IdeascubeError:
        return None


def _page(reader: PackReader, place: InPack, languages: Sequence[str], step_id: str) -> Step | None:
    """A page, with its translations in a pack of ours: `boil.fr.html` and `boil.ar.html` are one lesson."""
    stem, language = _split(place.path, languages)
    paths = {code: f"{stem}.{code}.html" for code in languages} if language else {}
    first = {language or next(iter(languages), ""): place.path}
    found = {code: find_content(reader, path) for code, path in {**first, **paths}.items()}
    entries = {code: entry for code, entry in found.items() if isinstance(entry, ZimEntry)}
    titles = {code: shown_title(entry.title, entry.path) or entry.path for code, entry in entries.items()}
    pages = {code: InPack(place.pack, entry.path).address for code, entry in entries.items()}
    return Step(id=step_id, title=titles, pages=pages) if pages else None


def _split(path: str, languages: Sequence[str]) -> tuple[str, str]:
    """The name of a page without its language and ending, and the language; empty where its name says none."""
    stem, _, language = path.removesuffix(".html").rpartition(".")
    return (stem, language) if path.endswith(".html") and language in languages else (path, "")


def _opened(request: web.Request, pack: str) -> PackReader | None:
    try:
        return request.app[LIBRARY].archive(pack)
    except (KeyError, IdeascubeError):
        return None
