"""Adding people, new passwords, roles, removal, PINs on shared devices: over HTTP, with the real application."""

from __future__ import annotations

import asyncio
import html
import re
import sqlite3
from itertools import pairwise

import pytest

from ideascube.box_db import people
from ideascube.box_db.deeds import MOST_DEEDS, deeds, log_deed
from ideascube.box_db.people_devices import devices
from ideascube.people.deeds import ADDED_PERSON, ALL_DEEDS, CONTENT_DEEDS, MADE, PUBLISHED, RENAMED, wording
from ideascube.people.names import clean_name
from ideascube.people.once import is_new
from ideascube.people.rights import Role
from ideascube.web.context import DATABASE
from tests.people.staff_app import PASSWORD, Browser, Client, add

OTHER = "la rivière est large"


async def signed_in(client: Client, name: str = "Zoé", role: Role = Role.OPERATOR) -> Browser:
    await add(client, name, role)
    browser = Browser(client)
    assert 303 == (await browser.sign_in(name)).status
    return browser


def drawn_on(text: str) -> str:
    found = re.search(r'<code dir="ltr">([a-z0-9-]{14})</code>', text)
    assert found, text
    return found[1]


async def logged(client: Client) -> list[tuple[str, str, str]]:
    """Who did what to whom, the first deed first."""
    found = await client.app[DATABASE].read(deeds, ALL_DEEDS)
    return [(each.name, each.deed, each.about) for each in reversed(found)]


async def test_who_is_added_chooses_a_password_before_anything_else(client: Client):
    operator = await signed_in(client)
    form = await operator.get("/staff/people/add")
    shown = await operator.post("/staff/people/add", name="Bilal", role="mediator", once=form.once)
    again = await operator.post("/staff/people/add", name="Bilal", role="mediator", once=form.once)
    new = Browser(client)
    await new.sign_in("Bilal", drawn_on(shown.text))
    led = await new.get("/staff/people")
    too_soon = await new.post("/staff/people/add", name="Chidi", role="contributor")
    await new.get(led.location)
    bad = await new.post("/staff/me/password", password="bilal bilal bilal", again="bilal bilal bilal")
    done = await new.post("/staff/me/password", password=OTHER, again=OTHER)

    assert (200, "no-store") == (shown.status, shown.headers["Cache-Control"])
    assert (303, "/staff/people?done=again") == (again.status, again.location)
    assert ("/staff/me/password", "/staff/me/password") == (led.location, too_soon.location)
    assert "Your name is in this password" in bad.text
    assert (303, "/staff") == (done.status, done.location)
    assert 200 == (await new.get("/staff/people")).status
    assert [("Zoé", ADDED_PERSON, "Bilal"), ("Zoé", MADE[Role.MEDIATOR], "Bilal")] == await logged(client)


async def test_a_mediator_looks_after_contributors_alone(client: Client):
    operator = await add(client, "Zoé", Role.OPERATOR)
    mediator = await signed_in(client, "Amina", Role.MEDIATOR)
    contributor = await add(client, "Bilal", Role.CONTRIBUTOR)

    added = [await mediator.post("/staff/people/add", name=role, role=role) for role in ("contributor", "operator")]
    of_operator = [
        await mediator.get(f"/staff/people/{operator.ref}"),
        await mediator.post(f"/staff/people/{operator.ref}/password"),
        await mediator.post(f"/staff/people/{operator.ref}/remove"),
        await mediator.post(f"/staff/people/{contributor.ref}/role", role="operator"),
        await mediator.post("/staff/box", box_name="Mine", first="en"),
    ]
    given = await mediator.post(f"/staff/people/{contributor.ref}/password")
    removed = await mediator.post(f"/staff/people/{contributor.ref}/remove")

    assert [200, 403] == [page.status for page in added]
    assert [404, 404, 404, 403, 403] == [page.status for page in of_operator]
    assert (200, 303) == (given.status, removed.status)
    assert 303 == (await Browser(client).sign_in("Zoé")).status


async def test_somebody_removed_while_signed_in_is_told_and_loses_no_text(client: Client):
    operator = await signed_in(client)
    bilal = await add(client, "Bilal")
    browser = Browser(client)
    await browser.sign_in("Bilal")
    await operator.post(f"/staff/people/{bilal.ref}/remove")

    form = await browser.post("/staff/me/name", name="A long name that I typed")
    led = await browser.get("/staff/me")
    page = await browser.get(led.location)

    assert 401 == form.status
    assert "Your account was removed" in form.text
    assert "A long name that I typed" in form.text
    assert "Your account was removed" in page.text
    assert 403 == (await Browser(client).sign_in("Bilal")).status
    assert 200 == (await operator.post("/staff/people/add", name="Bilal", role="contributor")).status


async def test_another_role_holds_at_once_and_is_told(client: Client):
    operator = await signed_in(client)
    bilal = await add(client, "Bilal", Role.CONTRIBUTOR)
    browser = Browser(client)
    await browser.sign_in("Bilal")
    before = await browser.get("/staff/people")
    await operator.post(f"/staff/people/{bilal.ref}/role", role="mediator")
    led = await browser.get("/staff/people")
    told = await browser.get(led.location)
    await browser.sign_in("Bilal")

    assert (403, 303) == (before.status, led.status)
    assert "You may do other things now than before." in told.text
    assert 200 == (await browser.get("/staff/people")).status


async def test_the_last_operator_stays(client: Client):
    operator = await signed_in(client)
    zoe = await client.app[DATABASE].read(people.account_by_name, "zoe")

    for deed in ("role", "remove"):
        page = await operator.post(f"/staff/people/{zoe.ref}/{deed}", role="mediator")
        assert 400 == page.status
        assert "This is the only operator." in page.text
    second = await add(client, "Yuri", Role.OPERATOR)
    gone = await operator.post(f"/staff/people/{second.ref}/remove")
    assert 303 == gone.status


async def test_two_operators_who_remove_each_other_leave_one(client: Client):
    one, two = await signed_in(client, "Zoé"), await signed_in(client, "Yuri")
    refs = {account.name: account.ref for account in await client.app[DATABASE].read(people.accounts)}

    await asyncio.gather(
        one.post(f"/staff/people/{refs['Yuri']}/remove"), two.post(f"/staff/people/{refs['Zoé']}/remove")
    )

    assert 1 == len(await client.app[DATABASE].read(people.accounts))


@pytest.mark.parametrize(
    "name", ["{{ config }}", "'; DROP TABLE person; --", '"><img src=x onerror=alert(1)>', "${7*7} %(name)s {0}"]
)
async def test_a_name_is_text_wherever_it_stands(client: Client, name: str):
    operator = await signed_in(client)
    await operator.post("/staff/people/add", name=name, role="contributor")
    ref = (await client.app[DATABASE].read(people.account_by_name, name)).ref
    paths = ("/staff/people", f"/staff/people/{ref}", f"/staff/people/{ref}/remove", "/staff/deeds")
    pages = [await operator.get(path) for path in paths]
    renamed = await operator.post("/staff/me/name", name=name[::-1])
    last = (await logged(client))[-1]
    box = await operator.post("/staff/box", box_name=name, first="en", languages=["en", name])
    home = await operator.get("/")

    assert [200] * 4 == [page.status for page in pages]
    assert (clean_name(name[::-1]), RENAMED, "Zoé") == last
    assert (303, 303, 200) == (renamed.status, box.status, home.status)
    assert not any("<img src=x" in page.text for page in (*pages, home))
    assert all(name in html.unescape(page.text) for page in (*pages, home))


async def test_a_name_that_is_taken_comes_back_with_one_sentence(client: Client):
    operator = await signed_in(client)
    await add(client, "Amina")

    for path in ("/staff/people/add", "/staff/me/name"):
        page = await operator.post(path, name="AMÍNA", role="curator")
        assert 400 == page.status
        assert "Somebody here has this name already." in page.text
        assert 'value="AMÍNA"' in page.text


async def test_a_new_password_signs_out_everywhere_else(client: Client):
    await add(client)
    here, there = Browser(client), Browser(client)
    await here.sign_in()
    await there.sign_in()
    cookie = here.cookies["session"]
    wrong = await here.post("/staff/me/password", current="not this one at all", password=OTHER, again=OTHER)
    changed = await here.post("/staff/me/password", current=PASSWORD, password=OTHER, again=OTHER)

    assert (400, 303) == (wrong.status, changed.status)
    assert cookie != here.cookies["session"]
    assert (200, 303) == ((await here.get("/staff/me")).status, (await there.get("/staff/me")).status)
    assert [403, 303] == [(await Browser(client).sign_in(password=each)).status for each in (PASSWORD, OTHER)]


# ---- PINs


async def with_pin(client: Client, name: str = "Amina", pin: str = "271828") -> Browser:
    """Somebody with a PIN, on a tablet that is a shared device."""
    browser = await signed_in(client, name, Role.MEDIATOR)
    assert 303 == (await browser.post("/staff/me/pin", current=PASSWORD, pin=pin)).status
    form = await browser.get("/staff/devices")
    assert 303 == (await browser.post("/staff/devices", name="Tablet 1", once=form.once)).status
    await browser.post("/staff/sign-out")
    return browser


async def try_pin(client: Client, browser: Browser, pin: str, name: str = "Amina") -> int:
    ref = (await client.app[DATABASE].read(people.account_by_name, name)).ref
    return (await browser.post("/staff/sign-in/pin", person=ref, pin=pin)).status


async def test_a_pin_opens_on_a_shared_tablet_and_nowhere_else(client: Client):
    tablet = await with_pin(client)
    names = await tablet.get("/staff/sign-in")
    elsewhere, planted = Browser(client), Browser(client, {"device": "x" * 43})
    outside = [await try_pin(client, browser, "271828") for browser in (elsewhere, planted)]

    assert "Who are you?" in names.text
    assert "Amina" not in (await elsewhere.get("/staff/sign-in")).text
    assert [303, 303] == outside
    assert 303 == (await elsewhere.get("/staff/me")).status
    assert 303 == await try_pin(client, tablet, "271828")
    assert 200 == (await tablet.get("/staff/me")).status


async def test_after_five_wrong_pins_the_password_is_needed_and_then_the_pin_works_again(client: Client):
    tablet = await with_pin(client)
    await with_pin(client, "Bilal", "314159")
    slips = {await try_pin(client, tablet, "27182") for _ in range(6)}
    wrong = [await try_pin(client, tablet, "999000") for _ in range(6)]
    right = await try_pin(client, tablet, "271828")
    other = await try_pin(client, tablet, "314159", "Bilal")
    await tablet.post("/staff/sign-out")
    by_password = (await tablet.sign_in()).status
    await tablet.post("/staff/sign-out")

    assert {400} == slips
    assert [403] * 6 == wrong
    assert (403, 303, 303) == (right, other, by_password)
    assert 303 == await try_pin(client, tablet, "271828")


async def test_a_tablet_that_is_lost_is_ended_with_all_who_are_signed_in_there(client: Client):
    tablet = await with_pin(client)
    await try_pin(client, tablet, "271828")
    other = Browser(client)
    await other.sign_in()
    (lost,) = await client.app[DATABASE].read(devices)

    await other.post(f"/staff/devices/{lost.ref}/end")

    assert 303 == (await tablet.get("/staff/me")).status
    assert "Who are you?" not in (await tablet.get("/staff/sign-in")).text
    assert 200 == (await other.get("/staff/me")).status


async def test_no_pin_stands_in_the_database(client: Client):
    await with_pin(client)
    account = await client.app[DATABASE].read(people.account_by_name, "Amina")

    assert account.pin.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


# ---- What was done


def log_many(connection: sqlite3.Connection, person: int | None, count: int) -> None:
    for number in range(count):
        log_deed(connection, person, PUBLISHED, f"Deed {number}!")


async def test_mediators_see_what_was_done_to_the_library_and_operators_all(client: Client):
    operator = await signed_in(client)
    mediator = await signed_in(client, "Amina", Role.MEDIATOR)
    contributor = await signed_in(client, "Bilal", Role.CONTRIBUTOR)
    await operator.post("/staff/people/add", name="Chidi", role="contributor")
    await client.app[DATABASE].write(log_deed, None, PUBLISHED, "Le puits")

    of_operator, of_mediator, of_contributor = [
        await browser.get("/staff/deeds") for browser in (operator, mediator, contributor)
    ]

    assert (200, 200, 403) == (of_operator.status, of_mediator.status, of_contributor.status)
    assert (True, False) == ("Le puits" in of_mediator.text, "Chidi" in of_mediator.text)
    assert (True, True) == ("Le puits" in of_operator.text, "Chidi" in of_operator.text)
    assert "at the console" in of_operator.text


async def test_the_log_is_bounded_and_keeps_names_as_they_were(client: Client):
    account = await add(client, "Amina")
    database = client.app[DATABASE]
    await database.write(log_deed, account.id, PUBLISHED, "x" * 900)
    await database.write(people.rename, account.id, "Amina D.")
    oldest = (await database.read(deeds, CONTENT_DEEDS))[0]
    await database.write(log_many, account.id, MOST_DEEDS)
    left = await database.read(deeds, CONTENT_DEEDS, None, 2 * MOST_DEEDS)

    assert ("Amina", 200) == (oldest.name, len(oldest.about))
    assert MOST_DEEDS == len(left)
    assert {"Amina D."} == {each.name for each in left}
    assert all(newer.turn > older.turn for newer, older in pairwise(left))


def test_every_deed_has_its_words():
    assert {*ALL_DEEDS} == {*wording(str)}


async def test_pages_of_the_log_follow_each_other(client: Client):
    operator = await signed_in(client)
    await client.app[DATABASE].write(log_many, None, 60)
    first = await operator.get("/staff/deeds")
    following = re.search(r'href="(/staff/deeds\?before=\d+)"', first.text)
    assert following
    second = await operator.get(following[1])

    assert ("Deed 59!" in first.text, "Deed 9!" in first.text) == (True, False)
    assert ("Deed 10!" in second.text, "Deed 9!" in second.text) == (False, True)
    for odd in ("x", "-1", "9" * 40, "١", "' OR 1=1"):
        assert 200 == (await operator.get(f"/staff/deeds?before={odd}")).status


async def test_a_form_is_new_once_and_what_is_remembered_is_bounded(client: Client):
    database = client.app[DATABASE]
    first = [await database.write(is_new, value) for value in ("A" * 22, "A" * 22, "", "")]
    await database.write(lambda connection: [is_new(connection, f"{n:022}") for n in range(5100)])
    kept = await database.read(lambda connection: connection.execute("SELECT count(*) FROM form_once").fetchone()[0])

    assert [True, False, True, True] == first
    assert 5000 >= kept
