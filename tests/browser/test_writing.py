"""Writing as people do it: on a phone, in their language, with and without scripts, with batteries that die."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Error, Page

from ideascube.commands.demo import SOURCES
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader, browser_arguments
from tests.support.box import Box, eventually, running_box
from tests.support.shared import program
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser

SONG = next((SOURCES / "counting").rglob("*.mp3"))


def begin(page: Page, box: Box, kind: str = "article", language: str = "") -> None:
    page.goto(f"{box.url}/staff/write")
    if language:
        page.select_option("#language", language)
    page.click(f"button[value={kind}]")
    page.wait_for_selector("#write")


def editor(page: Page):  # type: ignore[no-untyped-def]
    """The text, where scripts show it as it will be."""
    page.wait_for_selector(".ProseMirror")
    return page.locator(".ProseMirror")


def complete(page: Page) -> None:
    page.check("[name=consent][value=none_shown]")
    page.select_option("#licence", "CC-BY-4.0")


def complaints(reader: Reader) -> list[str]:
    """All but that a file is not there before it was made."""
    return [each for each in reader.complaints if "/media/" not in each]


def test_an_article_in_arabic_with_a_recording(demo: Box, visit: NewReader) -> None:
    """At 320 pixels: typed, headed, recorded, published, found, heard."""
    reader = visit("ar", width=320)
    page = reader.page
    browser_sign_in(page, demo)
    page.goto(demo.url)
    page.evaluate("localStorage.setItem('kept-text:0:abc:def', 'what somebody else typed on this phone')")
    begin(page, demo, language="ar")
    of_others = page.evaluate("localStorage.getItem('kept-text:0:abc:def')")
    page.fill("#title", "أغنية العدّ")
    editor(page).click()
    page.keyboard.type("## كيف نغنّي")
    page.keyboard.press("Enter")
    page.keyboard.type("نعدّ معا: ")
    page.click("[data-do=strong]")
    page.keyboard.type("واحد، اثنان")
    page.locator("#upload-place input[type=file]").last.set_input_files(SONG)
    page.wait_for_selector(".ProseMirror figure audio")
    page.keyboard.type("يغنّي الأطفال")
    page.wait_for_selector("#kept.good")
    wide = reader.look("document.documentElement.scrollWidth > window.innerWidth")
    complete(page)
    page.click("button[value=publish]")
    page.wait_for_selector(".notice.good")
    address = page.locator(".notice.good + .actions a").get_attribute("href") or ""
    read = eventually(lambda: (found := demo.get(address)).status == 200 and found)
    sound = read.text.split('<audio src="')[1].split('"')[0]

    assert (None, False) == (of_others, wide)
    assert [] == complaints(reader)
    assert 'dir="rtl"' in read.text
    assert "كيف نغنّي</h2>" in read.text
    assert "<strong>واحد، اثنان</strong>" in read.text
    assert "يغنّي الأطفال</figcaption>" in read.text
    assert eventually(lambda: demo.get(sound).headers["Content-Type"].startswith("audio/"))
    assert eventually(lambda: address in demo.get("/search?q=%D8%A7%D9%84%D8%B9%D8%AF&format=json").text)


def test_a_notice_in_french_without_scripts(demo: Box, visit: NewReader) -> None:
    reader = visit("fr", width=320, java_script_enabled=False)
    page = reader.page
    browser_sign_in(page, demo)
    begin(page, demo, "notice", "fr")
    page.fill("#title", "Réunion de parents")
    page.fill("#text", "Samedi à **10 h**, près du puits.\n\n- un stylo\n- une chaise")
    page.set_input_files("#file", SONG)
    page.click("button[value=add]")
    text = page.locator("#text").input_value()
    page.click("button[value=preview]")
    shown = page.locator(".body").inner_text()
    page.click(".preview a")
    complete(page)
    page.fill("#ends", "2999-12-31")
    page.click("button[value=publish]")
    page.click(".notice.good + .actions a")

    assert "- une chaise\n\n![](/media/" in text
    assert "près du puits" in shown
    assert ["un stylo", "une chaise"] == page.locator(".body li").all_inner_texts()
    assert not page.locator("text=Traceback").count()
    assert [] == complaints(reader)


def test_two_mediators_at_one_article(demo: Box, visit: NewReader) -> None:
    """The second one's save asks what to do where both changed the same, and both are told before."""
    amina, hamid = visit("en", width=320), visit("en", width=320)
    browser_sign_in(amina.page, demo)
    browser_sign_in(hamid.page, demo, name="Hamid")
    begin(amina.page, demo)
    amina.page.fill("#title", "Clean hands")
    editor(amina.page).click()
    amina.page.keyboard.type("Wet them.")
    amina.page.click(".write-bar button[value=save]")
    amina.page.wait_for_selector(".notice.good")
    hamid.page.goto(amina.page.url)
    for page, more in ((amina.page, " Use soap."), (hamid.page, " Use ash.")):
        editor(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(more)
        page.wait_for_selector("#kept.good")
    told = hamid.page.locator("#others").inner_text()
    hamid.page.click(".write-bar button[value=save]")
    hamid.page.wait_for_selector(".notice.good")
    amina.page.click(".write-bar button[value=save]")
    amina.page.wait_for_selector(".question")
    offered = amina.page.locator(".one-of-two").all_inner_texts()
    amina.page.click(".save-bar button")
    amina.page.wait_for_selector(".notice.good")

    hamid.page.locator(".ProseMirror").click()
    hamid.page.keyboard.type("On my way out. ")
    hamid.page.click("form[action='/staff/sign-out'] button")
    hamid.page.wait_for_url(f"{demo.url}/")
    left = hamid.look("Object.keys(localStorage).filter(key => key.startsWith('kept-text'))")
    browser_sign_in(hamid.page, demo, name="Hamid")
    hamid.page.goto(amina.page.url)
    hamid.page.click("#unsaved a.main")

    assert [] == left
    assert "On my way out." in editor(hamid.page).inner_text()
    assert "Amina has this open too" in told
    assert ["Wet them. Use ash.", "Wet them. Use soap."] == offered
    assert (
        "Wet them. Use ash.\nWet them. Use soap."
        == "\n".join(editor(amina.page).locator("p").all_inner_texts()).strip()
    )


@contextmanager
def phone(browser: Browser, profile: Path) -> Iterator[Page]:
    """A browser with a memory of its own, which outlives it."""
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=program("chromium"), args=browser_arguments()
    )
    yield context.pages[0]
    with suppress(Error):
        context.close()


def kill(profile: Path) -> None:
    """As an empty battery does: all processes of the browser at once."""
    for process in psutil.process_iter(["cmdline"]):
        if any(str(profile) in part for part in process.info["cmdline"] or []):
            with suppress(psutil.NoSuchProcess):
                process.kill()


def cut_the_power(box: Box) -> None:
    """All of its processes at once, the one first that would begin others."""
    assert box.process is not None
    others = box.processes()
    box.process.kill()
    box.process.wait()
    for process in others:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def test_a_dead_battery_and_a_box_without_power_cost_nothing(browser: Browser, tmp_path: Path) -> None:
    """What was typed while the box could be reached, and what was typed when it could not."""
    profile = tmp_path / "phone"
    with running_box(tmp_path / "box") as box:
        with phone(browser, profile) as page:
            browser_sign_in(page, box)
            begin(page, box)
            address = page.url
            editor(page).click()
            page.keyboard.type("Kept on the box. ")
            page.wait_for_selector("#kept.good")
            cut_the_power(box)
            page.keyboard.type("Kept on the phone.")
            page.wait_for_selector("#kept.bad")
            page.wait_for_timeout(3000)  # the browser itself writes to the disk when it likes
            kill(profile)
        box.start()
        with phone(browser, profile) as page:
            browser_sign_in(page, box)
            page.goto(address)
            page.wait_for_selector("#unsaved")
            page.click("#unsaved a.main")

            assert "Kept on the box. Kept on the phone." == editor(page).inner_text().strip()
