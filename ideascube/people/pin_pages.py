"""`/staff/sign-in/pin`: on a shared device that a mediator enrolled, one signs in with six digits.

Without the device's cookie a PIN is worth nothing, and after five wrong ones of a person on a device the password is
needed there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from aiohttp import web

from ideascube.box_db.people import Account, account_by_ref
from ideascube.box_db.people_devices import device_of, try_pin
from ideascube.box_db.signing_in import right_pin
from ideascube.people import cookies
from ideascube.people.answers import account_page, text_of, way_back, worded
from ideascube.people.guard import sign_in_address
from ideascube.people.passwords import clean_pin, pin_problem
from ideascube.people.problems import Problem
from ideascube.people.sign_in_pages import Outcome, browser_of, signed_in
from ideascube.web.context import DATABASE, PEOPLE
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import read_form


async def pin(request: web.Request) -> web.StreamResponse:
    """The form for one `person` of those whose names the device shows."""
    back = way_back(request.query.get("back", ""))
    found = await request.app[DATABASE].read(_shown, cookies.device_tokens(request), request.query.get("person", ""))
    if found is None:
        raise web.HTTPSeeOther(sign_in_address(back))
    return account_page(request, "pin.html", account=found, back=back, problem="", needs_password=False)


async def _again(request: web.Request, back: str, ref: str) -> web.StreamResponse:
    """The same form, for what has not six digits."""
    found = await request.app[DATABASE].read(_shown, cookies.device_tokens(request), ref)
    if found is None:
        raise web.HTTPSeeOther(sign_in_address(back))
    said = worded(request, Problem.NO_PIN)
    return account_page(request, "pin.html", status=400, account=found, back=back, problem=said, needs_password=False)


def _shown(connection: sqlite3.Connection, devices: Sequence[str], ref: str) -> Account | None:
    """The person, if this device shows their name."""
    found = account_by_ref(connection, ref) if device_of(connection, devices) is not None else None
    return found if found is not None and found.pin else None


async def pin_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `person`, `pin`, `back`. 403 for a wrong one."""
    form = await read_form(request)
    back, typed = way_back(text_of(form, "back")), clean_pin(text_of(form, "pin"))
    database, people = request.app[DATABASE], request.app[PEOPLE]
    if pin_problem(typed) is Problem.NO_PIN:  # a slip of the finger is no try
        return await _again(request, back, text_of(form, "person"))
    tried = await database.write(try_pin, cookies.device_tokens(request), text_of(form, "person"))
    if tried is None:
        raise web.HTTPSeeOther(sign_in_address(back))
    if tried.allowed:
        verdict = await people.hashing.verdict(tried.account.pin, await people.pin_text(tried.account.ref, typed))
        if verdict.right:
            token = await database.write(right_pin, tried.account, browser_of(request, own=False))
            if token:
                raise signed_in(request, Outcome(account=tried.account, token=token), back)
    _ = translations(interface_language(request)).gettext
    said = _("This is not the PIN. Try again.") if tried.allowed else _("There were too many wrong PINs.")
    return account_page(
        request, "pin.html", status=403, account=tried.account, back=back, problem=said,
        needs_password=not tried.allowed,
    )  # fmt: skip


ROUTES = [web.get("/staff/sign-in/pin", pin), web.post("/staff/sign-in/pin", pin_now)]
