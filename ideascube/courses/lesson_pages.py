"""A lesson: its text, film, sound or document in our own page, and the button that says that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Attachment, Step
from content_packs.errors import BrokenEntry
from content_packs.items import Item
from content_packs.zim.reader import PackReader, ZimEntry, content_size
from ideascube.courses import keeping
from ideascube.courses.lesson_places import PackPage, lesson_place
from ideascube.courses.lesson_shown import lesson_shown
from ideascube.courses.opening import OpenCourse
from ideascube.courses.standing import neighbours
from ideascube.courses.trail import trail_of
from ideascube.items.addresses import item_address
from ideascube.items.finding import find_item
from ideascube.items.wording import Worded
from ideascube.progress.request import note, progress_of
from ideascube.web.origins import content_path
from ideascube.web.rendering import render


@dataclass(frozen=True, slots=True)
class HandOut:
    """A file that belongs to a lesson: `size` in bytes, or None where it is a page or nobody knows."""

    title: Worded
    open: str
    size: int | None


async def show_lesson(request: web.Request, opened: OpenCourse, step: Step) -> web.StreamResponse:
    """The lesson's page. Raises HTTPNotFound where the pack has lost the lesson's own page."""
    standing = keeping.standing_in(await progress_of(request), opened.pack_id, opened.course)
    language, path = _page(opened, step)
    following = neighbours(opened.course, step)[1]
    return render(
        request,
        "lesson.html",
        step=step,
        title=Worded(opened.say(step.title).text, language),
        shown=language,
        trail=trail_of(opened, step, standing),
        lesson=await lesson_shown(request, opened, step, path),
        handed_out=[
            hand_out for hand_out in (_hand_out(request, opened, each) for each in step.attachments) if hand_out
        ],
        post=opened.step_address(step),
        preview=opened.edit_address,
        following=opened.say(following.title) if following else None,
    )


async def finish_lesson(request: web.Request, opened: OpenCourse, step: Step) -> web.StreamResponse:
    """Keeps that the lesson is done, and leads to the next step, after the last one to the course."""
    following = neighbours(opened.course, step)[1]
    answer = web.HTTPSeeOther(opened.step_address(following) if following else opened.address)
    if not opened.below:
        await note(request, answer, keeping.lesson_place(opened, step))
    raise answer


def _page(opened: OpenCourse, step: Step) -> tuple[str, str]:
    """The language of the page to show, and its path."""
    language = opened.language_among(step.pages)
    if not language:
        raise web.HTTPNotFound(text="This lesson has no page. Please tell the person who looks after the box.")
    return language, step.pages[language]


def _hand_out(request: web.Request, opened: OpenCourse, attachment: Attachment) -> HandOut | None:
    """None where it is on the box no more."""
    place = lesson_place(request, opened, attachment.path)
    if not isinstance(place, PackPage):
        return None
    title, item = opened.say(attachment.title), _item(place.reader, place.path)
    if item is not None:
        return HandOut(title, item_address(place.pack_id, item), item.size)
    return HandOut(title, content_path(place.pack_id, place.path), _size(place.reader, place.path))


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
