"""Learners' cards on a real box, over HTTP: several phones, several workers, wrong cookies, a database that fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.progress.phones import Phone, pictures_on
from tests.support.box import Box, eventually, request, running_box

WRONG = ["sun", "sun", "sun", "sun", "sun"]  # no card has a picture twice


@pytest.fixture
def box(village: Box) -> Box:
    return village


def card_of(phone: Phone) -> list[str]:
    return pictures_on(phone.post("/card/take"))


def test_a_card_takes_along_what_the_browser_had_and_leaving_leaves_it_empty(box: Box):
    phone = Phone(box)
    phone.note()
    before = set(phone.cookies)

    pictures = card_of(phone)
    with_card = set(phone.cookies)
    mine = phone.get("/mine")
    phone.post("/card/leave")

    assert [{"progress"}, {"card"}, set()] == [before, with_card, set(phone.cookies)]
    assert 5 == len(pictures)
    assert "Digging a well" in mine.text
    assert "no-store" == mine.headers["Cache-Control"]
    assert "Digging a well" not in phone.get("/mine").text


def test_the_cookie_of_a_card_is_out_of_reach_of_scripts(box: Box):
    answer = Phone(box).post("/card/take")

    cookie = next(line for line in answer.headers.get_all("Set-Cookie") or [] if line.startswith("card="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "no-store" == answer.headers["Cache-Control"]


def test_a_card_is_open_on_two_phones_at_once(box: Box):
    one, two = Phone(box), Phone(box)
    pictures = card_of(one)
    two.enter(pictures)

    one.note("one.mp4", title="Seen on one")
    two.note("two.mp4", title="Seen on two")

    assert ["Seen on two", "Seen on one"] == sorted(
        ["Seen on one", "Seen on two"], key=lambda title: one.get("/mine").text.index(title)
    )
    assert "Seen on one" in two.get("/mine").text


def test_a_card_erased_on_one_phone_is_gone_on_the_other_which_goes_on_without(box: Box):
    one, two = Phone(box), Phone(box)
    pictures = card_of(one)
    two.enter(pictures)
    one.note(title="Seen on one")

    erased = one.post("/card/erase")
    noted = two.note("two.mp4", title="Seen later")

    assert (303, "/card?note=erased") == (erased.status, erased.headers["Location"])
    assert 204 == noted.status
    assert {"progress"} == set(two.cookies)
    assert "Seen later" in two.get("/mine").text
    assert "Seen on one" not in two.get("/mine").text
    assert 403 == Phone(box).enter(pictures).status


def test_entering_brings_what_the_phone_had_only_where_that_is_wished(box: Box):
    first = Phone(box)
    pictures = card_of(first)
    shared, own = Phone(box), Phone(box)
    shared.note("shared.mp4", title="Of somebody else")
    own.note("own.mp4", title="My own")

    shared.enter(pictures)
    own.post("/card/enter", picture=pictures, bring=1)
    mine = first.get("/mine").text

    assert "Of somebody else" not in mine
    assert "My own" in mine
    shared.post("/card/leave")
    assert {} == shared.cookies


def test_new_pictures_replace_the_old_ones(box: Box):
    one, two = Phone(box), Phone(box)
    old = card_of(one)
    two.enter(old)

    new = pictures_on(one.post("/card/renew"))

    assert one.has_card
    assert not two.has_card
    assert 403 == Phone(box).enter(old).status
    assert 303 == Phone(box).enter(new).status


def test_taking_twice_changes_nothing(box: Box):
    phone = Phone(box)
    card_of(phone)
    token = phone.cookies["card"]

    again = phone.post("/card/take")

    assert (303, "/card") == (again.status, again.headers["Location"])
    assert token == phone.cookies["card"]


def test_no_address_does_anything_on_get(box: Box):
    phone = Phone(box)
    card_of(phone)
    for path in (
        "/card/leave",
        "/card/erase",
        "/card/renew",
        "/card/take",
        "/card/enter?secret=x",
        "/keep?pack=village",
    ):
        phone.get(path)

    assert phone.has_card


@pytest.mark.parametrize("path", ["/card/take", "/card/enter", "/card/leave", "/card/erase", "/card/renew", "/keep"])
def test_forms_of_other_origins_do_nothing(box: Box, path: str):
    phone = Phone(box)
    card_of(phone)
    headers = {"Origin": box.content_url, "Cookie": f"card={phone.cookies['card']}"}

    assert 403 == request(box.url + path, "POST", headers, b"").status
    assert phone.has_card


@pytest.mark.parametrize(
    "cookies",
    [
        {"card": "x"}, {"card": "A" * 22}, {"card": "A" * 5000}, {"card": "'; DROP TABLE card; --"}, {"card": ""},
        {"progress": "x" * 3000}, {"progress": "1////"}, {"progress": "1eJyrVkpUslIqzs9NVSjJSC1KVaoFACJ6BJI="},
        {"card": "A" * 22, "progress": "1AAAA"},
    ],
)  # fmt: skip
def test_stale_and_forged_cookies_are_a_visitor_without_a_card(box: Box, cookies: dict[str, str]):
    phone = Phone(box, cookies=dict(cookies))

    answers = [phone.get(path).status for path in ("/", "/mine", "/card", "/card/enter", "/library")]
    noted = phone.note()

    assert [200] * 5 == answers
    assert 204 == noted.status
    assert "Digging a well" in phone.get("/mine").text
    assert not phone.cookies.get("card")


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"picture": "sun"}, {"next": "dragon"}, {"picture": ["dragon"] * 5}, {"undo": 1}, {"secret": "x" * 40_000},
        {"picture": ["sun"] * 500, "undo": 1}, {"picture": ["<script>"], "next": "sun"}, {"secret": "a\0b"},
    ],
)  # fmt: skip
def test_forms_of_any_shape_are_answered(box: Box, fields: dict[str, object]):
    answer = Phone(box).post("/card/enter", **fields)

    assert answer.status in (200, 403)
    assert "<script>" not in answer.text


def test_home_of_somebody_without_progress_stays_the_same(box: Box):
    phone = Phone(box)
    before = phone.get("/")
    phone.note("well.html", kind="book", title="The well")

    after = phone.get("/")

    assert before.headers["ETag"]
    assert "The well" not in before.text
    assert "The well" in after.text
    assert "no-store" == after.headers["Cache-Control"]
    assert before.body == Phone(box).get("/").body


def test_pages_packs_and_searches_are_kept_and_let_go(box: Box):
    phone = Phone(box)
    asked = phone.get("/keep?pack=village&path=well.html")
    for fields in ({"pack": "village", "path": "well.html"}, {"pack": "village"}, {"path": "search?q=clean+water"}):
        assert 303 == phone.post("/keep", **fields).status
    mine = phone.get("/mine").text

    assert "Keep this page?" in asked.text
    assert "You keep this page" in phone.get("/keep?pack=village&path=well.html").text
    assert f'href="{box.content_url}/content/village/well.html"' in mine
    assert 'href="/packs/village"' in mine
    assert 'href="/search?q=clean+water"' in mine
    assert "Search: clean water" in mine

    let_go = phone.post("/keep", pack="village", path="well.html", keep=0, back="mine")
    assert "/mine" == let_go.headers["Location"]
    assert "/content/village/well.html" not in phone.get("/mine").text


@pytest.mark.parametrize(
    "query",
    ["", "pack=nothing", "pack=village&path=nothing.html", "pack=&path=//elsewhere.org", "pack=&path=search?q=",
     "pack=village&path=%FF", "pack=village&path=" + "x" * 600, "pack=&path=packs/village"],
)  # fmt: skip
def test_what_is_not_on_the_box_cannot_be_kept(box: Box, query: str):
    phone = Phone(box)

    assert 404 == phone.get(f"/keep?{query}").status
    assert {} == phone.cookies


def test_titles_are_text(box: Box):
    phone = Phone(box)
    phone.note(title="<b onclick=alert(1)>bold</b>")

    assert "&lt;b onclick" in phone.get("/mine").text


def test_a_pack_that_left_is_left_out_and_not_forgotten(box: Box):
    phone = Phone(box)
    phone.note(pack="elsewhere", title="On another box")
    phone.note()

    assert "On another box" not in phone.get("/mine").text
    assert 200 == phone.get("/mine").status


# ---- What fails, on a box that nothing else is tried on.


@pytest.fixture(scope="module")
def own_box(small_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    data, options = tmp_path_factory.mktemp("own"), ("--workers", "2", "--searchers", "1")
    with running_box(data, small_packs / "village.zim", options=options) as box:
        box.wait_for("village")
        yield box


def test_a_thousand_guesses_open_no_card_and_keep_nobody_else_out(own_box: Box):
    holder = Phone(own_box, "127.0.0.2")
    pictures = card_of(holder)
    attacker = Phone(own_box, "127.0.0.66")
    with attacker.staying_connected():
        guesses = [attacker.enter(WRONG) for _ in range(999)]

    right = attacker.enter(pictures)
    other = Phone(own_box, "127.0.0.3").enter(pictures)
    many = [Phone(own_box, f"127.0.{number}.99").enter(WRONG).status for number in range(90)]
    own_box.stop()
    own_box.start()
    after_start = Phone(own_box, "127.0.0.4").enter(pictures)

    assert [403] * 40 == [guess.status for guess in guesses[:40]]
    assert {429} == {guess.status for guess in guesses[40:]}
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert "Try again in 1 minute." in guesses[40].text
    assert (429, {}) == (right.status, attacker.cookies)
    assert 303 == other.status
    assert (403, 429) == (many[0], many[-1])
    assert 429 == after_start.status
    assert holder.has_card


def test_a_damaged_database_stops_no_page_and_is_told(own_box: Box):
    phone = Phone(own_box)
    card_of(phone)
    for name in ("box.db-wal", "box.db-shm"):
        (own_box.data / name).unlink(missing_ok=True)
    (own_box.data / "box.db").unlink()
    (own_box.data / "box.db").write_text("no database " * 500)

    pages = {path: phone.get(path) for path in ("/", "/mine", "/card", "/library", "/keep?pack=village")}
    taken = Phone(own_box).post("/card/take")
    kept = phone.post("/keep", pack="village")

    assert {200} == {page.status for page in pages.values()}
    assert "Your card can't be read just now." in pages["/mine"].text
    assert "Cards can't be used just now." in pages["/card"].text
    assert (503, 503, 503) == (taken.status, kept.status, phone.note().status)
    assert "Cards can't be used just now." in taken.text
    assert "This could not be kept just now." in kept.text
    assert 204 == Phone(own_box).note().status
    assert "Traceback" not in own_box.log
    assert own_box.log.count("box.db is damaged") <= 8  # once for each web worker, and each task of the jobs process

    (own_box.data / "box.db").unlink()
    eventually(lambda: Phone(own_box).post("/card/take").status == 200)
    phone.post("/card/leave")
    assert {} == phone.cookies


def test_a_database_that_somebody_holds_is_read_and_not_waited_for_long(own_box: Box):
    phone = Phone(own_box)
    card_of(phone)
    phone.note()
    with sqlite3.connect(own_box.data / "box.db", isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")

        mine, noted = phone.get("/mine"), phone.note("other.mp4")

        holder.execute("ROLLBACK")
    assert "Digging a well" in mine.text
    assert 503 == noted.status
    assert 204 == phone.note("other.mp4").status
