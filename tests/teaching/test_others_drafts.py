"""A course is no way to what somebody else has not published."""

from __future__ import annotations

from pathlib import Path

from pytest_aiohttp.plugin import AiohttpClient

from ideascube.people.rights import Role
from tests.support.apps import app_of
from tests.support.staff import sign_in
from tests.writing.writers import GOOD, begin, open_form, send


async def test_the_preview_shows_a_teacher_no_draft_of_others(aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
    client = await aiohttp_client(app_of(tmp_path))
    amina, curt = await sign_in(client), await sign_in(client, Role.CURATOR, "Curt")
    written = await begin(amina)
    await send(amina, written, await open_form(amina, written), **GOOD)
    made = await curt.post("/staff/courses/new", title="C", language="fr")
    course, step, draft = made.headers["Location"].partition("?")[0], "abcdefghij", written.rpartition("/")[2][:10]
    await curt.post(f"{course}/add", version="1", module="", id=step, place=f"items/{draft}")
    pages = [await (await each.get(f"{course}/preview/{step}")).text() for each in (amina, curt)]

    assert [True, False] == ["Faire bouillir" in page for page in pages]


async def test_what_a_teacher_chooses_from_names_no_draft_of_others(
    aiohttp_client: AiohttpClient, tmp_path: Path
) -> None:
    client = await aiohttp_client(app_of(tmp_path))
    amina, curt = await sign_in(client), await sign_in(client, Role.CURATOR, "Curt")
    written = await begin(amina)
    await send(amina, written, await open_form(amina, written), **GOOD)
    made = await curt.post("/staff/courses/new", title="C", language="fr")
    course = made.headers["Location"].partition("?")[0]
    pages = [await (await each.get(f"{course}/add?of=made")).text() for each in (amina, curt)]

    assert [True, False] == [GOOD["title"] in page for page in pages]
