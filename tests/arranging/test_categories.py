"""Categories: a tree of two levels that mediators make, and learners open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from ideascube.arranging.model import Placed
from ideascube.arranging.staff_categories import may_lie_in
from ideascube.box_db.categories import MOST, MOST_CARDS, Category, all_categories, put_in, save_category
from ideascube.box_db.database import box_database, transaction
from tests.arranging.test_home import home, pack
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in

HEALTH, WATER, SOAP = "health0000", "water00000", "soap000000"


@pytest.fixture
async def amina(tmp_path: Path, aiohttp_client: Any) -> SignedIn:
    return await sign_in(await aiohttp_client(app_of(tmp_path / "box", pack(tmp_path, "boats"))))


async def save(person: SignedIn, name: str, /, **form: Any) -> Any:
    return await person.post(f"/staff/categories/{name}", **form)


async def page(client: TestClient[Any, Any], path: str, language: str = "en") -> str:
    return await (await client.get(path, headers={"Accept-Language": language})).text()


async def test_a_category_is_made_filled_and_opened_from_the_home_page(amina: SignedIn):
    await save(amina, HEALTH, **{"name-en": "Health", "name-ar": "الصحة"}, icon="users")
    await save(amina, WATER, **{"name-en": "Water"}, parent=HEALTH)
    await amina.post(f"/staff/categories/{WATER}/add", address="/packs/boats", title="Boats")
    await amina.post(f"/staff/categories/{WATER}/add", address="/packs/gone", title="Gone")
    water, workplace = await page(amina.client, f"/categories/{WATER}"), await amina.get(f"/staff/categories/{WATER}")

    assert f'href="/categories/{HEALTH}">' in await home(amina.client, "ar")
    assert "الصحة" in await home(amina.client, "ar")
    assert f"/categories/{WATER}" in await page(amina.client, f"/categories/{HEALTH}")
    assert f"/categories/{WATER}" in await page(amina.client, "/categories")
    assert "/content/boats/" in water
    assert "Gone" not in water
    assert "Gone" in await workplace.text()


async def test_what_is_wrong_is_said_and_what_was_typed_stays(amina: SignedIn):
    nameless = await save(amina, HEALTH, picture="/media/x")
    outside = await save(amina, HEALTH, **{"name-fr": "Santé & <b>", "picture": "http://elsewhere.example//x y"})
    await save(amina, HEALTH, **{"name-en": "Health"})
    await save(amina, WATER, **{"name-en": "Water"}, parent=HEALTH)
    too_deep = await save(amina, SOAP, **{"name-en": "Soap"}, parent=WATER)

    assert (422, 422, 422) == (nameless.status, outside.status, too_deep.status)
    assert 'value="Santé &amp; &lt;b&gt;"' in await outside.text()
    assert 404 == (await amina.client.get(f"/categories/{SOAP}")).status
    assert 404 == (await amina.client.get("/categories/..%2F..%2Fetc")).status


async def test_categories_move_and_leave_with_those_within(amina: SignedIn):
    await save(amina, HEALTH, **{"name-en": "Health"})
    await save(amina, SOAP, **{"name-en": "Soap"})
    await save(amina, WATER, **{"name-en": "Water"}, parent=HEALTH)
    await amina.post("/staff/categories", deed="up", category=SOAP)
    moved = await page(amina.client, "/categories")
    for _ in range(2):
        await amina.post("/staff/categories", deed="remove", category=HEALTH)

    assert moved.index("Soap") < moved.index("Health")
    assert 404 == (await amina.client.get(f"/categories/{WATER}")).status
    assert 200 == (await amina.client.get(f"/categories/{SOAP}")).status


def test_a_category_lies_in_one_on_top_alone():
    top, within = Category("top", "", "", "", {}), Category("within", "top", "", "", {})
    there = [top, within]

    assert may_lie_in(Category("new", "top", "", "", {}), there)
    assert not may_lie_in(Category("new", "within", "", "", {}), there)
    assert not may_lie_in(Category("new", "nowhere", "", "", {}), there)
    assert not may_lie_in(Category("top", "top", "", "", {}), there)
    assert not may_lie_in(Category("top", "other", "", "", {}), [*there, Category("other", "", "", "", {})])


def test_there_are_as_many_as_there_may_be(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection, transaction(connection):
        for number in range(MOST):
            assert save_category(connection, Category(f"c{number}", "", "image", "", {"en": "Name"}))
        for number in range(MOST_CARDS):
            assert put_in(connection, "c0", Placed(f"/packs/{number}"))

        assert not save_category(connection, Category("more", "", "image", "", {"en": "Name"}))
        assert save_category(connection, Category("c1", "c0", "image", "", {"en": "Again"}))
        assert not put_in(connection, "c0", Placed("/packs/more"))
        assert not put_in(connection, "nowhere", Placed("/packs/more"))
        assert MOST_CARDS == all_categories(connection)[0].count
