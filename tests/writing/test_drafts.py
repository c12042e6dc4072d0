"""What is typed and not saved: kept by each open page, offered again, never in the way of another one."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from ideascube.box_db.people_sessions import end_all
from ideascube.people.rights import Role
from ideascube.web.context import DATABASE
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.web.reading import Client
from tests.writing.writers import GOOD, Form, begin, follow, open_form, send


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
    return await aiohttp_client(app_of(tmp_path))


@pytest.fixture
async def amina(client: Client) -> SignedIn:
    return await sign_in(client)


async def keep(who: SignedIn, address: str, form: Form, turn: int = 1, **changed: str) -> Any:
    """As static/write.js does."""
    fields = dict(form.with_fields(turn=str(turn), **changed))
    fields.pop("token")
    return await (await who.post(f"{address}/draft", **fields)).json()


async def test_what_was_typed_is_offered_until_it_is_saved(amina: SignedIn) -> None:
    address = await begin(amina)
    kept = await keep(amina, address, await open_form(amina, address), **GOOD)
    offered = await open_form(amina, address)
    going_on = await open_form(amina, offered.page.css_first("#unsaved a").attributes["href"] or "")
    saved = await follow(amina, await send(amina, address, going_on))

    assert "kept" == kept["kept"]
    assert "" == offered.value("text")
    assert GOOD["text"] == going_on.value("text") == saved.value("text")
    assert saved.page.css_first("#unsaved") is None


async def test_what_no_draft_can_hold_is_said(amina: SignedIn) -> None:
    address = await begin(amina)
    answer = await amina.post(f"{address}/draft", page="a" * 16, base="1", language="fr", title="x" * 201)

    assert 413 == answer.status
    assert "at most 200" in await answer.text()


async def test_it_can_be_thrown_away(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    await keep(amina, address, form, **GOOD)
    thrown = await follow(amina, await amina.post(f"{address}/throw", page=form.value("page")))

    assert thrown.page.css_first("#unsaved") is None
    assert "thrown away" in thrown.page.text()


async def test_what_arrives_late_does_not_come_back(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    await keep(amina, address, form, turn=2, text="Newer.")
    older = await keep(amina, address, form, turn=1, text="Older.")
    await send(amina, address, form, text="Newer.", turn="2")
    late = await keep(amina, address, form, turn=3, text="Newer.")

    assert ("older", "same") == (older["kept"], late["kept"])
    assert (await open_form(amina, address)).page.css_first("#unsaved") is None


async def test_two_pages_of_one_person_keep_their_own(amina: SignedIn) -> None:
    address = await begin(amina)
    one, other = await open_form(amina, address), await open_form(amina, address)
    await keep(amina, address, one, text="On the phone.")
    await keep(amina, address, other, text="On the tablet.")
    offered = (await open_form(amina, address)).page.css("#unsaved a")
    texts = {(await open_form(amina, each.attributes["href"] or "")).value("text") for each in offered}

    assert {"On the phone.", "On the tablet."} == texts


async def test_others_are_told_who_has_it_open(client: Client, amina: SignedIn) -> None:
    hamid = await sign_in(client, name="Hamid")
    address = await begin(amina)
    await keep(amina, address, await open_form(amina, address), text="Mine.")
    told = await keep(hamid, address, await open_form(hamid, address), text="His.")

    assert ["Amina"] == told["others"]
    assert "Hamid has this open too" in (await open_form(amina, address)).page.css_first("#others").text()


async def test_who_was_signed_out_or_removed_while_typing_gets_the_text_back(client: Client) -> None:
    basma = await sign_in(client, Role.CONTRIBUTOR, "Basma")
    address = await begin(basma)
    form = await open_form(basma, address)
    await client.app[DATABASE].write(end_all, basma.person.id, "removed")  # type: ignore[union-attr]
    answer = await send(basma, address, form, text="All that I wrote. " * 5000)

    assert 401 == answer.status
    assert "Your account was removed" in await answer.text()
    assert "All that I wrote. All that" in await answer.text()


async def test_a_form_of_another_session_changes_nothing_and_gives_the_text_back(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    answer = await send(amina, address, form, **GOOD, token="of somebody else")

    assert 403 == answer.status
    assert "Faire bouillir" in await answer.text()
    assert "" == (await open_form(amina, address)).value("title")


async def test_a_form_sent_twice_does_it_once(amina: SignedIn) -> None:
    first = await amina.post("/staff/write", kind="story", language="en", once="o" * 22)
    second = await amina.post("/staff/write", kind="story", language="en", once="o" * 22)
    address = first.headers["Location"]
    form = await open_form(amina, address)
    await send(amina, address, form, "publish", **GOOD)
    again = await follow(amina, await send(amina, address, form, "publish", **GOOD))

    assert "/staff/write" == second.headers["Location"]
    assert "Published." in again.page.text()
    assert 2 == len((await open_form(amina, f"{address}/versions")).page.css(".versions li"))


HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<svg><animate onbegin="alert(1)"></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="http://evil.example"><input name="a"><button>x</button></form>',
    '<img src="http://evil.example/pixel.png">',
    "{{7*7}}{% for x in [] %}",
    "'; DROP TABLE creation; --",
)


RUNS = ("<script>alert", "onerror=", "onclick=", 'href="javascript', "<iframe", "<svg><animate", 'src="http://evil')


async def test_hostile_text_stays_text(client: Client, amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    rich = {**GOOD, "title": "{{7*7}}<script>", "coding": "html", "body": "".join(HOSTILE), "author": "<b>x</b>'\""}
    rich |= {"source": "javascript:alert(1)", "consent_note": "{{7*7}}", "language": "../../etc", "tag": "' OR 1=1"}
    saved = await follow(amina, await send(amina, address, form, "publish", **rich))
    page = await (await client.get(address.replace("/staff/write", "/items"))).text()

    for text in (page, saved.page.html or ""):
        assert [] == [each for each in RUNS if each in text]
    assert "{{7*7}}" in page
    assert "DROP TABLE" in page
    assert "49" not in saved.page.css_first("h1").text()


async def test_text_that_is_far_too_long_is_not_lost(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    long = "word " * 1_000_000
    answer = await send(amina, address, form, **{**GOOD, "text": long})
    back = Form.of(await answer.text())
    draft = await amina.post(f"{address}/draft", text=long[:3_000_000], page=form.value("page"))

    assert (422, 413) == (answer.status, draft.status)
    assert "too long" in back.problem("text")
    assert long.strip() == back.value("text").strip()


def fill(connection: sqlite3.Connection) -> None:
    """As on a full disk: the database cannot grow any more."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


async def test_a_full_disk_is_told_and_what_was_saved_before_stays(client: Client, amina: SignedIn) -> None:
    address = await begin(amina)
    await send(amina, address, await open_form(amina, address), **GOOD)
    form = await open_form(amina, address)
    fields = dict(form.with_fields(text="More. " * 20_000))
    fields.pop("token")
    await client.app[DATABASE].write(fill)  # type: ignore[union-attr]
    kept = await amina.post(f"{address}/draft", **fields)
    await client.app[DATABASE].write(fill)  # type: ignore[union-attr]
    saved = await send(amina, address, form, text="More. " * 20_000)
    back = Form.of(await saved.text())

    assert (507, 507) == (kept.status, saved.status)
    assert "no room" in await kept.text()
    assert "no room" in back.page.css_first(".notice.bad").text()
    assert ("More. " * 20_000).strip() == back.value("text").strip()
    assert GOOD["text"] == (await open_form(amina, address)).value("text")
