"""A card of the home page or of a category, from the address that somebody chose: what is there now, if anything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from content_packs.errors import IdeascubeError
from content_packs.pack_id import OWN
from ideascube.arranging.addresses import Target, category_address, lies_in_pack, target_of
from ideascube.arranging.model import Placed
from ideascube.box_db.categories import Category
from ideascube.box_db.creation_lists import Listing
from ideascube.courses.opening import OpenCourse, courses_in
from ideascube.creations.cards import creation_card
from ideascube.items.cards import item_title
from ideascube.items.finding import find_item
from ideascube.items.wording import in_language
from ideascube.web.cards import Card, make_card, picture_address
from ideascube.web.context import LIBRARY
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.raw import raw_path

_ICONS = {
    "search": "search", "library": "library", "courses": "graduation-cap", "mine": "bookmark", "card": "id-card",
    "items": "file-text", "categories": "layout-grid",
}  # fmt: skip

_OF_ITEMS = {"film": "film", "audio": "headphones", "book": "book-open", "picture": "image"}


@dataclass(frozen=True, slots=True)
class HomeCard:
    """`pack` is set for a whole pack, which has a card of its own. `icon` stands where there is no `picture`.

    `kind`: of packs, for the colour of the field behind; `label`: what it is, in a word; `about`: what it is about.
    """

    address: str
    title: str
    lang: str = ""
    icon: str = "file-text"
    picture: str = ""
    kind: str = "website"
    label: str = ""
    about: str = ""
    pack: Card | None = None


@dataclass(frozen=True, slots=True)
class There:
    """What the box's database has of all that may be on a card: creations by their ids, categories, courses."""

    creations: Mapping[str, Listing]
    categories: Sequence[Category]
    courses: Sequence[OpenCourse]


def card_of(request: web.Request, placed: Placed, there: There) -> HomeCard | None:
    """The card as the visitor may see it; None for what is not there (any more), or not for them."""
    target = target_of(placed.address)
    if target.area == "packs":
        return pack_card(request, target.name)
    if target.area == "items" and target.name:
        return made_card(request, there.creations.get(target.name))
    if target.area == "categories" and target.name:
        found = next((each for each in there.categories if each.id == target.name), None)
        return category_card(request, found) if found else None
    if lies_in_pack(target):
        return _page_card(request, placed, target)
    if target.area == "courses" and target.name and target.path:
        return _course_card(request, target, there.courses)
    return _other_card(placed, target)


def pack_card(request: web.Request, pack_id: str) -> HomeCard | None:
    live = request.app[LIBRARY]
    record = live.get(live.resolve(pack_id) or "")
    if record is None:
        return None
    card = make_card(request, record)
    return HomeCard(card.open, card.title, card.lang, picture=card.picture, kind=card.kind, pack=card)


def made_card(request: web.Request, creation: Listing | None) -> HomeCard | None:
    if creation is None:
        return None
    card = creation_card(request, creation)
    kind = {"film": "film", "audio": "audio", "document": "book"}.get(creation.kind, "collection")
    return HomeCard(card.address, card.title, card.lang, card.icon, card.picture, kind, card.label, card.summary)


def category_card(request: web.Request, category: Category) -> HomeCard:
    name, lang = in_language(category.names, visitor_languages(request))
    return HomeCard(
        category_address(category.id), name or category.id, lang, category.icon, category.picture, "collection"
    )


def _page_card(request: web.Request, placed: Placed, target: Target) -> HomeCard | None:
    """A page or item of a pack: with what the pack says of it, where it says something."""
    live = request.app[LIBRARY]
    record = live.get(live.resolve(target.name) or "")
    if record is None or record.manifest is None:
        return None
    item = None
    with suppress(IdeascubeError, KeyError, OSError):
        reader = live.archive(record.id)
        item = find_item(reader, target.path)
        if reader.find(target.path) is None:
            return None
    spoken = visitor_languages(request)
    title, lang = item_title(item, spoken) if item else (placed.title, placed.lang)
    small = (item.thumbnail or item.poster) if item else ""
    return HomeCard(
        placed.address,
        title or placed.title or target.path,
        lang,
        _OF_ITEMS.get(item.kind if item else "", "file-text"),
        raw_path(record.id, small) if small else picture_address(record),
        record.manifest.kind,
        record.manifest.title_in(*spoken),
    )


def _course_card(request: web.Request, target: Target, made: Sequence[OpenCourse]) -> HomeCard | None:
    live = request.app[LIBRARY]
    record = live.get(live.resolve(target.name) or "")
    courses = courses_in(request, record) if record else made if target.name == OWN else ()
    one = next((one for one in courses if one.course.id == target.path), None)
    return course_card(one) if one else None


def course_card(one: OpenCourse) -> HomeCard:
    title, lang = one.say(one.course.title)
    about = one.say(one.course.summary).text
    return HomeCard(one.address, title, lang, "graduation-cap", one.source.picture, "course", about=about)


def _other_card(placed: Placed, target: Target) -> HomeCard:
    return HomeCard(placed.address, placed.title or placed.address, placed.lang, _ICONS.get(target.area, "bookmark"))


def in_words(request: web.Request, titles: Mapping[str, str]) -> tuple[str, str]:
    """The text for this visitor, and its language; of none that they read the first one there is."""
    spoken = (interface_language(request), *visitor_languages(request))
    found = in_language(dict(titles), spoken)
    return found.text, found.language
