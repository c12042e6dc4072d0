"""Every body has one form, and Markdown loses nothing of it."""

from __future__ import annotations

from hypothesis import given, settings

from ideascube.creations.body_html import to_html
from ideascube.creations.cleaning import clean_body, read_body
from ideascube.creations.markdown import from_markdown, to_markdown
from tests.creations.bodies import bodies


@settings(max_examples=30, deadline=None)
@given(bodies)
def test_a_clean_body_stays_as_it_is(body: str):
    assert body == clean_body(body)
    assert body == to_html(read_body(body))


@settings(max_examples=30, deadline=None)
@given(bodies)
def test_markdown_loses_nothing(body: str):
    assert body == from_markdown(to_markdown(body))
