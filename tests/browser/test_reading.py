"""Reading a book and an article on a phone: chapter by chapter, in letters and on paper of one's own choice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import NewReader
from tests.support.box import Box

pytestmark = pytest.mark.browser

BOOK = "/read/the-tap-and-the-jar/the-tap-and-the-jar.epub"
STORY = {"fr": "Le robinet et la jarre", "ar": "الصنبور والجرّة"}
SECOND = {"fr": "Un lieu nouveau", "ar": "مكان جديد"}
PHONE = {"width": 320, "is_mobile": True, "has_touch": True}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LETTERS = "parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"
PAPER = "getComputedStyle(document.body).backgroundColor"
DRAWN = "[...document.querySelectorAll('.text img')].every(each => each.complete && each.naturalWidth > 100)"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("language", "options"), [("fr", PHONE), ("ar", PHONE), ("ar", {"width": 1280})])
def test_a_book_is_read_from_its_cover_and_gone_on_with(
    demo: Box, visit: NewReader, language: str, options: dict[str, Any], scripts: bool
) -> None:
    reader = visit(language, java_script_enabled=scripts, **options)
    reader.page.goto(demo.url + BOOK)

    assert reader.page.url.startswith(demo.content_url)
    assert STORY[language] == reader.page.inner_text("h1")
    reader.waits_for(DRAWN)
    reader.page.click(f".text [lang={language}] a")
    reader.page.click("[rel=next]")
    assert SECOND[language] == reader.page.inner_text(".text h2")
    assert ("rtl" if language == "ar" else "ltr") == reader.look(
        "getComputedStyle(document.querySelector('.text p')).direction"
    )
    assert 0 == reader.look(OVERFLOW)
    second = reader.page.url

    reader.page.goto(demo.url + BOOK)
    assert reader.page.url == f"{second}&again=1"
    reader.page.click(".notice a")
    assert reader.page.url.endswith("?at=0")
    assert [] == reader.complaints
    assert [] == [answer.url for answer in reader.answers if answer.status >= 400]


def test_the_next_page_stands_where_the_book_goes_on(demo: Box, visit: NewReader) -> None:
    reader = visit("fr", width=1280)
    places = "['next', 'prev'].map(name => document.querySelector(`[rel=${name}]`).getBoundingClientRect().left)"

    reader.page.goto(f"{demo.content_url}{BOOK}?at=3")
    following, previous = reader.look(places)
    assert following > previous
    reader.page.goto(f"{demo.content_url}{BOOK}?at=26")
    following, previous = reader.look(places)
    assert following < previous, "an Arabic page is turned to the left, whoever reads it"


@pytest.mark.parametrize("scripts", [True, False])
def test_letters_and_paper_are_chosen_once_for_all_pages(demo: Box, visit: NewReader, scripts: bool) -> None:
    reader = visit("fr", java_script_enabled=scripts, color_scheme="light", **PHONE)
    reader.page.goto(f"{demo.content_url}{BOOK}?at=2")
    before = reader.look(LETTERS)

    reader.page.click(".looks summary")
    reader.page.click("[data-look=letters-5]")
    if not scripts:
        reader.page.click(".looks summary")
    reader.page.click("[data-look=paper-dark]")
    assert reader.look(LETTERS) > 1.8 * before
    assert 0 == reader.look(OVERFLOW)
    assert "rgb(11, 15, 19)" == reader.look(PAPER)

    reader.page.goto(f"{demo.content_url}/read/safe-water/boil.fr.html")
    assert "rgb(11, 15, 19)" == reader.look(PAPER)
    assert "letters-5" in reader.look("document.querySelector('.looks [aria-current]').className")
    assert [] == reader.complaints


def test_the_place_on_a_page_is_kept_by_script(demo: Box, visit: NewReader) -> None:
    reader = visit("fr", width=320)
    page = f"{demo.content_url}/read/safe-water/boil.fr.html"
    reader.page.goto(page)

    reader.look("window.scrollTo(0, 400)")
    reader.waits_for("localStorage.getItem('reading-places')")
    reader.page.goto(demo.url)
    reader.page.goto(page)

    reader.waits_for("Math.abs(window.pageYOffset - 400) < 40")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_an_article_is_read_quietly_and_left_again(demo: Box, visit: NewReader, language: str) -> None:
    reader = visit(language, java_script_enabled=False, **PHONE)
    reader.page.goto(f"{demo.url}/read/safe-water/boil.{language}.html")

    reader.waits_for(DRAWN)
    assert language == reader.look("document.querySelector('.text').lang")
    assert 0 == reader.look("document.querySelectorAll('.text script, .text nav, .text h1').length")
    assert 0 == reader.look(OVERFLOW)
    low = reader.look(
        "[...document.querySelectorAll('header a, summary, .looks a, .end a')]"
        ".filter(each => each.offsetParent && each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"
    )
    assert [] == low
    reader.page.click(".end p:not(.actions) a")
    assert reader.page.url.startswith(f"{demo.content_url}/content/safe-water/boil.{language}.html")
    assert [] == reader.complaints


def test_a_chapter_prints_clean(demo: Box, visit: NewReader) -> None:
    reader = visit("fr", color_scheme="dark")
    reader.page.goto(f"{demo.content_url}{BOOK}?at=2")

    reader.page.emulate_media(media="print")

    hidden = ".top, .tools, .turn, .end, .share-done"
    assert 0 == reader.look(f"[...document.querySelectorAll('{hidden}')].filter(each => each.offsetParent).length")
    assert ["rgb(255, 255, 255)", "rgb(0, 0, 0)"] == reader.look(
        f"[{PAPER}, getComputedStyle(document.querySelector('.text p')).color]"
    )
