"""Choosing among results on a small phone: by keyboard or finger, with scripts or without."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewReader
from tests.support.box import Box

pytestmark = pytest.mark.browser

WATER = "/search?q=%D9%85%D8%A7%D8%A1"


def test_a_filter_is_unfolded_chosen_and_taken_back_without_scripts(demo: Box, visit: NewReader) -> None:
    reader = visit("ar", width=320, is_mobile=True, has_touch=True, java_script_enabled=False)
    reader.page.goto(demo.url + WATER)
    assert reader.page.locator(".choices").first.is_hidden()

    reader.page.locator("summary", has_text="تضييق النتائج").tap()
    books = reader.page.locator(".choices a", has_text="كتب")
    count = books.locator(".count").inner_text()
    low = reader.look("[...document.querySelectorAll('.choices a, summary')].filter(e => e.offsetHeight < 44).length")
    books.tap()

    reader.page.wait_for_url(f"{demo.url}{WATER}&kind=book")
    assert (count, 0) == (str(reader.page.locator(".results li").count()), low)
    reader.page.locator(".chosen a").tap()
    reader.page.wait_for_url(demo.url + WATER)
    assert [] == reader.complaints


def test_the_keyboard_reaches_and_unfolds_the_filters(demo: Box, visit: NewReader) -> None:
    reader = visit("en", width=320)
    reader.page.goto(f"{demo.url}/search?q=water")

    reader.page.locator("button", has_text="Search").focus()
    reader.page.keyboard.press("Tab")
    assert "SUMMARY" == reader.look("document.activeElement.tagName")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")

    assert reader.look("document.activeElement.matches('.choices a') && document.activeElement.offsetHeight >= 44")
