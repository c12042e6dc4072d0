"""`/staff/categories`: the tree of categories, and what lies in each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from aiohttp import web

from ideascube.arranging.addresses import category_address
from ideascube.arranging.cards import There, card_of, in_words
from ideascube.arranging.changes import Reason, RefusedError, one_line, page_of_box
from ideascube.arranging.model import LONGEST_TITLE, Placed
from ideascube.arranging.picking import known_page, picks
from ideascube.arranging.words import USUAL_ICON, icon_words, refusal
from ideascube.box_db.categories import (
    Category,
    all_categories,
    move_category,
    put_in,
    remove_category,
    save_category,
    take_out,
)
from ideascube.box_db.home_facts import CategoryFacts, category_facts
from ideascube.box_db.random_ids import is_id, new_id
from ideascube.courses.opening import courses_made_here
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, interface_language, offered_languages
from ideascube.web.language import Form, read_form
from ideascube.workspace.rendering import render_staff

TREE = "/staff/categories"


@staff(Right.ARRANGE)
async def tree(request: web.Request) -> web.StreamResponse:
    categories = await request.app[DATABASE].read(all_categories)
    return render_staff(
        request,
        "staff_categories.html",
        tree=[(top, _within(categories, top.id)) for top in _within(categories, "")],
        name_of=lambda category: in_words(request, category.names),
        new_id=new_id(),
        problem=refusal(request.query.get("problem", ""), interface_language(request)),
    )


def _within(categories: Sequence[Category], parent: str) -> list[Category]:
    return [each for each in categories if each.parent == parent]


@staff(Right.ARRANGE)
async def edit(request: web.Request) -> web.StreamResponse:
    """The form of a category; of an id that no category has, of a new one."""
    name = request.match_info["id"]
    if not is_id(name):
        raise web.HTTPSeeOther(f"{TREE}?problem={Reason.GONE}")
    facts = await request.app[DATABASE].read(category_facts, name)
    return await _form_page(request, facts, facts.category if facts else Category(name, "", USUAL_ICON, "", {}))


async def _form_page(
    request: web.Request, facts: CategoryFacts | None, category: Category, problem: str = ""
) -> web.Response:
    categories = await request.app[DATABASE].read(all_categories)
    parents = [each for each in _within(categories, "") if each.id != category.id and not (facts and facts.within)]
    spoken = list(dict.fromkeys((interface_language(request), *category.names)))
    made = await courses_made_here(request)
    there = There(facts.creations, facts.all, made) if facts else None
    return render_staff(
        request,
        "staff_category.html",
        status=422 if problem else 200,
        category=category,
        is_new=facts is None,
        name=in_words(request, category.names)[0],
        parents=[(each.id, *in_words(request, each.names)) for each in parents],
        first_languages=spoken,
        other_languages=[code for code in offered_languages(request) if code not in spoken],
        icons=icon_words(interface_language(request)),
        cards=[(card, card_of(request, card, there)) for card in facts.cards] if facts and there else [],
        address=category_address(category.id),
        problem=problem,
    )


@staff(Right.ARRANGE)
async def save(request: web.Request) -> web.StreamResponse:
    """Form fields: `name-LANGUAGE`, `parent`, `icon`, `picture` (an address of this box)."""
    name, form = request.match_info["id"], await read_form(request)
    if not is_id(name):
        raise web.HTTPSeeOther(f"{TREE}?problem={Reason.GONE}")
    category = _given(name, form)
    try:
        await request.app[DATABASE].write(_save, category)
    except RefusedError as refused:
        facts = await request.app[DATABASE].read(category_facts, name)
        return await _form_page(request, facts, category, refusal(refused.reason, interface_language(request)))
    raise web.HTTPSeeOther(f"{TREE}/{name}")


def _given(name: str, form: Form) -> Category:
    names = {code: one_line(str(form.get(f"name-{code}", ""))) for code in LANGUAGES}
    icon = str(form.get("icon", ""))
    return Category(
        name,
        str(form.get("parent", ""))[:20],
        icon if icon in icon_words("en") else USUAL_ICON,
        str(form.get("picture", "")).strip(),
        {code: text for code, text in names.items() if text},
    )


def _save(connection: sqlite3.Connection, category: Category) -> None:
    """Raises RefusedError."""
    if not category.names:
        raise RefusedError(Reason.NAME)
    if any(len(name) > LONGEST_TITLE for name in category.names.values()):
        raise RefusedError(Reason.TITLE)
    if category.picture:
        page_of_box(category.picture)
    if not may_lie_in(category, all_categories(connection)):
        raise RefusedError(Reason.DEPTH)
    if not save_category(connection, category):
        raise RefusedError(Reason.CATEGORIES)


def may_lie_in(category: Category, others: Sequence[Category]) -> bool:
    """Two levels: the parent is another one, on top; and who has others within lies in none. Pure."""
    if not category.parent:
        return True
    parent = next((each for each in others if each.id == category.parent), None)
    has_within = any(each.parent == category.id for each in others)
    return parent is not None and not parent.parent and parent.id != category.id and not has_within


@staff(Right.ARRANGE)
async def change(request: web.Request) -> web.StreamResponse:
    """Form fields: `deed`, `category`, and the `address` of what is taken out."""
    form = {name: str(value) for name, value in (await read_form(request)).items()}
    name, database = form.get("category", ""), request.app[DATABASE]
    deed = form.get("deed")
    if deed in ("up", "down"):
        await database.write(move_category, name, -1 if deed == "up" else 1)
    elif deed == "remove":
        await database.write(remove_category, name)
    elif deed == "take-out":
        await database.write(take_out, name, form.get("address", ""))
        raise web.HTTPSeeOther(f"{TREE}/{name}" if is_id(name) else TREE)
    raise web.HTTPSeeOther(TREE)


@staff(Right.ARRANGE)
async def choose(request: web.Request) -> web.StreamResponse:
    return await _pick_page(request, await _facts(request))


async def _facts(request: web.Request) -> CategoryFacts:
    facts = await request.app[DATABASE].read(category_facts, request.match_info["id"])
    if facts is None:
        raise web.HTTPSeeOther(f"{TREE}?problem={Reason.GONE}")
    return facts


async def _pick_page(
    request: web.Request, facts: CategoryFacts, problem: str = "", given: Mapping[str, str] | None = None
) -> web.Response:
    return render_staff(
        request,
        "staff_pick.html",
        status=422 if problem else 200,
        heading=in_words(request, facts.category.names)[0],
        action=f"{TREE}/{facts.category.id}/add",
        back=f"{TREE}/{facts.category.id}",
        hidden={},
        picks=await picks(request),
        there={card.address for card in facts.cards},
        problem=problem,
        given=given or {},
    )


@staff(Right.ARRANGE)
async def add(request: web.Request) -> web.StreamResponse:
    """Form fields: `address`, `title`, `lang`."""
    form = {name: str(value) for name, value in (await read_form(request)).items()}
    facts = await _facts(request)
    try:
        await _put(request, facts.category.id, form)
    except RefusedError as refused:
        return await _pick_page(request, facts, refusal(refused.reason, interface_language(request)), form)
    raise web.HTTPSeeOther(f"{TREE}/{facts.category.id}")


async def _put(request: web.Request, category: str, form: Mapping[str, str]) -> None:
    """Raises RefusedError."""
    address = known_page(request, form.get("address", ""))
    title, lang = one_line(form.get("title", ""))[:LONGEST_TITLE], one_line(form.get("lang", ""))[:35]
    if not await request.app[DATABASE].write(put_in, category, Placed(address, title, lang)):
        raise RefusedError(Reason.CARDS)


ROUTES = [
    web.get(TREE, tree),
    web.post(TREE, change),
    web.get(TREE + "/{id}", edit),
    web.post(TREE + "/{id}", save),
    web.get(TREE + "/{id}/add", choose),
    web.post(TREE + "/{id}/add", add),
]
