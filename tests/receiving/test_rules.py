"""Names, bounds, paces and titles, without a server."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.days import count_day
from ideascube.box_db.uploads import (
    Announced,
    Disk,
    State,
    begin_upload,
    forget_old_uploads,
    keep_newest_finished,
    open_of,
    room_left,
    set_arrived,
    set_whole,
    touch_upload,
    uploads_of,
)
from ideascube.receiving.body import Body, BrokenOff, Pace
from ideascube.receiving.bounds import BOUNDS, MB, Bounds, Refused, reserve, room_for_more
from ideascube.receiving.file_names import LONGEST, shown_name
from ideascube.receiving.making import title_of_name

GB = 1000 * MB
LARGE = Disk(100 * GB, 50 * GB, {})


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("well.mp4", "well.mp4"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\fakepath\\photo.jpg", "photo.jpg"),
        ("/absolute/film.mp4", "film.mp4"),
        ("..", ""),
        ("", ""),
        ("   . ", ""),
        ("a\0b.mp4", "ab.mp4"),
        ("line\r\nSet-Cookie: x=1.mp4", "line Set-Cookie: x=1.mp4"),
        ("film\u202e4pm.exe", "film4pm.exe"),
        ("\u2066\u200fnotes\u2069.pdf", "notes.pdf"),
        ("\ud800broken.mp3", "broken.mp3"),
        ("CON", "CON"),
        ("aux.txt", "aux.txt"),
        ("'; DROP TABLE upload; --.jpg", "'; DROP TABLE upload; --.jpg"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
        ("{{ 7 * 7 }}.jpg", "{{ 7 * 7 }}.jpg"),
        ("%(name)s.jpg", "%(name)s.jpg"),
        ("ቡና እና ውሃ.mp4", "ቡና እና ውሃ.mp4"),
        ("می‌خواهم.mp3", "می‌خواهم.mp3"),  # its joiner is part of the word
        ("x" * 5000 + ".mp4", "x" * (LONGEST - 5) + "….mp4"),
        ("x" * 5000, "x" * (LONGEST - 1) + "…"),
        ("a." + "b" * 5000, "a." + "b" * (LONGEST - 3) + "…"),
    ],
)  # fmt: skip
def test_names_are_shown_and_nothing_else(sent: str, shown: str):
    assert shown == shown_name(sent)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Digging_a_well.mp4", "Digging a well"),
        ("IMG_20260103_101112.jpg", ""),
        ("VID-20260103-WA0007.mp4", ""),
        ("PXL_20260103.mp4", ""),
        ("image.jpg", ""),
        ("20260103.m4a", ""),
        ("image of a well.jpg", "image of a well"),
        ("بئر.mp3", "بئر"),
    ],
)
def test_a_title_to_begin_with(name: str, title: str):
    assert title == title_of_name(name)


def test_room_is_what_is_free_less_what_is_to_come_and_a_reserve():
    assert 500 * MB == reserve(100 * GB)
    assert 200 * MB == reserve(2 * GB)
    assert 50 * GB - 500 * MB - 3 * GB == room_for_more(50 * GB, 100 * GB, 3 * GB)
    assert 0 == room_for_more(400 * MB, 100 * GB, 0)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with box_database(tmp_path / "box.db") as opened:
        yield opened


def announced(size: int = 1000, person: int = 1) -> Announced:
    return Announced(person, "well.mp4", size)


def test_what_others_announced_counts_as_if_it_had_come(connection: sqlite3.Connection):
    disk = Disk(100 * GB, 10 * GB, {})
    first = begin_upload(connection, announced(4 * GB), disk)
    second = begin_upload(connection, announced(4 * GB, person=2), disk)

    with pytest.raises(Refused) as refused:
        begin_upload(connection, announced(2 * GB), disk)

    assert ("room", {"size": 2 * GB, "room": 1_500 * MB}) == (refused.value.code, refused.value.numbers)
    half_there = Disk(100 * GB, 7 * GB, {first.id: 3 * GB, second.id: 0})
    assert 1_500 * MB == room_left(connection, half_there)


def test_ten_thousand_begun_and_left_are_bounded_and_others_still_can(connection: sqlite3.Connection):
    begun = 0
    with transaction(connection):
        for _ in range(10_000):
            try:
                begin_upload(connection, announced(), LARGE)
                begun += 1
            except Refused:
                continue
    other = begin_upload(connection, announced(person=2), LARGE)

    assert BOUNDS.open == begun == len(open_of(connection, 1))
    assert [other] == open_of(connection, 2)


def test_days_are_those_on_which_the_box_ran_and_something_came(connection: sqlite3.Connection):
    count_day(connection, "2026-01-01")
    left, gone_on = (begin_upload(connection, announced(), LARGE) for _ in range(2))
    for day in ("2041-01-01", "1970-01-01", "2026-01-02", "2026-01-03"):  # a clock that jumps makes a day, not years
        count_day(connection, day)
    touch_upload(connection, gone_on.id)
    kept = forget_old_uploads(connection)
    for day in range(4, 8):
        count_day(connection, f"2026-01-0{day}")
    dropped = forget_old_uploads(connection)

    assert [0, 1] == [kept, dropped]
    assert [gone_on.id] == [each.id for each in uploads_of(connection, 1)]
    assert left.id not in [each.id for each in uploads_of(connection, 1)]


def test_of_finished_ones_the_newest_stay_in_the_list(connection: sqlite3.Connection):
    uploads = [begin_upload(connection, announced(), LARGE) for _ in range(5)]
    for each in uploads[:4]:
        set_whole(connection, each.id, each.size)
        set_arrived(connection, each.id, "0" * 64)

    keep_newest_finished(connection, 1, Bounds(kept=2))

    assert [State.RECEIVING, State.ARRIVED, State.ARRIVED] == [each.state for each in uploads_of(connection, 1)]
    assert uploads[3].id == uploads_of(connection, 1)[1].id


# ---- What a connection has to bring.


async def all_of(body: Body) -> bytes:
    content = b""
    while block := await body.block():
        content += block
    return content


async def test_a_connection_that_says_nothing_is_given_up_and_what_came_is_kept():
    async def read(most: int) -> bytes:
        if read.pieces:  # type: ignore[attr-defined]
            return read.pieces.pop()  # type: ignore[attr-defined,no-any-return]
        await asyncio.Event().wait()
        return b""

    read.pieces = [b"came", b"what "]  # type: ignore[attr-defined]
    body = Body(read, Pace(silence=0.05))

    assert b"what came" == await body.block()
    with pytest.raises(BrokenOff) as broken:
        await body.block()
    assert "slow" == broken.value.code
    body.close()


async def test_a_byte_now_and_then_is_not_enough():
    async def drip(most: int) -> bytes:
        await asyncio.sleep(0.01)
        return b"x"

    with pytest.raises(BrokenOff) as broken:
        await all_of(Body(drip, Pace(silence=1, least=1000, within=0.1)))

    assert "slow" == broken.value.code


async def test_a_connection_that_is_cut_gives_what_came_first():
    pieces = [b"a" * 100, ConnectionResetError()]

    async def read(most: int) -> bytes:
        piece = pieces.pop(0)
        if isinstance(piece, Exception):
            raise piece
        return piece

    body = Body(read)

    assert b"a" * 100 == await body.block()
    with pytest.raises(BrokenOff) as broken:
        await body.block()
    assert "cut" == broken.value.code
