"""Every kind of page on a phone of 320 pixels, in French and in Arabic: for everyone, light, and of this box alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds_of_pages import KINDS, SCRIPT_BYTES, Boxes
from tests.browser.reader import new_reader
from tests.browser.survey import Seen, survey

pytestmark = pytest.mark.browser

Survey = dict[str, Seen]


@pytest.fixture(scope="module", params=["fr", "ar"])
def seen(request: pytest.FixtureRequest, browser: Browser, boxes: Boxes) -> Survey:
    reader = new_reader(browser, request.param, width=320, is_mobile=True, has_touch=True)
    found = survey(reader, boxes, request.param)
    reader.leave()
    return found


def test_every_page_is_what_it_should_be(seen: Survey) -> None:
    expected = {kind.name: 404 if kind.name.startswith("error") else 200 for kind in KINDS}

    assert expected == {name: page.status for name, page in seen.items()}
    assert {} == {name: page.complaints for name, page in seen.items() if page.complaints}


def test_everyone_can_use_them(seen: Survey) -> None:
    """axe-core: WCAG 2.2 A and AA and its best practices, and the contrast of the dark colours as well."""
    assert {} == {name: page.violations for name, page in seen.items() if page.violations}


def test_all_words_fit(seen: Survey) -> None:
    """No page scrolls sideways, no word is cut off, broken in two or lies on another."""
    assert {} == {name: page.misfits for name, page in seen.items() if page.misfits}


def test_words_that_are_longer_fit(seen: Survey) -> None:
    """The same when they are 40 % longer, and when the page is its own mirror image."""
    assert {} == {name: page.stretched for name, page in seen.items() if page.stretched}


def test_a_first_visit_is_light(seen: Survey) -> None:
    most = {kind.name: kind.most_bytes for kind in KINDS}

    assert {} == {name: page.size for name, page in seen.items() if page.size > most[name]}
    assert {} == {name: page.script_size for name, page in seen.items() if page.script_size > SCRIPT_BYTES}


def test_no_request_leaves_the_box(seen: Survey) -> None:
    assert {} == {name: page.elsewhere for name, page in seen.items() if page.elsewhere}
