"""A film's own page in its pack, as Kiwix shows it, opened at the second that the address names."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewReader
from tests.support.box import Box

pytestmark = pytest.mark.browser

# Not /content: there a reader is led to the box's own player.
FILM = "washing-hands-film/content/washing-hands.html"
SEEN = "document.querySelector('video').getBoundingClientRect().bottom > 0"
TIME = "document.querySelector('video').currentTime"
OPEN = "[...document.querySelectorAll('.transcript[open]')].map(one => one.lang)"


def test_a_film_starts_at_the_second_and_shows_what_is_said(demo: Box, visit: NewReader) -> None:
    reader = visit("fr")
    reader.page.goto(f"{demo.content_url}/raw/{FILM}#t=15")

    reader.waits_for(f"{TIME} === 15 && {SEEN}")
    assert [True, ["fr"]] == [reader.look(look) for look in ("document.querySelector('video').paused", OPEN)]

    reader.look("location.hash = 't=8'")

    reader.waits_for(f"{TIME} === 8")
    assert [] == reader.complaints


@pytest.mark.parametrize("address", [FILM, f"{FILM}#t=", f"{FILM}#t=-5", f"{FILM}#t=x", f"{FILM}#transcript"])
def test_without_a_second_a_film_starts_at_its_beginning(demo: Box, visit: NewReader, address: str) -> None:
    reader = visit("fr")
    reader.page.goto(f"{demo.content_url}/raw/{address}")

    reader.waits_for("document.querySelector('video').readyState > 0")
    assert [0, []] == [reader.look(look) for look in (TIME, OPEN)]


def test_a_page_that_shows_a_film_starts_it_there_too(demo: Box, visit: NewReader) -> None:
    reader = visit("fr")
    reader.page.goto(f"{demo.content_url}/content/washing-hands-film/index.fr.html#t=20")

    reader.waits_for(f"{TIME} === 20")
    assert [] == reader.complaints


def test_without_scripts_the_words_are_jumped_to(demo: Box, visit: NewReader) -> None:
    reader = visit("fr", java_script_enabled=False)
    reader.page.goto(f"{demo.content_url}/raw/{FILM}#t=15")

    assert "15" == reader.look("document.querySelector(':target').getAttribute('data-t')")
    reader.waits_for("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    assert 1 == reader.look("document.querySelectorAll('.transcript[open]').length")
