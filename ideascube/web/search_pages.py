"""`/search` and `/suggest`: one search over everything, as pages and as JSON.

Addresses: docs/addresses.md. The searching itself is done by other processes, see `ideascube.search`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from content_packs.store.library import PackRecord
from ideascube.search.client import Result, SearchAnswer, SearchQuery
from ideascube.search.protocol import MAX_PAGE_SIZE, MAX_PAGES, Piece
from ideascube.web.cards import kind_drawing, page_address, picture_address
from ideascube.web.context import LIBRARY, ORIGINS, SEARCH, TURNS, UNFOUND
from ideascube.web.facets import Filters, kind_choices, language_choices
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.rendering import JSON, render, send_text
from ideascube.web.turns import for_who_stays

_PAGE_SIZE = 10
_LONGEST_FILTER = 200  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """One result as the page shows it. `pack_…` is where it was found."""

    title: str
    lang: str
    url: str
    kind: str
    snippet: Sequence[Piece]
    pack_title: str
    pack_page: str
    pack_picture: str
    also: list[str]


def asked(request: web.Request) -> SearchQuery:
    """The search in an address. A number that is none, or out of bounds, is taken for the nearest that is."""
    given = request.query
    return SearchQuery(
        text=given.get("q", "").strip(),
        languages=visitor_languages(request),
        lang=given.get("lang", "")[:_LONGEST_FILTER],
        kind=given.get("kind", "")[:_LONGEST_FILTER],
        pack=_pack(request, given.get("pack", "")[:_LONGEST_FILTER]),
        page=_number(given.get("page", ""), 1, MAX_PAGES),
        page_size=_number(given.get("count", ""), _PAGE_SIZE, MAX_PAGE_SIZE),
    )


def _pack(request: web.Request, name: str) -> str:
    """The pack's id where `name` is one of its aliases."""
    return request.app[LIBRARY].resolve(name) or name


def _number(written: str, default: int, most: int) -> int:
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 10 else default


def search_address(query: SearchQuery, page: int = 1) -> str:
    """The address of another page of the same search."""
    given: dict[str, str | int] = {"q": query.text, "lang": query.lang, "kind": query.kind, "pack": query.pack}
    if query.page_size != _PAGE_SIZE:
        given["count"] = query.page_size
    if page > 1:
        given["page"] = page
    return f"/search?{urlencode({name: value for name, value in given.items() if value}, errors='replace')}"


async def search(request: web.Request) -> web.StreamResponse:
    """A page, or JSON with `format=json`. Raises TooBusy, which becomes a page that asks to try again."""
    query = asked(request)
    answer = await for_who_stays(request, _answer(request, query))
    if request.query.get("format") == "json":
        return send_text(request, _json(_document(request, answer)), JSON)
    return _page(request, query, answer)


async def _answer(request: web.Request, query: SearchQuery) -> SearchAnswer:
    """When it is the visitor's turn."""
    async with request.app[TURNS].turn(request.remote or ""):
        answer = await request.app[SEARCH].search(query)
    if (unfound := request.app[UNFOUND]) is not None:
        unfound.take(query, answer)
    return answer


def _document(request: web.Request, answer: SearchAnswer) -> dict[str, object]:
    return {
        "query": answer.query,
        "total": answer.total,
        "partial": answer.partial,
        "results": [
            {
                "title": result.title,
                "url": _url(request, result.pack, result.path),
                "pack": result.pack,
                "lang": result.lang,
                "kind": result.kind,
                "snippet": "".join(text for text, _ in result.snippet),
            }
            for result in answer.results
        ],
        "suggestion": None,
    }


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _url(request: web.Request, pack_id: str, path: str) -> str:
    return request.app[ORIGINS].content(request, pack_id, path)


def _page(request: web.Request, query: SearchQuery, answer: SearchAnswer) -> web.Response:
    records = request.app[LIBRARY].shown
    nothing = Filters()
    return render(
        request,
        "search.html",
        query=query,
        answer=answer,
        lines=[_line(request, result) for result in answer.results],
        pack_title=_title(request, query.pack) if query.pack else "",
        languages=language_choices(records, nothing, query.languages)[1:],
        kinds=kind_choices(records, nothing)[1:],
        first=(answer.page - 1) * answer.page_size + 1,
        before=search_address(query, answer.page - 1) if answer.page > 1 else "",
        after=search_address(query, answer.page + 1) if answer.has_more else "",
        again=search_address(query, answer.page),
        everywhere=search_address(SearchQuery(query.text)),
    )


def _line(request: web.Request, result: Result) -> Line:
    record = request.app[LIBRARY].get(result.pack)
    return Line(
        title=result.title,
        lang=result.lang,
        url=_url(request, result.pack, result.path),
        kind=result.kind,
        snippet=result.snippet,
        pack_title=_title(request, result.pack),
        pack_page=page_address(result.pack),
        pack_picture=picture_address(record) if record else kind_drawing(result.kind),
        also=[_title(request, place.pack) for place in result.also[:3]],
    )


def _title(request: web.Request, pack_id: str) -> str:
    record: PackRecord | None = request.app[LIBRARY].get(pack_id)
    return record.manifest.title_in(interface_language(request)) if record and record.manifest else pack_id


async def suggest(request: web.Request) -> web.StreamResponse:
    """Titles that begin with `q`, as JSON; none while the searchers are busy."""
    found = await for_who_stays(request, request.app[SEARCH].suggest(asked(request)))
    rows = [
        {"title": each.title, "url": _url(request, each.pack, each.path), "pack": each.pack, "lang": each.lang}
        for each in found
    ]
    return send_text(request, _json(rows), JSON)


ROUTES = [web.get("/search", search), web.get("/suggest", suggest)]
