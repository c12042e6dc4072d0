"""The library: every pack on this box."""

from __future__ import annotations

from aiohttp import web

from ideascube.web.cards import in_reading_order, make_card
from ideascube.web.context import LIBRARY
from ideascube.web.facets import Filters, choose, kind_choices, language_choices
from ideascube.web.i18n import visitor_languages
from ideascube.web.rendering import render


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


ROUTES = [web.get("/library", library)]
