"""Where a lesson is: in its course's pack; for a course made here in any pack, among what was made here, a course."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.errors import BrokenPack
from content_packs.pack_id import OWN
from content_packs.zim.reader import PackReader
from ideascube.courses.opening import OpenCourse
from ideascube.teaching.places import InPack, OfCourse, OfCreation, read_place
from ideascube.web.context import LIBRARY


@dataclass(frozen=True, slots=True)
class PackPage:
    """An entry of a pack that is open."""

    pack_id: str
    reader: PackReader
    path: str


@dataclass(frozen=True, slots=True)
class WholePack:
    """A pack that is on the box."""

    pack_id: str


@dataclass(frozen=True, slots=True)
class NotHere:
    """It was on this box once. `pack` is the id of the pack that it was in, or empty."""

    pack: str = ""


LessonPlace = PackPage | WholePack | OfCourse | OfCreation | NotHere


def lesson_place(request: web.Request, opened: OpenCourse, path: str) -> LessonPlace:
    """What the page of a lesson is. Whether a creation or a course is still there is for who opens it to find out."""
    if opened.pack_id != OWN:
        assert opened.source.reader is not None
        return PackPage(opened.pack_id, opened.source.reader, path)
    found = read_place(path)
    if isinstance(found, InPack):
        return _in_pack(request, found)
    return found if isinstance(found, OfCreation | OfCourse) else NotHere()


def page_of(opened: OpenCourse, pack_id: str, path: str) -> str:
    """How the course names an entry of a pack, if it has it as a page."""
    return path if opened.pack_id == pack_id else InPack(pack_id, path).address


def _in_pack(request: web.Request, place: InPack) -> LessonPlace:
    pack_id = request.app[LIBRARY].resolve(place.pack)
    if pack_id is None or request.app[LIBRARY].get(pack_id) is None:
        return NotHere(place.pack)
    if not place.path:
        return WholePack(pack_id)
    try:
        return PackPage(pack_id, request.app[LIBRARY].archive(pack_id), place.path)
    except (BrokenPack, KeyError):
        return NotHere(place.pack)
