"""What a page says of itself moves it down among the results that are shown with it."""

from __future__ import annotations

import pytest

from ideascube.search.demotion import is_stub, lists_meanings, shown_order
from ideascube.search.merge import merge_results
from ideascube.search.page_text import PageText, read_page
from ideascube.search.protocol import Hit, PackHits

ARTICLE = '<body class="mw-body"><p>' + "Water runs down the hill. " * 30
MEANINGS = '<body><p>Mercury may be:</p><table id="disambigbox" class="metadata dmbox dmbox-disambig">'
STUB = '<div class="mw-parser-output"><p>A village.</p>'


@pytest.mark.parametrize(
    "mark",
    [
        '<div id="disambigbox">',
        "<table class='metadata dmbox dmbox-disambig' role='note'>",
        '<meta property="mw:PageProp/disambiguation" content="">',
        '<table class="disambig">',
    ],
)
def test_a_list_of_meanings_says_so(mark: str) -> None:
    assert lists_meanings(page(f"<html><body>{mark}"))


def test_a_page_that_only_leads_to_a_list_is_none() -> None:
    assert not lists_meanings(page('<p>See <a class="mw-disambig" href="Mercury">Mercury</a> and disambigbox.'))


def test_a_stub_is_a_wikis_page_that_is_short_or_says_so() -> None:
    assert is_stub(page(STUB))
    assert is_stub(page(f'{ARTICLE}<div class="metadata plainlinks asbox stub">'))
    assert not is_stub(page(ARTICLE))
    assert not is_stub(page("<body><video src=a.webm></video><p>Washing hands")), "a film's page is short and whole"
    assert not is_stub(PageText("")), "what was not read says nothing"


@pytest.mark.parametrize(
    ("pages", "order"),
    [
        ((ARTICLE, ARTICLE, ARTICLE, ARTICLE), ["Mercury", "Mercury (planet)", "Mercury and venus", "Rain"]),
        ((MEANINGS, ARTICLE, ARTICLE, ARTICLE), ["Mercury (planet)", "Mercury and venus", "Mercury", "Rain"]),
        ((ARTICLE, STUB, ARTICLE, ARTICLE), ["Mercury", "Mercury and venus", "Mercury (planet)", "Rain"]),
        ((STUB, ARTICLE, ARTICLE, ARTICLE), ["Mercury", "Mercury (planet)", "Mercury and venus", "Rain"]),
    ],
)
def test_what_says_little_stands_behind_what_fits_as_well(pages: tuple[str, ...], order: list[str]) -> None:
    titles = ("Mercury", "Mercury (planet)", "Mercury and venus", "Rain")
    hits = tuple(Hit(title, title, "", rank) for rank, title in enumerate(titles))
    places = merge_results("mercury", (), [PackHits("wiki", ("en",), "encyclopedia", hits)])

    assert order == [places[number].hit.title for number in shown_order(places, [*map(page, pages)])]


def page(html: str) -> PageText:
    return read_page(html.encode())
