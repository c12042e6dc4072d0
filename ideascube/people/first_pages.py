"""`/staff/first`: the first start of a box. Who reads the code on the console names the box and becomes its operator.

Learners read as always meanwhile. A box that has an operator has no such page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from aiohttp import web

from ideascube.box_db.first_start import AlreadySetUp, SetUp, set_up, try_code
from ideascube.box_db.people import has_operator
from ideascube.people.answers import (
    WORKSPACE,
    Said,
    account_page,
    all_worded,
    retry_after,
    text_of,
    wait_sentence,
)
from ideascube.people.choosing import NewPassword, ordered_languages, read_password
from ideascube.people.known import known_value
from ideascube.people.names import clean_name, name_problem
from ideascube.people.passwords import clean_code, draw_password
from ideascube.people.people import now
from ideascube.people.problems import Problem
from ideascube.people.publishing import publish_facts
from ideascube.people.sign_in_pages import Outcome, browser_of, signed_in
from ideascube.people.throttle import setting_up
from ideascube.throttle import counted_address
from ideascube.web.context import DATABASE, PEOPLE
from ideascube.web.i18n import LANGUAGES, interface_language, translations
from ideascube.web.language import Form, read_form


@dataclass(frozen=True, slots=True)
class FirstForm:
    """As it was typed."""

    code: str
    box_name: str
    languages: tuple[str, ...]
    first: str
    name: str
    password: NewPassword

    def problems(self) -> dict[str, Problem | None]:
        return {
            "box_name": name_problem(self.box_name),
            "first": None if self.first in LANGUAGES else Problem.NO_LANGUAGE,
            "name": name_problem(self.name),
            **self.password.problems(self.name),
        }


def read(form: Form) -> FirstForm:
    return FirstForm(
        code=text_of(form, "code"),
        box_name=clean_name(text_of(form, "box_name")),
        languages=tuple(str(code) for code in form.getall("languages", []) if code in LANGUAGES),
        first=text_of(form, "first"),
        name=clean_name(text_of(form, "name")),
        password=read_password(form),
    )


async def first(request: web.Request) -> web.StreamResponse:
    """The form; where the box has an operator, to the page for signing in."""
    if await request.app[DATABASE].read(has_operator):
        raise web.HTTPSeeOther("/staff/sign-in")
    drawn = NewPassword("", "", draw_password(), use_drawn=False)
    blank = FirstForm("", "", LANGUAGES, interface_language(request), "", drawn)
    return _page(request, blank, Said())


def _page(
    request: web.Request, form: FirstForm, problems: Said, status: int = 200,
    headers: dict[str, str] | None = None,
) -> web.StreamResponse:  # fmt: skip
    return account_page(
        request, "first.html", status=status, headers=headers, form=form, problems=problems, all_languages=LANGUAGES
    )


async def first_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `code`, `box_name`, `languages` (several), `first` (the usual one), `name`, `password`, `again`,
    `drawn`, `use_drawn`. 403 for a wrong code.
    """
    form = read(await read_form(request))
    people, database = request.app[PEOPLE], request.app[DATABASE]
    key, code = await people.key(), clean_code(form.code)
    tries = setting_up(counted_address(request.remote or ""))
    try:
        is_right, wait = await database.write(try_code, key, tries, code, now())
        if wait:
            said = Said(code=wait_sentence(request, wait))
            return _page(request, form, said, 429, retry_after(wait))
        problems = {"code": None if is_right else Problem.WRONG_CODE, **form.problems()}
        if said := all_worded(request, problems):
            return _page(request, form, said, 400 if is_right else 403)
        asked = await _asked(request, form)
        account, token = await database.write(set_up, key, code, asked, browser_of(request, own=True))
    except AlreadySetUp:
        return _too_late(request)
    await publish_facts(request)
    outcome = Outcome(account=replace(account, language=form.first), token=token, own=True)
    raise signed_in(request, outcome, WORKSPACE, known=known_value(key, account.ref))


async def _asked(request: web.Request, form: FirstForm) -> SetUp:
    hashed = await request.app[PEOPLE].hashing.hashed(form.password.chosen)
    languages = " ".join(ordered_languages(form.languages, form.first, LANGUAGES))
    return SetUp(form.box_name, languages, form.name, hashed)


def _too_late(request: web.Request) -> web.StreamResponse:
    _ = translations(interface_language(request)).gettext
    return account_page(request, "first_too_late.html", status=409)


ROUTES = [web.get("/staff/first", first), web.post("/staff/first", first_now)]
