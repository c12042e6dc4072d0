"""Reading a PDF on a phone: as pictures of its pages without scripts, and drawn by pdf.js where the phone can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Route

from tests.browser.conftest import NewReader
from tests.browser.origins import KINDS, Origins, box_with
from tests.browser.reader import Reader
from tests.media.pdfs import make_linked_pdf
from tests.support.pdf_packs import pack_of
from tests.support.shared import shared

pytestmark = pytest.mark.browser

BOOK = "beyond-good-and-evil.pdf"
PHONE = {"width": 320, "is_mobile": True, "has_touch": True}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DRAWN = "document.querySelectorAll('.sheets canvas').length"
GREYS = """(canvas => new Set(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data).size)(
    document.querySelector(".sheets canvas"))"""
MARKED = "CSS.highlights.get('found').size"


@pytest.fixture(scope="module")
def pack(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    scan = folder / "scan.pdf"
    Image.radial_gradient("L").convert("RGBA").save(scan)  # as JPEG 2000, for which pdf.js needs WebAssembly
    assert b"JPXDecode" in scan.read_bytes()
    linked = make_linked_pdf(folder / "linked.pdf", ["/Dest[6 0 R/Fit]", "/A<</S/URI/URI(https://a.example/)>>"])
    return pack_of(folder / "papers.zim", shared(f"media/{BOOK}"), linked, scan)


@pytest.fixture(scope="module")
def box(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Origins]:
    with box_with(KINDS[0], tmp_path_factory.mktemp("box"), pack) as box:
        yield box


def opened(reader: Reader, origins: Origins, name: str = BOOK, at: int | None = None) -> Reader:
    reader.page.goto(f"{origins.app}/read/papers/{name}" + (f"?at={at}" if at else ""))
    return reader


def zooming(reader: Reader) -> Reader:
    reader.page.click("[data-do=open]")
    reader.waits_for(f"{DRAWN} > 0")
    return reader


def quiet(reader: Reader) -> list[str]:
    """What the browser complained about, but for what pdf.js says of fonts that it has to do without."""
    return [each for each in reader.complaints if "Warning:" not in each]


@pytest.mark.parametrize(("language", "options"), [("fr", PHONE), ("ar", {"width": 1280})])
def test_without_scripts_a_page_is_a_picture_with_words_and_ways_on(
    box: Origins, visit: NewReader, language: str, options: dict[str, Any]
) -> None:
    reader = opened(visit(language, java_script_enabled=False, color_scheme="dark", **options), box, at=9)
    reader.waits_for("document.querySelector('img.sheet').naturalWidth > 0")

    assert 0 == reader.look(OVERFLOW)
    assert not reader.page.is_visible("[data-do=open]")
    reader.page.click("details.words summary")
    assert reader.page.is_visible("details.words p")
    reader.page.click("a[rel=next]")
    assert reader.page.url == f"{box.pack('papers')}/read/papers/{BOOK}?at=10"
    reader.page.fill("#at", "77")
    reader.page.click("form.go-to button")
    assert reader.page.url.endswith("?at=77")
    opened(reader, box)
    assert reader.page.url.endswith("?at=77&again=1")
    assert [] == reader.complaints


def test_pages_are_drawn_near_the_screen_and_the_place_is_kept(box: Origins, visit: NewReader) -> None:
    reader = zooming(opened(visit("fr", **PHONE), box))
    scroll_to(reader, 57)

    assert 192 == reader.look("document.querySelectorAll('.sheets > div').length")
    assert reader.look(DRAWN) < 8
    assert 206 in {answer.status for answer in reader.answers if answer.url.endswith(f"/raw/papers/content/{BOOK}")}
    assert 0 == reader.look(OVERFLOW)
    opened(reader, box)
    assert reader.page.url.endswith("?at=57&again=1")
    assert [] == quiet(reader)


def test_where_the_app_is_not_told_the_browser_offers_to_go_on(pack: Path, visit: NewReader, tmp_path: Path) -> None:
    """With names for app and packs no cookie is sent from one to the other."""
    with box_with("hosts", tmp_path, pack) as origins:
        reader = zooming(opened(visit("ar", **PHONE), origins))
        scroll_to(reader, 57)
        opened(reader, origins)

        assert reader.page.is_visible("[data-part=kept]")
        assert reader.page.get_attribute("[data-part=kept] a", "href") == f"{origins.app}/read/papers/{BOOK}?at=57"
        reader.waits_for(f"{DRAWN} > 0")
        reader.page.click("[data-do=close]")
        assert [] == quiet(reader)


def scroll_to(reader: Reader, number: int) -> None:
    """And stay there until the place was noted."""
    page = f"document.querySelectorAll('.sheets > div')[{number - 1}]"
    reader.look(f"{page}.scrollIntoView()")
    reader.waits_for(f"{page}.querySelector('.textLayer') !== null")
    with reader.page.expect_response(lambda answer: f"at={number}&stay=1" in answer.url):
        reader.waits_for(f"location.search === '?at={number}'")


def test_words_are_found_and_marked_and_letters_grow(box: Origins, visit: NewReader) -> None:
    reader = zooming(opened(visit("ar", **PHONE), box, at=9))
    before = reader.look("document.querySelector('.sheets > div').clientWidth")
    reader.page.click("[data-do=ask]")
    reader.page.fill("#in-file", "SPHÍNX")
    reader.page.press("#in-file", "Enter")
    reader.waits_for(f"{MARKED} > 1")

    assert "9" in reader.page.inner_text("[data-say=found]")
    reader.page.click("[data-do=next]")
    reader.waits_for("document.querySelector('[data-say=found]').textContent.match(/[0-9]+/) > 9")
    reader.page.click("[data-do=larger]")
    assert before * 1.25 == pytest.approx(reader.look("document.querySelector('.sheets > div').clientWidth"), abs=2)
    reader.waits_for("document.querySelector('.sheets').innerText.includes('disagreeable, odious')")
    assert [] == quiet(reader)


def test_links_lead_within_the_file_and_to_the_word_about_the_internet(box: Origins, visit: NewReader) -> None:
    reader = zooming(opened(visit("fr"), box, "linked.pdf"))
    reader.page.wait_for_selector(".sheets a")
    links = reader.look("[...document.querySelectorAll('.sheets a')].map(each => each.href)")

    assert [f"{box.app}/read/papers/linked.pdf?at=2", f"{box.app}/external?url=https%3A%2F%2Fa.example%2F"] == links
    opened(reader, box, "linked.pdf#page=2")
    reader.waits_for("location.search === '?at=2'")


def test_a_scan_in_jpeg_2000_is_drawn(box: Origins, visit: NewReader) -> None:
    reader = zooming(opened(visit("fr"), box, "scan.pdf"))
    reader.waits_for("document.querySelector('.sheets .textLayer') !== null")

    assert reader.look(GREYS) > 50
    assert [] == quiet(reader)


def test_where_pdf_js_fails_the_picture_comes_back(box: Origins, visit: NewReader) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    reader = opened(visit("fr", **PHONE), box, at=9)
    reader.page.route("**/pdf.worker*", refuse)
    reader.page.click("[data-do=open]")
    reader.page.wait_for_selector("[data-say=failed]:not([hidden])")

    assert reader.page.is_visible("img.sheet")
    assert reader.page.is_visible("a[rel=next]")
