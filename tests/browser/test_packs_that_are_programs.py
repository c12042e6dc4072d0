"""Packs that are programs run: a crawled site, a single-page app, a reader in a frame. No policy is in their way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import NewReader
from tests.browser.folder_packs import Entries, zim_of_folder
from tests.browser.origins import KINDS, Origins, box_with
from tests.browser.reader import Reader
from tests.support.zims import PIXEL

pytestmark = pytest.mark.browser

CRAWLED: Entries = {
    "page?tab=1": ("text/html", "<html><title>Tab</title><body><script>window.ran = location.pathname</script>Tab 1"),
    "page": ("text/html", "<html><title>Wrong</title><body>the page without the query"),
    "data?id=1": ("application/json", '{"found": true}'),
    "picture?size=small": ("image/png", PIXEL),
}
DOCUMENT: Entries = {"book.pdf": ("application/pdf", b"%PDF-1.7 a document" * 1000)}


@pytest.fixture(scope="module", params=KINDS)
def box(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Origins]:
    folder = tmp_path_factory.mktemp("programs")
    packs = [
        zim_of_folder("crawled", folder, CRAWLED),
        zim_of_folder("app", folder),
        zim_of_folder("viewer", folder, DOCUMENT),
    ]
    with box_with(request.param, folder / "data", *packs) as origins:
        yield origins


@pytest.fixture
def reader(visit: NewReader) -> Reader:
    return visit("en")


def test_a_crawled_site(box: Origins, reader: Reader) -> None:
    reader.page.goto(f"{box.app}/content/crawled/index.html")
    reader.waits_for("window.fetched")

    assert "evaluated" == reader.page.locator("#said").text_content()
    assert [42, {"found": True}] == reader.look("[window.answer, window.fetched]")
    assert ["index.html", "/content/crawled/"] == reader.look("[window.tail, window.prefix]")
    assert 48 == reader.look("document.getElementById('picture').naturalWidth")
    reader.page.locator("#said").click()
    assert "clicked" == reader.page.locator("#said").text_content()
    assert [] == reader.complaints


def test_a_query_in_a_stored_path(box: Origins, reader: Reader) -> None:
    reader.page.goto(f"{box.app}/content/crawled/index.html")

    reader.page.locator("#query").click()
    reader.page.get_by_text("Tab 1").wait_for()

    assert "/content/crawled/page%3Ftab=1" == reader.look("window.ran")
    assert reader.page.locator("ideascube-bar").is_visible()
    assert [] == reader.complaints


def test_a_link_to_the_internet(box: Origins, reader: Reader) -> None:
    reader.page.goto(f"{box.app}/content/crawled/index.html")

    reader.page.locator("#out").click()
    reader.page.wait_for_url("**/external?**")

    assert "https://example.org/a?b=1&c=2" == reader.page.locator("code").text_content()
    assert reader.page.locator("svg.qr").is_visible()
    assert [] == reader.complaints


def test_a_single_page_app(box: Origins, reader: Reader) -> None:
    start = f"{box.app}/content/app/index.html"
    reader.page.goto(start)
    reader.page.get_by_role("heading", name="ONE").wait_for()
    reader.waits_for("document.title === 'Deep'")
    assert "visit 1" == reader.page.locator("#app p").text_content()
    assert "rgb(1, 2, 3)" == reader.look("getComputedStyle(document.getElementById('app')).color")

    reader.page.goto(f"{start}#/second")
    reader.page.get_by_role("heading", name="TWO").wait_for()

    assert "visit 2" == reader.page.locator("#app p").text_content()
    assert "second" == reader.look("localStorage.getItem('last')")
    assert reader.page.locator("ideascube-bar").is_visible()
    assert [] == reader.complaints


def test_a_reader_in_a_frame_with_a_worker(box: Origins, reader: Reader) -> None:
    reader.page.goto(f"{box.app}/content/viewer/index.html")
    reader.waits_for("window.shown")

    shown = reader.look("window.shown")
    assert (206, "1.7", 7, True) == (shown["status"], shown["piece"], shown["width"], shown["framed"])
    assert 1 == reader.page.locator("ideascube-bar").count()
    assert 0 == reader.page.frame_locator("iframe").locator("ideascube-bar").count()
    assert [] == reader.complaints
