"""What files of all kinds say, brought into one form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.media.described import day, language_tag, one_line, paragraphs, several


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-05-17", "2024-05-17"),
        ("2024-05-17T10:00:00Z", "2024-05-17"),
        ("2024:05:17 10:00:00", "2024-05-17"),
        ("D:20181218132904-05'00'", "2018-12-18"),
        ("20240517", "2024-05-17"),
        ("2024-13-01", "2024"),
        ("2024-02-31", "2024-02"),
        ("0000-00-00", ""),
        ("2024-00-00", "2024"),
        ("2019-2021", "2019"),
        ("03/04/2019", "2019"),
        ("17.5.2024", "2024"),
        ("yesterday", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_date_is_taken_as_far_as_it_is_sure(written: str | None, date: str):
    assert date == day(written)


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("fra", "fr"),
        ("EN_us", "en-US"),
        ("und", ""),
        ("English", ""),
        ("", ""),
        (None, ""),
        ("sw-TZ", "sw-TZ"),
        ("xx1", ""),
    ],
)
def test_languages_become_bcp_47_or_nothing(code: str | None, tag: str):
    assert tag == language_tag(code)


def test_texts_lose_what_nobody_sees_and_keep_their_lines():
    assert "a b c" == one_line(" a\x00b\u2028 c\r\n")
    assert "a b\n\nc" == paragraphs("a\tb\n\n\n\n c \x07\n")
    assert ("a", "b") == several(["a", "", " a ", "b", None])
    assert 500 == len(one_line("x" * 10_000))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_taken(text: str):
    assert one_line(text).isprintable() or not one_line(text).isascii()
    for made in (one_line(text), paragraphs(text), day(text), language_tag(text)):
        assert len(made) <= len(text) * 3 + 4
        assert "\x00" not in made
