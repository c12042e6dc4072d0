"""Something for the home page or a category, looked for on the whole box: by its search, else by what is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from ideascube.arranging.addresses import category_address
from ideascube.arranging.cards import course_card, in_words
from ideascube.arranging.changes import Reason, RefusedError, page_of_box
from ideascube.arranging.courses import courses_in_order
from ideascube.box_clock import today_text
from ideascube.box_db.categories import Category, all_categories
from ideascube.box_db.creation_lists import Filter, Listing, list_creations
from ideascube.courses.opening import courses_made_here
from ideascube.creations.cards import creation_card
from ideascube.search.client import SearchQuery, TooBusy
from ideascube.search.protocol import PACK, Result
from ideascube.web.cards import in_reading_order, pack_title, page_address
from ideascube.web.context import DATABASE, LIBRARY, SEARCH
from ideascube.web.i18n import visitor_languages
from ideascube.web.origins import area_address
from ideascube.web.search_lines import in_visitors_words

_FOUND = 20
_NEWEST = 12
_READ = (".pdf", ".epub")


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that can be chosen. `about`: where it is from, to tell things of one name apart."""

    address: str
    title: str
    lang: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Picks:
    """What was found for `text`, or what there is to choose from where nothing was asked."""

    text: str
    found: Sequence[Pick] = ()
    busy: bool = False
    made: Sequence[Pick] = ()
    packs: Sequence[Pick] = ()
    courses: Sequence[Pick] = ()
    categories: Sequence[Pick] = ()


async def picks(request: web.Request) -> Picks:
    """By `q` in the address."""
    text = request.query.get("q", "").strip()
    if text:
        return await _found(request, text)
    made, categories = await request.app[DATABASE].read(_in_database)
    courses = courses_in_order(request, await courses_made_here(request))
    return Picks(
        "",
        made=[_made(request, each) for each in made],
        packs=[_pack(request, each.id) for each in in_reading_order(request, request.app[LIBRARY].shown)],
        courses=[Pick(card.address, card.title, card.lang) for card in map(course_card, courses)],
        categories=[Pick(category_address(each.id), *in_words(request, each.names)) for each in categories],
    )


def _in_database(connection: sqlite3.Connection) -> tuple[list[Listing], list[Category]]:
    wanted = Filter(shown=True, audience="all", today=today_text())
    return list_creations(connection, wanted, count=_NEWEST).lines, all_categories(connection)


async def _found(request: web.Request, text: str) -> Picks:
    query = SearchQuery(text, visitor_languages(request), page_size=_FOUND)
    try:
        answer = await request.app[SEARCH].search(query)
    except TooBusy:
        return Picks(text, busy=True)
    return Picks(text, found=[_result(request, result) for result in answer.results])


def _result(request: web.Request, result: Result) -> Pick:
    result = in_visitors_words(request, result)
    about = "" if result.kind == PACK or not result.pack else pack_title(request, result.pack)
    return Pick(_address(result), result.title, result.lang, about)


def _address(result: Result) -> str:
    """Where it opens, on the app's origin."""
    if result.pack and not result.path:
        return page_address(result.pack)
    if not result.pack:
        return f"/{result.path.lstrip('/')}"
    return area_address("read" if result.path.lower().endswith(_READ) else "content", result.pack, result.path)


def _made(request: web.Request, creation: Listing) -> Pick:
    card = creation_card(request, creation)
    return Pick(card.address, card.title, card.lang, card.label)


def _pack(request: web.Request, pack_id: str) -> Pick:
    return Pick(page_address(pack_id), pack_title(request, pack_id))


def known_page(request: web.Request, typed: str) -> str:
    """The address that somebody typed or pasted, of an area that this box has. Raises RefusedError."""
    path = page_of_box(typed)
    areas = {resource.canonical.split("/")[1] for resource in request.app.router.resources()}
    if path.split("?")[0].split("#")[0].split("/")[1] not in areas:
        raise RefusedError(Reason.ADDRESS)
    return path
