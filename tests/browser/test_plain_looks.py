"""What a browser shows that knows none of the newer features of stylesheets, such as that of Android 5."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box, request
from tests.support.old_browser import as_old_browsers_see

pytestmark = pytest.mark.browser

PAGES = ("/", "/library", "/packs/safe-water", "/search?q=water", "/mine", "/packs/none")

# What cannot be read: text in another colour than black or a link's, on a ground of its own, or without room.
# What is hidden from the eyes is left out.
UNREADABLE = """
(() => {
    const shown = each => each.getClientRects().length && getComputedStyle(each).clip === "auto";
    const read = [...document.querySelectorAll("body *")].filter(each => shown(each)
        && [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
    const colours = new Set(["rgb(0, 0, 0)", "rgb(0, 0, 238)"]), grounds = new Set(["rgba(0, 0, 0, 0)"]);
    return read.filter(each => {
        const style = getComputedStyle(each), box = each.getBoundingClientRect();
        const plain = each.closest("button, mark, input") !== null
            || (colours.has(style.color) && grounds.has(style.backgroundColor));
        return !plain || box.width < 4 || box.height < 8;
    }).map(each => each.outerHTML.slice(0, 120));
})()
"""

# Pairs of neighbours in the page of which the later one begins above the earlier one.
OUT_OF_ORDER = """
(() => {
    const all = [...document.querySelectorAll("main h1, main h2, main h3")];
    const heads = all.filter(each => each.checkVisibility());
    const tops = heads.map(each => each.getBoundingClientRect().top);
    return heads.filter((each, place) => place && tops[place] < tops[place - 1] - 1).map(each => each.textContent);
})()
"""


@pytest.fixture
def plain(visit: NewReader) -> Reader:
    """A phone whose browser drops what it does not know of a stylesheet, and runs no script of today."""
    reader = visit("fr", width=320, is_mobile=True, java_script_enabled=False)
    reader.page.route("**/*.css", send_reduced)
    return reader


def send_reduced(route: Route) -> None:
    address = urlsplit(route.request.url)
    sheet = request(f"{address.scheme}://{address.netloc}{address.path}").body.decode()
    route.fulfill(body=as_old_browsers_see(sheet), content_type="text/css")


def test_pages_are_black_on_white_and_in_order(demo: Box, plain: Reader) -> None:
    for path in PAGES:
        plain.page.goto(demo.url + path)

        assert [] == plain.look(UNREADABLE), path
        assert [] == plain.look(OUT_OF_ORDER), path
        assert 0 == plain.look("document.documentElement.scrollWidth - document.documentElement.clientWidth"), path


def test_from_home_to_a_pack(demo: Box, plain: Reader) -> None:
    plain.page.goto(demo.url)

    plain.page.get_by_role("link", name="Eau saine, enfants en santé", exact=True).click()

    plain.page.wait_for_url(f"{demo.content_url}/content/safe-water/index.fr.html")
