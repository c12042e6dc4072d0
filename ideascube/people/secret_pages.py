"""`/staff/me/password` and `/staff/me/pin`: what one signs in with. Both ask for the password that one has."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db import people
from ideascube.box_db.managing import change_own_password
from ideascube.box_db.people import Account
from ideascube.box_db.people_devices import devices
from ideascube.box_db.signing_in import count_or_wait
from ideascube.box_db.tries import forget_tries
from ideascube.people import cookies
from ideascube.people.answers import Said, all_worded, text_of, wait_sentence
from ideascube.people.boot import this_boot
from ideascube.people.choosing import NewPassword, read_password
from ideascube.people.guard import PERSON, session_of, staff
from ideascube.people.me_pages import ME
from ideascube.people.passwords import LONGEST, clean_password, clean_pin, draw_password, pin_problem
from ideascube.people.people import now
from ideascube.people.problems import Problem
from ideascube.people.rights import Right
from ideascube.people.throttle import asking_again
from ideascube.web.context import DATABASE, PEOPLE
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff


async def _account(request: web.Request) -> Account:
    found = await request.app[DATABASE].read(people.account, request[PERSON].id)
    assert found is not None  # rows of people are never deleted
    return found


async def _wrong_password(request: web.Request, account: Account, typed: str) -> Said:
    """What is wrong with the password that somebody gave as their own: the field `current`, or nothing."""
    database, service = request.app[DATABASE], request.app[PEOPLE]
    key, tries = await service.key(), asking_again(account.ref)
    if wait := await database.write(count_or_wait, key, tries, now()):
        return Said(current=wait_sentence(request, wait))
    verdict = await service.hashing.verdict(account.password, clean_password(typed)[: LONGEST + 1])
    if not verdict.right:
        return all_worded(request, {"current": Problem.WRONG_PASSWORD})
    await database.write(forget_tries, key, tries)
    return Said()


@staff(Right.SUBMIT)
async def password(request: web.Request) -> web.StreamResponse:
    """The form; for a password that the box drew it is all that its person may do."""
    account = await _account(request)
    return _password_page(request, account, NewPassword("", "", draw_password(), use_drawn=False), Said())


def _password_page(request: web.Request, account: Account, chosen: NewPassword, problems: Said) -> web.StreamResponse:
    status = 400 if problems else 200
    return render_staff(request, "me_password.html", status=status, account=account, password=chosen, problems=problems)


@staff(Right.SUBMIT)
async def password_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `current` (but for a drawn one), `password`, `again`, `drawn`, `use_drawn`."""
    form, account = await read_form(request), await _account(request)
    chosen = read_password(form)
    problems = Said() if account.drawn else await _wrong_password(request, account, text_of(form, "current"))
    problems |= all_worded(request, chosen.problems(account.name))
    if problems:
        return _password_page(request, account, chosen, problems)
    hashed = await request.app[PEOPLE].hashing.hashed(chosen.chosen)
    session = await session_of(request)
    assert session is not None  # the handler is guarded
    token = await request.app[DATABASE].write(change_own_password, account, hashed, session.phone, this_boot())
    answer = web.HTTPSeeOther("/staff" if account.drawn else f"{ME}?done=password")
    if token:
        cookies.set_session(answer, token, own=session.phone.own)
    raise answer


@staff(Right.SUBMIT)
async def pin(request: web.Request) -> web.StreamResponse:
    return await _pin_page(request, await _account(request), Said())


async def _pin_page(request: web.Request, account: Account, problems: Said) -> web.StreamResponse:
    shared = await request.app[DATABASE].read(devices)
    status = 400 if problems else 200
    return render_staff(request, "me_pin.html", status=status, account=account, devices=shared, problems=problems)


@staff(Right.SUBMIT)
async def pin_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `current` (the password), `pin`; with `remove` there is none from now on."""
    form, account = await read_form(request), await _account(request)
    database, service = request.app[DATABASE], request.app[PEOPLE]
    if form.get("remove"):
        await database.write(people.set_pin, account.id, "")
        raise web.HTTPSeeOther(f"{ME}?done=no-pin")
    typed = clean_pin(text_of(form, "pin"))
    problems = await _wrong_password(request, account, text_of(form, "current"))
    problems |= all_worded(request, {"pin": pin_problem(typed)})
    if problems:
        return await _pin_page(request, account, problems)
    hashed = await service.hashing.hashed(await service.pin_text(account.ref, typed))
    await database.write(people.set_pin, account.id, hashed)
    raise web.HTTPSeeOther(f"{ME}?done=pin")


ROUTES = [
    web.get(f"{ME}/password", password),
    web.post(f"{ME}/password", password_now),
    web.get(f"{ME}/pin", pin),
    web.post(f"{ME}/pin", pin_now),
]
