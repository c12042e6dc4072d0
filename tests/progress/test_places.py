"""Places and what a browser keeps of them: pure rules."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideascube.progress.cookie import MOST_BYTES, read_cookie, write_cookie
from ideascube.progress.places import Place, Progress, checked, merged, with_place

FILM = Place("film", "water", "films/wells.mp4", 65, 300, "Digging a well", "2026-11-24")
BOOK = Place("book", "tales", "tales.epub", 3, 12, "الصنبور والجرة", "2026-11-23")
KEPT = Place("kept", "tales", "", title="Tales", day="2026-11-20")


def test_a_browser_gives_back_what_it_was_given():
    assert [BOOK, FILM, KEPT] == read_cookie(write_cookie([BOOK, FILM, KEPT]))


def test_the_cookie_stays_small_and_drops_the_oldest():
    many = [replace(FILM, path=f"films/{number * 7919}.mp4", title=f"Film {number * 104729}") for number in range(300)]

    text = write_cookie([KEPT, *many])

    assert len(text) <= MOST_BYTES
    kept = read_cookie(text)
    assert [KEPT, *many[1 - len(kept) :]] == kept
    assert len(kept) > 30


def test_what_is_kept_on_purpose_does_not_push_everything_else_out():
    many = [replace(KEPT, path=f"{number * 7919}.html", title=f"Page {number * 104729}") for number in range(300)]

    kept = read_cookie(write_cookie([BOOK, FILM, *many]))

    assert [BOOK, FILM] == kept[:2]


@given(st.text(max_size=3000) | st.binary(max_size=2000).map(lambda raw: "1" + base64.urlsafe_b64encode(raw).decode()))
def test_whatever_a_visitor_puts_there_is_read(text: str):
    assert all(isinstance(place, Place) for place in read_cookie(text))


def forged(value: object) -> str:
    packing = zlib.compressobj(9, wbits=-15)
    return "1" + base64.urlsafe_b64encode(packing.compress(msgspec.msgpack.encode(value)) + packing.flush()).decode()


@pytest.mark.parametrize(
    "value",
    [
        7, {"a": 1}, [], [[9, "p", "x", 0, 0, "", ""]], [[-1, "p", "x", 0, 0, "", ""]], [[0, "p", "x", 0]], [[[[[]]]]],
        [[0, "p", "x", float("nan"), 0, "", ""]], [[0, "p", "x", -5, 0, "", ""]], [[0, "p" * 900, "x", 0, 0, "", ""]],
        [[0, "p", "x\0y", 0, 0, "", ""]], [[0, "p", "x", 0, 0, "", "the day before yesterday"]], ["x" * 10_000_000],
    ],
)  # fmt: skip
def test_forged_places_are_left_out(value: object):
    assert [] == read_cookie(forged(value))


def test_one_forged_place_does_not_take_the_others_away():
    row = [0, FILM.pack, FILM.path, 65, 300, FILM.title, FILM.day]

    assert [FILM] == read_cookie(forged([["nonsense"], row]))


def test_a_place_is_bounded_before_it_is_kept():
    assert "Digging a well" == (checked(replace(FILM, title=" Digging \n a well ")) or BOOK).title
    assert 120 == len((checked(replace(FILM, title="ا" * 900)) or BOOK).title)
    assert "a ? b" == (checked(replace(FILM, title="a \ud800 b")) or BOOK).title
    for wrong in ({"path": "x" * 501}, {"pack": "x" * 201}, {"at": -1}, {"at": float("inf")}, {"path": "\udcff"}):
        assert checked(replace(FILM, **wrong)) is None  # type: ignore[arg-type]


def test_films_go_where_one_is_and_quizzes_keep_the_best():
    quiz = Place("quiz", "water", "wells/check", 80, 100)

    assert 10 == merged(FILM, replace(FILM, at=10)).at
    assert "Digging a well" == merged(FILM, replace(FILM, title="")).title
    assert 80 == merged(quiz, replace(quiz, at=40)).at
    assert 90 == merged(quiz, replace(quiz, at=90)).at


def test_the_newest_comes_last_and_is_there_once():
    assert [BOOK, replace(FILM, at=70)] == with_place([FILM, BOOK], replace(FILM, at=70))


def test_places_are_found():
    steps = [Place("lesson", "water", f"wells/{name}", 1, 1) for name in ("one", "two")]
    progress = Progress([FILM, *steps, KEPT, BOOK])

    assert FILM == progress.get("film", "water", "films/wells.mp4")
    assert progress.get("book", "water", "films/wells.mp4") is None
    assert steps == progress.below("lesson", "water", "wells/")
    assert [BOOK, steps[1]] == progress.latest(2)
    assert [KEPT] == progress.latest(5, ("kept",))
