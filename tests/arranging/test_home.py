"""`/staff/home` and what learners see of it: the real app with real packs, several people at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from ideascube.arranging.model import MOST_SECTIONS
from ideascube.web.context import DATABASE
from tests.creations.making import fields, published
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.support.zims import make_zim

Client = TestClient[Any, Any]


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: Any) -> Client:
    return await aiohttp_client(app_of(tmp_path / "box", pack(tmp_path, "boats"), pack(tmp_path, "cats")))


def pack(folder: Path, name: str) -> Path:
    return make_zim(
        folder / f"{name}.zim", {"home": ("text/html", f"<h1>{name}</h1>")}, main="home", title=name.title()
    )


async def turn_of(person: SignedIn) -> str:
    """As the forms of the page carry it."""
    page = await (await person.get("/staff/home")).text()
    return re.findall(r'name="turn" value="(\d+)"', page)[0]


async def do(person: SignedIn, path: str = "/staff/home", /, **form: Any) -> Any:
    return await person.post(path, turn=form.pop("turn", None) or await turn_of(person), **form)


async def add_section(person: SignedIn, section: str = "abcdefghij", /, **form: Any) -> Any:
    return await do(person, "/staff/home/sections", section=section, **({"fill": "chosen"} | form))


async def show(person: SignedIn) -> None:
    assert 303 == (await do(person, "/staff/home/show")).status


async def home(client: Client, language: str = "en") -> str:
    return await (await client.get("/", headers={"Accept-Language": language})).text()


async def test_a_section_is_made_filled_seen_before_published_and_taken_back(client: Client):
    amina = await sign_in(client)
    untouched = await home(client)
    await add_section(amina)
    await do(amina, "/staff/home/sections/abcdefghij", **{"title-en": "For our boats", "title-fr": "Nos bateaux"})
    await do(amina, "/staff/home/sections/abcdefghij/add", address="/packs/boats", title="Boats")
    still, preview = await home(client), await (await amina.get("/staff/home/preview?lang=fr")).text()
    await show(amina)
    shown = await home(client)
    await do(amina, "/staff/home/before", earlier="0")

    assert "For our boats" not in untouched + still
    assert "Nos bateaux" in preview
    assert re.search(r"For our boats.*?/content/boats/", shown, re.DOTALL)
    assert untouched == await home(client)


async def test_each_step_can_be_undone_one_after_the_other(client: Client):
    amina = await sign_in(client)
    await add_section(amina, "aaaaaaaaaa")
    await add_section(amina, "bbbbbbbbbb")
    await do(amina, "/staff/home/undo")
    one = await (await amina.get("/staff/home")).text()
    await do(amina, "/staff/home/undo")
    none = await (await amina.get("/staff/home")).text()

    assert ("s-aaaaaaaaaa" in one, "s-bbbbbbbbbb" in one) == (True, False)
    assert "s-aaaaaaaaaa" not in none
    assert "/staff/home/undo" not in none


async def test_who_arranges_at_the_same_time_is_told_and_may_go_on(client: Client):
    amina, bilal = await sign_in(client), await sign_in(client, name="Bilal")
    await add_section(amina)
    turn = await turn_of(bilal)
    await do(amina, section="languages", deed="remove")
    late = await do(bilal, turn=turn, section="abcdefghij", deed="up")
    page = await late.text()
    again = dict(
        re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.split("all the same")[0].split("<form")[-1]
        )
    )
    done = await bilal.post("/staff/home", **{name: value for name, value in again.items() if name != "token"})

    assert 409 == late.status
    assert "Removed section: Languages" in page
    assert 303 == done.status
    assert "up" == again["deed"]
    assert 'id="s-languages"' not in await (await bilal.get("/staff/home")).text()


async def test_what_was_typed_into_a_section_stays_when_somebody_else_changed_it(client: Client):
    amina, bilal = await sign_in(client), await sign_in(client, name="Bilal")
    await add_section(amina)
    turn = await turn_of(bilal)
    await do(amina, "/staff/home/sections/abcdefghij", **{"title-en": "Amina’s title"})
    late = await do(bilal, "/staff/home/sections/abcdefghij", turn=turn, **{"title-en": "Bilal’s title"})
    page = await late.text()
    other = await do(bilal, "/staff/home/sections/packs-film", turn=turn, **{"title-en": "Watch"})

    assert 409 == late.status
    assert 'value="Bilal’s title"' in page
    assert "Amina’s title" in page
    assert 303 == other.status  # nobody else touched that one


async def test_forms_sent_twice_do_their_thing_once(client: Client):
    amina = await sign_in(client)
    turn = await turn_of(amina)
    for _ in range(2):
        assert 303 == (await add_section(amina, turn=turn)).status
    turn = await turn_of(amina)
    for _ in range(2):
        assert 303 == (await do(amina, turn=turn, section="abcdefghij", deed="up")).status
    turn = await turn_of(amina)
    for _ in range(2):
        assert 303 == (await do(amina, "/staff/home/show", turn=turn)).status
    order = re.findall(r'id="s-([\w-]+)"', await (await amina.get("/staff/home")).text())

    assert ["abcdefghij", "languages"] == order[-2:]
    assert 1 == order.count("abcdefghij")
    rows = await client.app[DATABASE].read(lambda db: db.execute("SELECT count(*) FROM deed").fetchone()[0])
    assert 1 == rows


async def test_what_was_typed_is_text_wherever_it_stands(client: Client):
    amina = await sign_in(client)
    hostile = '"><script>alert(1)</script>{{ 7 * 7 }}'
    await add_section(amina)
    await do(amina, "/staff/home/sections/abcdefghij", **{"title-en": hostile, "since": hostile, "look": "large"})
    await do(amina, "/staff/home/sections/abcdefghij/add", address="/search?q='%3B--", title=hostile)
    await show(amina)
    pages = [
        await home(client),
        *[await (await amina.get(path)).text() for path in ("/staff/home", "/staff/home/preview")],
    ]

    for page in pages:
        assert "<script>alert" not in page
        assert "49" not in re.sub(r"[0-9a-f]{8,}", "", page).split("{{ 7 * 7 }}")[0][-40:]
        assert "{{ 7 * 7 }}" in page


async def test_bounds_are_said_and_nothing_is_lost(client: Client):
    amina = await sign_in(client)
    for number in range(MOST_SECTIONS):
        await add_section(amina, f"abcdefgh{number:02}")
    page = await (await amina.get("/staff/home")).text()
    long = await do(amina, "/staff/home/sections/packs-film", **{"title-en": "x" * 100})
    refused = await do(
        amina, "/staff/home/sections/packs-film/add", address="http://elsewhere.example/nothing/here", title="X"
    )

    assert MOST_SECTIONS == len(re.findall(r'id="s-', page))
    assert 422 == long.status
    assert f'value="{"x" * 100}"' in await long.text()
    assert 422 == refused.status


async def test_others_may_not_and_a_pack_cannot(client: Client):
    amina = await sign_in(client)
    turn = await turn_of(amina)
    form = {"token": amina.token, "turn": turn, "section": "languages", "deed": "remove"}
    from_pack = await client.post("/staff/home", data=form, headers=amina.headers | {"Origin": "http://127.0.0.1:1"})
    without_token = await client.post("/staff/home", data=form | {"token": "x"}, headers=amina.headers)
    unknown = await do(amina, section="nowhere", deed="remove")
    no_deed = await do(amina, section="languages", deed="drop table")

    assert (403, 403) == (from_pack.status, without_token.status)
    assert (303, 400) == (unknown.status, no_deed.status)
    assert turn == await turn_of(amina)


async def test_what_left_is_not_shown_and_is_marked_for_who_arranges(client: Client):
    amina = await sign_in(client)
    await add_section(amina)
    for address in ("/packs/boats", "/packs/dogs", "/content/boats/Nowhere", "/items/zzzzzzzzzz", "/courses"):
        await do(amina, "/staff/home/sections/abcdefghij/add", address=address, title=f"At {address}")
    await show(amina)
    shelf = (await home(client)).split('aria-labelledby="abcdefghij"')[1].split("</section>")[0]
    page = await (await amina.get("/staff/home")).text()

    assert ["/courses"] == re.findall(r'class="open" href="(/[^"]*)"', shelf)
    assert "/content/boats/" in shelf
    assert "At /packs/dogs" not in shelf
    assert 3 == page.count("it was removed or hidden")


async def test_what_is_made_here_comes_by_itself_and_a_section_is_for_its_readers(client: Client):
    amina = await sign_in(client)
    before = await home(client)
    await client.app[DATABASE].read(lambda db: published(db, fields("Boil the water")))
    made = await home(client)
    await do(amina, "/staff/home/sections/made-here", language=["fr", "ar"], most="3", look="list")
    await show(amina)

    assert "Made here" not in before
    assert "Boil the water" in made
    assert "Boil the water" not in await home(client)
    assert "Boil the water" in await home(client, "fr")


async def test_without_its_database_the_box_has_a_home_page(tmp_path: Path, aiohttp_client: Any):
    app = app_of(tmp_path / "box", pack(tmp_path, "boats"))
    (tmp_path / "box" / "box.db").write_bytes(b"no database at all, " * 500)

    answer = await (await aiohttp_client(app)).get("/")

    assert 200 == answer.status
    assert "Boats" in await answer.text()
