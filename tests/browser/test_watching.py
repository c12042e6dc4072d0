"""Watching a film: subtitles, words that follow it and are searched, the place where one stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from ideascube.commands.demo import SOURCES
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box, running_box
from tests.support.zims import make_zim

pytestmark = pytest.mark.browser

FILM = "/watch/washing-hands-film/washing-hands.mp4"
FILE = SOURCES / "washing-hands-film" / "washing-hands.mp4"
VIDEO = "document.querySelector('video')"
TIME = f"{VIDEO}.currentTime"
LOADED = f"{VIDEO}.readyState > 0"
SHOWN = f"[...{VIDEO}.textTracks].filter(one => one.mode === 'showing').map(one => one.language)"
CUE = f"[...{VIDEO}.textTracks].flatMap(one => [...one.activeCues || []]).map(cue => cue.text)"
NOW = "[...document.querySelectorAll('.said[lang=fr] [aria-current]')].map(one => one.textContent)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOW = """[...document.querySelectorAll(".player a, .player button, .player select, .player summary, .take-away a")]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""


@pytest.fixture
def watch(demo: Box, visit: NewReader) -> Any:
    """Opens the demo's film: `watch("fr", "#t=15", width=320)`."""

    def open_film(language: str, more: str = "", **options: Any) -> Reader:
        reader = visit(language, **options)
        reader.page.goto(f"{demo.url}{FILM}{more}")
        reader.waits_for(LOADED)
        return reader

    return open_film


@pytest.mark.parametrize(("language", "width"), [("fr", 1280), ("ar", 320)])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_film_speaks_the_visitors_language(watch: Any, language: str, width: int, scripts: bool) -> None:
    reader = watch(language, "?t=20", width=width, java_script_enabled=scripts)

    reader.waits_for(f"{TIME} === 20")
    reader.waits_for(f"({CUE}).length === 1")
    assert [[language], language, scripts] == [
        reader.look(look)
        for look in (
            SHOWN,
            "document.querySelector('.said').lang",
            "document.querySelector('.tools').offsetHeight > 0",
        )
    ]
    assert [0, []] == [reader.look(look) for look in (SIDEWAYS, LOW)]
    assert [] == reader.complaints


def test_without_scripts_a_time_leads_to_its_second_and_a_fragment_to_the_words(watch: Any) -> None:
    reader = watch("fr", "#t=15", width=320, java_script_enabled=False)
    assert "2. Prends du savon." == reader.look("document.querySelector(':target').textContent")

    reader.page.click(".said a:text('0:31')")

    reader.page.wait_for_url("**/*?t=31")
    reader.waits_for(f"{TIME} === 31")


def test_words_follow_the_film_until_the_reader_leaves_them(watch: Any) -> None:
    reader = watch("fr", width=320)

    reader.look(f"{TIME} = 53.5")

    reader.waits_for(f"({NOW}).join() === 'Vingt secondes, de l’eau et du savon.'")
    reader.waits_for("document.querySelector('.said').scrollTop > 0")
    reader.page.hover(".said")
    reader.page.mouse.wheel(0, -1000)
    reader.waits_for("document.querySelector('.said').scrollTop === 0")
    reader.look(f"{TIME} = 49.5")
    reader.waits_for(f"({NOW}).join().startsWith('Des mains propres')")
    assert 0 == reader.look("document.querySelector('.said').scrollTop")

    reader.page.click(".follow button")

    reader.waits_for("document.querySelector('.said').scrollTop > 0")
    assert [] == reader.complaints


def test_words_are_searched(watch: Any) -> None:
    reader = watch("fr")

    reader.page.fill("#find-words", "MAINS")
    reader.waits_for("document.querySelector('.count').textContent === '1/5'")
    reader.page.press("#find-words", "Enter")
    assert ["2/5", "Sur les mains restent des microbes, trop petits pour être vus."] == [
        reader.look("document.querySelector('.count').textContent"),
        reader.look("document.querySelector('.hit.here').textContent"),
    ]

    reader.page.fill("#find-words", "صابون")
    reader.waits_for("document.querySelector('details[open] .hit.here') !== null")
    reader.page.fill("#find-words", "giraffe")
    reader.waits_for("document.querySelector('.count').textContent === '0'")
    assert 0 == reader.look("document.querySelectorAll('.hit').length")


def test_one_goes_on_where_one_stopped(watch: Any, demo: Box) -> None:
    reader = watch("fr")
    reader.page.click(".said a:text('0:31')")
    reader.waits_for(f"!{VIDEO}.paused && {TIME} > 32.2")
    with reader.page.expect_response("**/progress") as told:
        reader.look(f"{VIDEO}.pause()")
    assert 204 == told.value.status

    reader.page.goto(f"{demo.url}{FILM}")
    reader.waits_for(f"{TIME} >= 32")
    go_on, again = (link.inner_text() for link in reader.page.query_selector_all(".resume a"))
    reader.page.click(".resume a >> nth=1")

    assert ("0:3" in go_on, again != go_on) == (True, True)
    reader.waits_for(f"!{VIDEO}.paused && {TIME} > 0.5 && {TIME} < 20")
    assert None is reader.page.query_selector(".resume")

    reader.look(f"{TIME} = 20")
    reader.waits_for(f"{TIME} > 20.3")
    reader.page.goto(f"{demo.url}/packs/counting")  # leaves while it plays
    reader.page.goto(f"{demo.url}{FILM}")
    reader.waits_for(f"{TIME} >= 20 && {TIME} < 31")
    assert [] == reader.complaints


def test_speed_subtitles_and_ten_seconds_back(watch: Any) -> None:
    reader = watch("fr", "?t=31")
    reader.waits_for(f"{TIME} === 31")

    reader.page.click("[data-back]")
    reader.waits_for(f"{TIME} === 21")
    reader.page.select_option("[data-speed]", "0.75")
    reader.page.select_option("[data-subtitles]", "sw")
    assert [0.75, ["sw"]] == [reader.look(f"{VIDEO}.playbackRate"), reader.look(SHOWN)]
    reader.page.select_option("[data-subtitles]", "")
    assert [] == reader.look(SHOWN)


def test_a_search_result_leads_from_the_films_page_to_the_second(demo: Box, visit: NewReader) -> None:
    reader = visit("fr")
    reader.page.goto(f"{demo.content_url}/content/washing-hands-film/washing-hands.html#t=15")

    assert f"{demo.url}{FILM}#t=15" == reader.page.url
    reader.waits_for(f"{TIME} === 15")
    assert [True, True] == [
        reader.look(f"{VIDEO}.getBoundingClientRect().bottom > 0"),
        reader.look(f"{VIDEO}.paused"),
    ]
    reader.look("location.hash = 't=8'")
    reader.waits_for(f"{TIME} === 8")
    assert [] == reader.complaints


def test_a_sound_is_heard_the_same_way(demo: Box, visit: NewReader) -> None:
    reader = visit("ar", width=320)
    reader.page.goto(f"{demo.url}/watch/counting/counting-song.mp3")

    reader.waits_for("document.querySelector('audio').readyState > 0")
    assert [0, []] == [reader.look(look) for look in (SIDEWAYS, LOW)]


# A film that cannot be played


@pytest.fixture(scope="module")
def failing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("failing")
    films = {"good.mp4": ("video/mp4", FILE), "bad.mp4": ("video/mp4", b"no film at all" * 1000)}
    with running_box(folder / "box", make_zim(folder / "films.zim", films)) as box:
        box.wait_for("films")
        yield box


def test_a_film_that_does_not_play_says_why(failing: Box, visit: NewReader) -> None:
    reader = visit("en", width=320)
    reader.page.goto(f"{failing.url}/watch/films/bad.mp4")
    assert "This phone cannot play this film" in shown_problem(reader)

    reader.page.route("**/raw/films/content/good.mp4", lambda route: taken_off_the_box(failing, route), times=1)
    reader.page.goto(f"{failing.url}/watch/films/good.mp4")
    assert "This film does not answer" in shown_problem(reader)

    reader.page.click("[data-again]")
    reader.page.click("main a[href='/']")

    reader.page.wait_for_url(f"{failing.url}/")


def taken_off_the_box(box: Box, route: Route) -> None:
    """The pack leaves while the page is there already and the browser asks for the film."""
    (box.packs / "films.zim").rename(box.packs / "films.gone")
    box.wait_without("films")
    route.continue_()


def shown_problem(reader: Reader) -> str:
    reader.waits_for("document.querySelector('[data-problem]:not([hidden])') !== null")
    return reader.page.inner_text("[data-problem]:not([hidden])")
