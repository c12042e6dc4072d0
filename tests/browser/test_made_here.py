"""What was made here as readers meet it: found, read in their language on a small phone without scripts, kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ideascube.box_db.creations import erase
from ideascube.box_db.database import box_database, transaction
from ideascube.creations.model import Words
from ideascube.creations.states import Deed
from tests.browser.conftest import NewReader
from tests.creations.making import do, fields, published
from tests.support.box import Box, eventually

pytestmark = pytest.mark.browser

ARABIC = "<h2>ما تحتاجون إليه</h2><ul><li>قدر نظيف</li></ul><table><tr><th>الارتفاع</th><th>المدة</th></tr></table>"
WIDE = "<table><tr>" + "".join(f"<th>Name of column {n}</th>" for n in range(9)) + "</tr></table>"


@pytest.fixture(scope="module")
def boiling(demo: Box) -> Iterator[str]:
    """The id of an article in French; its translation is Arabic."""
    with box_database(demo.data / "box.db") as box:
        texts = {"fr": Words("Ébullition zèbrée", "Comment et pourquoi.")}
        french = published(box, fields(language="fr", texts=texts, body=f"<p>Une minute.</p>{WIDE}", tags=("water",)))
        texts = {"ar": Words("غليان الماء المخطط", "كيف ولماذا.")}
        arabic = published(box, fields(language="ar", texts=texts, body=ARABIC, tags=("water",)), work=french)
        eventually(lambda: french in demo.get("/search?q=zebree&format=json").text)
        yield french
        for each in (french, arabic):
            do(box, each, Deed.WITHDRAW)
            with transaction(box):
                erase(box, each)


def test_found_read_and_kept_without_scripts(demo: Box, boiling: str, visit: NewReader):
    reader = visit("fr", width=320, java_script_enabled=False)
    page = reader.page
    page.goto(f"{demo.url}/search?q=zebree")
    page.click(f"main a[href='/items/{boiling}']")

    assert "Ébullition zèbrée" == page.locator("h1").inner_text()
    page.click("main .take-away a[href^='/keep']")
    page.click("main button[name=keep]")
    page.goto(f"{demo.url}/mine")
    assert 1 == page.locator(f".kept a[href='/items/{boiling}']").count()

    page.goto(f"{demo.url}/items?tag=water")
    page.click(f"main a[href='/items/{boiling}']")
    page.click("nav[aria-labelledby=others] a[hreflang=ar]")
    assert ("غليان الماء المخطط", "rtl") == (
        page.locator("h1").inner_text(),
        page.locator(".body").get_attribute("dir"),
    )


def test_nothing_is_wider_than_a_small_phone(demo: Box, boiling: str, visit: NewReader):
    page = visit("ar", width=320).page

    for address in (f"/items/{boiling}", "/items"):
        page.goto(demo.url + address)
        assert 320 >= page.evaluate("document.documentElement.scrollWidth"), address
