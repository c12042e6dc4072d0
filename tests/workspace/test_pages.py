"""The pages of the workspace, as their people see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.box_db.database import box_database
from ideascube.creations.states import Deed
from ideascube.people.rights import Role
from tests.creations.making import BASMA, do, fields, made, published
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.web.reading import html, texts

Client = TestClient[Any, Any]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Connection]:
    with box_database(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
async def client(aiohttp_client: Any, tmp_path: Path) -> Client:
    client: Client = await aiohttp_client(app_of(tmp_path))
    return client


async def page_of(somebody: SignedIn, path: str) -> Html:
    return Html(await (await somebody.get(path)).text())


@pytest.mark.parametrize("role", list(Role))
async def test_every_section_of_the_menu_is_there_for_who_sees_it(client: Client, role: Role):
    somebody = await sign_in(client, role, "Basma")

    menu = [link.attributes["href"] for link in (await page_of(somebody, "/staff")).css("#sections a")]

    assert dict.fromkeys(menu, 200) == {address: (await somebody.get(address)).status for address in menu}


@pytest.mark.parametrize("path", ["/staff", "/staff/mine", "/staff/all", "/staff/review", "/staff/problems"])
async def test_pages_are_kept_by_no_cache_and_closed_to_strangers(client: Client, path: str):
    amina = await sign_in(client)

    page = await amina.get(path)
    stranger = await client.get(path, allow_redirects=False)

    assert (200, "no-store") == (page.status, page.headers["Cache-Control"])
    assert 303 == stranger.status
    assert stranger.headers["Location"].startswith("/staff/sign-in?back=")


async def test_the_band_says_who_is_signed_in_and_learners_pages_lead_back(client: Client):
    amina = await sign_in(client, name="<b>Amina</b>")

    assert ["<b>Amina</b>"] == texts(await page_of(amina, "/staff"), ".who a")
    assert ["/staff"] == [
        a.attributes["href"] for a in (await page_of(amina, "/library")).css(".top a[href^='/staff']")
    ]
    assert [] == (await html(client, "/library")).css(".top a[href^='/staff']")


async def test_the_first_page_counts_what_waits(client: Client, box: Connection):
    amina = await sign_in(client)
    sent, own = made(box, person=BASMA), made(box, person=amina.person)
    do(box, sent, Deed.SUBMIT)

    assert ["1 thing waits for your answer", "You began 1 thing: go on"] == texts(
        await page_of(amina, "/staff"), ".waits a"
    )
    do(box, own, Deed.PUBLISH)
    assert ["1 thing waits for your answer"] == texts(await page_of(amina, "/staff"), ".waits a")


async def test_lists_are_narrowed_and_paged(client: Client, box: Connection):
    amina = await sign_in(client)
    for number in range(30):
        published(box, fields(f"Water {number}"))
    made(box, fields("الماء", language="ar", kind="story"))

    first, second = await page_of(amina, "/staff/all"), await page_of(amina, "/staff/all?page=2")
    arabic = await page_of(amina, "/staff/all?language=ar&kind=story")

    assert (25, 6) == (len(first.css(".made")), len(second.css(".made")))
    assert "/staff/all?page=2" == first.css_first("a[rel=next]").attributes["href"]
    assert [] == second.css("a[rel=next]")
    assert ["الماء"] == texts(arabic, ".made h2")
    assert ["Water 7"] == texts(await page_of(amina, "/staff/all?text=WATER+7"), ".made h2")
    assert ["الماء"] == texts(await page_of(amina, "/staff/all?state=draft"), ".made h2")


@pytest.mark.parametrize("query", [
    "page=0", "page=-3", "page=x", "page=" + "9" * 500, "state=' OR 1=1", "kind={{7*7}}", "text=" + "%22" * 900,
    "language=%00", "tag=<script>", "state=published&page=999",
])  # fmt: skip
async def test_what_no_list_knows_finds_nothing_or_all(client: Client, box: Connection, query: str):
    amina = await sign_in(client)
    published(box)

    page = await amina.get(f"/staff/all?{query}")

    assert 200 == page.status
    assert "<script>" not in (await page.text()).partition("</head>")[2]


async def test_contributors_see_what_they_made_and_no_list_of_all(client: Client, box: Connection):
    await sign_in(client)
    basma = await sign_in(client, Role.CONTRIBUTOR, "Basma")
    made(box, fields("Mine"), basma.person)
    published(box, fields("Of others"))

    assert ["Mine"] == texts(await page_of(basma, "/staff/mine"), ".made h2")
    assert 403 == (await basma.get("/staff/all")).status


async def test_empty_lists_say_what_comes_there(client: Client):
    amina = await sign_in(client)

    for path in ("/staff/mine", "/staff/all", "/staff/review", "/staff/review/flags", "/staff/problems"):
        assert 1 == len((await page_of(amina, path)).css(".empty")), path
