"""`/mine` and home say where somebody stopped, with what real packs have: films, books, courses."""

from __future__ import annotations

import re

import pytest

from tests.progress.phones import Phone
from tests.support.box import Box

FILM = "washing-hands.mp4"


@pytest.fixture
def phone(demo: Box) -> Phone:
    return Phone(demo)


def section(page: str, name: str) -> str:
    """The part of the page below the heading with this id."""
    found = re.search(rf'<h2 id="{name}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_a_film_goes_on_where_it_stopped_and_then_is_finished(phone: Phone):
    phone.note(FILM, pack="washing-hands-film", at=20, of=60, title="Washing hands")
    begun = phone.get("/mine").text
    home = phone.get("/").text
    phone.note(FILM, pack="washing-hands-film", at=58, of=60)
    over = phone.get("/mine").text

    assert f'href="/watch/washing-hands-film/{FILM}"' in section(begun, "begun")
    assert "0:20 of 1:00" in section(begun, "begun")
    assert f'href="/watch/washing-hands-film/{FILM}"' in section(home, "go-on")
    assert "" == section(over, "begun")
    assert f'href="/watch/washing-hands-film/{FILM}"' in section(over, "finished")
    assert "" == section(phone.get("/").text, "go-on")


def test_a_course_is_there_once_with_how_much_is_done(phone: Phone):
    for step in ("boil", "chlorine"):
        phone.note(f"six-lessons/{step}", kind="lesson", pack="safe-water", at=1, of=1, title=step)
    phone.note("six-lessons/water.quiz:before", kind="quiz", pack="safe-water", at=50, of=100)

    begun = section(phone.get("/mine").text, "begun")

    assert 1 == begun.count('href="/courses/safe-water/six-lessons"')
    assert re.search(r"3 of \d+ done", begun)


def test_courses_that_are_gone_are_left_out(phone: Phone):
    phone.note("other/boil", kind="lesson", pack="safe-water", at=1, of=1, title="Gone")
    phone.note("six-lessons/boil", kind="lesson", pack="nowhere", at=1, of=1, title="Gone")

    assert "" == section(phone.get("/mine").text, "begun")


def test_every_page_of_a_pack_can_be_kept(phone: Phone):
    asked = re.search(r'href="(/keep\?[^"]*)"', phone.get("/packs/safe-water").text)
    assert asked

    assert 200 == phone.get(asked[1].replace("&amp;", "&")).status


def test_what_is_kept_leads_to_the_page_of_the_app_where_there_is_one(phone: Phone, demo: Box):
    for path in (FILM, "index.en.html"):
        assert 303 == phone.post("/keep", pack="washing-hands-film", path=path).status
    assert 303 == phone.post("/keep", pack="safe-water", path="boil.en.html").status

    kept = section(phone.get("/mine").text, "kept")

    assert f'href="/watch/washing-hands-film/{FILM}"' in kept
    assert "boil" in kept
    assert 3 == kept.count('name="keep" value="0"')
