"""Who is let in where: pages of the workspace, and forms that no page of this sign-in made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from ideascube.people.guard import PERSON, person_of, staff
from ideascube.people.rights import Right, Role
from tests.support.apps import app_of
from tests.support.staff import sign_in

Client = TestClient[Any, Any]


@staff(Right.REVIEW)
async def review(request: web.Request) -> web.StreamResponse:
    return web.Response(text=f"reviewed by {request[PERSON].name}")


async def who(request: web.Request) -> web.StreamResponse:
    person = await person_of(request)
    return web.Response(text=person.name if person else "nobody")


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: Any) -> AsyncIterator[Client]:
    app = app_of(tmp_path)
    app.add_routes([web.get("/staff/try", review), web.post("/staff/try", review), web.get("/who", who)])
    return await aiohttp_client(app)


async def test_a_mediator_reviews_and_a_contributor_may_not(client: Client):
    mediator = await sign_in(client)
    contributor = await sign_in(client, Role.CONTRIBUTOR, "Bilal")

    allowed, refused = await mediator.post("/staff/try"), await contributor.post("/staff/try")

    assert (200, "reviewed by Amina") == (allowed.status, await allowed.text())
    assert 403 == refused.status
    assert "Bilal" == await (await contributor.get("/who")).text()


async def test_who_is_not_signed_in_is_led_there_and_back_and_nothing_typed_is_lost(client: Client):
    page = await client.get("/staff/try?page=2", allow_redirects=False)
    origin = {"Origin": f"http://{client.host}:{client.port}"}
    typed = {"body": "Water is <b>boiled</b> for three minutes.", "password": "not to be shown here"}
    form = await client.post("/staff/try", data=typed, headers=origin)
    shown = await form.text()

    assert (303, "/staff/sign-in?back=/staff/try?page%3D2") == (page.status, page.headers["Location"])
    assert 401 == form.status
    assert "Water is &lt;b&gt;boiled&lt;/b&gt; for three minutes." in shown
    assert "not to be shown here" not in shown
    assert "nobody" == await (await client.get("/who")).text()


async def test_a_form_without_its_own_token_changes_nothing(client: Client):
    amina, bilal = await sign_in(client), await sign_in(client, name="Bilal")

    for token in ("", "x", bilal.token):
        answer = await client.post("/staff/try", data={"token": token, "text": "a text of mine"}, headers=amina.headers)
        assert 403 == answer.status
        assert "a text of mine" in await answer.text()
    by_script = await client.post("/staff/try", headers=amina.headers | {"X-Form-Token": amina.token})
    assert 200 == by_script.status
