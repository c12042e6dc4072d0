"""A lesson: its text, film, sound or document in our own page, and the button that says that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Attachment, Step
from content_packs.errors import BrokenEntry
from content_packs.items import Item
from content_packs.zim.reader import PackReader, ZimEntry, content_size, find_content
from ideascube.courses.keeping import lesson_place, standing_in
from ideascube.courses.lesson_text import lesson_text
from ideascube.courses.opening import OpenCourse
from ideascube.courses.standing import neighbours
from ideascube.courses.trail import trail_of
from ideascube.items.addresses import item_address
from ideascube.items.finding import find_item
from ideascube.items.wording import Worded
from ideascube.progress.request import note, progress_of
from ideascube.watching.view import PlayerView, player_view
from ideascube.web.origins import content_path
from ideascube.web.raw import raw_path
from ideascube.web.rendering import render


@dataclass(frozen=True, slots=True)
class HandOut:
    """A file that belongs to a lesson: `size` in bytes, or None where it is a page or nobody knows."""

    title: Worded
    open: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a lesson is: one of a player, a document (an item), a text, or a page that is opened by itself."""

    player: PlayerView | None = None
    document: Item | None = None
    document_address: str = ""
    thumbnail: str = ""
    text: str | None = None


async def show_lesson(request: web.Request, opened: OpenCourse, step: Step) -> web.StreamResponse:
    """The lesson's page. Raises HTTPNotFound where the pack has lost the lesson's own page."""
    standing = standing_in(await progress_of(request), opened.pack_id, opened.course)
    language, path = _page(opened, step)
    shown = await _shown(request, opened, step, path)
    following = neighbours(opened.course, step)[1]
    return render(
        request,
        "lesson.html",
        step=step,
        title=Worded(opened.say(step.title).text, language),
        shown=language,
        trail=trail_of(opened, step, standing),
        lesson=shown,
        page=f"{content_path(opened.pack_id, path)}?own",  # not to be led back here
        handed_out=[_hand_out(opened, each) for each in step.attachments],
        post=opened.step_address(step),
        following=opened.say(following.title) if following else None,
    )


async def finish_lesson(request: web.Request, opened: OpenCourse, step: Step) -> web.StreamResponse:
    """Keeps that the lesson is done, and leads to the next step, after the last one to the course."""
    following = neighbours(opened.course, step)[1]
    answer = web.HTTPSeeOther(opened.step_address(following) if following else opened.address)
    await note(request, answer, lesson_place(opened, step))
    raise answer


def _page(opened: OpenCourse, step: Step) -> tuple[str, str]:
    """The language of the page to show, and its path."""
    language = opened.language_among(step.pages)
    if not language:
        raise web.HTTPNotFound(text="This lesson has no page. Please tell the person who looks after the box.")
    return language, step.pages[language]


async def _shown(request: web.Request, opened: OpenCourse, step: Step, path: str) -> Shown:
    item = find_item(opened.reader, path)
    if item is not None and item.is_played:
        return Shown(player=await player_view(request, opened.reader, opened.pack_id, item))
    if item is not None and item.kind in ("book", "document"):
        picture = raw_path(opened.pack_id, item.thumbnail) if item.thumbnail else ""
        return Shown(document=item, document_address=item_address(opened.pack_id, item), thumbnail=picture)
    entry = _entry(opened.reader, path)
    if not entry.is_html:
        return Shown()
    text = await lesson_text(opened, entry.path, opened.reader.read(entry), opened.step_address(step))
    return Shown(text=text)


def _entry(reader: PackReader, path: str) -> ZimEntry:
    found = find_content(reader, path)
    if found is None:
        raise web.HTTPNotFound(text="The page of this lesson is not in its pack. Please build the pack again.")
    return found


def _hand_out(opened: OpenCourse, attachment: Attachment) -> HandOut:
    item = _item(opened.reader, attachment.path)
    if item is not None:
        return HandOut(opened.say(attachment.title), item_address(opened.pack_id, item), item.size)
    address = content_path(opened.pack_id, attachment.path)
    return HandOut(opened.say(attachment.title), address, _size(opened.reader, attachment.path))


def _item(reader: PackReader, path: str) -> Item | None:
    try:
        return find_item(reader, path)
    except BrokenEntry:
        return None


def _size(reader: PackReader, path: str) -> int | None:
    """Of a file that is handed out as it is; a page is only opened. None as well where it is not there."""
    try:
        entry = reader.find(path)
        if not isinstance(entry, ZimEntry) or entry.is_html:
            return None
        return content_size(reader, entry)
    except BrokenEntry:
        return None
