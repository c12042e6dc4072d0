"""Large letters, scroll bars and fingers. What holds for every kind of page on a phone: test_kinds_of_pages.py."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewReader
from tests.browser.kinds_of_pages import KINDS, Boxes, Kind
from tests.browser.reader import Reader
from tests.browser.survey import sign_in_for
from tests.support.box import Box

pytestmark = pytest.mark.browser


def test_nothing_scrolls_sideways_with_large_letters(boxes: Boxes, visit: NewReader) -> None:
    """Twice the size on a tablet's 640 pixels, as people with weak eyesight set it (WCAG 2.2, 1.4.4)."""
    reader = visit("en", width=640, is_mobile=True)
    large = "document.documentElement.style.fontSize = '200%'"

    too_wide = {kind.name: _overflow_of(reader, kind, boxes, large) for kind in KINDS if not kind.act}

    assert dict.fromkeys(too_wide, 0) == too_wide


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


def _overflow_of(reader: Reader, kind: Kind, boxes: Boxes, change: str) -> int:
    sign_in_for(reader, kind, boxes)
    return overflow(reader, kind.at(boxes, "en"), change)


def overflow(reader: Reader, page: str, change: str = "0") -> int:
    """By how many pixels the page is wider than the screen, with all of it unfolded."""
    reader.page.goto(page)
    reader.look("document.querySelectorAll('details').forEach(details => details.open = true)")
    reader.look(change)
    return reader.look("document.documentElement.scrollWidth - document.documentElement.clientWidth")  # type: ignore[no-any-return]
