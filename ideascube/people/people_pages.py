"""`/staff/people`: who has an account. Operators change all of them, mediators those of contributors."""

from __future__ import annotations

from aiohttp import web

from content_packs.errors import BadInput
from ideascube.box_db import managing, people
from ideascube.box_db.managing import NotYours
from ideascube.box_db.people import Account
from ideascube.people.answers import Said, all_worded, problem_of, text_of
from ideascube.people.guard import PERSON, staff
from ideascube.people.names import clean_name, name_problem
from ideascube.people.passwords import draw_password
from ideascube.people.problems import Problem
from ideascube.people.rights import Right, Role
from ideascube.people.roles import may_manage, role_hints, role_names, roles_to_give
from ideascube.web.context import DATABASE, PEOPLE
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

LIST = "/staff/people"
_DONE = frozenset({"removed", "role", "again"})


@staff(Right.ENROL)
async def people_list(request: web.Request) -> web.StreamResponse:
    """`done`: what was changed just now."""
    found = await request.app[DATABASE].read(people.accounts)
    done = request.query.get("done", "")
    return render_staff(
        request, "people.html", accounts=found, roles=_names(request), done=done if done in _DONE else "",
        may_change=lambda account: may_manage(request[PERSON], account.role),
    )  # fmt: skip


def _names(request: web.Request) -> dict[Role, str]:
    return role_names(translations(interface_language(request)).gettext)


@staff(Right.ENROL)
async def add(request: web.Request) -> web.StreamResponse:
    return _add_page(request, "", Role.CONTRIBUTOR, Said())


def _add_page(request: web.Request, name: str, role: Role, problems: Said) -> web.StreamResponse:
    status = 400 if problems else 200
    return render_staff(
        request, "people_add.html", status=status, name=name, chosen=role, problems=problems,
        options=_role_options(request),
    )  # fmt: skip


def _role_options(request: web.Request) -> list[tuple[str, str, str]]:
    """As `choice` of `templates/staff_forms.html` takes them."""
    hints = role_hints(translations(interface_language(request)).gettext)
    names = _names(request)
    return [(role.value, names[role], hints[role]) for role in roles_to_give(request[PERSON])]


@staff(Right.ENROL)
async def add_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `name`, `role`, `once`. Shows the password that the box drew, this once."""
    form = await read_form(request)
    name, role = clean_name(text_of(form, "name")), _role(text_of(form, "role"))
    problem = name_problem(name)
    if problem is None:
        drawn = draw_password()
        hashed = await request.app[PEOPLE].hashing.hashed(drawn)
        deed = request.app[DATABASE].write(
            managing.add_person, request[PERSON].id, text_of(form, "once"), name, role, hashed
        )
        try:
            return _new_password(request, await deed, drawn, is_new=True)
        except NotYours:
            raise web.HTTPForbidden(text=_not_yours(request)) from None
        except BadInput as error:
            problem = problem_of(error)
    field = "form" if problem is Problem.TOO_MANY else "name"
    return _add_page(request, name, role, all_worded(request, {field: problem}))


def _role(text: str) -> Role:
    return Role(text) if text in {role.value for role in Role} else Role.CONTRIBUTOR


def _not_yours(request: web.Request) -> str:
    _ = translations(interface_language(request)).gettext
    return _("You may not do this here. Ask a mediator or the person who looks after the box.")


def _new_password(request: web.Request, account: Account | None, drawn: str, *, is_new: bool) -> web.StreamResponse:
    """The password, shown this once: the box itself knows only its hash. A form that was sent again has no other."""
    if account is None:
        raise web.HTTPSeeOther(f"{LIST}?done=again")
    return render_staff(request, "people_password.html", account=account, drawn=drawn, is_new=is_new)


async def _managed(request: web.Request) -> Account:
    """The account of the address. Raises HTTPNotFound where there is none that this person may change."""
    try:
        return await request.app[DATABASE].read(managing.managed, request[PERSON].id, request.match_info["ref"])
    except NotYours:
        raise web.HTTPNotFound from None


@staff(Right.ENROL)
async def one(request: web.Request) -> web.StreamResponse:
    return _one_page(request, await _managed(request), None)


def _one_page(request: web.Request, account: Account, problem: Problem | None) -> web.StreamResponse:
    return render_staff(
        request, "people_one.html", status=400 if problem else 200, account=account, roles=_names(request),
        options=_role_options(request), problems=all_worded(request, {"role": problem}),
    )  # fmt: skip


@staff(Right.PEOPLE)
async def change_role(request: web.Request) -> web.StreamResponse:
    """Form field: `role`."""
    account = await _managed(request)
    role = _role(text_of(await read_form(request), "role"))
    try:
        await request.app[DATABASE].write(managing.change_role, request[PERSON].id, account.ref, role)
    except BadInput as error:
        return _one_page(request, account, problem_of(error))
    raise web.HTTPSeeOther(f"{LIST}?done=role")


@staff(Right.ENROL)
async def give_password(request: web.Request) -> web.StreamResponse:
    """Form field: `once`. Shows the password that the box drew, this once."""
    account, drawn = await _managed(request), draw_password()
    once = text_of(await read_form(request), "once")
    hashed = await request.app[PEOPLE].hashing.hashed(drawn)
    changed = await request.app[DATABASE].write(managing.give_password, request[PERSON].id, once, account.ref, hashed)
    return _new_password(request, changed, drawn, is_new=False)


@staff(Right.ENROL)
async def to_one(request: web.Request) -> web.StreamResponse:
    """Who reloads a page that came of a button, or changes its language."""
    raise web.HTTPSeeOther(f"{LIST}/{(await _managed(request)).ref}")


@staff(Right.ENROL)
async def remove(request: web.Request) -> web.StreamResponse:
    """The question before."""
    return render_staff(request, "people_remove.html", account=await _managed(request))


@staff(Right.ENROL)
async def remove_now(request: web.Request) -> web.StreamResponse:
    account = await _managed(request)
    try:
        await request.app[DATABASE].write(managing.remove_person, request[PERSON].id, account.ref)
    except BadInput as error:
        return _one_page(request, account, problem_of(error))
    raise web.HTTPSeeOther(f"{LIST}?done=removed")


ROUTES = [
    web.get(LIST, people_list),
    web.get(f"{LIST}/add", add),
    web.post(f"{LIST}/add", add_now),
    web.get(f"{LIST}/{{ref}}", one),
    web.post(f"{LIST}/{{ref}}/role", change_role),
    web.get(f"{LIST}/{{ref}}/password", to_one),
    web.post(f"{LIST}/{{ref}}/password", give_password),
    web.get(f"{LIST}/{{ref}}/remove", remove),
    web.post(f"{LIST}/{{ref}}/remove", remove_now),
]
