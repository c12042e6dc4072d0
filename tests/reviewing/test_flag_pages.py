"""A learner flags a page, a mediator answers."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.box_db.flags import list_flagged
from ideascube.creations.states import Deed
from ideascube.reviewing.flags import OF_ADDRESS
from tests.creations.making import do, fields, made, published
from tests.support.apps import app_of
from tests.support.staff import Role, sign_in
from tests.web.reading import html, sent_by, texts

Client = TestClient[Any, Any]


async def flag(client: Client, path: str, **fields_sent: str) -> int:
    """The status of the form as the page of the flag sends it."""
    form = {"pack": "", "path": path, "word": "", **fields_sent}
    answer = await client.post("/flag", data=form, headers=sent_by(client), allow_redirects=False)
    return answer.status


async def test_a_learner_says_what_is_wrong_and_a_mediator_takes_it_away(client: Client, box: Connection):
    hare = published(box, fields("The hare"))
    page = await html(client, f"/items/{hare}/flag")
    assert ["wrong", "hurts", "private", "other"] == [r.attributes["value"] for r in page.css("input[name=reason]")]

    assert 303 == await flag(client, f"items/{hare}", reason="hurts", word="It names my brother.")

    amina = await sign_in(client)
    line = Html(await (await amina.get("/staff/review/flags")).text())
    assert ["1 It hurts or threatens somebody"] == texts(line, ".why li")
    assert ["It names my brother."] == texts(line, ".word-of")
    turn = line.css_first("input[name=turn]").attributes["value"]
    done = await amina.post("/staff/review/flags", pack="", path=f"items/{hare}", turn=turn, answer="hide")
    assert "/staff/review/flags?done=hide" == done.headers["Location"]
    assert 410 == (await client.get(f"/items/{hare}")).status
    assert [] == list_flagged(box)


async def test_a_late_answer_changes_nothing_and_is_told(client: Client, box: Connection):
    hare = published(box)
    await flag(client, f"items/{hare}", reason="wrong")
    turn = list_flagged(box)[0].turn
    await flag(client, f"items/{hare}", reason="private")
    amina = await sign_in(client)

    late = await amina.post("/staff/review/flags", pack="", path=f"items/{hare}", turn=turn, answer="hide")

    assert "/staff/review/flags?late" == late.headers["Location"]
    assert 200 == (await client.get(f"/items/{hare}")).status


async def test_pages_of_packs_are_flagged_too(aiohttp_client: Any, small_packs: Any, tmp_path: Any):
    client = await aiohttp_client(app_of(tmp_path, small_packs / "village.zim"))

    assert 303 == await flag(client, "well.html", pack="village", reason="wrong")

    amina = await sign_in(client)
    page = Html(await (await amina.get("/staff/review/flags")).text())
    assert ["1 Something in it is not true"] == texts(page, ".why li")
    assert 1 == len(page.css("button[value=hide]"))
    assert "/staff/library/village" in [link.attributes["href"] for link in page.css(".made a")]


async def test_what_is_not_for_learners_cannot_be_flagged(client: Client, box: Connection):
    draft, gone, inside = made(box), published(box), published(box, fields(audience="staff"))
    do(box, gone, Deed.WITHDRAW)

    for path in (*(f"items/{each}" for each in (draft, gone, inside)), "items/zzzzzzzzzz", "", "../box.db", "\0"):
        assert 404 == await flag(client, path, reason="wrong"), path
    assert [] == list_flagged(box)


@pytest.mark.parametrize("reason", ["", "spam", "wrong = 1; DROP TABLE flag"])
async def test_a_form_without_a_reason_comes_back_with_what_was_typed(client: Client, box: Connection, reason: str):
    hare = published(box)

    form = {"path": f"items/{hare}", "reason": reason, "word": "<b>my words</b>"}
    answer = await client.post("/flag", data=form, headers=sent_by(client))

    page = Html(await answer.text())
    assert 400 == answer.status
    assert ["Please choose what it is."] == texts(page, "#reason-problem")
    assert ["<b>my words</b>"] == texts(page, "#word")


async def test_after_many_one_waits_and_is_told_how_long(client: Client, box: Connection):
    hare = published(box)
    for _ in range(OF_ADDRESS.free):
        assert 303 == await flag(client, f"items/{hare}", reason="wrong")

    form = {"path": f"items/{hare}", "reason": "wrong", "word": "One more"}
    answer = await client.post("/flag", data=form, headers=sent_by(client))

    assert (429, "60") == (answer.status, answer.headers["Retry-After"])
    assert ["One more"] == texts(Html(await answer.text()), "#word")
    assert OF_ADDRESS.free == list_flagged(box)[0].total


async def test_a_pack_cannot_flag(client: Client, box: Connection):
    hare = published(box)
    form = {"path": f"items/{hare}", "reason": "wrong"}

    answer = await client.post("/flag", data=form, headers={"Origin": "http://127.0.0.1:8081"})

    assert 403 == answer.status
    assert [] == list_flagged(box)


async def test_contributors_see_no_flags(client: Client, box: Connection):
    basma = await sign_in(client, Role.CONTRIBUTOR, "Basma")

    assert 403 == (await basma.get("/staff/review/flags")).status
