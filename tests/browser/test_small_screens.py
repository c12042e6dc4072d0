"""A phone of 320 pixels, in a language that runs to the right and in one that runs to the left; and the keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box

pytestmark = pytest.mark.browser

LONG_ADDRESS = "https%3A%2F%2Fexample.org%2F" + "averylongaddress" * 8
PAGES = {
    "home": "{app}/",
    "library": "{app}/library",
    "pack": "{app}/packs/safe-water",
    "search": "{app}/search",
    "results": "{app}/search?q=water&kind=collection&licence=CC-BY-SA-4.0",
    "nothing found": "{app}/search?q=" + "unfindable" * 20,
    "internet": "{app}/external?url=" + LONG_ADDRESS,
    "error": "{app}/packs/" + "nowhere" * 20,
    "article": "{packs}/content/safe-water/rehydration.{language}.html",
    "table": "{packs}/content/first-words/clinic.{language}.html",
    "film": "{packs}/content/washing-hands-film/index.{language}.html",
    "picture book": "{packs}/content/the-tap-and-the-jar/03.{language}.html",
    "error in a pack": "{packs}/content/safe-water/" + "nowhere" * 20,
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_scrolls_sideways(demo: Box, visit: NewReader, language: str) -> None:
    reader = visit(language, width=320, is_mobile=True, has_touch=True)

    too_wide = {name: overflow(reader, address(demo, page, language)) for name, page in PAGES.items()}

    assert dict.fromkeys(PAGES, 0) == too_wide


def test_nothing_scrolls_sideways_with_large_letters(demo: Box, visit: NewReader) -> None:
    """Twice the size on a tablet's 640 pixels, as people with weak eyesight set it (WCAG 2.2, 1.4.4)."""
    reader = visit("en", width=640, is_mobile=True)
    large = "document.documentElement.style.fontSize = '200%'"

    too_wide = {name: overflow(reader, address(demo, page, "en"), large) for name, page in PAGES.items()}

    assert dict.fromkeys(PAGES, 0) == too_wide


def test_nothing_scrolls_sideways_beside_a_scroll_bar(demo: Box, visit: NewReader) -> None:
    """On a computer, where the bar at the side takes room from the page."""
    reader = visit("en", width=700)
    reader.page.goto(demo.url)

    assert reader.look("innerWidth > document.documentElement.clientWidth"), "there is no bar"
    assert 0 == overflow(reader, demo.url)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_finger_hits_what_it_aims_at(demo: Box, visit: NewReader, language: str) -> None:
    """Buttons, fields and the links that stand alone are at least 44 pixels high (WCAG 2.2, 2.5.5)."""
    reader = visit(language, width=320)
    reader.page.goto(demo.url)

    low = reader.look(
        """[...document.querySelectorAll("header a, nav a, .about, button, input[type=search]")]
            .filter(each => each.getBoundingClientRect().height < 44)
            .map(each => each.outerHTML)"""
    )

    assert [] == low


def test_the_keyboard_reaches_everything_on_home(demo: Box, visit: NewReader) -> None:
    reader = visit("en", reduced_motion="reduce")
    reader.page.goto(demo.url)
    first_pack = reader.look("document.querySelector('.card .open').href")

    stops = [press_tab(reader) for _ in range(20)]

    reached = [stop["href"] or stop["tag"] for stop in stops]
    assert reached[0].endswith("#content")
    assert reached.index("INPUT") < reached.index("BUTTON") < reached.index(first_pack)
    assert [] == [stop for stop in stops if not stop["outlined"] or not stop["visible"]]


def test_the_skip_link_leads_past_the_band(demo: Box, visit: NewReader) -> None:
    reader = visit("en")
    reader.page.goto(f"{demo.url}/library")

    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")

    assert "content" == reader.look("document.activeElement.id")
    assert press_tab(reader)["in_main"]


def test_the_keyboard_leads_home_from_a_pack(demo: Box, visit: NewReader) -> None:
    reader = visit("en")
    reader.page.goto(f"{demo.content_url}/content/safe-water/boil.en.html")
    at_rest = reader.look("getComputedStyle(document.querySelector('ideascube-bar a')).backgroundColor")

    reader.page.keyboard.press("Tab")

    assert "Home" == reader.look("document.activeElement.textContent")
    assert at_rest != reader.look("getComputedStyle(document.activeElement).backgroundColor")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{demo.url}/")


def address(box: Box, page: str, language: str) -> str:
    return page.format(app=box.url, packs=box.content_url, language=language)


def overflow(reader: Reader, page: str, change: str = "0") -> int:
    """By how many pixels the page is wider than the screen, with all of it unfolded."""
    reader.page.goto(page)
    reader.look("document.querySelectorAll('details').forEach(details => details.open = true)")
    reader.look(change)
    return reader.look("document.documentElement.scrollWidth - document.documentElement.clientWidth")  # type: ignore[no-any-return]


def press_tab(reader: Reader) -> dict[str, Any]:
    """Go to the next stop of the keyboard; what it is, and whether a person sees where they are."""
    reader.page.keyboard.press("Tab")
    return reader.look(  # type: ignore[no-any-return]
        """(() => {
            const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
            return {
                tag: here.tagName,
                href: here.href || "",
                outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                visible: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
                in_main: document.querySelector("main").contains(here),
            };
        })()"""
    )
