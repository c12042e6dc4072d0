"""`/search` and `/suggest`: one search over everything, as pages and as JSON.

Addresses: docs/addresses.md. The searching itself is done by other processes, see `ideascube.search`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web
from markupsafe import Markup

from content_packs.text import fold
from content_packs.text.cleaning import cleaned
from ideascube.search.client import SearchAnswer, SearchQuery, Suggestion
from ideascube.search.protocol import MAX_PAGE_SIZE, MAX_PAGES
from ideascube.web.cards import pack_title
from ideascube.web.context import LIBRARY, SEARCH, TURNS, UNFOUND
from ideascube.web.i18n import interface_language, language_name, translations, visitor_languages
from ideascube.web.rendering import JSON, render, send_text
from ideascube.web.search_filters import FILTERS, PAGE_SIZE, about, filters, search_address
from ideascube.web.search_lines import document, line, place_url
from ideascube.web.turns import for_who_stays
from ideascube.web.wording import kind_name

_LONGEST_FILTER = 200  # characters
_NAMED = 5  # packs in one sentence


def asked(request: web.Request) -> SearchQuery:
    """The search in an address. A number that is none, or out of bounds, is taken for the nearest that is."""
    given = request.query
    chosen = {name: given.get(name, "")[:_LONGEST_FILTER] for name in FILTERS}
    return SearchQuery(
        text=cleaned(given.get("q", "")),
        languages=visitor_languages(request),
        lang=chosen["lang"],
        kind=chosen["kind"],
        pack=_pack(request, chosen["pack"]),
        page=_number(given.get("page", ""), 1, MAX_PAGES),
        page_size=_number(given.get("count", ""), PAGE_SIZE, MAX_PAGE_SIZE),
        licence=chosen["licence"],
    )


def _pack(request: web.Request, name: str) -> str:
    """The pack's id where `name` is one of its aliases."""
    return request.app[LIBRARY].resolve(name) or name


def _number(written: str, default: int, most: int) -> int:
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 10 else default


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
    counts: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for count in answer.counts:
        counts[count.filter][count.value] = count.results
    return {
        "query": answer.query,
        "total": answer.total,
        "partial": answer.partial,
        "results": [document(request, result) for result in answer.results],
        "suggestion": answer.suggestion or None,
        "estimated": answer.estimated,
        "relaxed": answer.relaxed,
        "left_out": answer.left_out,
        "preparing": answer.preparing,
        "counts": counts,
    }


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _page(request: web.Request, query: SearchQuery, answer: SearchAnswer) -> web.Response:
    return render(
        request,
        "search.html",
        query=query,
        answer=answer,
        total=about(answer.total) if answer.estimated else answer.total,
        lines=[line(request, result) for result in answer.results],
        filters=filters(query, answer.counts, lambda name, value: _label(request, name, value)),
        hidden={name: getattr(query, name) for name in FILTERS},
        left_out=_names(request, answer.left_out),
        preparing=_names(request, answer.preparing),
        meant=answer.suggestion if fold(answer.suggestion) != fold(answer.query) else "",
        meant_address=search_address(replace(query, text=answer.suggestion)),
        first=(answer.page - 1) * answer.page_size + 1,
        before=search_address(query, answer.page - 1) if answer.page > 1 else "",
        after=search_address(query, answer.page + 1) if answer.has_more else "",
        ends_here=answer.page == MAX_PAGES and answer.total > answer.page * answer.page_size,
        again=search_address(query, answer.page),
        start=search_address(query),
        everywhere=search_address(SearchQuery(query.text)),
    )


def _label(request: web.Request, name: str, value: str) -> str:
    """What a choice is called."""
    language = interface_language(request)
    if name == "lang":
        return language_name(value, language)
    if name == "kind":
        return kind_name(value, language)
    return pack_title(request, value) if name == "pack" else value


def _names(request: web.Request, packs: Sequence[str]) -> Markup:
    """The titles of packs, and how many there are beyond those; each by itself, in whatever direction it is read."""
    named = Markup(", ").join(Markup("<bdi>{}</bdi>").format(pack_title(request, pack)) for pack in packs[:_NAMED])
    ngettext = translations(interface_language(request)).ngettext
    more = len(packs) - _NAMED
    if more <= 0:
        return named
    said = ngettext("%(names)s and %(num)d more", "%(names)s and %(num)d more", more)
    return Markup(said) % {"names": named, "num": more}  # noqa: S704 - our own words


async def suggest(request: web.Request) -> web.StreamResponse:
    """Titles that begin with `q`, as JSON; none while the searchers are busy."""
    found = await for_who_stays(request, request.app[SEARCH].suggest(asked(request)))
    found = [each if each.path else replace(each, title=pack_title(request, each.pack)) for each in found]
    twice = Counter(fold(each.title) for each in found)
    rows = [_row(request, each, told_apart=twice[fold(each.title)] > 1) for each in found]
    return send_text(request, _json(rows), JSON)


def _row(request: web.Request, each: Suggestion, *, told_apart: bool) -> dict[str, str]:
    """`beside` tells titles apart that are written alike: where they lie, and in which language."""
    row = {"title": each.title, "url": place_url(request, each.pack, each.path), "pack": each.pack, "lang": each.lang}
    if told_apart:
        row["beside"] = _beside(request, each)
    return row


def _beside(request: web.Request, each: Suggestion) -> str:
    """The pack and the language of a page, a pack's kind; not once more the title."""
    language, record = interface_language(request), request.app[LIBRARY].get(each.pack)
    if not each.path:
        return kind_name(record.manifest.kind, language) if record and record.manifest else ""
    pack = pack_title(request, each.pack)
    told = ["" if fold(pack) == fold(each.title) else pack, language_name(each.lang, language) if each.lang else ""]
    return " · ".join(filter(None, told))


ROUTES = [web.get("/search", search), web.get("/suggest", suggest)]
