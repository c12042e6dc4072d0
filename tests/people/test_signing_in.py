"""Signing in and out, sessions, and who guesses: over HTTP, with the real application."""

from __future__ import annotations

import asyncio
import sqlite3
from http.cookies import SimpleCookie

import pytest
from argon2 import PasswordHasher

from ideascube.box_db import people
from ideascube.box_db.people_sessions import MOST_SESSIONS, count_quarters
from ideascube.people.hashing import HASHER
from ideascube.people.rights import Role
from ideascube.web.context import DATABASE
from tests.people.staff_app import PASSWORD, Browser, Client, add

WRONG = "the well is not deep"


async def test_signing_in_leads_back_and_signing_out_ends_it(client: Client):
    await add(client, "Zoé Müller")
    browser = Browser(client)
    led = await browser.get("/staff/people?done=role")
    page = await browser.get(led.location)
    answer = await browser.sign_in("ZOE muller", back="/staff/people?done=role")
    people_page = await browser.get("/staff/people")
    cookie = browser.cookies["session"]
    out = await browser.post("/staff/sign-out")
    browser.cookies["session"] = cookie

    assert (303, 200) == (led.status, page.status)
    assert (303, "/staff/people?done=role") == (answer.status, answer.location)
    assert "Zoé Müller" in people_page.text
    assert "no-store" == people_page.headers["Cache-Control"]
    assert (303, "/") == (out.status, out.location)
    assert 303 == (await browser.get("/staff/people")).status


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/staff/sign-out", "\\\\evil",
     "/\n/evil.example", "/staff/sign-in?back=/staff/sign-in", "", "/%0a//evil.example/\r\nSet-Cookie: a=b"],
)  # fmt: skip
async def test_no_way_back_leads_out_of_the_box_or_out_again(client: Client, back: str):
    await add(client)
    browser = Browser(client)

    answer = await browser.sign_in(back=back)

    assert "/staff" == answer.location
    assert {"session", "known"} == {*browser.cookies}


async def test_the_answer_is_the_same_whether_somebody_has_that_name(client: Client):
    await add(client)

    wrong, nobody = await Browser(client).sign_in(password=WRONG), await Browser(client).sign_in("Nobody")

    assert (403, 403) == (wrong.status, nobody.status)
    assert wrong.text.replace("Amina", "Nobody") == nobody.text


@pytest.mark.parametrize(
    "name",
    ["", "' OR 1=1 --", "a'; DROP TABLE person; --", "{{ 7 * 7 }}", "<script>alert(1)</script>", "a" * 9000, "\x00"],
)  # fmt: skip
async def test_odd_names_are_nobodys_and_come_back_as_text(client: Client, name: str):
    await add(client)

    page = await Browser(client).post("/staff/sign-in", name=name, password=name)

    assert 403 == page.status
    assert "<script>alert" not in page.text
    assert "49" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert 303 == (await Browser(client).sign_in()).status


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: Client):
    await add(client)

    shared, own = await Browser(client).sign_in(), await Browser(client).sign_in(own="1")
    cookies = [SimpleCookie(line)["session"] for page in (shared, own)
               for line in page.headers.getall("Set-Cookie") if line.startswith("session=")]  # fmt: skip

    assert [("/", True, "Strict")] * 2 == [(each["path"], each["httponly"], each["samesite"]) for each in cookies]
    assert ["", "34560000"] == [each["max-age"] for each in cookies]
    assert [43, 43] == [len(each.value) for each in cookies]


async def test_a_session_that_a_pack_planted_before_is_never_the_one_that_is_used(client: Client):
    await add(client, "Amina")
    await add(client, "Mallory", Role.CONTRIBUTOR)
    attacker, victim = Browser(client), Browser(client)
    await attacker.sign_in("Mallory")
    victim.cookies["session"] = attacker.cookies["session"]

    await victim.sign_in("Amina")

    assert victim.cookies["session"] != attacker.cookies["session"]
    assert "Amina" in (await victim.get("/staff/me")).text


async def test_a_session_planted_beside_ones_own_makes_nobody_somebody_else(client: Client):
    """By a longer path or another domain a pack's script may set a second cookie of the same name."""
    await add(client, "Amina")
    await add(client, "Mallory", Role.CONTRIBUTOR)
    attacker, victim = Browser(client), Browser(client)
    await attacker.sign_in("Mallory")
    await victim.sign_in("Amina")
    planted, own = attacker.cookies["session"], victim.cookies["session"]

    def as_sent(*values: str) -> dict[str, str]:
        return {"Cookie": "; ".join(f"session={value}" for value in values)}

    answers = [
        await client.get("/staff/me", headers=as_sent(*values), allow_redirects=False)
        for values in ((planted, own), (own, planted), ("x" * 43, own), (own, "x" * 43))
    ]

    assert [303, 303, 200, 200] == [answer.status for answer in answers]
    assert "Amina" in await answers[2].text()


async def test_the_first_of_too_many_sessions_ends(client: Client):
    await add(client)
    browsers = [Browser(client) for _ in range(MOST_SESSIONS + 1)]
    for browser in browsers:
        await browser.sign_in()

    assert [303, 200] == [(await browsers[number].get("/staff/me")).status for number in (0, 1)]


async def test_one_ends_a_session_of_ones_own_and_nobody_elses(client: Client):
    await add(client, "Amina")
    await add(client, "Bilal")
    here, there, other = Browser(client), Browser(client), Browser(client)
    await here.sign_in()
    await there.sign_in()
    await other.sign_in("Bilal")
    refs = await client.app[DATABASE].read(
        lambda connection: dict(connection.execute("SELECT person, ref FROM staff_session ORDER BY turn DESC"))
    )

    await here.post("/staff/me/sessions", session=refs[2])
    after_foreign = (await other.get("/staff/me")).status
    await here.post("/staff/me/sessions", others="1")

    assert 200 == after_foreign
    assert (200, 303, 200) == tuple([(await browser.get("/staff/me")).status for browser in (here, there, other)])


async def test_a_session_that_is_not_used_ends_and_one_on_an_own_phone_lasts(client: Client):
    await add(client)
    shared, own = Browser(client), Browser(client)
    await shared.sign_in()
    await own.sign_in(own="1")

    await client.app[DATABASE].write(count_quarters, 49)

    assert (303, 200) == ((await shared.get("/staff/me")).status, (await own.get("/staff/me")).status)


# ---- Guessing


async def test_guesses_from_one_phone_wait_and_keep_nobody_out_who_was_here_before(client: Client):
    await add(client)
    known, guesser = Browser(client), Browser(client)
    await known.sign_in()
    await known.post("/staff/sign-out")

    guesses = [await guesser.sign_in(password=WRONG) for _ in range(12)]
    right = await guesser.sign_in()
    back_in = await known.sign_in()

    assert [403] * 8 + [429] * 4 == [page.status for page in guesses]
    assert "Try again in 1 minute." in guesses[8].text
    assert 0 < int(guesses[8].headers["Retry-After"]) <= 30
    assert 429 == right.status  # while one waits, nothing is looked at
    assert 303 == back_in.status


async def test_many_guesses_at_once_are_all_counted(client: Client):
    await add(client)

    pages = await asyncio.gather(*(Browser(client).sign_in(password=WRONG) for _ in range(9)))

    assert 429 == (await Browser(client).sign_in()).status
    assert {403, 429} >= {page.status for page in pages} - {503}


async def test_a_forwarded_address_is_not_believed(client: Client):
    await add(client)
    statuses = []
    for number in range(9):
        headers = {"Origin": f"http://{client.host}:{client.port}", "X-Forwarded-For": f"10.0.0.{number}"}
        form = {"name": "Amina", "password": WRONG}
        statuses.append((await client.post("/staff/sign-in", data=form, headers=headers)).status)

    assert 429 == statuses[-1]


async def test_signing_in_is_no_try(client: Client):
    await add(client)

    assert [303] * 12 == [(await Browser(client).sign_in()).status for _ in range(12)]


async def test_a_password_is_hashed_anew_when_the_parameters_are_others(client: Client):
    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    account = await client.app[DATABASE].write(people.add_account, "Amina", Role.MEDIATOR, weaker)

    signed_in = await Browser(client).sign_in()
    kept = (await client.app[DATABASE].read(people.account, account.id)).password

    assert 303 == signed_in.status
    assert kept != weaker
    assert not HASHER.check_needs_rehash(kept)
    assert 303 == (await Browser(client).sign_in()).status


# ---- Forms that were forged


async def test_no_page_of_accounts_changes_anything_on_get(client: Client):
    await add(client, "Zoé", Role.OPERATOR)
    other = await add(client, "Bilal", Role.CONTRIBUTOR)
    browser = Browser(client)
    await browser.sign_in("Zoé")

    def all_rows(connection: sqlite3.Connection) -> list[object]:
        tables = ("person", "staff_device", "pin_try", "staff_session", "deed", "form_once", "box_fact")
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]

    before = await client.app[DATABASE].read(all_rows)
    for route in client.app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if route.method == "GET" and path.startswith(
            ("/staff/me", "/staff/people", "/staff/dev", "/staff/sign", "/staff/box")
        ):
            await browser.get(path.replace("{ref}", other.ref) + "?name=x&role=operator&remove=1&others=1")

    assert before == await client.app[DATABASE].read(all_rows)


@pytest.mark.parametrize(
    "path",
    ["/staff/people/add", "/staff/me/name", "/staff/me/password", "/staff/me/pin", "/staff/me/sessions",
     "/staff/devices", "/staff/box", "/staff/me/language"],
)  # fmt: skip
async def test_a_forged_form_is_refused_whatever_it_is_for(client: Client, path: str):
    await add(client, "Zoé", Role.OPERATOR)
    await add(client, "Amina")
    operator, mediator = Browser(client), Browser(client)
    await operator.sign_in("Zoé")
    await mediator.sign_in("Amina")
    foreign, own = mediator.token, operator.token
    fields = {"name": "Mallory", "role": "operator", "password": "x" * 12}

    no_token = await operator.post(path, token="", **fields)
    other_token = await operator.post(path, token=foreign, **fields)
    by_pack = {"Origin": "http://127.0.0.1:9", "Cookie": f"session={operator.cookies['session']}"}
    of_pack = await client.post(path, data=fields | {"token": own}, headers=by_pack)
    nobody = await Browser(client).post(path, **fields)

    assert [403, 403, 403, 401] == [no_token.status, other_token.status, of_pack.status, nobody.status]
    assert ["amina", "zoe"] == await client.app[DATABASE].read(
        lambda connection: sorted(name for (name,) in connection.execute("SELECT folded FROM person"))
    )
