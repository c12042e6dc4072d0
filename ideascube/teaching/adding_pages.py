"""Adding to a course: found by the search over everything, chosen of what was made here, a whole course, questions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from aiohttp import web

from content_packs.courses.model import Quiz, Step
from content_packs.errors import BadInput
from content_packs.pack_id import OWN
from content_packs.text.cleaning import cleaned
from ideascube.box_db.creation_lists import Filter, list_creations
from ideascube.box_db.own_courses import list_courses
from ideascube.box_db.random_ids import new_id
from ideascube.courses.opening import courses_in
from ideascube.creations.cards import creation_card
from ideascube.items.wording import Worded, in_language
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.search.client import SearchQuery, TooBusy
from ideascube.search.protocol import Result
from ideascube.teaching.changes import AddStep, Change
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    change,
    change_or_tell,
    edit_address,
    id_of,
    not_there,
    said,
    sent,
    words,
)
from ideascube.teaching.model import OwnCourse, languages_of, own_page
from ideascube.teaching.naming import step_at
from ideascube.teaching.places import At, InPack, OfCourse, OfCreation, read_place
from ideascube.web.cards import pack_title
from ideascube.web.context import DATABASE, LIBRARY, SEARCH
from ideascube.web.i18n import translations, visitor_languages
from ideascube.web.search_lines import place_url
from ideascube.workspace.rendering import render_staff

FROM = ("made", "search", "courses")
_COUNT = 20
_LONGEST_ASKED = 200  # characters of what stands in the address that one is led back to


@dataclass(frozen=True, slots=True)
class Addable:
    """Something that may become a lesson: `about` says what or where it is, `open` leads to it."""

    title: Worded
    about: str
    place: str
    open: str


@staff(Right.TEACH)
async def add(request: web.Request) -> web.StreamResponse:
    """`module` is where to; `of` is `made`, `search` (with `q`) or `courses`."""
    own, asked = await asked_course(request), request.query
    of = asked.get("of", "search" if asked.get("q") else "made")
    text = cleaned(asked.get("q", ""))
    found, problem = await _found(request, of, text)
    return render_staff(
        request,
        "staff_course_add.html",
        own=own,
        title=in_language(own.course.title, visitor_languages(request)),
        module=asked.get("module", ""),
        tabs=_tabs(request, own, of),
        of=of,
        text=text,
        found=found,
        problem=problem,
        new_id=new_id,
        said=said(request),
    )


def _tabs(request: web.Request, own: OwnCourse, of: str) -> list[tuple[str, str, None, bool]]:
    _, names = words(request), {}
    names = {"made": _("Made here"), "search": _("Everything"), "courses": _("Whole courses")}
    module = request.query.get("module", "")
    here = edit_address(own.id, "add")
    return [(f"{here}?{urlencode({'module': module, 'of': name})}", names[name], None, name == of) for name in FROM]


async def _found(request: web.Request, of: str, text: str) -> tuple[list[Addable], str]:
    if of == "courses":
        return [*await _own_courses(request), *_courses(request)], ""
    if of == "made":
        return await _made(request, text), ""
    try:
        return await _searched(request, text), ""
    except TooBusy as error:
        return [], str(error)


async def _made(request: web.Request, text: str) -> list[Addable]:
    """What was made here, also what is not shown yet, for a draft of a course; of others, what learners see alone.

    Who may change everything that was made here sees the drafts of others too.
    """
    person = request[PERSON]
    own = Filter(text=text) if person.may(Right.WRITE) else Filter(text=text, owner=person.id)
    read = request.app[DATABASE].read
    lines = (await read(list_creations, own, 1, _COUNT)).lines
    lines += (await read(list_creations, Filter(text=text, shown=True), 1, _COUNT)).lines
    cards = {line.id: creation_card(request, line) for line in lines}
    return [
        Addable(Worded(card.title, card.lang), card.label, OfCreation(each).address, card.address)
        for each, card in islice(cards.items(), _COUNT)
    ]


async def _own_courses(request: web.Request) -> list[Addable]:
    liked, _ = visitor_languages(request), words(request)
    made = await request.app[DATABASE].read(list_courses)
    return [
        Addable(
            in_language(own.course.title, liked), _("Made here"), OfCourse(OWN, own.id).address, f"/courses/~/{own.id}"
        )
        for own in made
        if own.is_seen and own.id != request.match_info["course"]
    ]


def _courses(request: web.Request) -> list[Addable]:
    return [
        Addable(
            one.say(one.course.title),
            pack_title(request, record.id),
            OfCourse(record.id, one.course.id).address,
            one.address,
        )
        for record in request.app[LIBRARY].shown
        for one in courses_in(request, record)
    ]


async def _searched(request: web.Request, text: str) -> list[Addable]:
    """Raises TooBusy."""
    if not text:
        return []
    query = SearchQuery(text=text, languages=visitor_languages(request), page_size=_COUNT)
    answer = await request.app[SEARCH].search(query)
    found = ((_place(result), result) for result in answer.results)
    return [_result(request, place, result) for place, result in found if place is not None]


def _result(request: web.Request, place: At, result: Result) -> Addable:
    _ = words(request)
    about = pack_title(request, result.pack) if result.pack else _("Made here")
    about = _("The whole pack") if result.pack and not result.path else about
    open_at = place_url(request, result.pack, result.path)
    return Addable(Worded(result.title, result.lang), about, place.address, open_at)


def _place(result: Result) -> At | None:
    return InPack(result.pack, result.path) if result.pack else read_place(result.path.lstrip("/"))


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def add_step(request: web.Request) -> web.StreamResponse:
    """Form fields: `module`, `id` of the new step, `place`; `of` and `q` to come back to."""
    own, form = await asked_course(request), await sent(request)
    place = read_place(form.get("place"))
    step = await step_at(request, own.course, place, id_of(form)) if place else None
    if step is None:
        raise not_there(request)
    query = {name: form.get(name)[:_LONGEST_ASKED] for name in ("module", "of", "q")}
    back = f"{edit_address(own.id, 'add')}?{urlencode({**query, 'said': 'added'})}"
    await change_or_tell(request, own, form, AddStep(form.get("module"), step), back)


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def add_quiz(request: web.Request) -> web.StreamResponse:
    """Form fields: `module`, `id` of the new quiz."""
    own, form = await asked_course(request), await sent(request)
    quiz_id = id_of(form)
    title = {code: translations(code).gettext("Questions") for code in languages_of(own.course)}
    page = own_page(own.id, quiz_id)
    step = Step(id=quiz_id, title=title, pages=dict.fromkeys(title, page), quiz=quiz_id)
    what: Change = AddStep(form.get("module"), step, Quiz(id=quiz_id, title=title, questions=()))
    try:
        await change(request, own, own.version, what)
    except BadInput as error:
        raise web.HTTPBadRequest(text=str(error)) from error
    raise web.HTTPSeeOther(edit_address(own.id, "quizzes", quiz_id))


ROUTES = [
    web.get(COURSES + "/{course}/add", add),
    web.post(COURSES + "/{course}/add", add_step),
    web.post(COURSES + "/{course}/questions", add_quiz),
]
