"""What a lesson is when it is opened: a text, a player, a document, something that opens by itself, or nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Step
from content_packs.items import Item
from content_packs.pack_id import OWN
from content_packs.zim.reader import find_content
from ideascube.courses.finding import courses_of
from ideascube.courses.keeping import standing_in
from ideascube.courses.lesson_creation import CreationLesson, creation_lesson
from ideascube.courses.lesson_places import NotHere, PackPage, WholePack, lesson_place
from ideascube.courses.lesson_text import lesson_text
from ideascube.courses.opening import OpenCourse, opened, opened_own
from ideascube.courses.own_courses import find_own_course
from ideascube.courses.source import source_of
from ideascube.items.addresses import item_address
from ideascube.items.finding import find_item
from ideascube.items.wording import Worded
from ideascube.progress.request import progress_of
from ideascube.teaching.places import OfCourse, OfCreation
from ideascube.watching.view import PlayerView, player_view
from ideascube.web.cards import pack_title, page_address, picture_address
from ideascube.web.context import LIBRARY
from ideascube.web.origins import content_path
from ideascube.web.raw import raw_path


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole pack or course that is a step of a learning path: `done` of `total` steps, 0 of 0 for a pack."""

    title: Worded
    address: str
    picture: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """One of a player, a document, a text, something made here or whole, or gone; else a page that opens by itself.

    `page` is the address of the pack's own page, where there is one.
    """

    page: str = ""
    player: PlayerView | None = None
    document: Item | None = None
    document_address: str = ""
    thumbnail: str = ""
    text: str | None = None
    made: CreationLesson | None = None
    whole: Whole | None = None
    is_gone: bool = False
    gone_pack: str = ""


async def lesson_shown(request: web.Request, opened: OpenCourse, step: Step, path: str) -> Shown:
    """Raises HTTPNotFound where a pack has lost the page of a lesson of its own course."""
    place = lesson_place(request, opened, path)
    match place:
        case PackPage():
            return await _page(request, opened, step, place)
        case WholePack():
            return Shown(whole=_whole_pack(request, place))
        case OfCourse():
            return await _course(request, place)
        case OfCreation():
            made = await creation_lesson(request, place.id, is_preview=bool(opened.below))
            return Shown(is_gone=True) if made is None else Shown(player=made.player, made=made)
        case NotHere():
            return Shown(is_gone=True, gone_pack=place.pack)


async def _page(request: web.Request, opened: OpenCourse, step: Step, place: PackPage) -> Shown:
    item = find_item(place.reader, place.path)
    own_page = f"{content_path(place.pack_id, place.path)}?own"  # not to be led back here
    if item is not None and item.is_played:
        return Shown(own_page, player=await player_view(request, place.reader, place.pack_id, item))
    if item is not None and item.kind in ("book", "document"):
        picture = raw_path(place.pack_id, item.thumbnail) if item.thumbnail else ""
        return Shown(own_page, document=item, document_address=item_address(place.pack_id, item), thumbnail=picture)
    entry = find_content(place.reader, place.path)
    if entry is None:
        return _lost(opened)
    if not entry.is_html:
        return Shown(own_page)
    at_entry = PackPage(place.pack_id, place.reader, entry.path)
    text = await lesson_text(opened, at_entry, place.reader.read(entry), opened.step_address(step))
    return Shown(own_page, text=text)


def _lost(opened: OpenCourse) -> Shown:
    if opened.pack_id == OWN:
        return Shown(is_gone=True)
    raise web.HTTPNotFound(text="The page of this lesson is not in its pack. Please build the pack again.")


def _whole_pack(request: web.Request, place: WholePack) -> Whole:
    record = request.app[LIBRARY].get(place.pack_id)
    picture = picture_address(record) if record else ""
    return Whole(Worded(pack_title(request, place.pack_id), ""), page_address(place.pack_id), picture)


async def _course(request: web.Request, place: OfCourse) -> Shown:
    """Of a learning path: where somebody is in that course shows on its card."""
    found = await _opened_course(request, place)
    if found is None:
        return Shown(is_gone=True, gone_pack="" if place.pack == OWN else place.pack)
    standing = standing_in(await progress_of(request), found.pack_id, found.course)
    total = len(standing.steps)
    whole = Whole(found.say(found.course.title), found.address, found.source.picture, standing.done, total)
    return Shown(whole=whole)


async def _opened_course(request: web.Request, place: OfCourse) -> OpenCourse | None:
    if place.pack == OWN:
        own = await find_own_course(request, place.course)
        return opened_own(request, own) if own else None
    pack_id = request.app[LIBRARY].resolve(place.pack)
    record = request.app[LIBRARY].get(pack_id) if pack_id else None
    if record is None:
        return None
    reader = request.app[LIBRARY].archive(record.id)
    course = next((one for one in courses_of(reader) if one.id == place.course), None)
    return opened(request, source_of(record, reader), course) if course else None
