"""`/categories`: the tree; `/categories/ID`: what mediators put into one, and those within it."""

from __future__ import annotations

from aiohttp import web

from content_packs.pack_id import OWN
from ideascube.arranging.addresses import pack_in
from ideascube.arranging.cards import There, card_of, category_card, in_words
from ideascube.box_db.categories import all_categories
from ideascube.box_db.home_facts import CategoryFacts, category_facts
from ideascube.box_db.random_ids import is_id
from ideascube.courses.opening import OpenCourse, courses_made_here
from ideascube.web.context import DATABASE
from ideascube.web.rendering import render


async def categories(request: web.Request) -> web.StreamResponse:
    found = await request.app[DATABASE].read(all_categories)
    return render(
        request,
        "categories.html",
        tree=[
            (category_card(request, top), [category_card(request, each) for each in found if each.parent == top.id])
            for top in found
            if not top.parent
        ],
    )


async def category(request: web.Request) -> web.StreamResponse:
    """404 where there is no such category."""
    name = request.match_info["id"]
    facts = await request.app[DATABASE].read(category_facts, name) if is_id(name) else None
    if facts is None:
        raise web.HTTPNotFound(text="There is no such category on this box.")
    there = There(facts.creations, facts.all, await _made(request, facts))
    cards = (card_of(request, card, there) for card in facts.cards)
    title, lang = in_words(request, facts.category.names)
    return render(
        request,
        "category.html",
        title=title,
        lang=lang,
        category=facts.category,
        parent=category_card(request, facts.parent) if facts.parent else None,
        within=[category_card(request, each) for each in facts.within],
        cards=[card for card in cards if card is not None],
    )


async def _made(request: web.Request, facts: CategoryFacts) -> list[OpenCourse]:
    has_own = any(pack_in(card.address) == OWN for card in facts.cards)
    return await courses_made_here(request) if has_own else []


ROUTES = [web.get("/categories", categories), web.get("/categories/{id}", category)]
