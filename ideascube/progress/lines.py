"""Places as lines of a page: what they are called, where they lead, how far one is, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from content_packs.errors import IdeascubeError
from content_packs.items import Item
from content_packs.pack_id import OWN
from content_packs.store.library import PackRecord
from ideascube.box_db.creation_lists import Listing
from ideascube.creations.cards import creation_card
from ideascube.items.addresses import app_page, item_address
from ideascube.items.finding import find_item
from ideascube.items.wording import in_language
from ideascube.progress.how_far import how_far
from ideascube.progress.made_here import made_at
from ideascube.progress.places import Place
from ideascube.web.cards import page_address, picture_address
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.origins import area_address, content_path
from ideascube.web.raw import raw_path

SEARCH = "search?"  # how the path of a kept search begins, which is of no pack


@dataclass(frozen=True, slots=True)
class Line:
    """`done` of `of` (0 where that is not known), which `label` says in words; `of_pack` names the pack, for who keeps
    many; `picture` may be empty. `place` is what the line was made of.
    """

    title: str
    lang: str
    address: str
    icon: str
    picture: str
    done: float
    of: float
    label: str
    of_pack: str
    place: Place


def lines_of(request: web.Request, places: Iterable[Place]) -> list[Line]:
    """One line for each place whose pack is on the box; damaged things are left out.

    Those in what was made here have to be looked up before: `made_here.look_up_made`.
    """
    lines: list[Line] = []
    for place in places:
        with suppress(IdeascubeError, KeyError):
            lines.extend(_lines(request, place))
    return lines


def _lines(request: web.Request, place: Place) -> list[Line]:
    if not place.pack:
        return [_search_line(place)] if place.path.startswith(SEARCH) else []
    if place.pack == OWN:
        made = made_at(request, place)
        return [_made_line(request, place, made)] if made is not None else []
    pack_id = request.app[LIBRARY].resolve(place.pack)
    record = request.app[LIBRARY].get(pack_id) if pack_id else None
    return [_pack_line(request, place, record)] if record is not None and record.manifest is not None else []


def _search_line(place: Place) -> Line:
    return Line(place.title, "", f"/{place.path}", "search", "", 0, 0, "", "", place)


def _made_line(request: web.Request, place: Place, made: Listing) -> Line:
    """A place in what was made on this box."""
    card = creation_card(request, made)
    far = how_far(place, None, interface_language(request))
    return Line(card.title, card.lang, card.address, card.icon, card.picture, far.done, far.of, far.label, "", place)


def _pack_line(request: web.Request, place: Place, record: PackRecord) -> Line:
    """A place in a pack, or the pack itself where its path is empty."""
    assert record.manifest is not None
    spoken = visitor_languages(request)
    pack_title = record.manifest.title_in(*spoken)
    item = find_item(request.app[LIBRARY].archive(record.id), place.path) if place.path else None
    title, lang = in_language(item.title, spoken) if item is not None else (place.title or pack_title, "")
    far = how_far(place, item, interface_language(request))
    return Line(
        title=title,
        lang=lang,
        address=_address(request, place, record.id, item),
        icon=_icon(place, item),
        picture=_picture(record, item),
        done=far.done,
        of=far.of,
        label=far.label,
        of_pack=pack_title if place.path else "",
        place=place,
    )


def _address(request: web.Request, place: Place, pack_id: str, item: Item | None) -> str:
    if place.kind == "film":
        return area_address("watch", pack_id, place.path)
    if place.kind == "book":
        return area_address("read", pack_id, place.path)  # which leads to where one stopped
    if not place.path:
        return page_address(pack_id)
    if item is not None:
        return item_address(pack_id, item)
    page = app_page(request.app[LIBRARY].archive(pack_id), pack_id, place.path)
    return page or request.app[ORIGINS].pack(request, pack_id) + content_path(pack_id, place.path)


def _icon(place: Place, item: Item | None) -> str:
    kind = item.kind if item is not None else {"film": "film", "book": "book"}.get(place.kind, "")
    icons = {"film": "film", "audio": "headphones", "book": "book-open", "document": "file-text", "picture": "image"}
    return icons.get(kind, "file-text" if place.path else "library")


def _picture(record: PackRecord, item: Item | None) -> str:
    small = (item.thumbnail or item.poster) if item is not None else ""
    if small:
        return raw_path(record.id, small)
    return picture_address(record)
