"""HTML written again with plain tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideascube.reading.tags import ATTRIBUTES, with_plain_tags
from ideascube.reading.trees import html_tree


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("<P Class=a id='b' title=\"c > d\">x</P>", '<p class="a" id="b" title="c &gt; d">x</p>'),
        ("a < b && c", "a &lt; b && c"),
        ("<br/><img src=a.png alt>", '<br/><img src="a.png" alt="">'),
        ("x<!-- <p> --!>y<!-->z<!DOCTYPE html><?xml?>", "xyz"),
        ("<script>if (a<b) '</p>'</SCRIPT >y<style>p{}</style>", "y"),
        ("<p a='1' <b =c>x", '<p a="1">x'),
        ("<a href='java\nscript:x'>y</a>", '<a href="javascript:x">y</a>'),
        ("x<a href=", "x"),
        ("x<script>y</script z", "x"),
        ("<title>A & B</title>", "<title>A & B</title>"),
    ],
)
def test_tags_are_written_plainly(written: str, plain: str) -> None:
    assert plain == with_plain_tags(written)


def test_a_tag_keeps_its_first_attributes() -> None:
    endless = "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x</p>"

    plain = with_plain_tags(endless)

    assert ATTRIBUTES == plain.count("=")
    assert plain.endswith(">x</p>")


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", '<p ="', "<p '", "<!--", "<script>", "<a b=", "</", '<p a="<', "&", "<div>", "<script></script "],
)
def test_what_never_ends_is_written_in_one_go(piece: str) -> None:
    """Time that grows with the square of the length would be hours here."""
    with_plain_tags(piece * (200_000 // len(piece)))


@given(st.text(alphabet="<>/ab =\"'!-&x", max_size=60))
def test_nothing_is_left_that_parsers_could_read_in_two_ways(written: str) -> None:
    plain = with_plain_tags(written)

    assert plain == with_plain_tags(plain)
    html_tree(written)
