"""What people see of sharing: the switch, the list, what both boxes changed, and where something came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.creations.model import Consent, State
from ideascube.people.rights import Role
from tests.creations.making import fields
from tests.sharing.boxes import SharingBox, a_box, exchange, name_on
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.web.reading import texts

Client = TestClient[Any, Any]


@pytest.fixture
def box(tmp_path: Path) -> SharingBox:
    return a_box(tmp_path, "Agadez")


@pytest.fixture
def other(tmp_path: Path) -> SharingBox:
    return a_box(tmp_path, "Bria")


@pytest.fixture
async def amina(aiohttp_client: Any, box: SharingBox) -> SignedIn:
    client: Client = await aiohttp_client(app_of(box.data.root))
    return await sign_in(client)


async def page_of(somebody: SignedIn, path: str) -> Html:
    answer = await somebody.get(path)
    assert 200 == answer.status
    return Html(await answer.text())


async def test_a_mediator_shares_something_and_takes_it_back(amina: SignedIn, box: SharingBox):
    creation = box.published(fields("Clean water", author="Mariam"))
    here = f"/staff/sharing/{creation}"

    page = await page_of(amina, here)
    assert "The name goes with it: Mariam." in texts(page, "li")
    assert 303 == (await amina.post(here, share="yes")).status
    await amina.post(here, share="yes")  # a form that came twice
    box.pack()

    assert ["counters.box.json", f"creation.{name_on(box, creation)}.json"] == [*box.parcels()]
    leaving = await page_of(amina, "/staff/sharing")
    assert "Clean water" in leaving.css_first("#leaving").parent.text()  # type: ignore[union-attr]
    assert "Ready for the next connection, or sent" in leaving.css_first("#leaving").parent.text()  # type: ignore[union-attr]

    await amina.post(here, share="no")
    box.pack()
    assert "withdrawn" == box.parcels()[f"creation.{name_on(box, creation)}.json"]["state"]
    deeds = texts(await page_of(amina, "/staff/deeds"), "th")
    assert 1 == sum("Shared with other boxes" in each for each in deeds)
    assert 1 == sum("No longer shared" in each for each in deeds)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"consent": Consent("missing")}, "Not everybody who is seen or heard in it has agreed."),
        ({"audience": "staff"}, "It is only for people of the workspace."),
        ({"licence": ""}, "It does not say what others may do with it."),
    ],
)
async def test_what_must_not_leave_says_why_and_has_no_button(
    amina: SignedIn, box: SharingBox, said: dict[str, Any], why: str
):
    creation = box.published(fields(**said))

    page = await page_of(amina, f"/staff/sharing/{creation}")
    await amina.post(f"/staff/sharing/{creation}", share="yes")  # whoever sends it all the same
    box.pack()

    assert why in page.css_first(".work").text()  # type: ignore[union-attr]
    assert [] == page.css("form.one-button")
    assert ["counters.box.json"] == [*box.parcels()]


async def test_contributors_cannot_share(aiohttp_client: Any, amina: SignedIn, box: SharingBox):
    basma = await sign_in(amina.client, Role.CONTRIBUTOR, "Basma")
    creation = box.published()

    assert [403, 403, 403] == [
        (await basma.get("/staff/sharing")).status,
        (await basma.get(f"/staff/sharing/{creation}")).status,
        (await basma.post(f"/staff/sharing/{creation}", share="yes")).status,
    ]


async def test_what_came_says_from_where_to_readers_and_in_the_workspace(
    amina: SignedIn, box: SharingBox, other: SharingBox
):
    creation = other.shared(fields("Tea of Bria"))
    from_stick = other.shared(fields("Coffee of Bria"))
    exchange(other, box)
    other.change(from_stick, title="Better coffee of Bria")
    exchange(other, box, accepted=False)

    assert "From the box Bria" in texts(await page_of(amina, f"/items/{creation}"), ".by")
    assert "Bria" in (await page_of(amina, "/staff/all")).css_first(".made-here").text()  # type: ignore[union-attr]
    assert "Bria" in (await page_of(amina, f"/staff/review/{from_stick}")).css_first(".facts").text()  # type: ignore[union-attr]
    assert "It came from the box Bria." in texts(await page_of(amina, f"/staff/write/{creation}"), ".detail")
    await amina.post(f"/staff/review/{from_stick}", version="2", answer="publish", word="")
    assert State.PUBLISHED == box.newest(from_stick).state


async def test_what_two_boxes_changed_is_said_and_put_together(amina: SignedIn, box: SharingBox, other: SharingBox):
    creation = box.shared(fields(body="<p>Boil it.</p><p>Let it cool.</p>"))
    exchange(box, other)
    other.share(creation)
    box.change(creation, title="Water for Agadez", body="<p>Boil it for a minute.</p><p>Let it cool.</p>")
    other.change(creation, title="Water for Bria", body="<p>Boil it.</p><p>Let it cool under a cloth.</p>")
    exchange(other, box)

    assert "1 thing was changed here and on another box" in texts(await page_of(amina, "/staff"), ".waits a")
    assert "Bria" in (await page_of(amina, f"/staff/write/{creation}")).css_first("#two-boxes").text()  # type: ignore[union-attr]
    merging = f"/staff/sharing/{creation}/merge"
    page = await page_of(amina, merging)
    assert ["Title"] == texts(page, "fieldset.question legend")
    asked = {each.attributes["name"]: each.attributes["value"] for each in page.css("form.form input[type=hidden]")}

    await amina.post(merging, newest="1", other=asked["other"])  # of an older page: nothing
    done = await amina.post(merging, newest=asked["newest"], other=asked["other"], **{"choose-title.en": "theirs"})

    newest = box.newest(creation)
    assert f"/staff/write/{creation}?done=both-boxes" == done.headers["Location"]
    assert "Water for Bria" == newest.title
    assert "for a minute" in newest.body
    assert "under a cloth" in newest.body
    assert "Water for Agadez" == box.shown(creation).title  # type: ignore[union-attr] # until somebody publishes it
    assert [] == (await page_of(amina, "/staff/sharing")).css("#beside")
    assert 303 == (await amina.get(merging, allow_redirects=False)).status


async def test_an_operator_stops_the_counters(amina: SignedIn, box: SharingBox):
    operator = await sign_in(amina.client, Role.OPERATOR, "Omar")
    box.pack()
    assert "shared" == box.parcels()["counters.box.json"]["state"]

    assert 403 == (await amina.post("/staff/sharing", counters="stopped")).status
    await operator.post("/staff/sharing", counters="stopped")
    box.pack()

    assert ("withdrawn", {}) == tuple(box.parcels()["counters.box.json"][name] for name in ("state", "about"))
    assert "They are not sent." in (await page_of(operator, "/staff/sharing")).css_first("#counters").parent.text()  # type: ignore[union-attr]
