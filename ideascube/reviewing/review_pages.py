"""`/staff/review`: what others sent, looked at as learners would see it, and answered."""

from __future__ import annotations

import asyncio
import time

from aiohttp import web

from ideascube.box_clock import moment_of, today
from ideascube.box_db.creations import Conflict, Filter
from ideascube.box_db.flags import count_flagged
from ideascube.box_db.random_ids import is_id
from ideascube.box_db.reviews import Sent, TooLate, give_answer, is_waiting, load_sent
from ideascube.creations.checking import problems
from ideascube.creations.differences import Difference, difference
from ideascube.creations.licences import licence_text
from ideascube.creations.model import Creation, State, fields_of
from ideascube.creations.problems import problem_text
from ideascube.creations.showing import shown_page
from ideascube.creations.states import Deed
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.reviewing.answers import LONGEST_WORD, Answer, known_answer, problems_of, tidy_word
from ideascube.reviewing.wording import answer_words, consent_word, field_names, state_words
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import Form, read_form
from ideascube.workspace.lists import lines_of, load_page, page_number
from ideascube.workspace.rendering import render_staff

WAITING = Filter(state=State.WAITING, scheduled=False, oldest_first=True)


@staff(Right.REVIEW)
async def queue(request: web.Request) -> web.StreamResponse:
    """What waits for an answer, the longest first. `done`: what was answered a moment ago."""
    database, number = request.app[DATABASE], page_number(request)
    page = await database.read(load_page, WAITING, number)
    return render_staff(
        request,
        "staff_review.html",
        lines=lines_of(request, page),
        pages=page.around(number),
        total=page.listed.total,
        flagged=await database.read(count_flagged),
        done=answer_words(interface_language(request)).get(request.query.get("done", ""), ""),
    )


@staff(Right.REVIEW)
async def look(request: web.Request) -> web.StreamResponse:
    """One that waits; what does not wait any more says why."""
    return await _page(request, await _sent(request), {}, {})


@staff(Right.REVIEW)
async def answer(request: web.Request) -> web.StreamResponse:
    """Form fields: `answer` (`publish`, `schedule`, `return`, `refuse`), `version`, `word`, `day`, `hour`."""
    form = await read_form(request)
    sent, given = await _sent(request), _answer_in(form)
    words = translations(interface_language(request)).gettext
    typed = {name: str(form.get(name, "")) for name in ("word", "day", "hour")}
    refused = problems_of(given, time.time(), words)
    if given.name in ("publish", "schedule") and (missing := _missing(request, sent.creation)):
        refused["publish"] = missing[0]
    if refused:
        return await _page(request, sent, typed, refused, status=400)
    result = await request.app[DATABASE].write(give_answer, sent.creation.id, request[PERSON], given)
    if isinstance(result, Conflict | TooLate):
        return await _page(request, await _sent(request), typed, {}, status=409, changed=isinstance(result, Conflict))
    raise web.HTTPSeeOther(f"/staff/review?done={given.name}")


def _answer_in(form: Form) -> Answer:
    """Raises HTTPBadRequest where the form is none of ours."""
    name, version = known_answer(str(form.get("answer", ""))), str(form.get("version", ""))
    if name is None or not version.isdecimal() or len(version) > 9:
        raise web.HTTPBadRequest(text="This answer cannot be read. Go back to the page and try again.")
    at = moment_of(str(form.get("day", "")), str(form.get("hour", ""))) if name == "schedule" else None
    return Answer(name, int(version), tidy_word(str(form.get("word", ""))), at)


async def _sent(request: web.Request) -> Sent:
    name = request.match_info["id"]
    sent = await request.app[DATABASE].read(load_sent, name) if is_id(name) else None
    if sent is None:
        raise web.HTTPNotFound(text="Nothing of this kind was sent. It may have been erased.")
    return sent


def _missing(request: web.Request, creation: Creation) -> list[str]:
    """What keeps it from being published, in sentences."""
    found = problems(fields_of(creation), Deed.PUBLISH, today())
    return [problem_text(each.wrong, interface_language(request)) for each in found]


async def _difference(sent: Sent) -> Difference | None:
    """From what learners have seen so far."""
    if sent.before is None:
        return None
    return await asyncio.to_thread(difference, fields_of(sent.before), fields_of(sent.creation))


async def _page(
    request: web.Request,
    sent: Sent,
    typed: dict[str, str],
    refused: dict[str, str],
    *,
    status: int = 200,
    changed: bool = False,
) -> web.StreamResponse:
    """`typed` and `refused` (sentences) by the fields' names; `changed`: it was changed while somebody looked at it."""
    language, creation = interface_language(request), sent.creation
    page = await shown_page(request, creation, sent.around)
    return render_staff(
        request,
        "staff_review_one.html",
        status=status,
        sent=sent,
        creation=creation,
        page=page,
        card=page.card,
        waits=is_waiting(creation),
        state=state_words(language)["scheduled" if creation.publish_at else creation.state],
        consent=consent_word(creation.consent.answer, language),
        answers=answer_words(language),
        licence=licence_text(creation.licence, language),
        missing=_missing(request, creation),
        difference=await _difference(sent),
        field_names=field_names(language),
        typed={"word": "", "day": "", "hour": ""} | typed,
        problems=refused,
        changed=changed,
        longest=LONGEST_WORD,
    )


ROUTES = [
    web.get("/staff/review", queue),
    web.get("/staff/review/{id}", look),
    web.post("/staff/review/{id}", answer),
]
