"""Sharing as mediators do it on a phone: chosen, changed on two boxes, put together, and found by readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from tests.browser.conftest import NewReader
from tests.creations.making import fields
from tests.sharing.boxes import SharingBox, a_box, name_on, put
from tests.support.box import Box, eventually, running_box
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """One without packs; asks for the browser first, since a skip costs nothing then."""
    with running_box(tmp_path_factory.mktemp("sharing")) as running:
        yield running


def test_a_text_that_two_boxes_changed_is_put_together_and_found(box: Box, visit: NewReader, tmp_path: Path):
    """With scripts in French, then without them in Arabic, both on a phone of 320 pixels."""
    here, bria = SharingBox(DataFolder(box.data)), a_box(tmp_path, "Bria")
    french = visit("fr", width=320)
    browser_sign_in(french.page, box)
    creation = here.published(fields("Water", "<p>Boil it.</p><p>Let it cool.</p>"))
    parcel = f"creation.{name_on(here, creation)}.json"

    french.page.goto(f"{box.url}/staff/all")
    french.page.click(f".work a[href='/staff/sharing/{creation}']")
    french.page.click(".work form.one-button button")
    assert french.page.locator(".notice.good").is_visible()
    assert french.page.evaluate("document.documentElement.scrollWidth") <= 320
    sent = eventually(lambda: here.parcels().get(parcel))

    for folder in ("files", "parcels"):
        (bria.data.inbox / folder).mkdir(parents=True)
    put(here, bria, sent, f"{here.id}.{parcel}")
    bria.take_in()
    bria.share(creation)
    bria.change(creation, body="<p>Boil it.</p><p>Let it cool under a cloth.</p>")
    here.change(creation, body="<p>Boil it for a minute.</p><p>Let it cool.</p>")
    bria.pack()
    for folder in ("files", "parcels"):
        (box.data / "inbox" / folder).mkdir(parents=True)
    put(bria, here, bria.parcels()[parcel], f"{bria.id}.{parcel}")
    eventually(lambda: here.others(creation))

    arabic = visit("ar", width=320, java_script_enabled=False)
    browser_sign_in(arabic.page, box)
    arabic.page.goto(f"{box.url}/staff")
    arabic.page.click(".waits a[href='/staff/sharing']")
    arabic.page.click(f".work a[href='/staff/sharing/{creation}/merge']")
    arabic.page.click(".save-bar button")
    assert f"/staff/write/{creation}?done=both-boxes" in arabic.page.url
    arabic.page.click("button[value=publish]")

    found = eventually(lambda: box.get("/search?q=cloth&format=json").json()["results"])
    assert f"/items/{creation}" == found[0]["url"]
    readers = box.get(f"/items/{creation}").text
    assert "for a minute" in readers
    assert "under a cloth" in readers
