"""Home and the library: what is on this box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from content_packs.store.library import PackRecord
from ideascube.progress.mine import NO_STORE, going_on
from ideascube.web.cards import Card, in_reading_order, make_card
from ideascube.web.context import LIBRARY
from ideascube.web.facets import Filters, choose, kind_choices, language_choices, library_address
from ideascube.web.i18n import visitor_languages
from ideascube.web.rendering import render
from ideascube.web.wording import KINDS_IN_ORDER, known_kind

_SHELF_LENGTH = 4  # packs of one kind on the home page, a row of a wide screen; the library has all


@dataclass(frozen=True, slots=True)
class Shelf:
    """The packs of one kind: the first few, how many there are, and where all of them are."""

    kind: str
    cards: list[Card]
    count: int
    more: str


async def home(request: web.Request) -> web.StreamResponse:
    records = request.app[LIBRARY].shown
    languages = language_choices(records, Filters(), visitor_languages(request))[1:]
    lines = await going_on(request)
    return render(
        request,
        "home.html",
        headers=NO_STORE if lines else None,
        shelves=_shelves(request, records),
        has_courses=any(record.courses for record in records),
        languages=languages,
        lines=lines,
    )


def _shelves(request: web.Request, records: Sequence[PackRecord]) -> list[Shelf]:
    ordered = in_reading_order(request, records)
    by_kind: dict[str, list[PackRecord]] = {kind: [] for kind in KINDS_IN_ORDER}
    for record in ordered:
        by_kind[known_kind(record.manifest.kind if record.manifest else "")].append(record)
    return [_shelf(request, kind, packs) for kind, packs in by_kind.items() if packs]


def _shelf(request: web.Request, kind: str, packs: Sequence[PackRecord]) -> Shelf:
    cards = [make_card(request, record) for record in packs[:_SHELF_LENGTH]]
    more = library_address(Filters(kind=kind)) if len(packs) > len(cards) else ""
    return Shelf(kind, cards, len(packs), more)


async def library(request: web.Request) -> web.StreamResponse:
    """`lang` and `kind` choose; a value that no pack has leaves nothing, and the page says so."""
    filters = Filters(request.query.get("lang", ""), request.query.get("kind", ""))
    records = request.app[LIBRARY].shown
    chosen = in_reading_order(request, choose(records, filters))
    return render(
        request,
        "library.html",
        cards=[make_card(request, record) for record in chosen],
        filters=filters,
        languages=language_choices(records, filters, visitor_languages(request)),
        kinds=kind_choices(records, filters),
        has_courses=any(record.courses for record in records),
        is_empty=not records,
    )


ROUTES = [web.get("/", home, name="home"), web.get("/library", library)]
