"""A box from its first start on: set up with the console's code, people added, a shared tablet with PINs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box, eventually, running_box
from tests.support.staff import browser_sign_in
from tests.support.zims import make_zim

pytestmark = pytest.mark.browser

PASSWORD = "le puits est profond"


@pytest.fixture(scope="module")
def new_box(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """One that nobody has set up; asks for the browser first, since a skip costs nothing then."""
    options = ("--workers", "2", "--searchers", "1")
    with running_box(tmp_path_factory.mktemp("new"), options=options) as box:
        yield box


def code_of(box: Box) -> str:
    """What the console says."""
    line = re.compile(r"^To set up this box: http://\S+/staff/first, code (\d{4}-\d{4})$", re.MULTILINE)
    return str(eventually(lambda: line.search(box.log))[1])


def fill(reader: Reader, **fields: str) -> None:
    for name, value in fields.items():
        reader.page.fill(f"[name={name}]", value)


def send(reader: Reader, action: str) -> None:
    reader.page.click(f"form[action='{action}'] button:not([type=button])")


def is_wide(reader: Reader) -> bool:
    """Whether anything stands out of the page at the side."""
    return bool(reader.look("document.documentElement.scrollWidth > window.innerWidth"))


def test_a_box_is_set_up_by_who_reads_the_console_and_a_tablet_is_shared(new_box: Box, visit: NewReader):
    """In French without scripts, at 320 pixels; then on a tablet in Arabic."""
    operator = visit("fr", width=320, java_script_enabled=False)
    page = operator.page
    page.goto(f"{new_box.url}/staff")
    page.click("main a[href='/staff/first']")
    for language in ("es", "sw", "ku", "uk", "fa", "ps", "bn", "my", "ti"):
        page.uncheck(f"[name=languages][value={language}]")
    fill(operator, code="0000-0000", box_name="Médiathèque du camp", name="Zoé", password=PASSWORD, again=PASSWORD)
    send(operator, "/staff/first")
    refused = page.locator("#code-problem").count(), page.input_value("[name=name]"), page.input_value("[name=again]")
    fill(operator, code=code_of(new_box))
    send(operator, "/staff/first")

    assert (1, "Zoé", PASSWORD) == refused
    assert f"{new_box.url}/staff" == page.url
    assert "Zoé" in page.inner_text(".who")
    assert "Médiathèque du camp" == page.inner_text(".brand bdi")
    assert ["en", "fr", "ar"] == sorted(
        (str(each.get_attribute("value")) for each in page.locator("form.languages button").all()),
        key=["en", "fr", "ar"].index,
    )

    learner = visit("de", width=320)
    learner.page.goto(new_box.url)
    assert "fr" == learner.look("document.documentElement.lang")  # the usual language of this box

    page.goto(f"{new_box.url}/staff/people/add")
    fill(operator, name="أمينة")
    page.check("[name=role][value=mediator]")
    send(operator, "/staff/people/add")
    drawn = page.inner_text(".to-write-down")

    tablet = visit("ar", width=320)
    tablet.page.goto(f"{new_box.url}/staff/devices")
    fill(tablet, name="أمينة", password=drawn)
    send(tablet, "/staff/sign-in")
    asked_for_her_own = tablet.page.url
    fill(tablet, password="ماء البئر نظيف", again="ماء البئر نظيف")
    send(tablet, "/staff/me/password")
    tablet.page.goto(f"{new_box.url}/staff/me/pin")
    fill(tablet, current="ماء البئر نظيف", pin="٢٧١٨٢٨")
    send(tablet, "/staff/me/pin")
    tablet.page.goto(f"{new_box.url}/staff/devices")
    send(tablet, "/staff/devices")
    tablet.page.click("form[action='/staff/sign-out'] button")
    tablet.page.goto(f"{new_box.url}/staff/me")
    names = tablet.page.locator(".names bdi").all_inner_texts()
    tablet.page.click(".names a")
    fill(tablet, pin="271829")
    send(tablet, "/staff/sign-in/pin")
    wrong = tablet.page.locator("[role=alert]").count()
    fill(tablet, pin="271828")
    send(tablet, "/staff/sign-in/pin")

    assert f"{new_box.url}/staff/me/password" == asked_for_her_own
    assert (["أمينة"], 1) == (names, wrong)
    assert f"{new_box.url}/staff/me" == tablet.page.url
    assert not is_wide(tablet)
    assert "" == tablet.look("document.cookie")
    assert 1 == len(operator.complaints)  # the browser's own about the status of the wrong code


EVIL = """<html><title>Evil</title><body><h1>Evil</h1><script>
for (const name of ["session", "device", "known"]) {
  for (const path of ["/", "/staff", "/staff/me"]) document.cookie = `${name}=${"x".repeat(43)}; path=${path}`;
}
document.title = "read: " + document.cookie;
</script>
<form method="post" action="APP/staff/me/name"><input name="name" value="Mallory"><input name="token" value="">
<button>Win</button></form>"""


def test_a_pack_on_the_second_port_neither_reads_nor_uses_who_is_signed_in(
    browser: Browser, tmp_path: Path, visit: NewReader
):
    """Cookies know no ports: the pack's pages are sent the mediator's, and may set more of that name."""
    box = Box(tmp_path / "evil", ("--workers", "2", "--searchers", "1"))
    pages = {"index.html": ("text/html", EVIL.replace("APP", box.url))}
    box.add(make_zim(tmp_path / "evil.zim", pages, main="index.html"))
    box.start()
    try:
        box.wait_for("evil")
        mediator = visit("en", bypass_csp=True)  # as a browser that knows no policy of content
        browser_sign_in(mediator.page, box)
        mediator.page.goto(f"{box.content_url}/content/evil/index.html")
        read = mediator.page.title()
        mediator.page.click("button")
        refused = mediator.page.content()
        mediator.page.goto(f"{box.url}/staff/me")
        still = mediator.page.inner_text(".who")
    finally:
        box.stop()

    own = [each["value"] for each in mediator.context.cookies() if each["name"] == "session" and each["httpOnly"]]
    assert 1 == len(own)
    assert own[0] not in read
    assert "This form was not sent by a page of this box." in refused
    assert "Amina" in still
