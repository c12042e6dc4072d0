"""A learner's card as people use it: taken, photographed, left, opened again by pictures and by the square, erased."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box
from tests.support.squares import read_square

pytestmark = pytest.mark.browser


def take(reader: Reader, box: Box) -> list[str]:
    """Take a card from home on; its pictures."""
    reader.page.goto(box.url)
    reader.page.click("nav a[href='/mine']")
    reader.page.click("main a[href='/card']")
    reader.page.click("form[action='/card/take'] button")
    reader.page.wait_for_selector(".keys")
    drawn = reader.page.locator(".picked use").all()
    return [(picture.get_attribute("href") or "").partition("#")[2] for picture in drawn]


def touch(reader: Reader, pictures: list[str]) -> None:
    for picture in pictures:
        reader.page.click(f"button[value='{picture}']")


def keep_a_pack(reader: Reader, box: Box) -> None:
    reader.page.goto(f"{box.url}/keep?pack=safe-water&path=")
    reader.page.click("main button[name=keep]")
    reader.page.wait_for_selector("main button[value='0']")


def kept(reader: Reader, box: Box) -> int:
    reader.page.goto(f"{box.url}/mine")
    return reader.page.locator(".kept a[href='/packs/safe-water']").count()


def test_a_card_without_scripts_from_the_first_touch_to_the_last(demo: Box, visit: NewReader):
    """In French, on a phone of 320 pixels."""
    reader = visit("fr", width=320, java_script_enabled=False)
    keep_a_pack(reader, demo)

    pictures = take(reader, demo)
    square = read_square(reader.page.locator("svg.qr").screenshot())
    on_card = kept(reader, demo)
    reader.page.click(".leave-card button")
    left = reader.page.url, kept(reader, demo)

    assert (5, 1) == (len(pictures), on_card)
    assert square.startswith(f"{demo.url}/card/enter?secret=")
    assert (f"{demo.url}/card?note=left", 0) == left
    assert [] == reader.context.cookies()

    reader.page.goto(f"{demo.url}/mine")
    reader.page.click("main a[href='/card/enter']")
    touch(reader, [pictures[0], "cat", "sun"])
    reader.page.click("button[name=undo]")
    reader.page.click("button[name=undo]")
    touch(reader, pictures[1:])

    assert f"{demo.url}/mine" == reader.page.url
    assert 1 == kept(reader, demo)

    other = visit("fr", width=320)
    other.page.goto(square)
    assert [] == other.context.cookies()
    other.page.click("main button")
    assert 1 == kept(other, demo)

    reader.page.goto(f"{demo.url}/card")
    reader.page.click("main a[href='/card/erase']")
    reader.page.click("form[action='/card/erase'] button")

    assert f"{demo.url}/card?note=erased" == reader.page.url
    assert 0 == kept(reader, demo)
    assert 0 == kept(other, demo)
    assert [] == other.context.cookies()
    assert [] == reader.complaints + other.complaints


def test_with_scripts_one_page_takes_all_five_pictures(demo: Box, visit: NewReader):
    """In Arabic, on a phone of 320 pixels; wrong ones can be tried again, and no script can read the cookie."""
    reader = visit("ar", width=320)
    pictures = take(reader, demo)
    hidden = reader.look("document.cookie")
    reader.page.click(".leave-card button")
    reader.page.goto(f"{demo.url}/card/enter")
    reader.answers.clear()

    touch(reader, [pictures[0], "cat"])
    reader.page.click("button[name=undo]")
    touch(reader, pictures[1:4])
    shown = reader.page.locator(".picked input").all()

    assert "" == hidden
    assert [] == [answer.url for answer in reader.answers if answer.request.method == "POST"]
    assert pictures[:4] == [each.get_attribute("value") for each in shown]

    touch(reader, ["cat" if pictures[4] != "cat" else "sun"])
    reader.page.wait_for_selector("[role=alert]")
    touch(reader, pictures)
    reader.page.wait_for_url(f"{demo.url}/mine")
    assert 1 == len(reader.complaints)  # the browser's own about the status of the wrong ones
