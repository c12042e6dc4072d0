"""Writing without scripts: what is typed is kept, whatever is pressed, and goes out when it is complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.people.rights import Role
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


async def test_an_article_is_written_saved_and_published(client: Client, amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    saved = await follow(amina, await send(amina, address, form, **GOOD))
    published = await follow(amina, await send(amina, address, saved, "publish"))
    read = Html(await (await client.get(address.replace("/staff/write", "/items"))).text())

    assert "Saved." in saved.page.text()
    assert GOOD["text"] == saved.value("text")
    assert "Published." in published.page.text()
    assert "Boire sans danger" == read.css_first("h1").text()
    assert ["Faire bouillir"] == [each.text() for each in read.css(".body h2")]


async def test_what_is_missing_is_said_beside_its_field_and_all_that_was_typed_comes_back(amina: SignedIn) -> None:
    address = await begin(amina)
    answer = await send(amina, address, await open_form(amina, address), "publish", text="Il *pleut*.", author="Hamid")
    form = Form.of(await answer.text())

    assert answer.status == 422
    assert "title" in form.problem("title")
    assert "people" in form.problem("consent")
    assert ("Il *pleut*.", "Hamid") == (form.value("text"), form.value("author"))
