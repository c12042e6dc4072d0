"""`/staff/library`: every pack of the box, and who sees it; `/staff/library/ID`: the same for single pages of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from content_packs.errors import IdeascubeError
from content_packs.items import Item
from content_packs.store.library import EVERYONE, MEDIATORS, NOBODY, PackRecord
from content_packs.text import fold
from ideascube.arranging.addresses import lies_in_pack, target_of
from ideascube.arranging.changes import Reason
from ideascube.arranging.model import LONGEST_ADDRESS
from ideascube.arranging.words import refusal
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.hidden import all_hidden, show_to
from ideascube.items.cards import item_title
from ideascube.items.finding import items_of
from ideascube.live_library import as_mediator
from ideascube.people.deeds import HID, SHOWED
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.cards import in_reading_order, picture_address
from ideascube.web.context import DATABASE, LIBRARY
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.language import read_form
from ideascube.web.origins import content_path
from ideascube.workspace.rendering import render_staff

LIBRARY_PAGE = "/staff/library"
_PAGE = 50  # items


@dataclass(frozen=True, slots=True)
class Line:
    """A pack, or a page of one, and who sees it. `open`: where whoever arranges can open it, or empty."""

    pack: str
    path: str
    title: str
    lang: str
    shown_to: str
    open: str
    picture: str = ""
    pages_hidden: int = 0


@staff(Right.ARRANGE)
async def packs(request: web.Request) -> web.StreamResponse:
    """`q` leaves those with a word in their title."""
    hidden = await request.app[DATABASE].read(all_hidden)
    wanted = request.query.get("q", "").strip()
    records = in_reading_order(request, request.app[LIBRARY].for_staff)
    lines = [
        _pack_line(request, record, hidden.packs.get(record.id, EVERYONE), len(hidden.pages.get(record.id, ())))
        for record in records
    ]
    return render_staff(
        request,
        "staff_library.html",
        lines=[line for line in lines if fold(wanted) in fold(f"{line.title} {line.pack}")],
        text=wanted,
        not_everyone=[line for line in lines if line.shown_to != EVERYONE],
        problem=refusal(request.query.get("problem", ""), interface_language(request)),
        is_done="done" in request.query,
    )


def _pack_line(request: web.Request, record: PackRecord, shown_to: str, pages_hidden: int) -> Line:
    assert record.manifest is not None
    opens = content_path(record.id) if shown_to != NOBODY else ""
    title = record.manifest.title_in(*visitor_languages(request))
    picture = picture_address(record) if shown_to != NOBODY else ""
    return Line(record.id, "", title, "", shown_to, opens, picture, pages_hidden)


@staff(Right.ARRANGE)
async def pages(request: web.Request) -> web.StreamResponse:
    """Single pages and items of a pack: those that are not for everyone first, then what the pack lists."""
    record = _record(request, request.match_info["pack"])
    hidden = (await request.app[DATABASE].read(all_hidden)).pages.get(record.id, {})
    wanted, page = request.query.get("q", "").strip(), max(_number(request.query.get("page", "")), 1)
    found = [line for line in _item_lines(request, record, hidden) if fold(wanted) in fold(line.title)]
    assert record.manifest is not None
    return render_staff(
        request,
        "staff_library_pack.html",
        title=record.manifest.title_in(*visitor_languages(request)),
        pack=record.id,
        hidden=[_page_line(record.id, path, path, "", shown_to) for path, shown_to in hidden.items()],
        lines=found[(page - 1) * _PAGE : page * _PAGE],
        text=wanted,
        before=_page_address(record.id, wanted, page - 1) if page > 1 else "",
        after=_page_address(record.id, wanted, page + 1) if len(found) > page * _PAGE else "",
        problem=refusal(request.query.get("problem", ""), interface_language(request)),
        is_done="done" in request.query,
    )


def _item_lines(request: web.Request, record: PackRecord, hidden: Mapping[str, str]) -> Iterator[Line]:
    spoken = visitor_languages(request)
    for item in _items(request, record.id):
        if item.path not in hidden and item.page not in hidden:
            title, lang = item_title(item, spoken)
            yield _page_line(record.id, item.path, title, lang, EVERYONE)


def _items(request: web.Request, pack_id: str) -> Sequence[Item]:
    """What the pack lists; nothing where it lists nothing, or is hidden itself."""
    with as_mediator(), suppress(IdeascubeError, KeyError):
        return items_of(request.app[LIBRARY].archive(pack_id))
    return ()


def _page_line(pack_id: str, path: str, title: str, lang: str, shown_to: str) -> Line:
    return Line(pack_id, path, title, lang, shown_to, content_path(pack_id, path) if shown_to != NOBODY else "")


def _page_address(pack_id: str, wanted: str, page: int) -> str:
    return f"{pages_address(pack_id)}?q={quote(wanted, safe='')}&page={page}"


def pages_address(pack_id: str) -> str:
    return f"{LIBRARY_PAGE}/{quote(pack_id, safe='')}"


def _record(request: web.Request, name: str) -> PackRecord:
    record = next((each for each in request.app[LIBRARY].for_staff if each.id == name), None)
    if record is None:
        raise web.HTTPSeeOther(f"{LIBRARY_PAGE}?problem={Reason.GONE}")
    return record


@staff(Right.ARRANGE)
async def decide(request: web.Request) -> web.StreamResponse:
    """Form fields: `pack`, `path` (or the `address` of a page of the pack), `shown_to`; sent twice it is the same."""
    form = {name: str(value) for name, value in (await read_form(request)).items()}
    record = _record(request, form.get("pack", ""))
    back = pages_address(record.id) if "path" in form or "address" in form else LIBRARY_PAGE
    path, shown_to = _path(record.id, form), form.get("shown_to", "")
    if path is None or shown_to not in (EVERYONE, MEDIATORS, NOBODY):
        raise web.HTTPSeeOther(f"{back}?problem={Reason.ADDRESS}")
    about = f"{record.manifest.title if record.manifest else record.id}{f': {path}' if path else ''}"
    is_room = await request.app[DATABASE].write(_show_to, request[PERSON].id, (record.id, path, shown_to), about)
    raise web.HTTPSeeOther(f"{back}?{'done=1' if is_room else f'problem={Reason.HIDDEN}'}")


def _path(pack_id: str, form: Mapping[str, str]) -> str | None:
    """The page that is meant: empty for the whole pack, None for what is no page of it."""
    if "address" not in form:
        return form.get("path", "")[:LONGEST_ADDRESS]
    address = form["address"].strip()[:LONGEST_ADDRESS]
    if address.startswith(("http://", "https://")):
        address = f"/{address.split('/', 3)[-1]}"
    target = target_of(address)
    return target.path if lies_in_pack(target) and target.name == pack_id else None


def _show_to(connection: sqlite3.Connection, person: int, what: tuple[str, str, str], about: str) -> bool:
    if not show_to(connection, *what):
        return False
    log_deed(connection, person, SHOWED if what[2] == EVERYONE else HID, about)
    return True


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 6 else 1


ROUTES = [
    web.get(LIBRARY_PAGE, packs),
    web.post(LIBRARY_PAGE, decide),
    web.get(LIBRARY_PAGE + "/{pack}", pages),
]
