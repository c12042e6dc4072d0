"""Results as the search page shows them, line by line, and as JSON has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from content_packs.manifest import best_language
from content_packs.store.library import PackRecord
from ideascube.reading.addresses import read_path
from ideascube.search.protocol import PACK, Piece, Place, Result
from ideascube.web import wording
from ideascube.web.cards import kind_drawing, pack_title, page_address, picture_address
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.i18n import interface_language, visitor_languages

_ALSO = 3  # twins that are named
_READ = (".pdf", ".epub")  # files that many phones cannot open, and the app shows by themselves


@dataclass(frozen=True, slots=True)
class Twin:
    pack_title: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One result. `pack_…` is where it was found, empty for a pack itself; `moment`: the second of a film, or -1.

    `lang` is the title's; `languages`: those of the page, or of all of a pack, in words.
    """

    title: str
    lang: str
    url: str
    picture: str
    snippet: Sequence[Piece]
    moment: int
    languages: str
    pack_title: str
    pack_page: str
    pack_picture: str
    also: Sequence[Twin]


def line(request: web.Request, result: Result) -> Line:
    """The line of a result; its picture is that of a pack itself, or the drawing of a film."""
    record = request.app[LIBRARY].get(result.pack)
    picture = picture_address(record) if record else kind_drawing(result.kind)
    is_pack = result.kind == PACK
    result = in_visitors_words(request, result)
    return Line(
        title=result.title,
        lang=result.lang,
        url=url(request, result),
        picture=picture if is_pack else kind_drawing("film") if result.at >= 0 else "",
        snippet=result.snippet,
        moment=result.at,
        languages=_languages(request, result, record),
        pack_title="" if is_pack or not result.pack else pack_title(request, result.pack),
        pack_page=page_address(result.pack),
        pack_picture=picture,
        also=[_twin(request, place) for place in result.also[:_ALSO]],
    )


def document(request: web.Request, result: Result) -> dict[str, object]:
    """The same for programs."""
    result = in_visitors_words(request, result)
    return {
        "title": result.title,
        "url": _with_second(_as_it_is(request, result.pack, result.path), result.at),
        "pack": result.pack,
        "lang": result.lang,
        "kind": result.kind,
        "snippet": "".join(text for text, _ in result.snippet),
        "at": result.at if result.at >= 0 else None,
    }


def url(request: web.Request, result: Result) -> str:
    """Where a result opens for people, a film at its second."""
    return _with_second(place_url(request, result.pack, result.path), result.at)


def _with_second(address: str, second: int) -> str:
    return f"{address}#t={second}" if second >= 0 else address


def place_url(request: web.Request, pack: str, path: str) -> str:
    """Where a page opens for people: on its pack's origin, a document in the app's reader."""
    return read_path(pack, path) if pack and path.lower().endswith(_READ) else _as_it_is(request, pack, path)


def _as_it_is(request: web.Request, pack: str, path: str) -> str:
    """On its pack's origin; a pack itself, and what lies in none, in the app."""
    if not path:
        return page_address(pack)
    return request.app[ORIGINS].content(request, pack, path) if pack else f"/{path.lstrip('/')}"


def in_visitors_words(request: web.Request, result: Result) -> Result:
    """A pack itself with its title and description in the visitor's language; any other result as it was found."""
    record = request.app[LIBRARY].get(result.pack)
    if result.kind != PACK or record is None or record.manifest is None:
        return result
    manifest, spoken = record.manifest, visitor_languages(request)
    lang = best_language(manifest.titles, spoken) or manifest.language
    described = manifest.description_in(*spoken)
    snippet = ((described, False),) if described else result.snippet
    return replace(result, title=manifest.title_in(*spoken), lang=lang, snippet=snippet)


def _languages(request: web.Request, result: Result, record: PackRecord | None) -> str:
    codes: tuple[str, ...] = (result.lang,) if result.lang else ()
    if result.kind == PACK and record is not None and record.manifest is not None:
        codes = record.manifest.languages
    return wording.languages_text(codes, interface_language(request)) if codes else ""


def _twin(request: web.Request, place: Place) -> Twin:
    return Twin(pack_title(request, place.pack), place_url(request, place.pack, place.path))
