"""`/staff/poster`: a page of the box as a poster to be printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web
from yarl import URL

from ideascube.arranging.cards import There, card_of
from ideascube.arranging.changes import RefusedError, one_line
from ideascube.arranging.model import LONGEST_TITLE, Placed
from ideascube.arranging.picking import known_page
from ideascube.arranging.posters import COPIES, LONGEST_WIFI, Size, chosen_languages, said, titles_once, typed_address
from ideascube.arranging.words import refusal
from ideascube.box_db.box_facts import fact, set_fact
from ideascube.box_db.categories import all_categories
from ideascube.box_db.home_facts import creations_of
from ideascube.courses.opening import courses_made_here
from ideascube.live_facts import FACTS
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE, ORIGINS
from ideascube.web.i18n import interface_language, language_name, offered_languages, show_in
from ideascube.web.language import read_form
from ideascube.web.qr import qr_code
from ideascube.web.rendering import render
from ideascube.workspace.rendering import NO_STORE, render_staff

POSTER = "/staff/poster"
_WIFI = "wifi"  # the box fact: what its Wi-Fi is called


@staff(Right.ARRANGE)
async def ask(request: web.Request) -> web.StreamResponse:
    """`of`: the page that the poster is for."""
    given = {"of": request.query.get("of", "/"), "lang": [interface_language(request)], "size": Size.A4}
    given["wifi"] = await request.app[DATABASE].read(fact, _WIFI)
    return _ask_page(request, given)


def _ask_page(request: web.Request, given: Mapping[str, object], problem: str = "") -> web.Response:
    language = interface_language(request)
    return render_staff(
        request,
        "staff_poster.html",
        status=422 if problem else 200,
        given={"title": "", **given},
        languages=[(code, language_name(code), language_name(code, language)) for code in offered_languages(request)],
        origin=request.app[ORIGINS].app(request),
        problem=problem,
    )


@staff(Right.ARRANGE)
async def make(request: web.Request) -> web.StreamResponse:
    """Form fields: `of`, `title`, `lang` (several), `size`, `wifi`, which is remembered. Leads to the sheet."""
    form = await read_form(request)
    given = {name: one_line(str(form.get(name, ""))) for name in ("of", "title", "size", "wifi")}
    languages = [str(code) for code in form.getall("lang", [])]
    try:
        of = known_page(request, given["of"])
    except RefusedError as refused:
        problem = refusal(refused.reason, interface_language(request))
        return _ask_page(request, {**given, "lang": languages}, problem)
    wifi = given["wifi"][:LONGEST_WIFI]
    await request.app[DATABASE].write(_remember, wifi)
    asked = {"of": of, "title": given["title"][:LONGEST_TITLE], "lang": languages, "size": given["size"], "wifi": wifi}
    raise web.HTTPSeeOther(f"{POSTER}/sheet?{urlencode(asked, doseq=True)}")


def _remember(connection: sqlite3.Connection, wifi: str) -> None:
    if wifi != fact(connection, _WIFI):
        set_fact(connection, _WIFI, wifi)


@staff(Right.ARRANGE)
async def sheet(request: web.Request) -> web.StreamResponse:
    """The poster itself, as often as it stands on one sheet."""
    query, language = request.query, interface_language(request)
    try:
        of = known_page(request, query.get("of", "/"))
    except RefusedError as refused:
        return _ask_page(
            request, {"of": "/", "lang": [], "size": Size.A4, "wifi": ""}, refusal(refused.reason, language)
        )
    address = request.app[ORIGINS].app(request) + of
    wifi, title = query.get("wifi", "")[:LONGEST_WIFI], query.get("title", "")[:LONGEST_TITLE]
    languages = chosen_languages(query.getall("lang", []), offered_languages(request), language)
    titles = {code: title or await _title(request, of, code) for code in languages}
    size = query.get("size", "")
    show_in(request, language)
    words = [said(code, titles[code], wifi, address) for code in languages]
    chosen = Size(size) if size in list(Size) else Size.A4
    return render(
        request,
        "poster.html",
        headers=NO_STORE,
        size=chosen,
        copies=COPIES[chosen],
        said=words,
        titles=titles_once(words),
        code=qr_code(str(URL(address, encoded=True))),
        typed=typed_address(address),
        box_name=request.app[FACTS].name,
        back=f"{POSTER}?of={of}",
    )


async def _title(request: web.Request, of: str, language: str) -> str:
    """What the page is called for a reader of one language; of the home page, what it asks."""
    show_in(request, language)
    placed = Placed(of)
    database = request.app[DATABASE]
    creations = await database.read(creations_of, [placed])
    there = There(creations, await database.read(all_categories), await courses_made_here(request))
    card = card_of(request, placed, there)
    return card.title if card is not None and card.title != of else ""


ROUTES = [
    web.get(POSTER, ask),
    web.post(POSTER, make),
    web.get(f"{POSTER}/sheet", sheet),
]
