"""A contributor sends a film over a bad line, a mediator reviews it, a learner finds, plays and flags it.

Phones of 320 pixels, in French and Arabic. What answers can do beside this is tried without a browser: tests/reviewing.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ideascube.people.rights import Role
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.browser.test_uploading import FILES, film_of
from tests.support.box import Box, eventually
from tests.support.cut_line import cut_line
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser

MB = 1000 * 1000
TITLE = "Bricoler un filtre à sable"


def test_a_film_goes_from_one_phone_to_another(demo: Box, visit: NewReader, tmp_path: Path) -> None:
    claire, amina, learner = visit("fr", width=320), visit("ar", width=320), visit("fr", width=320)
    browser_sign_in(claire.page, demo, Role.CONTRIBUTOR, "Claire")
    browser_sign_in(amina.page, demo, Role.MEDIATOR, "Amina")

    send_over_a_bad_line(claire, demo, film_of(3 * MB, tmp_path / "VID_0001.mp4"))
    describe_and_submit(claire)
    answer(amina, demo, "return", "جميل. من في الفيلم؟")
    assert "جميل. من في الفيلم؟" == word_for(claire, demo)
    describe_and_submit(claire, author="Claire")
    answer(amina, demo, "publish")

    address = find_and_play(learner, demo)
    flag(learner)
    take_away_what_is_flagged(amina, demo)
    assert 410 == demo.get(urlsplit(address).path).status
    for phone in (claire, amina, learner):
        assert [] == [each for each in phone.complaints if "Failed to load" not in each]


def send_over_a_bad_line(reader: Reader, box: Box, film: Path) -> None:
    """The line breaks twice while the film is sent; it ends at the form of what was made of it."""
    with cut_line(box.port) as line:
        reader.page.goto(f"{line.url}/staff/upload")
        line.cut_after(MB)
        reader.page.set_input_files(FILES, film)
        eventually(lambda: line.cuts == 1)
        line.cut_after(MB)
        reader.page.wait_for_selector(".sending form button")
        cuts = line.cuts
    reader.page.goto(f"{box.url}/staff/upload")
    reader.page.click(".sent .button.main")
    assert 2 == cuts


def describe_and_submit(reader: Reader, author: str = "") -> None:
    page = reader.page
    page.fill("#title", TITLE)
    page.select_option("#licence", "CC-BY-4.0")
    page.check("input[name=consent][value=none_shown]")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.fill("#author", author)
    page.click("button[value=submit]")
    page.wait_for_selector(".notice.good")


def answer(reader: Reader, box: Box, name: str, word: str = "") -> None:
    """Look at what waits, once its film is ready, and answer."""
    page = reader.page
    page.goto(f"{box.url}/staff")
    page.click(".waits a[href='/staff/review']")
    page.click(f".made a:has-text('{TITLE}')")
    eventually(lambda: page.reload() and page.locator(".preview video").count(), 60)
    page.fill("#word", word)
    page.click(f"button[value={name}]")
    page.wait_for_selector(".notice.good")


def word_for(reader: Reader, box: Box) -> str:
    """What the reviewer wrote, where who sent it goes on with it."""
    reader.page.goto(f"{box.url}/staff")
    reader.page.click(".waits a[href='/staff/mine?state=returned']")
    word = reader.page.locator(".word-of p").first.text_content()
    reader.page.click(f".made a:has-text('{TITLE}')")
    return str(word)


def find_and_play(reader: Reader, box: Box) -> str:
    """The film's address."""
    page = reader.page
    eventually(
        lambda: page.goto(f"{box.url}/search?q=filtre") and page.locator(f".results a:has-text('{TITLE}')").count()
    )
    page.click(f".results a:has-text('{TITLE}')")
    assert TITLE == page.locator("h1").text_content()
    page.evaluate("document.querySelector('video').muted = true; document.querySelector('video').play()")
    reader.waits_for("document.querySelector('video').currentTime > 0")
    return str(page.url)


def flag(reader: Reader) -> None:
    reader.page.click(".flag-it a")
    reader.page.check("input[value=private]")
    reader.page.fill("#word", "C’est ma maison.")
    reader.page.click("form[action='/flag'] button")
    reader.page.wait_for_url("**note=sent")


def take_away_what_is_flagged(reader: Reader, box: Box) -> None:
    page = reader.page
    page.goto(f"{box.url}/staff/review/flags")
    line = page.locator(".made", has_text=TITLE)
    assert "C’est ma maison." in str(line.text_content())
    line.locator("button[value=hide]").click()
    page.wait_for_selector(".notice.good")
