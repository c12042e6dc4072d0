"""The keyboard alone, as people use it who cannot aim, and on phones that have keys instead of glass."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box

pytestmark = pytest.mark.browser

SHOWN = "[...document.querySelector('video').textTracks].filter(t => t.mode === 'showing').map(t => t.language)"
MOST_STOPS = 40  # of the keyboard on the way to something, before a person gives up


@pytest.mark.parametrize(
    ("language", "words", "article"),
    [("fr", "marché", "Au marché"), ("ar", "السوق", "في السوق")],
)
def test_from_the_search_to_an_article_and_home(
    demo: Box, visit: NewReader, language: str, words: str, article: str
) -> None:
    reader = visit(language)
    reader.page.goto(demo.url)

    tab_to(reader, "here.type === 'search'")
    reader.page.keyboard.type(words)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{demo.url}/search?q=*")
    tab_to(reader, f"here.textContent.trim() === {article!r}")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{demo.content_url}/content/first-words/*")
    tab_to(reader, f"here.href === '{demo.content_url}/box/'")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{demo.url}/")

    assert [] == reader.complaints


def test_a_film_is_watched_and_its_words_are_used(demo: Box, visit: NewReader) -> None:
    reader = visit("fr")
    reader.page.goto(f"{demo.url}/watch/washing-hands-film/washing-hands.mp4")

    tab_to(reader, "here.tagName === 'VIDEO'")
    reader.page.keyboard.press("Space")
    reader.waits_for("document.querySelector('video').currentTime > 0.2")
    tab_to(reader, "here.hasAttribute('data-subtitles')")
    reader.page.keyboard.type("kis")  # Kiswahili, as in every list of choices
    reader.waits_for(f"{SHOWN}.join() === 'sw'")
    tab_to(reader, "here.closest('.words') && here.dataset.go > 20")
    second = reader.look("Number(document.activeElement.dataset.go)")
    reader.page.keyboard.press("Enter")

    reader.waits_for(f"document.querySelector('video').currentTime >= {second}")
    assert [] == reader.complaints


def test_a_quiz_is_answered_checked_and_left(demo: Box, visit: NewReader) -> None:
    reader = visit("fr")
    reader.page.goto(f"{demo.url}/courses/safe-water/six-lessons/health.quiz:after")

    for number in range(1, reader.page.locator("#quiz fieldset").count() + 1):
        answer_with_keys(reader, number)
        tab_to(reader, f"here.closest('#q{number}') && here.classList.contains('check')")
        reader.page.keyboard.press("Enter")
        reader.waits_for(f"document.querySelector('#q{number} .result').textContent.length > 3")
    tab_to(reader, "here.closest('#end') && here.href && !here.href.includes('health.quiz')")
    reader.page.keyboard.press("Enter")

    reader.page.wait_for_url(lambda address: "health.quiz" not in address)
    assert [] == reader.complaints


def answer_with_keys(reader: Reader, number: int) -> None:
    """Answer a question of any kind by its first choice, or by a word; an order is one as it stands."""
    fields = reader.page.locator(f"#q{number} :is(input:not([type=hidden]), select)")
    kinds = fields.evaluate_all("all => all.filter(field => field.offsetParent).map(field => field.type + field.name)")
    seen = set()
    for kind in kinds:
        if kind.startswith("radio") and kind in seen:
            continue
        seen.add(kind)
        tab_to(reader, f"here.closest('#q{number}') && here.type + here.name === '{kind}'")
        reader.page.keyboard.press("ArrowDown" if kind.startswith("select") else "Space")
        if kind.startswith("text"):
            reader.page.keyboard.type("eau")
        elif kind.startswith("checkbox"):
            return


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
    reader.page.goto(f"{demo.content_url}/content/first-words/clinic.en.html")
    at_rest = reader.look("getComputedStyle(document.querySelector('ideascube-bar a')).backgroundColor")

    reader.page.keyboard.press("Tab")

    assert "Home" == reader.look("document.activeElement.textContent")
    assert at_rest != reader.look("getComputedStyle(document.activeElement).backgroundColor")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{demo.url}/")


def tab_to(reader: Reader, wanted: str) -> None:
    """Press Tab until the element `here` is the wanted one; every stop on the way has to be seen."""
    for _ in range(MOST_STOPS):
        stop = press_tab(reader)
        assert stop["outlined"] or stop["filled"], stop
        if reader.look(f"(here => {wanted})(document.activeElement)"):
            return
    raise AssertionError(f"the keyboard does not come to it: {wanted}")


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
                filled: style.backgroundColor !== "rgba(0, 0, 0, 0)",
                visible: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
                in_main: !!here.closest("main"),
            };
        })()"""
    )
