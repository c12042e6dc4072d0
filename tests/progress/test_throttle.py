"""How many wrong tries are free and how waits grow: the rules, without a box."""

from __future__ import annotations

import pytest

from ideascube.progress.throttle import ENTERING
from ideascube.throttle import Level, Limit, counted_address, level_at, raised, wait_left

ADDRESS, BOX = ENTERING
DAY = 24 * 3600


def tries(limits: list[Limit], seconds: int) -> int:
    """How many tries an attacker makes who tries whenever no limit makes them wait."""
    levels = [Level() for _ in limits]
    made = now = 0
    while now < seconds:
        wait = max(wait_left(level, now, limit) for level, limit in zip(levels, limits, strict=True))
        if wait:
            now += wait
            continue
        levels = [raised(level, now, limit) for level, limit in zip(levels, limits, strict=True)]
        made += 1
    return made


def test_a_class_of_thirty_may_all_be_wrong_at_once():
    level = Level()
    for _ in range(30):
        level = raised(level, 1000, ADDRESS)

    assert 0 == wait_left(level, 1000, ADDRESS)


def test_waits_grow_and_end():
    level, waits = Level(ADDRESS.free - 1, 0), []
    for _ in range(8):
        level = raised(level, level.at + wait_left(level, level.at, ADDRESS), ADDRESS)
        waits.append(wait_left(level, level.at, ADDRESS))

    assert [30, 60, 120] == waits[:3]
    assert max(waits) <= ADDRESS.longest_wait


def test_an_address_makes_few_tries_a_day():
    assert tries([ADDRESS], DAY) < 40 + 144 + 10


def test_many_addresses_make_few_more_for_the_box_as_a_whole():
    assert tries([BOX], DAY) < 120 + 288 + 10


def test_one_address_alone_never_makes_the_others_wait():
    address, box, now = Level(), Level(), 0
    highest = 0.0
    while now < 10 * DAY:
        now += wait_left(address, now, ADDRESS)
        address, box = raised(address, now, ADDRESS), raised(box, now, BOX)
        highest = max(highest, box.level)

    assert highest < BOX.free / 2


def test_a_thousand_guesses_of_many_addresses_take_days():
    assert tries([BOX], 3 * DAY) < 1000


@pytest.mark.parametrize("now", [0, 10**9, 2 * 10**9])
def test_a_clock_that_is_wrong_neither_forgives_nor_locks_for_long(now: int):
    level = Level(200, 10**9)

    assert wait_left(level, now, BOX) <= BOX.longest_wait
    assert (0 if now > level.at else 200) == level_at(level, now, BOX)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("fe80::1:2:3:4%wlan0", "fe80::/64"),
        ("2001:db8:0:5:aaaa::1", "2001:db8:0:5::/64"),
        ("2001:db8:0:5:bbbb::2", "2001:db8:0:5::/64"),
        ("", ""),
        ("nowhere", ""),
    ],
)
def test_a_phone_has_one_address_whatever_it_calls_itself(address: str, counted: str):
    assert counted == counted_address(address)
