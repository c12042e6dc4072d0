"""`/media/…` and `/staff/files`, as browsers and people use them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.creations import change_state, load, new_creation, save_version
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.deeds import deeds
from ideascube.box_db.media import make_failed
from ideascube.box_media.addresses import media_address, media_folder
from ideascube.box_media.model import Media, Role, State
from ideascube.creations.model import Fields, MediaUse, Words
from ideascube.creations.states import Deed
from ideascube.people.deeds import REMOVED_FILE
from ideascube.people.rights import Person
from ideascube.people.rights import Role as Is
from tests.support.apps import app_of
from tests.support.media import bring, made_of, media_now
from tests.support.shared import shared
from tests.support.staff import SignedIn, sign_in

Client = TestClient[Any, Any]


@pytest.fixture
async def client(data: DataFolder) -> AsyncIterator[Client]:
    async with TestClient(TestServer(app_of(data.root))) as running:
        yield running


def publish(data: DataFolder, media: Media, person: Person, audience: str = "all") -> str:
    """Something made of the file, which readers see."""
    used = (MediaUse(media.id, "main"),)
    fields = Fields(kind="document", language="en", texts={"en": Words("Well")}, media=used, audience=audience)  # type: ignore[arg-type]
    with box_database(data.root / "box.db") as connection, transaction(connection):
        creation = new_creation(connection, fields, person)
        change_state(connection, creation, Deed.PUBLISH, 1)
    return creation


async def test_a_file_is_for_staff_until_something_published_uses_it(client: Client, data: DataFolder):
    media = made_of(data, shared("media/basic.srt"))
    amina = await sign_in(client, Is.CONTRIBUTOR)
    address = media_address(media)
    before = await client.get(address), await amina.get(address)
    publish(data, media, amina.person)
    after = await client.get(address)

    assert (404, 200) == (before[0].status, before[1].status)
    assert "private, no-cache" == before[1].headers["Cache-Control"]
    assert (200, "max-age=31536000, immutable") == (after.status, after.headers["Cache-Control"])
    assert ("text/vtt; charset=utf-8", "nosniff") == (
        after.headers["Content-Type"],
        after.headers["X-Content-Type-Options"],
    )
    assert after.headers["Content-Security-Policy"].startswith("sandbox;")
    assert "Access-Control-Allow-Origin" not in after.headers
    assert (await after.text()).startswith("WEBVTT")


async def test_what_is_for_the_workspace_or_withdrawn_is_not_for_everybody(client: Client, data: DataFolder):
    media = made_of(data, shared("media/basic.srt"))
    person = (await sign_in(client)).person
    creation = publish(data, media, person, "staff")
    for_staff = await client.get(media_address(media))
    publish(data, media, person)
    for_all = await client.get(media_address(media))
    with box_database(data.root / "box.db") as connection, transaction(connection):
        connection.execute("UPDATE creation SET shown = NULL WHERE id <> ?", (creation,))
    withdrawn = await client.get(media_address(media))

    assert (404, 200, 404) == (for_staff.status, for_all.status, withdrawn.status)


async def test_what_came_is_for_its_owner_and_mediators_alone(client: Client, data: DataFolder):
    owner = await sign_in(client, Is.CONTRIBUTOR, "Amina")
    media = bring(data, shared("media/basic.srt"), "<b>sous-titres.srt", owner.person.id).media
    other, mediator = await sign_in(client, Is.CONTRIBUTOR, "Joseph"), await sign_in(client, Is.MEDIATOR, "Marie")
    address = f"/media/{media.id}/original"
    seen = [await somebody.get(address) for somebody in (owner, mediator, other)]
    stranger = await client.get(address)

    assert [200, 200, 404] == [answer.status for answer in seen]
    assert 404 == stranger.status
    assert "application/octet-stream" == seen[0].headers["Content-Type"]
    assert 'attachment; filename="<b>sous-titres.srt"' in seen[0].headers["Content-Disposition"]
    assert "no-store" == seen[0].headers["Cache-Control"]
    assert shared("media/basic.srt").read_bytes() == await seen[0].read()


async def test_ranges_and_validators(client: Client, data: DataFolder):
    media = made_of(data, shared("media/sample_doc_with_toc.pdf"))
    somebody = await sign_in(client)
    address = media_address(media)
    whole = await somebody.get(address)
    body = await whole.read()
    part = await somebody.get(address, headers={"Range": "bytes=100-199"})
    beyond = await somebody.get(address, headers={"Range": "bytes=99999999-"})
    again = await somebody.get(address, headers={"If-None-Match": whole.headers["ETag"]})

    assert (200, 206, 416, 304) == (whole.status, part.status, beyond.status, again.status)
    assert body[100:200] == await part.read()
    assert f"bytes 100-199/{len(body)}" == part.headers["Content-Range"]
    assert 'attachment; filename="document.pdf"' in whole.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["..%2F..%2Fbox.db", "original.pdf", "made", "", "document.pdf%00", "ORIGINAL"])
async def test_only_what_was_made_has_an_address(client: Client, data: DataFolder, name: str):
    media = made_of(data, shared("media/basic.srt"))
    somebody = await sign_in(client)

    assert 404 == (await somebody.get(f"/media/{media.id}/{name}")).status


async def listed(somebody: SignedIn) -> str:
    return await (await somebody.get("/staff/files")).text()


async def test_the_list_says_what_failed_and_it_can_be_tried_again(client: Client, data: DataFolder):
    amina = await sign_in(client, Is.CONTRIBUTOR)
    media = bring(data, shared("media/basic.srt"), "a<b>.srt", amina.person.id).media
    waiting = await listed(amina)
    with box_database(data.root / "box.db") as connection, transaction(connection):
        make_failed(connection, media.id, "%(file)s is cut off: copy it again from where it came.")
    failed = await listed(amina)
    answer = await amina.post(f"/staff/files/{media.id}/again")
    after = media_now(data, media.id)

    assert "Waits for its turn" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "“a&lt;b&gt;.srt” is cut off: copy it again from where it came." in failed
    assert 'http-equiv="refresh"' not in failed
    assert (303, "/staff/files?done=again") == (answer.status, answer.headers["Location"])
    assert (State.WAITING, "") == (after.state, after.problem)


async def test_contributors_see_what_they_brought_and_mediators_everything(client: Client, data: DataFolder):
    amina, joseph = await sign_in(client, Is.CONTRIBUTOR, "Amina"), await sign_in(client, Is.CONTRIBUTOR, "Joseph")
    media = bring(data, shared("media/basic.srt"), "mine.srt", amina.person.id).media
    marie = await sign_in(client, Is.MEDIATOR, "Marie")

    assert ["mine.srt" in await listed(each) for each in (amina, joseph, marie)] == [True, False, True]
    assert 404 == (await joseph.post(f"/staff/files/{media.id}/remove")).status
    assert 303 == (await client.get("/staff/files", allow_redirects=False)).status


async def test_a_file_that_something_shows_is_not_removed(client: Client, data: DataFolder):
    marie = await sign_in(client)
    media = made_of(data, shared("media/basic.srt"))
    creation = publish(data, media, marie.person)
    question = await (await marie.get(f"/staff/files/{media.id}/remove")).text()
    refused = await marie.post(f"/staff/files/{media.id}/remove")

    assert f'href="/staff/write/{creation}"' in question
    assert f"/staff/files/{media.id}/remove" == refused.headers["Location"]
    assert media_folder(data, media.id).exists()

    with box_database(data.root / "box.db") as connection, transaction(connection):
        now = load(connection, creation)
        assert now is not None
        save_version(connection, creation, 1, Fields(kind="article", language="en", texts=now.texts), marie.person)
        change_state(connection, creation, Deed.PUBLISH, 2)
    question = await (await marie.get(f"/staff/files/{media.id}/remove")).text()
    removed = await marie.post(f"/staff/files/{media.id}/remove")
    with box_database(data.root / "box.db") as connection:
        log = [(deed.name, deed.about) for deed in deeds(connection, [REMOVED_FILE])]

    assert "earlier versions" in question
    assert "/staff/files?done=removed" == removed.headers["Location"]
    assert not media_folder(data, media.id).exists()
    assert [("Amina", "basic.srt")] == log


async def test_the_operator_says_whether_what_came_is_kept(client: Client, data: DataFolder):
    operator, mediator = await sign_in(client, Is.OPERATOR, "Olga"), await sign_in(client)
    await operator.post("/staff/files/originals", originals="dropped")
    media = made_of(data, shared("media/basic.srt"))

    assert "" == media.original
    assert 403 == (await mediator.post("/staff/files/originals", originals="kept")).status
    assert "Files as they came" not in await listed(mediator)
    assert Role.MAIN is media.made.files[0].role


async def test_a_form_without_its_token_changes_nothing(client: Client, data: DataFolder):
    amina = await sign_in(client)
    media = made_of(data, shared("media/basic.srt"))
    answer = await client.post(f"/staff/files/{media.id}/remove", headers=amina.headers)

    assert 403 == answer.status
    assert media_folder(data, media.id).exists()


async def test_many_files_are_shown_page_by_page(client: Client, data: DataFolder, tmp_path: Path):
    amina = await sign_in(client)
    for number in range(32):
        (tmp_path / "a.vtt").write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{number}\n")
        bring(data, tmp_path / "a.vtt", f"number-{number}.vtt")
    first, second = await listed(amina), await (await amina.get("/staff/files?page=2")).text()

    assert (True, False) == ("number-31.vtt" in first, "number-1.vtt" in first)
    assert (False, True) == ("number-31.vtt" in second, "number-1.vtt" in second)
    assert "/staff/files?page=2" in first
