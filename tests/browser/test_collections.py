"""A collection as mediators use it: gathered on a phone, published, and found by search in Debian's kiwix-serve."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ideascube.box_db.creations import change_state, new_creation
from ideascube.box_db.database import box_database, transaction
from ideascube.creations.model import Consent, Fields, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Person, Role
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.kiwix.peers import kiwix_serve
from tests.support.box import Box, eventually, request, running_box
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser

AMINA = Person(1, "Amina", Role.MEDIATOR)


@pytest.fixture(scope="module")
def box(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """One without packs; asks for the browser first, since a skip costs nothing then."""
    with running_box(tmp_path_factory.mktemp("collections")) as running:
        yield running


def published(box: Box, language: str, title: str, body: str) -> str:
    fields = Fields(
        kind="article", language=language, texts={language: Words(title, "")}, body=body, author="Amina",
        licence="CC-BY-4.0", consent=Consent("none_shown"),
    )  # fmt: skip
    with box_database(box.data / "box.db") as connection, transaction(connection):
        creation = new_creation(connection, fields, AMINA)
        change_state(connection, creation, Deed.PUBLISH, 1)
    return creation


def gather(reader: Reader, box: Box) -> str:
    """Make a collection of everything that is published; its id."""
    page = reader.page
    page.goto(f"{box.url}/staff/collections")
    page.click(".work a[href='/staff/collections/new']")
    page.fill("[name='title-fr']", "Récits du camp")
    page.fill("[name='description-fr']", "Ce que nous avons écrit")
    page.check("[value='CC-BY-4.0']")
    page.click(".save-bar button")
    for option in page.locator("[name=creation]").all():
        option.check()
    page.click(".save-bar button")
    return page.url.rpartition("/")[2]


def publish(reader: Reader, box: Box, collection: str) -> Path:
    """Publish the next edition and wait until it is in the library; the pack's file."""
    page = reader.page
    page.goto(f"{box.url}/staff/collections/{collection}")
    page.click("form[action$='/publish'] button")
    pack = f"recits-du-camp-{collection}"
    page.wait_for_selector("#editions")
    eventually(lambda: not page.reload() or page.locator("form[action$='/publish']").count(), 60)
    box.wait_for(pack)
    return max(box.packs.rglob("*.zim"), key=lambda path: path.stat().st_mtime)


def titles_found(folder: Path, pack: Path, text: str) -> str:
    """What Debian's kiwix-serve answers to a search in the pack."""
    folder.mkdir()
    shutil.copy(pack, folder / "made.zim")
    with kiwix_serve(folder) as address:
        return request(f"{address}/search?content=made&pattern={quote(text)}").text


def test_a_collection_goes_from_a_phone_to_kiwix_and_forgets_what_was_withdrawn(
    box: Box, visit: NewReader, tmp_path: Path
):
    """In French with scripts, then in Arabic without them, both on a phone of 320 pixels."""
    rain = published(box, "fr", "La grande pluie", "<p>Le parapluie rouge d’Idris.</p>")
    published(box, "ar", "المطر الكبير", "<p>مظلة إدريس الحمراء.</p>")
    french = visit("fr", width=320)
    browser_sign_in(french.page, box)

    collection = gather(french, box)
    first = publish(french, box, collection)
    found = titles_found(tmp_path / "first", first, "parapluie")
    library = box.get("/search?q=parapluie&format=json").json()

    assert "La grande pluie" in found
    assert f"/items/{rain}" in [result["url"] for result in library["results"]]

    with box_database(box.data / "box.db") as connection, transaction(connection):
        change_state(connection, rain, Deed.WITHDRAW, 1)
    arabic = visit("ar", width=320, java_script_enabled=False)
    browser_sign_in(arabic.page, box)
    second = publish(arabic, box, collection)

    assert "La grande pluie" not in titles_found(tmp_path / "second", second, "parapluie")
    assert "المطر الكبير" in titles_found(tmp_path / "third", second, "مظلة")
