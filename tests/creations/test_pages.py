"""`/items/ID` as readers see it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from sqlite3 import Connection

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from ideascube.box_db.database import box_database
from ideascube.creations.model import Words
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


async def test_the_list_can_be_narrowed_by_kind_subject_and_language(client: TestClient, box: Connection):
    water = published(box, fields("Water", tags=("water", "health")))
    maji = published(box, fields("Maji", language="sw", kind="story", tags=("water",)))
    made(box, fields("A draft", tags=("water",)))
    published(box, fields("For staff", audience="staff", tags=("water",)))
    published(box, fields("Yesterday", kind="notice", ends="2001-01-01"))

    assert {water, maji} == await listed(client, "/items")
    assert {water} == await listed(client, "/items?tag=health")
    assert {maji} == await listed(client, "/items?kind=story&tag=water")
    assert {maji} == await listed(client, "/items?lang=sw")
    assert set() == await listed(client, "/items?tag=nothing&kind=' OR 1=1&lang={{7*7}}")
    assert set() == await listed(client, "/items?page=999")
    assert {water, maji} == await listed(client, "/items?page=-1") == await listed(client, "/items?page=99999999999")


async def listed(client: TestClient, address: str, language: str = "en") -> set[str]:
    page = await client.get(address, headers={"Accept-Language": language})
    assert 200 == page.status, address
    links = HTMLParser(await page.text()).css("main .cards a.open")
    return {(link.attributes["href"] or "").removeprefix("/items/") for link in links}


async def test_choices_say_how_many_they_leave(client: TestClient, box: Connection):
    published(box, fields("Water", tags=("water",)))
    published(box, fields("Maji", language="sw", kind="story", tags=("water",)))

    page = HTMLParser(await (await client.get("/items?kind=story")).text())

    assert {"/items": "2", "/items?kind=article": "1", "/items?kind=story": "1"} == counts_of(page, "Kind")
    assert {"/items?kind=story": "1", "/items?tag=water&kind=story": "1"} == counts_of(page, "Subject")


def counts_of(page: HTMLParser, name: str) -> dict[str, str]:
    links = page.css(f'nav[aria-label="{name}"] a')
    return {link.attributes["href"] or "": link.css_first(".count").text() for link in links}


async def test_a_page_leads_to_its_subjects_and_to_the_same_in_other_languages(client: TestClient, box: Connection):
    water = published(box, fields("Water", tags=("water", "gone")))
    maji = published(box, fields("Maji", language="sw"), work=water)
    made(box, fields("Eau", language="fr"), work=water)

    page = HTMLParser(await (await client.get(f"/items/{water}", headers={"Accept-Language": "fr"})).text())

    assert {"/items?tag=water": "Eau et hygiène"} == links_in(page, "tags")
    assert {f"/items/{maji}": "Kiswahili"} == links_in(page, "others")


def links_in(page: HTMLParser, name: str) -> dict[str, str]:
    links = page.css(f'nav[aria-labelledby="{name}"] a')
    return {link.attributes["href"] or "": link.text(strip=True) for link in links}


async def test_links_to_the_internet_say_that_there_is_none(client: TestClient, box: Connection):
    water = published(
        box, fields(body='<p><a href="https://who.int/water?a=1&b=2">WHO</a> <a href="/library">L</a></p>')
    )

    page = HTMLParser(await (await client.get(f"/items/{water}")).text())

    assert [
        f"/external?url=https%3A%2F%2Fwho.int%2Fwater%3Fa%3D1%26b%3D2&back=%2Fitems%2F{water}", "/library",
    ] == [link.attributes["href"] for link in page.css(".body a")]  # fmt: skip


HOSTILE = "{{7*7}}{%raw%}</title><script>alert(1)</script>' OR 1=1; --\"><svg onload=alert(1)>"


async def test_whatever_stands_in_a_field_is_shown_as_it_was_written(client: TestClient, box: Connection):
    said = fields(
        texts={"en": Words(HOSTILE, HOSTILE)}, body=f"<p>{escape(HOSTILE)}</p>", author=HOSTILE, source=HOSTILE,
        licence=HOSTILE,
    )  # fmt: skip
    creation = published(box, said)

    answer = await client.get(f"/items/{creation}")
    page = HTMLParser(await answer.text())
    shown = [page.css_first(where).text(strip=True) for where in ("h1", ".lead", ".body p", "title")]
    assert [HOSTILE, HOSTILE, HOSTILE, f"{HOSTILE} · Ideascube"] == shown
    assert 3 == sum(HOSTILE in (fact.text() or "") for fact in page.css("dd"))
    assert not [script for script in page.css("script") if "src" not in script.attributes]
    assert HOSTILE in HTMLParser(await (await client.get("/items")).text()).css_first(".cards").text()


async def test_of_translations_the_list_has_the_one_that_the_reader_likes_best(client: TestClient, box: Connection):
    water = published(box, fields("Water", tags=("water",)))
    maji = published(box, fields("Maji", language="sw"), work=water)

    assert {water} == await listed(client, "/items")
    assert {maji} == await listed(client, "/items", "sw")
    assert {maji} == await listed(client, "/items?lang=sw")
    assert {water} == await listed(client, "/items?tag=water", "sw")
