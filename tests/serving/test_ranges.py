"""Byte ranges as rules, on numbers of which real films are only a few."""

from __future__ import annotations

import pytest

from ideascube.web.ranges import NotSatisfiableError, Span, etag_matches, if_range_allows, parse_range


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        ("bytes=0-99", [Span(0, 100)]),
        ("bytes=0-", [Span(0, 1000)]),
        ("bytes=-1", [Span(999, 1000)]),
        ("bytes=-5000", [Span(0, 1000)]),
        ("bytes=900-5000", [Span(900, 1000)]),
        ("BYTES = 1-2 , 4-5", [Span(1, 3), Span(4, 6)]),
        ("bytes=0-1,2000-", [Span(0, 2)]),
        ("bytes=5-4", []),
        ("pages=1-2", []),
        ("bytes=" + ",".join(["0-1"] * 17), []),
        ("bytes=0-,0-", []),
    ],
)
def test_what_is_asked_for(header: str, spans: list[Span]) -> None:
    assert parse_range(header, 1000) == spans


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=-0", "bytes=99999999999999999999999-"])
def test_what_cannot_be_had(header: str) -> None:
    with pytest.raises(NotSatisfiableError):
        parse_range(header, 1000)


def test_nothing_can_be_had_of_nothing() -> None:
    with pytest.raises(NotSatisfiableError):
        parse_range("bytes=0-0", 0)


def test_if_range_asks_for_the_very_same() -> None:
    assert if_range_allows(None, '"a"')
    assert if_range_allows('"a"', '"a"')
    assert not if_range_allows('W/"a"', '"a"')


def test_if_none_match_compares_weakly_and_reads_lists() -> None:
    assert etag_matches('W/"a"', '"a"')
    assert etag_matches('"b", "a"', '"a"')
    assert etag_matches("*", '"a"')
    assert not etag_matches('"b"', '"a"')
