"""Mediators arrange the home page and hide a pack; learners see each step of it. On the demo library, at phone size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.hidden import show_to
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box, eventually
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser

FRENCH_TITLE, ARABIC_TITLE = "Pour les familles", "للعائلات"


@pytest.fixture
def untouched(demo: Box) -> Iterator[Box]:
    """The demo library, which others use after this: as it was, whatever happens."""
    yield demo
    with box_database(demo.data / "box.db") as connection, transaction(connection):
        connection.execute("DELETE FROM arrangement")
        show_to(connection, "washing-hands-film", "", "everyone")


def opened(reader: Reader, address: str) -> Reader:
    reader.page.goto(address)
    return reader


def test_the_home_page_is_arranged_looked_at_shown_and_taken_back(untouched: Box, visit: NewReader):
    mediator = visit("fr", width=320, java_script_enabled=False)
    learner = visit("ar", width=320)
    browser_sign_in(mediator.page, untouched)
    page, url = mediator.page, untouched.url
    before = opened(learner, url).page.locator("main").inner_text()

    opened(mediator, f"{url}/staff/home")
    page.locator("a[href='/staff/home/sections']").click()
    page.locator("input[name=fill][value=chosen]").check()
    page.locator(".save-bar .main").click()
    page.locator("#pick").fill("savon")
    page.locator(".work .search button").click()
    page.locator(".picks button").first.click()
    section = page.locator(".arranged-section").last
    section.locator("a[href^='/staff/home/sections/']").first.click()
    page.locator("#title-fr").fill(FRENCH_TITLE)
    page.locator(".form summary").first.click()
    page.locator("#title-ar").fill(ARABIC_TITLE)
    page.locator(".save-bar .main").click()
    for _ in range(3):
        page.locator(".arranged-section", has_text=FRENCH_TITLE).locator("button[value=up]").click()

    opened(mediator, f"{url}/staff/home/preview?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h2", has_text=ARABIC_TITLE)).to_be_visible()
    assert before == opened(learner, url).page.locator("main").inner_text()

    opened(mediator, f"{url}/staff/home")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("form[action='/staff/home/show'] button").click()
    shelf = opened(learner, url).page.locator(".shelf", has_text=ARABIC_TITLE)
    expect(shelf.locator(".card")).to_have_count(1)

    opened(mediator, f"{url}/staff/home/before")
    page.locator("form[action='/staff/home/before'] button").last.click()
    assert before == opened(learner, url).page.locator("main").inner_text()
    assert [] == [*mediator.complaints, *learner.complaints]


def test_a_hidden_film_is_gone_for_learners_and_comes_back(untouched: Box, visit: NewReader):
    mediator, learner = visit("ar", width=320), visit("fr")
    browser_sign_in(mediator.page, untouched)
    url = untouched.url

    def choose(shown_to: str) -> None:
        opened(mediator, f"{url}/staff/library")
        line = mediator.page.locator("li", has=mediator.page.locator("[value='washing-hands-film']"))
        line.locator("select").select_option(shown_to)
        line.locator("button").click()
        expect(mediator.page.locator(".notice.good")).to_be_visible()

    choose("nobody")
    untouched.wait_without("washing-hands-film")
    eventually(lambda: "washing-hands-film" not in opened(learner, f"{url}/search?q=laver+mains").page.content())
    gone = [opened(learner, url + path).page.content() for path in ("/", "/library", "/catalog/v2/entries")]
    missing = learner.page.goto(f"{url}/watch/washing-hands-film/washing-hands.mp4")
    choose("everyone")
    untouched.wait_for("washing-hands-film")

    assert not any("washing-hands-film" in text for text in gone)
    assert missing is not None
    assert 404 == missing.status
    assert "washing-hands-film" in opened(learner, url).page.content()
