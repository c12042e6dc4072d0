"""Putting something into a section of the home page: looked for, chosen from what there is, or by its address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from aiohttp import web

from ideascube.arranging import changes
from ideascube.arranging.changes import Reason, RefusedError
from ideascube.arranging.drafts import change_newest, load_draft
from ideascube.arranging.filling import filling_for
from ideascube.arranging.model import Placed
from ideascube.arranging.picking import known_page, picks
from ideascube.arranging.staff_home import HOME, leading_back
from ideascube.arranging.words import refusal
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.web.i18n import interface_language
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff


@staff(Right.ARRANGE)
async def choose(request: web.Request) -> web.StreamResponse:
    return await _page(request)


async def _page(request: web.Request, problem: str = "", given: Mapping[str, str] | None = None) -> web.Response:
    draft = await load_draft(request)
    section = draft.arrangement.section(request.match_info["section"])
    if section is None:
        raise leading_back(problem=Reason.GONE)
    filling = await filling_for(request, draft.facts)
    return render_staff(
        request,
        "staff_pick.html",
        status=422 if problem else 200,
        heading=filling.title_of(section)[0],
        action=f"{HOME}/sections/{section.id}/add",
        back=f"{HOME}#s-{section.id}",
        hidden={},
        picks=await picks(request),
        there={card.address for card in section.cards},
        problem=problem,
        given=given or {},
    )


@staff(Right.ARRANGE)
async def add(request: web.Request) -> web.StreamResponse:
    """Form fields: `address`, `title`, `lang`. What others changed meanwhile is no hindrance."""
    form = {name: str(value) for name, value in (await read_form(request)).items()}
    section = request.match_info["section"]
    try:
        address = known_page(request, form.get("address", ""))
        card = Placed(address, form.get("title", ""), form.get("lang", ""))
        await change_newest(request, partial(changes.add_card, section_id=section, card=card))
    except RefusedError as refused:
        if refused.reason is Reason.GONE:
            raise leading_back(problem=refused.reason) from None
        return await _page(request, refusal(refused.reason, interface_language(request)), form)
    raise leading_back(section)


ROUTES = [
    web.get(f"{HOME}/sections/{{section}}/add", choose),
    web.post(f"{HOME}/sections/{{section}}/add", add),
]
