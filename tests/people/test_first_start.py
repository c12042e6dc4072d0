"""The first start of a box: the code, what it sets, two who are at it at once."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.box_facts import all_facts
from ideascube.box_db.people import accounts
from ideascube.people.first_code import first_code
from ideascube.people.rights import Role
from ideascube.web.context import DATABASE
from tests.people.staff_app import PASSWORD, Browser, Client, add

RIGHT: dict[str, Any] = {
    "box_name": "Médiathèque du camp", "languages": ["ar", "en"], "first": "fr", "name": "Zoé",
    "password": PASSWORD, "again": PASSWORD,
}  # fmt: skip


def drawn(tmp_path: Path) -> str:
    """The code of a start, as the console shows it."""
    return first_code(DataFolder(tmp_path))


async def test_the_code_makes_the_first_operator_and_then_no_other(client: Client, tmp_path: Path):
    code, browser = drawn(tmp_path), Browser(client)
    form = await browser.get("/staff/first")
    led = await browser.post("/staff/first", code=code.replace("-", " "), **RIGHT)
    found = await client.app[DATABASE].read(accounts)
    facts = await client.app[DATABASE].read(all_facts)
    again = await Browser(client).post("/staff/first", code=code, **RIGHT)
    home = await client.get("/", headers={"Accept-Language": "de"})

    assert 200 == form.status
    assert (303, "/staff") == (led.status, led.location)
    assert [("Zoé", Role.OPERATOR, False)] == [(each.name, each.role, each.drawn) for each in found]
    assert {"name": "Médiathèque du camp", "languages": "fr en ar"} == facts
    assert 200 == (await browser.get("/staff/people")).status
    assert 409 == again.status
    assert (303, "/staff/sign-in") == ((page := await Browser(client).get("/staff/first")).status, page.location)
    assert "" == drawn(tmp_path)
    assert ("fr", True) == (home.headers["Content-Language"], "Médiathèque du camp" in await home.text())


async def test_what_was_typed_comes_back_with_a_sentence_beside_each_field(client: Client, tmp_path: Path):
    wrong = RIGHT | {"box_name": " ", "first": "xx", "again": "another one"}

    page = await Browser(client).post("/staff/first", code=drawn(tmp_path), **wrong)

    assert 400 == page.status
    for field, sentence in (("box_name", "Write a name."), ("again", "The two passwords are not the same.")):
        assert f'id="{field}-problem"' in page.text
        assert sentence in page.text
    assert f'value="{PASSWORD}"' in page.text
    assert 'id="code-problem"' not in page.text


async def test_a_code_is_drawn_with_each_start_and_the_one_before_opens_nothing(client: Client, tmp_path: Path):
    before, now = drawn(tmp_path), drawn(tmp_path)

    old = await Browser(client).post("/staff/first", code=before, **RIGHT)
    new = await Browser(client).post("/staff/first", code=now, **RIGHT)

    assert (403, 303) == (old.status, new.status)


async def test_without_a_start_no_code_is_right(client: Client):
    for code in ("", "-", "0000-0000"):
        assert 403 == (await Browser(client).post("/staff/first", code=code, **RIGHT)).status


async def test_guesses_wait(client: Client, tmp_path: Path):
    code = drawn(tmp_path)
    wrong = [await Browser(client).post("/staff/first", code="1111-1111", **RIGHT) for _ in range(11)]

    assert [403] * 10 + [429] == [page.status for page in wrong]
    assert "Try again in 1 minute." in wrong[-1].text
    assert 429 == (await Browser(client).post("/staff/first", code=code, **RIGHT)).status


async def test_of_two_at_once_one_wins_and_the_other_is_told(client: Client, tmp_path: Path):
    code = drawn(tmp_path)
    names = ("Zoé", "Yuri")

    pages = await asyncio.gather(
        *(Browser(client).post("/staff/first", code=code, **(RIGHT | {"name": name})) for name in names)
    )

    assert [303, 409] == sorted(page.status for page in pages)
    assert "Somebody was faster." in next(page.text for page in pages if page.status == 409)
    assert 1 == len(await client.app[DATABASE].read(accounts))


async def test_the_code_itself_is_not_in_the_database(client: Client, tmp_path: Path):
    code = drawn(tmp_path)

    with sqlite3.connect(tmp_path / "box.db") as connection:
        assert code not in "".join(connection.iterdump())


async def test_who_has_an_account_on_a_box_without_an_operator_can_sign_in(client: Client):
    await add(client)
    browser = Browser(client)
    page = await browser.get("/staff/sign-in")

    assert "This box is not set up yet." in page.text
    assert 303 == (await browser.sign_in()).status


async def test_a_damaged_database_is_told_and_stops_nobody_who_reads(client: Client, tmp_path: Path):
    (tmp_path / "box.db").write_text("no database " * 500)  # nothing has opened it yet

    session = {"Cookie": f"session={'x' * 43}"}
    home, staff = await client.get("/", headers=session), await client.get("/staff/me", headers=session)

    assert (200, 502) == (home.status, staff.status)
    assert "is damaged" in await staff.text()
    assert "" == drawn(tmp_path)
