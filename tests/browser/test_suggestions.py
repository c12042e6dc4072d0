"""Suggestions while typing: they appear, the keys and the finger lead to the page, and nothing depends on them."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box

pytestmark = pytest.mark.browser

FRENCH_PAGE = "/content/safe-water/rehydration.fr.html"


@pytest.fixture
def typing(demo: Box, visit: NewReader) -> Reader:
    """A reader who has typed the beginning of a title and sees what is suggested."""
    reader = visit("fr")
    reader.page.goto(demo.url)
    reader.page.locator("input[name=q]").press_sequentially("quand un", delay=20)
    reader.page.get_by_role("option", name="Quand un enfant a la diarrhée").wait_for()
    return reader


def test_arrow_and_enter_lead_to_the_page(demo: Box, typing: Reader) -> None:
    field = typing.page.get_by_role("combobox")
    assert "true" == field.get_attribute("aria-expanded")

    field.press("ArrowDown")
    chosen = typing.page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert "true" == chosen.get_attribute("aria-selected")
    field.press("Enter")

    typing.page.wait_for_url(f"{demo.content_url}{FRENCH_PAGE}")
    assert [] == typing.complaints


def test_a_tap_leads_to_the_page(demo: Box, typing: Reader) -> None:
    typing.page.get_by_role("option", name="Quand un enfant a la diarrhée").click()

    typing.page.wait_for_url(f"{demo.content_url}{FRENCH_PAGE}")


def test_enter_alone_searches_for_what_was_typed(demo: Box, typing: Reader) -> None:
    typing.page.get_by_role("combobox").press("Enter")

    typing.page.wait_for_url(f"{demo.url}/search?q=quand+un")


def test_escape_closes_the_list_and_keeps_the_words(typing: Reader) -> None:
    field = typing.page.get_by_role("combobox")

    field.press("ArrowDown")
    field.press("Escape")

    assert typing.page.get_by_role("listbox").is_hidden()
    assert "quand un" == field.input_value()
    assert "false" == field.get_attribute("aria-expanded")
    assert field.get_attribute("aria-activedescendant") is None


def test_the_list_is_where_an_arabic_reader_looks(demo: Box, visit: NewReader) -> None:
    reader = visit("ar", width=320, is_mobile=True, has_touch=True)
    reader.page.goto(demo.url)

    reader.page.locator("input[name=q]").press_sequentially("عندما")
    option = reader.page.get_by_role("option", name="عندما يصاب طفل بالإسهال")
    option.wait_for()

    box, field = option.bounding_box(), reader.page.locator("input[name=q]").bounding_box()
    assert box is not None
    assert field is not None
    assert abs(box["x"] + box["width"] - field["x"] - field["width"]) < 4
    assert 320 == reader.look("document.documentElement.scrollWidth")


def test_the_search_page_suggests_too(demo: Box, visit: NewReader) -> None:
    reader = visit("en")
    reader.page.goto(f"{demo.url}/search?q=water")

    reader.page.locator("input[name=q]").fill("boil")
    reader.page.get_by_role("option", name="Boil water").click()

    reader.page.wait_for_url(f"{demo.content_url}/content/safe-water/boil.en.html")


@pytest.mark.parametrize(("typed", "asks"), [("w", False), ("wa", True), ("水", True)])
def test_two_letters_are_enough_and_one_sign_of_chinese(demo: Box, visit: NewReader, typed: str, asks: bool) -> None:
    reader = visit("en")
    reader.page.goto(f"{demo.url}/search?kind=book")

    reader.page.locator("input[name=q]").press_sequentially(typed)
    reader.page.wait_for_timeout(300)

    asked = [answer.url for answer in reader.answers if "/suggest?" in answer.url]
    assert asks == bool(asked)
    assert all("&kind=book" in url for url in asked), "the filters hold for suggestions too"
