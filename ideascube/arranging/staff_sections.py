"""Sections of the home page: a new one, and what one is called, for whom it is and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from ideascube.arranging import changes
from ideascube.arranging.changes import Reason, RefusedError
from ideascube.arranging.drafts import Draft, change_draft, change_newest, load_draft
from ideascube.arranging.filling import filling_for
from ideascube.arranging.model import HAVE_COUNT, HAVE_LOOKS, NEEDS_CHOICE, Fill, Look, Section, emptied, from_json
from ideascube.arranging.staff_home import HOME, leading_back, number
from ideascube.arranging.words import fill_words, kind_choices, refusal
from ideascube.box_db.arrangement import Conflict
from ideascube.box_db.random_ids import is_id, new_id
from ideascube.box_db.tags import list_tags
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, interface_language, language_name, offered_languages
from ideascube.web.language import Form, read_form
from ideascube.web.wording import KINDS_IN_ORDER
from ideascube.workspace.rendering import render_staff

_LARGE = "large"  # in the form: chosen, one card large

Choices = list[tuple[str, str, str]]


@staff(Right.ARRANGE)
async def choose(request: web.Request) -> web.StreamResponse:
    """What a new section is to be filled by."""
    return await _choose_page(request)


async def _choose_page(request: web.Request, problem: str = "", given: Mapping[str, str] | None = None) -> web.Response:
    draft = await load_draft(request)
    language = interface_language(request)
    choices = await _of_choices(request, draft)
    offered = [Fill.CHOSEN, *(fill for fill in Fill if fill is not Fill.CHOSEN and choices.get(fill) != [])]
    return render_staff(
        request,
        "staff_section_new.html",
        status=422 if problem else 200,
        section_id=(given or {}).get("section") or new_id(),
        fills=[(fill.value, fill_words(fill, language)) for fill in offered],
        choices=choices,
        problem=problem,
        given=given or {},
    )


async def _of_choices(request: web.Request, draft: Draft) -> dict[Fill, Choices]:
    """For the rules that need one more choice, what there is to choose from."""
    language = interface_language(request)
    filling = await filling_for(request, draft.facts)
    tags = await request.app[DATABASE].read(list_tags)
    return {
        Fill.PACKS: kind_choices(language, KINDS_IN_ORDER),
        Fill.TAG: [(tag.id, *filling.words(tag.names)) for tag in tags],
        Fill.CATEGORY: [(each.id, *filling.words(each.names)) for each in draft.facts.categories],
    }


@staff(Right.ARRANGE)
async def add(request: web.Request) -> web.StreamResponse:
    """Form fields: `fill`, `of-FILL` where it needs one, `section`, the id that the new one gets."""
    form = await read_form(request)
    given = {name: str(value) for name, value in form.items()}
    section = _new_section(given)
    try:
        await change_newest(request, lambda each: changes.add_section(each, section))  # it stands last in any case
    except RefusedError as refused:
        return await _choose_page(request, refusal(refused.reason, interface_language(request)), given)
    raise web.HTTPSeeOther(f"{HOME}/sections/{section.id}{'/add' if section.fill is Fill.CHOSEN else ''}")


def _new_section(form: Mapping[str, str]) -> Section:
    wanted = form.get("fill", "")
    is_large = wanted == _LARGE
    fill = Fill.CHOSEN if is_large or wanted not in list(Fill) else Fill(wanted)
    section_id = form.get("section", "")
    return Section(
        section_id if is_id(section_id) else new_id(),
        fill,
        of=form.get(f"of-{fill}", "")[:100] if fill in NEEDS_CHOICE else "",
        look=Look.LARGE if is_large else Look.COVERS,
    )


@staff(Right.ARRANGE)
async def edit(request: web.Request) -> web.StreamResponse:
    draft = await load_draft(request)
    section = draft.arrangement.section(request.match_info["section"])
    if section is None:
        raise leading_back(problem=Reason.GONE)
    return await _edit_page(request, draft, section)


async def _edit_page(
    request: web.Request, draft: Draft, section: Section, problem: str = "", *, conflict: bool = False
) -> web.Response:
    filling = await filling_for(request, draft.facts)
    language = interface_language(request)
    spoken = list(dict.fromkeys((*section.titles, language)))
    return render_staff(
        request,
        "staff_section.html",
        status=409 if conflict else 422 if problem else 200,
        conflict=conflict,
        now=draft.arrangement.section(section.id),
        turn=draft.row.turn,
        section=section,
        usual=filling.title_of(replace(section, titles={}))[0],
        filled_by=fill_words(section.fill, language),
        first_languages=spoken,
        other_languages=[code for code in offered_languages(request) if code not in spoken],
        readers=[(code, language_name(code), language_name(code, language)) for code in offered_languages(request)],
        have_looks=section.fill in HAVE_LOOKS,
        have_count=section.fill in HAVE_COUNT and section.fill is not Fill.CHOSEN,
        problem=problem,
    )


@staff(Right.ARRANGE)
async def save(request: web.Request) -> web.StreamResponse:
    """Form fields: `title-LANGUAGE`, `language` (several), `most`, `look`, `since`, `until`, `turn`."""
    form = await read_form(request)
    draft = await load_draft(request)
    before = draft.arrangement.section(request.match_info["section"])
    if before is None:
        raise leading_back(problem=Reason.GONE)
    section = _given(before, form)
    try:
        turn = number(str(form.get("turn", "")))
        result = await change_draft(request, turn, lambda each: changes.set_section(each, section))
    except RefusedError as refused:
        return await _edit_page(request, draft, section, refusal(refused.reason, interface_language(request)))
    if isinstance(result, Conflict) and not _is_as_it_was(result, section.id):
        return await _edit_page(request, await load_draft(request), section, conflict=True)
    if isinstance(result, Conflict):  # others changed other sections
        await change_newest(request, lambda each: changes.set_section(each, section))
    raise leading_back(section.id)


def _is_as_it_was(conflict: Conflict, section_id: str) -> bool:
    """Whether what the form may change is as it was on the page."""
    then, now = (from_json(row.body).section(section_id) for row in (conflict.then, conflict.now))
    return then is not None and now is not None and emptied(then) == emptied(now)


def _given(before: Section, form: Form) -> Section:
    """The section as the form has it; what the form does not have stays."""
    look = str(form.get("look", before.look))
    return replace(
        before,
        titles={code: str(form[f"title-{code}"]) for code in _codes(before) if f"title-{code}" in form},
        languages=tuple(code for code in LANGUAGES if code in _several(form, "language")),
        most=_count(str(form.get("most", "")), before.most),
        look=Look(look) if look in list(Look) else before.look,
        since=str(form.get("since", before.since)),
        until=str(form.get("until", before.until)),
    )


def _codes(section: Section) -> list[str]:
    return list(dict.fromkeys((*section.titles, *LANGUAGES)))


def _several(form: Form, name: str) -> list[str]:
    return [str(value) for value in form.getall(name, [])]


def _count(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 4 else otherwise


ROUTES = [
    web.get(f"{HOME}/sections", choose),
    web.post(f"{HOME}/sections", add),
    web.get(f"{HOME}/sections/{{section}}", edit),
    web.post(f"{HOME}/sections/{{section}}", save),
]
