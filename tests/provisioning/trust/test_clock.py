"""What time it is, and what has expired, for a box whose clock may be wrong."""

from __future__ import annotations

import re
from pathlib import Path

from provisioning.trust.clock import BUILT as RELEASED
from provisioning.trust.clock import Clock, Expiry, moment, written
from tests.support.hubs import day

BUILT = day("2026-11-01")


def clock(system: str, **known: str) -> Clock:
    return Clock(day(system), BUILT, **{name: day(value) for name, value in known.items()})


def test_a_clock_in_1970_knows_what_has_certainly_passed():
    box = clock("1970-01-01", signed="2027-02-01")

    assert Expiry.EXPIRED == box.judge(day("2026-12-01"))
    assert Expiry.VALID == box.judge(day("2027-12-01"))
    assert day("2027-02-01") == box.best
    assert box.is_behind
    assert "This box's clock says 1970-01-01, and it is 2027-02-01 at least: set the clock." == box.problem


def test_a_clock_in_2099_alone_decides_nothing():
    box = clock("2099-01-01")

    assert Expiry.PERHAPS == box.judge(day("2027-12-01"))
    assert Expiry.EXPIRED == box.judge(day("2026-10-01"))


def test_a_server_knows_better_than_the_clock():
    box = clock("2099-01-01", server="2027-03-01")

    assert Expiry.VALID == box.judge(day("2027-12-01"))
    assert Expiry.EXPIRED == box.judge(day("2027-02-01"))
    assert "This box's clock says 2099-01-01, and a server says 2027-03-01: set the clock." == box.problem
    assert day("2027-03-01") == box.best


def test_a_clock_that_is_right_is_believed():
    box = clock("2027-03-01", signed="2027-02-28", server="2027-03-01")

    assert "" == box.problem
    assert day("2027-03-01") == box.best


def test_a_clock_a_few_hours_off_is_nobodys_trouble():
    assert "" == Clock(day("2027-03-01"), BUILT, server=day("2027-03-01T20:00")).problem
    assert "" == Clock(day("2027-03-01T20:00"), BUILT, server=day("2027-03-01")).problem


def test_moments_are_written_as_they_are_read():
    assert day("2027-03-01T12:34:56") == moment(written(day("2027-03-01T12:34:56")))
    assert moment("yesterday") is None
    assert moment(None) is None


def test_the_day_of_the_last_release_is_known():
    changelog = (Path(__file__).parents[3] / "CHANGELOG.md").read_text()
    releases = re.findall(r"^## \[[^]]+\] - (\d{4}-\d{2}-\d{2})$", changelog, re.MULTILINE)

    assert all(day(released) <= RELEASED for released in releases)
