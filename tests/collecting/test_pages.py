"""The pages of collections, as a mediator uses them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from ideascube.box_db.collections import editions, list_collections
from ideascube.box_db.creations import change_state, new_creation
from ideascube.creations.model import Consent, Fields, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Role
from ideascube.web.context import DATABASE
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in

ABOUT = {"language": "fr", "title-fr": "Récits", "description-fr": "Ce que nous avons fait", "licence": "CC-BY-4.0"}


@pytest.fixture
async def amina(tmp_path: Path, aiohttp_client: Any) -> SignedIn:
    return await sign_in(await aiohttp_client(app_of(tmp_path)), Role.MEDIATOR)


async def published(amina: SignedIn, title: str) -> str:
    fields = Fields(
        kind="article", language="fr", texts={"fr": Words(title, "")}, body="<p>Texte.</p>",
        licence="CC-BY-4.0", consent=Consent("none_shown"),
    )  # fmt: skip

    def make(connection: Any) -> str:
        creation = new_creation(connection, fields, amina.person)
        change_state(connection, creation, Deed.PUBLISH, 1)
        return creation

    return await amina.client.app[DATABASE].write(make)


async def made(amina: SignedIn, **fields: str) -> str:
    """The address of a new collection."""
    page = await (await amina.get("/staff/collections/new")).text()
    collection_id = re.search(r'name="id" value="([a-z0-9]{10})"', page)[1]  # type: ignore[index]
    answer = await amina.post("/staff/collections/new", **{**ABOUT, "id": collection_id, **fields})
    assert f"/staff/collections/{collection_id}/add" == answer.headers["Location"]
    return f"/staff/collections/{collection_id}"


async def text_of(amina: SignedIn, address: str) -> str:
    answer = await amina.get(address)
    assert 200 == answer.status
    return await answer.text()


async def test_what_was_published_is_gathered_ordered_and_taken_out(amina: SignedIn):
    first, second = await published(amina, "La pluie"), await published(amina, "Le marché")
    address = await made(amina)

    choice = await text_of(amina, f"{address}/add")
    found = await text_of(amina, f"{address}/add?q=marche")
    await amina.post(f"{address}/add", creation=[first, second])
    await amina.post(f"{address}/members", kind="creation", member=second, do="up")
    ordered = await text_of(amina, address)
    await amina.post(f"{address}/members", kind="creation", member=first, do="remove")

    assert "La pluie" in choice and "Le marché" in choice
    assert "La pluie" not in found and "Le marché" in found
    assert ordered.index("Le marché") < ordered.index("La pluie")
    assert "La pluie" not in await text_of(amina, address)


async def test_a_form_sent_twice_makes_one_collection_and_one_edition(amina: SignedIn):
    address = await made(amina)
    await amina.post("/staff/collections/new", **ABOUT, id=address[-10:])
    await amina.post(f"{address}/add", creation=await published(amina, "La pluie"))

    await amina.post(f"{address}/publish")
    await amina.post(f"{address}/publish")
    database = amina.client.app[DATABASE]

    assert 1 == len(await database.read(list_collections))
    assert ["building"] == [each.state for each in await database.read(editions, address[-10:])]
    assert "It is being published." in await text_of(amina, address)


async def test_a_form_that_is_refused_comes_back_as_it_was_typed(amina: SignedIn):
    typed = {**ABOUT, "id": "a" * 10, "title-fr": "Un titre beaucoup trop long pour un ZIM", "licence": "mine"}

    answer = await amina.post("/staff/collections/new", **typed)
    page = await answer.text()

    assert 422 == answer.status
    assert "It has 39 letters, and at most 30 fit: make it shorter." in page
    assert "Choose what others may do with it." in page
    assert 'value="Un titre beaucoup trop long pour un ZIM"' in page


async def test_who_saves_over_a_change_of_somebody_else_is_shown_both(amina: SignedIn):
    address = await made(amina)
    await amina.post(f"{address}/about", **{**ABOUT, "title-fr": "Hamids Titel"}, version="1")

    answer = await amina.post(f"{address}/about", **{**ABOUT, "title-fr": "Aminas Titel"}, version="1")
    page = await answer.text()

    assert 409 == answer.status
    assert "Hamids Titel" in page and 'value="Aminas Titel"' in page
    assert "Hamids Titel" in await text_of(amina, address)


async def test_contributors_have_no_collections(tmp_path: Path, aiohttp_client: Any):
    client: TestClient[Any, Any] = await aiohttp_client(app_of(tmp_path))
    idris = await sign_in(client, Role.CONTRIBUTOR, "Idris")

    assert 403 == (await idris.get("/staff/collections")).status
    assert 403 == (await idris.post("/staff/collections/new", **ABOUT)).status


@pytest.mark.parametrize("wrong", ["{{7*7}}", "' OR 1=1 --", "<script>alert(1)</script>", "a/../b", "\x00", "٣"])
async def test_any_field_may_hold_anything(wrong: str, amina: SignedIn):
    typed = dict.fromkeys((*ABOUT, "more", "version", "cover", "title-../x"), wrong) | {"id": "b" * 10}

    answer = await amina.post("/staff/collections/new", **typed)
    page = await answer.text()

    assert 422 == answer.status
    assert "<script>alert" not in page
    assert ">49<" not in page
    assert 404 == (await amina.get(f"/staff/collections/{'c' * 10}")).status
