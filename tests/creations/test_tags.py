"""Subjects: a vocabulary to begin with, which mediators change; what is tagged follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from aiohttp.test_utils import TestClient

from content_packs.errors import NoSpace
from ideascube.box_db.creations import load
from ideascube.box_db.database import box_database
from ideascube.box_db.tags import add_tag, list_tags, merge_tags, move_tag, remove_tag, rename_tag
from ideascube.creations.tags import MOST
from ideascube.people.rights import Role
from ideascube.web.i18n import LANGUAGES
from tests.creations.making import fields, made, published
from tests.support.apps import app_of
from tests.support.staff import sign_in


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Connection]:
    with box_database(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
async def client(aiohttp_client, tmp_path: Path) -> TestClient:
    return await aiohttp_client(app_of(tmp_path))


def ids(box: Connection) -> list[str]:
    return [tag.id for tag in list_tags(box)]


def tags_of(box: Connection, creation: str) -> tuple[str, ...]:
    found = load(box, creation)
    assert found is not None
    return found.tags


def test_a_box_begins_with_subjects_in_all_languages_of_the_interface(box: Connection):
    tags = list_tags(box)

    assert 20 <= len(tags) <= 30
    assert {frozenset(LANGUAGES)} == {frozenset(tag.names) for tag in tags}


def test_what_is_merged_is_found_by_the_other_one(box: Connection):
    water = made(box, fields(tags=("water", "health")))

    assert merge_tags(box, "water", "environment")
    assert ("environment", "health") == tags_of(box, water)
    assert merge_tags(box, "environment", "animals")
    assert ("animals", "health") == tags_of(box, water)
    assert not merge_tags(box, "water", "animals")
    assert not merge_tags(box, "animals", "animals")


def test_what_is_removed_is_on_nothing_any_more(box: Connection):
    water = made(box, fields(tags=("water", "health")))

    assert remove_tag(box, "water")
    assert ("health",) == tags_of(box, water)
    assert not remove_tag(box, "water")


def test_whatever_is_tagged_is_looked_at_again_by_searches(box: Connection):
    published(box, fields(tags=("water",)))
    before = box.execute("SELECT max(change) FROM creation_change").fetchone()

    rename_tag(box, "water", {"fr": "L’eau"})
    assert before < box.execute("SELECT max(change) FROM creation_change").fetchone()


def test_the_order_can_be_changed_to_either_end(box: Connection):
    first, second, *_ = ids(box)

    move_tag(box, first, 1)
    assert [second, first] == ids(box)[:2]
    move_tag(box, second, -1)
    assert [second, first] == ids(box)[:2]
    assert not move_tag(box, "nothing", 1)


def test_there_are_never_more_than_a_box_can_show(box: Connection):
    for number in range(MOST - len(ids(box))):
        add_tag(box, {"en": str(number)})

    with pytest.raises(NoSpace):
        add_tag(box, {"en": "one more"})


async def test_a_mediator_adds_names_and_removes(client: TestClient, box: Connection):
    amina = await sign_in(client)

    added = await amina.post("/staff/tags", name="  Bees   and honey ", once="a" * 22)
    again = await amina.post("/staff/tags", name="Bees and honey", once="a" * 22)
    address = added.headers["Location"].partition("?")[0]
    assert "/staff/tags" == again.headers["Location"]
    assert "Bees and honey" in await (await amina.get("/staff/tags")).text()

    await amina.post(address, **{"deed": "names", "name.en": "Bees", "name.fr": "", "code": "swc", "more": "Nyuki"})
    assert {"en": "Bees", "swc": "Nyuki"} == list_tags(box)[-1].names

    refused = await amina.post(address, deed="names")
    assert (400, {"en": "Bees", "swc": "Nyuki"}) == (refused.status, list_tags(box)[-1].names)

    assert "Remove “Bees”?" in await (await amina.get(f"{address}/remove")).text()
    await amina.post(address, deed="remove")
    assert 404 == (await amina.post(address, deed="names", **{"name.en": "Bees"})).status


async def test_nobody_else_may(client: TestClient, box: Connection):
    basma = await sign_in(client, Role.CONTRIBUTOR, "Basma")

    assert 403 == (await basma.post("/staff/tags", name="Bees")).status
    assert 303 == (await client.get("/staff/tags", allow_redirects=False)).status


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{7*7}}", "' OR 1=1 --"])
async def test_a_name_is_shown_as_it_was_written(client: TestClient, box: Connection, name: str):
    amina = await sign_in(client)
    await amina.post("/staff/tags", name=name)

    page = await (await amina.get("/staff/tags")).text()
    assert ("<script>alert" in page, "49" in page, [name]) == (False, False, [*list_tags(box)[-1].names.values()])
