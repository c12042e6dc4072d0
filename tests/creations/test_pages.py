"""`/items/ID` as readers see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from aiohttp.test_utils import TestClient

from ideascube.box_db.database import box_database
from ideascube.creations.states import Deed
from tests.creations.making import do, fields, made, published
from tests.support.apps import app_of


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Connection]:
    with box_database(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
async def client(aiohttp_client, tmp_path: Path) -> TestClient:
    return await aiohttp_client(app_of(tmp_path))


async def test_what_is_published_can_be_read_and_what_is_withdrawn_says_so(client: TestClient, box: Connection):
    water = published(box, fields("Clean water", "<p>Boil it for <b>one minute</b>.</p>"))

    page = await client.get(f"/items/{water}")
    text = await page.text()
    assert 200 == page.status
    assert "<h1><bdi>Clean water</bdi></h1>" in text
    assert "<strong>one minute</strong>" in text

    do(box, water, Deed.WITHDRAW)
    gone = await client.get(f"/items/{water}")
    assert 410 == gone.status
    assert "one minute" not in await gone.text()


async def test_nobody_reads_what_is_not_published(client: TestClient, box: Connection):
    draft = made(box)

    assert 404 == (await client.get(f"/items/{draft}")).status


@pytest.mark.parametrize("name", ["", "x", "a" * 10, "..%2f..", "%00", "%ff%fe", "' OR 1=1 --", "a" * 5000, "{{7*7}}"])
async def test_there_is_nothing_at_any_other_name(client: TestClient, box: Connection, name: str):
    published(box)

    page = await client.get(f"/items/{name}")

    assert page.status in ({200, 404} if not name else {404})
