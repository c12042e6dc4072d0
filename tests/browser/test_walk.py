"""The walk of a visitor through the demo library: search, read, home again by the bar, and the film with subtitles."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box, request

pytestmark = pytest.mark.browser

FILM = "washing-hands-film"


@dataclass(frozen=True)
class Words:
    """What the walk needs to know of a language."""

    language: str
    direction: str
    search: str
    article: str
    heading: str
    home: str
    first_line: str


FRENCH = Words("fr", "ltr", "diarrhée", "Quand un enfant a la diarrhée", "La boisson", "Accueil", "Se laver les mains")
ARABIC = Words("ar", "rtl", "الإسهال", "عندما يصاب طفل بالإسهال", "الشراب", "الرئيسية", "غسل اليدين")


@pytest.fixture(params=[FRENCH, ARABIC], ids=["French", "Arabic"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def reader(request: pytest.FixtureRequest, visit: NewReader, words: Words) -> Reader:
    return visit(words.language, java_script_enabled=request.param)


def test_search_read_and_home_by_the_bar(demo: Box, reader: Reader, words: Words) -> None:
    page = reader.page

    page.goto(demo.url)
    assert [words.language, words.direction] == language_of(reader)

    page.locator("input[name=q]").fill(words.search)
    page.locator("input[name=q]").press("Enter")
    page.locator(".results mark").first.wait_for()
    assert [words.language, words.direction] == language_of(reader)

    page.get_by_role("link", name=words.article, exact=True).click()
    page.get_by_role("heading", name=words.heading, exact=True).wait_for()
    assert page.url.startswith(f"{demo.content_url}/content/safe-water/")
    assert [words.language, words.direction] == language_of(reader)

    page.get_by_role("navigation").get_by_role("link", name=words.home, exact=True).click()
    page.wait_for_url(f"{demo.url}/")
    assert [] == reader.complaints


def test_the_film_plays_with_subtitles(demo: Box, reader: Reader, words: Words) -> None:
    open_film(demo, reader, words)

    # As someone with a keyboard does, and with nothing but the browser's own player.
    reader.page.locator("video").focus()
    reader.page.keyboard.press("Space")

    reader.waits_for("document.querySelector('video').currentTime > 0.5")
    begun = reader.look("document.querySelector('video').currentTime")
    reader.waits_for(f"document.querySelector('video').currentTime > {begun}")
    assert [{"language": words.language, "line": words.first_line}] == reader.look(SUBTITLES_SHOWN)
    assert ["ar", "en", "fr", "sw"] == reader.look(
        "[...document.querySelector('video').textTracks].map(track => track.language).sort()"
    )


def test_seeking_in_the_film(demo: Box, visit: NewReader) -> None:
    reader = visit("fr")
    open_film(demo, reader, FRENCH)

    reader.look("document.querySelector('video').currentTime = 45")
    reader.waits_for("(v => !v.seeking && v.readyState >= 2)(document.querySelector('video'))")

    assert 45 == reader.look("document.querySelector('video').currentTime")
    assert {206} == {answer.status for answer in reader.answers if answer.request.resource_type == "media"}
    assert [] == reader.complaints


def test_the_films_bytes_arrive_where_scripts_are_off(demo: Box, visit: NewReader) -> None:
    reader = visit("ar", java_script_enabled=False)
    open_film(demo, reader, ARABIC)
    source = reader.page.locator("video source").evaluate("source => source.src")

    middle = request(source, headers={"Range": "bytes=800000-800099"})

    assert (206, 100) == (middle.status, len(middle.body))
    assert 4 == reader.page.locator("video track[kind=subtitles]").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_choosing_another_language(demo: Box, visit: NewReader, scripts: bool) -> None:
    reader = visit("en", java_script_enabled=scripts)
    reader.page.goto(f"{demo.url}/library?kind=film")

    reader.page.locator("footer summary").click()
    reader.page.get_by_role("button", name="العربية").click()
    reader.waits_for("document.documentElement.dir === 'rtl'")

    assert f"{demo.url}/library?kind=film" == reader.page.url
    reader.page.goto(f"{demo.content_url}/content/safe-water/boil.en.html")
    assert reader.page.get_by_role("link", name="الرئيسية").is_visible()
    assert [] == reader.complaints


def test_the_bar_leads_to_the_search_and_to_the_pack(demo: Box, visit: NewReader) -> None:
    reader = visit("en")
    article = f"{demo.content_url}/content/safe-water/boil.en.html"

    reader.page.goto(article)
    reader.page.locator("ideascube-bar").get_by_role("link", name="Search").click()
    reader.page.wait_for_url(f"{demo.url}/search?pack=safe-water")

    reader.page.goto(article)
    reader.page.locator("ideascube-bar > a").last.click()
    reader.page.wait_for_url(f"{demo.url}/packs/safe-water")

    reader.page.goto(article)
    reader.page.locator("ideascube-bar summary").click()
    reader.page.locator("ideascube-bar details").get_by_role("link", name="Take with you").click()
    reader.page.wait_for_url(f"{demo.url}/take/safe-water/boil.en.html")
    assert [] == reader.complaints


def test_every_page_that_home_leads_to(demo: Box, visit: NewReader) -> None:
    """No page of the app, and no first page of a pack, logs an error or breaks its own policy."""
    reader = visit("en")
    reader.page.goto(demo.url)
    links = reader.page.locator("main a, header a, footer a")
    addresses = {links.nth(index).evaluate("link => link.href.split('#')[0]") for index in range(links.count())}

    for address in sorted(addresses):
        answer = reader.page.goto(address)
        assert answer is not None
        assert 200 == answer.status, address

    assert len(addresses) > 10
    assert [] == reader.complaints


def open_film(demo: Box, reader: Reader, words: Words) -> None:
    """From home, by the film's card: a pack opens in the reader's language where it speaks it."""
    reader.page.goto(demo.url)
    reader.page.get_by_role("link", name=words.first_line, exact=True).click()
    reader.page.locator("video").wait_for()
    assert f"{demo.content_url}/content/{FILM}/index.{words.language}.html" == reader.page.url


def language_of(reader: Reader) -> list[str]:
    return reader.look("[document.documentElement.lang, document.documentElement.dir]")  # type: ignore[no-any-return]


SUBTITLES_SHOWN = """
[...document.querySelector("video").textTracks]
    .filter(track => track.mode === "showing")
    .map(track => ({language: track.language, line: [...track.activeCues].map(cue => cue.text).join(" ")}))
"""
