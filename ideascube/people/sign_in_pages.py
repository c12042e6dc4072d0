"""`/staff/sign-in` with name and password, and `/staff/sign-out`. With a PIN, on a shared device: `pin_pages`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import hdrs, web

from ideascube.box_db.people import Account, account_by_name, accounts, has_operator
from ideascube.box_db.people_devices import Device, device_of, people_with_pins
from ideascube.box_db.people_sessions import Phone, end_session
from ideascube.box_db.signing_in import Browser, Try, right_password, try_name
from ideascube.people import cookies
from ideascube.people.answers import account_page, retry_after, text_of, wait_sentence, way_back
from ideascube.people.boot import this_boot
from ideascube.people.browsers import browser_words
from ideascube.people.guard import person_of
from ideascube.people.known import known_by, known_value
from ideascube.people.names import clean_name
from ideascube.people.passwords import LONGEST, clean_password
from ideascube.people.people import now
from ideascube.people.throttle import signing_in
from ideascube.throttle import counted_address
from ideascube.web.context import DATABASE, PEOPLE
from ideascube.web.i18n import LANGUAGE_COOKIE, interface_language, offered_languages, translations
from ideascube.web.language import read_form, set_language

_ENDED = ("removed", "role", "password", "device")  # why a session may have ended, as the page words it


@dataclass(frozen=True, slots=True)
class SignInPage:
    """What the page shows beside its form. `people`: those who may sign in with a PIN here."""

    is_set_up: bool
    anybody: bool
    device: Device | None
    people: Sequence[Account]


def _page_facts(connection: sqlite3.Connection, devices: Sequence[str]) -> SignInPage:
    device = device_of(connection, devices)
    with_pins = people_with_pins(connection) if device is not None else ()
    return SignInPage(has_operator(connection), bool(accounts(connection)), device, with_pins)


async def sign_in(request: web.Request) -> web.StreamResponse:
    """The form. `back`: the address to be led to afterwards; `ended`: why somebody has to sign in again."""
    back = way_back(request.query.get("back", ""))
    if await person_of(request) is not None:
        raise web.HTTPSeeOther(back)
    ended = request.query.get("ended", "")
    return await _page(request, back, ended=ended if ended in _ENDED else "")


async def _page(
    request: web.Request, back: str, *, name: str = "", own: bool = False, problem: str = "", ended: str = "",
    status: int = 200, headers: dict[str, str] | None = None,
) -> web.StreamResponse:  # fmt: skip
    facts = await request.app[DATABASE].read(_page_facts, cookies.device_tokens(request))
    return account_page(
        request, "sign_in.html", status=status, headers=headers, back=back, facts=facts, name=name, own=own,
        problem=problem, ended=ended,
    )  # fmt: skip


async def sign_in_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `name`, `password`, `own` (this is the person's own phone), `back`. 403 where they are wrong."""
    form = await read_form(request)
    back, own = way_back(text_of(form, "back")), bool(form.get("own"))
    name, password = clean_name(text_of(form, "name"))[:LONGEST], clean_password(text_of(form, "password"))
    outcome = await check_password(request, name, password, own=own)
    if outcome.wait:
        said = wait_sentence(request, outcome.wait)
        headers = retry_after(outcome.wait)
        return await _page(request, back, name=name, own=own, problem=said, status=429, headers=headers)
    if outcome.account is None:
        _ = translations(interface_language(request)).gettext
        said = _("This name and this password do not belong together. Try again.")
        return await _page(request, back, name=name, own=own, problem=said, status=403)
    raise signed_in(request, outcome, back, known=known_value(await request.app[PEOPLE].key(), outcome.account.ref))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a try to sign in: seconds to wait; or whose account it is, the new session's cookie, and where that is."""

    wait: int = 0
    account: Account | None = None
    token: str = ""
    own: bool = False


async def check_password(request: web.Request, name: str, password: str, *, own: bool) -> Outcome:
    """Sign in who has this name and password; as slow where nobody has that name. Raises Busy."""
    people, database = request.app[PEOPLE], request.app[DATABASE]
    key, browser = await people.key(), browser_of(request, own=own)
    known = await database.read(_known_to, key, name, cookies.known_cookie(request), browser.devices)
    tries = signing_in(name, counted_address(request.remote or ""), known)
    found: Try = await database.write(try_name, key, tries, name, now())
    if found.wait:
        return Outcome(wait=found.wait)
    verdict = await people.hashing.verdict(found.account.password if found.account else "", password[: LONGEST + 1])
    if not verdict.right or found.account is None:
        return Outcome()
    token = await database.write(right_password, key, tries, found.account, verdict.rehashed, browser)
    return Outcome(account=found.account, token=token, own=own) if token else Outcome()


def _known_to(connection: sqlite3.Connection, key: bytes, name: str, known: str, devices: Sequence[str]) -> str:
    """What a browser is known by to the person of this name: that they signed in with it, or a shared device."""
    found, device = account_by_name(connection, name), device_of(connection, devices)
    by_cookie = known_by(key, known, found.ref) if found is not None else ""
    return by_cookie or (f"device {device.id}" if device is not None else "")


def browser_of(request: web.Request, *, own: bool) -> Browser:
    phone = Phone(browser_words(request.headers.get(hdrs.USER_AGENT, "")), own)
    return Browser(phone, cookies.session_tokens(request), cookies.device_tokens(request), this_boot())


def signed_in(request: web.Request, outcome: Outcome, back: str, known: str = "") -> web.HTTPSeeOther:
    """The answer that leads to `back`, with the cookies of somebody who is signed in."""
    answer = web.HTTPSeeOther(back, headers={hdrs.CACHE_CONTROL: "no-store"})
    cookies.set_session(answer, outcome.token, own=outcome.own)
    if known:
        cookies.set_known(answer, known)
    language = outcome.account.language if outcome.account else ""
    if language in offered_languages(request) and request.cookies.get(LANGUAGE_COOKIE) != language:
        set_language(answer, language)
    return answer


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session of this browser; no token is asked for, since whoever is led here only has to sign in again."""
    for token in cookies.session_tokens(request):
        await request.app[DATABASE].write(end_session, token)
    answer = web.HTTPSeeOther("/", headers={hdrs.CACHE_CONTROL: "no-store"})
    cookies.drop(answer, cookies.SESSION)
    raise answer


ROUTES = [
    web.get("/staff/sign-in", sign_in),
    web.post("/staff/sign-in", sign_in_now),
    web.post("/staff/sign-out", sign_out),
]
