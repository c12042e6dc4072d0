"""The rules of side indexes: what is missing, what is done next, what pages say of documents. No files."""

from __future__ import annotations

import pytest

from content_packs.store.library import PackRecord
from ideascube.indexing.mentions import read_mentions
from ideascube.indexing.segments import LARGEST, SMALLEST, Span, first_gap, segment_size, span_of
from ideascube.indexing.side_index import SidePlace, entry_path, place_of
from ideascube.indexing.state import IndexingState, Problem, SideState
from ideascube.indexing.tasks import Kind, Task, next_task


@pytest.mark.parametrize(
    ("spans", "total", "missing"),
    [
        ([], 0, None),
        ([], 5, Span(0, 5)),
        ([Span(0, 5)], 5, None),
        ([Span(0, 2)], 5, Span(2, 5)),
        ([Span(2, 5)], 5, Span(0, 2)),
        ([Span(0, 2), Span(4, 5)], 5, Span(2, 4)),
        ([Span(3, 5), Span(0, 3)], 5, None),
        ([Span(0, 4), Span(2, 3)], 5, Span(4, 5)),
        ([Span(0, 0)], 0, None),
    ],
)
def test_what_is_missing(spans: list[Span], total: int, missing: Span | None):
    assert missing == first_gap(spans, total)


def test_a_segment_says_in_its_name_what_it_holds():
    assert "00000002-00012345.zim" == Span(2, 12345).name
    assert Span(2, 12345) == span_of("00000002-00012345.zim")


@pytest.mark.parametrize("name", ["", "1-2.zim", "00000005-00000004.zim", "00000000-00000001.zim.bak", "notes.txt"])
def test_other_files_are_no_segments(name: str):
    assert span_of(name) is None


def test_segments_grow_so_that_there_are_few():
    sizes = [segment_size(number) for number in range(100)]

    assert SMALLEST == sizes[0]
    assert sizes == sorted(sizes)
    assert {LARGEST} == set(sizes[10:])


def test_what_is_said_in_a_film_has_its_second_in_its_path():
    assert SidePlace("film.html", 83, "film.html#t=83") == place_of(entry_path("film.html", 83.4))
    assert SidePlace("film.html", 83, "film.html#t=83~1") == place_of("film.html#t=83~1")
    assert SidePlace("a#t=b.html", -1, "a#t=b.html") == place_of("a#t=b.html")


PAGE = b"""<html><body><a class="x" href="../files/Water%20book.pdf"><b>All about</b>
 water</a> <A HREF=../files/other.pdf>Other</A> <a href="https://example.org/x.pdf">no</a>
<video><track kind="subtitles" src='../files/film.vtt'></video></body></html>"""
DOCUMENTS = {"files/Water book.pdf", "files/film.vtt"}


def test_links_name_documents_and_pages_show_subtitles():
    found = read_mentions([("pages/one.html", PAGE), ("pages/two.html", PAGE)], DOCUMENTS)

    assert {"files/Water book.pdf": "All about water"} == found.titles
    assert {"files/film.vtt": "pages/one.html"} == found.shown_on


def test_a_page_of_nothing_but_beginnings_of_tags_says_nothing():
    found = read_mentions([("a.html", b"<a href=" * 50_000), ("b.html", b"<a href='x.pdf'>" * 50_000)], {"x.pdf"})

    assert {} == found.titles


def task(pack: str = "water", kind: Kind = Kind.SIDE, size: int = 10) -> Task:
    return Task(kind, PackRecord(pack, (f"{pack}.zim",), size, "stamp"), SideState("stamp"))


def failure(needed: int = 0, *, lasting: bool = False) -> dict[str, object]:
    return {"problem": "It failed.", "needed": needed, "lasting": lasting}


def test_small_packs_come_first_and_of_one_pack_its_index():
    small, words, large = task("small"), task("small", Kind.WORDS), task("a-large-one", size=1000)
    waiting = [large, words, small]
    order = []
    while (following := next_task(waiting, 0, 0)) is not None:
        order.append(following)
        following.hear({"complete": True}, 0)

    assert [small, words, large] == order


def test_what_has_no_room_waits_for_as_much():
    full = task()
    full.hear(failure(needed=500), 0)

    assert [False, False, True] == [full.is_due(now, free) for now, free in [(0, 499), (10**9, 0), (0, 500)]]


def test_what_failed_is_tried_again_later_and_later():
    failing = task()
    waits = []
    for _ in range(10):
        failing.hear(failure(), 0)
        waits.append(failing.retry_at)

    assert [60, 120, 240] == waits[:3]
    assert 3600 == max(waits)


def test_what_cannot_be_indexed_is_left():
    failing, dying = task(), task("hostile")
    failing.hear(failure(lasting=True), 0)
    dying.died()
    after_one_death = dying.is_due(0, 0)
    dying.died()

    assert after_one_death
    assert not failing.is_due(10**9, 10**12)
    assert not dying.is_due(10**9, 10**12)
    assert "hostile" in dying.problem


def test_the_share_that_is_done():
    found = task()
    found.hear({"segments": ["00000000-00000050.zim"], "done": 50, "total": 200}, 0)
    found.hear({"done": 60}, 0)

    assert (0.3, ("00000000-00000050.zim",)) == (found.side.share, found.side.segments)


def test_packs_are_prepared_until_they_are_done_or_nothing_can_be_done():
    sides = {"a": SideState("1"), "b": SideState("1", complete=True), "c": SideState("1", held=True)}

    assert {"a"} == IndexingState(sides, (Problem("c", "The disk is full."),)).preparing
