"""A pack of an attacker, opened by a visitor who has chosen a language: what it can read, change and reach.

What is promised: docs/decisions/0004-pack-origins.md. Each attack of `packs/hostile/attack.js` has its name there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import NewReader
from tests.browser.folder_packs import zim_of_folder
from tests.browser.internet import Internet, internet
from tests.browser.origins import KINDS, Origins, box_with
from tests.browser.reader import Reader
from tests.support.box import request
from tests.support.zims import make_zim

pytestmark = pytest.mark.browser

OTHER = """<html><title>Other</title><body><h1>Another pack</h1>
<script>localStorage.setItem("secret", "of the other"); document.cookie = "other=secret; path=/";</script>"""


@pytest.fixture(scope="module", params=KINDS)
def origins(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Origins]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    packs = [
        zim_of_folder("hostile", folder),
        make_zim(folder / "other.zim", {"index.html": ("text/html", OTHER)}, main="index.html"),
    ]
    with box_with(request.param, folder / "data", *packs) as box:
        yield box


@pytest.fixture
def outside() -> Iterator[Internet]:
    with internet() as place:
        yield place


def test_a_hostile_pack_reads_changes_and_reaches_nothing(
    origins: Origins, outside: Internet, visit: NewReader
) -> None:
    reader = visit("en")
    choose_french(reader, origins)

    loot = attack(reader, origins, outside)

    assert {} == loot["read"]
    assert {} == loot["reach"]
    assert [] == outside.asked
    assert [] == [answer.url for answer in reader.answers if reached_app_behind_the_page(answer, origins)]
    assert_french(reader, origins)


def test_where_a_browser_knows_no_policy_the_app_still_gives_nothing_away(
    origins: Origins, outside: Internet, visit: NewReader
) -> None:
    """Old browsers ignore what they don't know; the app does not count on the policy alone."""
    reader = visit("en", bypass_csp=True)
    choose_french(reader, origins)

    loot = attack(reader, origins, outside)

    assert {} == loot["read"]
    assert "POST /language" in outside.asked, "the attack did not run"
    assert_french(reader, origins)


@pytest.mark.parametrize("origins", ["hosts"], indirect=True)
def test_packs_with_hosts_of_their_own_keep_what_they_store_to_themselves(
    origins: Origins, outside: Internet, visit: NewReader
) -> None:
    """On one port packs share an origin; that much is said in the record's consequences."""
    reader = visit("en")
    reader.page.goto(f"{origins.pack('other')}/content/other/index.html")
    assert "other=secret" == reader.look("document.cookie")

    loot = attack(reader, origins, outside)

    assert {} == loot["others"]
    assert [0, ""] == reader.look("[localStorage.length, document.cookie]")


def test_no_other_site_may_frame_the_app(origins: Origins, outside: Internet, visit: NewReader) -> None:
    reader = visit("en")

    reader.page.goto(f"{outside.url}/frame?{origins.app}/")
    reader.page.wait_for_load_state("networkidle")

    assert ["chrome-error://chromewebdata/"] == [frame.url for frame in reader.page.frames[1:]]


def test_no_other_site_may_frame_a_pack(origins: Origins, outside: Internet, visit: NewReader) -> None:
    reader = visit("en")

    reader.page.goto(f"{outside.url}/frame?{origins.pack('other')}/content/other/index.html")
    reader.page.wait_for_load_state("networkidle")

    assert ["chrome-error://chromewebdata/"] == [frame.url for frame in reader.page.frames[1:]]


@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "../../secret", "ar", "\\"])
def test_what_a_pack_writes_into_cookies_is_no_more_than_a_choice_of_language(
    origins: Origins, visit: NewReader, value: str
) -> None:
    """Cookies know no ports (RFC 6265, 8.5): a pack may set one that the app will see."""
    reader = visit("en")
    choose_french(reader, origins)
    reader.page.goto(f"{origins.pack('hostile')}/content/hostile/quiet.html")

    reader.look(f"document.cookie = 'language=' + {json.dumps(value)} + '; path=/library'")
    answer = reader.page.goto(f"{origins.app}/library")

    assert answer is not None
    assert 200 == answer.status
    assert reader.look("document.documentElement.lang") in (["fr"] if origins.by_host else ["en", "fr", "ar"])


def test_what_packs_write_into_cookies_shuts_nobody_out(origins: Origins, visit: NewReader) -> None:
    """Many crawled sites keep much there, and on one port it all comes together."""
    reader = visit("en")
    reader.page.goto(f"{origins.pack('hostile')}/content/hostile/quiet.html")

    reader.look("for (let i = 0; i < 30; i++) document.cookie = `visit${i}=${'x'.repeat(4000)}; path=/`")

    for address in (f"{origins.app}/library", f"{origins.pack('hostile')}/content/hostile/quiet.html"):
        answer = reader.page.goto(address)
        assert answer is not None
        assert 200 == answer.status, address


@pytest.mark.parametrize(
    "path",
    [
        "/content/hostile/index.html",
        "/content/hostile/attack.js",
        "/content/hostile/none",
        "/content/hostile/none?format=json",
        "/content/none/none",
        "/raw/hostile/content/index.html",
        "/raw/hostile/meta/Title",
        "/raw/hostile/content/none",
        "/raw/none/content/none",
        "/suggest",
        "/health",
        "/static/none",
        "/favicon.ico",
        "/",
        "/" + "a" * 300_000,
        "/%00",
        "/%ff%fe",
    ],
    ids=lambda path: path[:30],
)
def test_every_answer_on_a_packs_origin_has_a_policy(origins: Origins, path: str) -> None:
    """A document without one, framed by a pack, would be free to reach whatever the pack may not."""
    host = origins.pack("hostile").removeprefix("http://")
    server = origins.box.url if origins.by_host else origins.box.content_url

    answer = request(server + path, headers={"Host": host})

    policy = answer.headers.get("Content-Security-Policy", "")
    is_redirect = 300 <= answer.status < 400  # of which a browser makes no document
    assert is_redirect or "default-src" in policy, f"{answer.status} without a policy"


def choose_french(reader: Reader, origins: Origins) -> None:
    reader.page.goto(origins.app)
    reader.page.locator("footer summary").click()
    reader.page.get_by_role("button", name="Français").click()
    reader.waits_for("document.documentElement.lang === 'fr'")


def assert_french(reader: Reader, origins: Origins) -> None:
    """The visitor's choice is as it was: the only thing that the app keeps of them."""
    kept = [cookie for cookie in reader.context.cookies(origins.app) if cookie["name"] == "language"]
    assert [("fr", True)] == [(cookie["value"], cookie["httpOnly"]) for cookie in kept]
    reader.page.goto(f"{origins.app}/library")
    assert "fr" == reader.look("document.documentElement.lang")


def attack(reader: Reader, origins: Origins, outside: Internet) -> Any:
    """Open the hostile pack and wait until it has tried everything; what it got, by kind and name of the attack."""
    other = f"{origins.pack('other')}/content/other/index.html"
    targets = f"app={origins.app}&internet={outside.url}&other={other}"
    reader.answers.clear()
    reader.page.goto(f"{origins.pack('hostile')}/content/hostile/index.html#{targets}")
    reader.waits_for("window.loot")
    return reader.look("window.loot")


def reached_app_behind_the_page(answer: Response, origins: Origins) -> bool:
    """Whether the app was asked for something by a page of the pack.

    What it may be asked for: to be opened as a page, all that its own pages ask for then, and the style and the
    drawings of a page about an error, which it lends to the packs' origins.
    """
    asked = answer.request
    is_of_app = answer.url.startswith(f"{origins.app}/")
    is_opened = asked.is_navigation_request() and asked.frame.parent_frame is None
    is_own = asked.headers.get("referer", "").startswith(f"{origins.app}/")
    is_lent = answer.url.startswith(f"{origins.app}/static/")
    return is_of_app and not (is_opened or is_own or is_lent)
