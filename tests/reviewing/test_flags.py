"""Flags of learners: counted by page and reason, bounded, throttled, answered as of what was seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.flags import add_flag, answer_flags, count_flagged, list_flagged, load_flagged
from ideascube.people.once import new_once
from ideascube.reviewing.flags import LONGEST_WORD, MOST_PAGES, MOST_WORDS, OF_ADDRESS, OF_BOX, Flag, Page, bounded_word

KEY = b"k" * 32
STORY = Page("", "items/abcdefghij", "The hare")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with box_database(tmp_path / "box.db") as connection, transaction(connection):
        yield connection


def send(box: sqlite3.Connection, page: Page = STORY, reason: str = "wrong", word: str = "", **more: object) -> int:
    """One flag, from an address that nobody else has and at a time when the box has forgiven all others."""
    send.sent = getattr(send, "sent", 0) + 1
    address = str(more.pop("address", f"10.0.{send.sent // 250}.{send.sent % 250}"))
    now = int(more.pop("now", send.sent * 100_000))
    return add_flag(box, KEY, address, now, Flag(page, reason, word, str(more.pop("once", new_once()))))  # type: ignore[arg-type]


def test_many_flags_of_a_page_are_one_line_with_their_counts_and_words(box: sqlite3.Connection) -> None:
    for reason, word in (("wrong", "It is five minutes."), ("wrong", ""), ("private", "This is my sister.")):
        send(box, reason=reason, word=word)

    (flagged,) = list_flagged(box)
    assert flagged.counts == {"wrong": 2, "hurts": 0, "private": 1, "other": 0}
    assert [word.text for word in flagged.words] == ["This is my sister.", "It is five minutes."]
    assert flagged.total == 3


def test_what_hurts_or_shows_somebody_comes_first_then_what_many_flagged(box: sqlite3.Connection) -> None:
    for path, reason, times in (("a", "wrong", 3), ("b", "hurts", 1), ("c", "other", 4)):
        for _ in range(times):
            send(box, Page("pack", path), reason)

    assert [each.page.path for each in list_flagged(box)] == ["b", "c", "a"]


def test_a_form_that_is_sent_twice_counts_once(box: sqlite3.Connection) -> None:
    once = new_once()

    assert send(box, once=once) == send(box, once=once) == 0
    assert list_flagged(box)[0].total == 1


def test_an_answer_is_about_what_was_seen(box: sqlite3.Connection) -> None:
    send(box)
    seen = list_flagged(box)[0].turn
    send(box, word="One more")

    assert not answer_flags(box, "", STORY.path, seen, kept=True)
    assert list_flagged(box)[0].total == 2


def test_what_was_left_as_it_is_waits_no_more_and_says_so_when_it_is_flagged_again(box: sqlite3.Connection) -> None:
    send(box, word="Wrong")
    assert answer_flags(box, "", STORY.path, list_flagged(box)[0].turn, kept=True)

    assert count_flagged(box) == 0
    assert load_flagged(box, "", STORY.path) is None
    send(box)
    again = load_flagged(box, "", STORY.path)
    assert again is not None
    assert (again.kept, again.total, again.words) == (1, 1, [])


def test_an_answer_of_before_is_not_one_to_flags_of_later(box: sqlite3.Connection) -> None:
    send(box)
    seen = list_flagged(box)[0].turn
    answer_flags(box, "", STORY.path, seen, kept=True)
    send(box)

    assert not answer_flags(box, "", STORY.path, seen, kept=True)


def test_one_phone_waits_after_ten_and_a_class_beside_it_does_not(box: sqlite3.Connection) -> None:
    for number in range(OF_ADDRESS.free):
        assert send(box, Page("pack", str(number)), address="10.9.9.9", now=1000) == 0

    assert send(box, address="10.9.9.9", now=1000) == OF_ADDRESS.first_wait
    assert count_flagged(box) == OF_ADDRESS.free
    assert send(box, address="10.9.9.8", now=1000) == 0


def test_the_box_bounds_what_many_addresses_send(box: sqlite3.Connection) -> None:
    waits = [send(box, Page("pack", str(n)), address=f"10.7.{n % 200}.{n // 200}", now=5000) for n in range(300)]

    assert waits.count(0) == OF_BOX.free
    assert waits[OF_BOX.free] > 0


def test_of_too_many_pages_the_answered_and_the_least_flagged_are_forgotten(box: sqlite3.Connection) -> None:
    for _ in range(2):
        send(box, STORY, "hurts")
    send(box, Page("pack", "answered"))
    answer_flags(box, "pack", "answered", list_flagged(box)[-1].turn, kept=True)
    for number in range(MOST_PAGES + 5):
        send(box, Page("pack", f"page-{number}"))

    assert box.execute("SELECT count(*) FROM flag").fetchone()[0] == MOST_PAGES
    assert list_flagged(box)[0].page == STORY
    assert not box.execute("SELECT 1 FROM flag WHERE path IN ('answered', 'page-0')").fetchall()


def test_words_of_one_page_are_bounded(box: sqlite3.Connection) -> None:
    for number in range(MOST_WORDS + 3):
        send(box, word=f"word {number}")

    (flagged,) = list_flagged(box)
    assert flagged.total == MOST_WORDS + 3
    assert [word.text for word in flagged.words][-1] == "word 3"


def test_a_word_is_one_line_and_bounded() -> None:
    assert bounded_word("  a\r\n b\t c ") == "a b c"
    assert len(bounded_word("x" * 5000)) == LONGEST_WORD


def test_nothing_says_who_flagged(box: sqlite3.Connection) -> None:
    send(box, word="Wrong", address="10.1.2.3", now=1_234_567_890)

    stored = [str(row) for table in ("flag", "flag_word") for row in box.execute(f"SELECT * FROM {table}")]
    assert not any("10.1.2.3" in row or "1234567890" in row for row in stored)
