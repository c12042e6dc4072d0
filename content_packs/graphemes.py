"""Counting characters as people see them, in which ZIM limits titles and descriptions."""

from __future__ import annotations

from itertools import islice

import regex

_GRAPHEME = regex.compile(r"\X")


def grapheme_count(text: str) -> int:
    """The number of grapheme clusters (Unicode Standard Annex 29): an emoji or a letter with accents is one."""
    return len(_GRAPHEME.findall(text))


def first_graphemes(text: str, count: int) -> str:
    """The beginning of `text`, at most `count` grapheme clusters long."""
    return "".join(found[0] for found in islice(_GRAPHEME.finditer(text), count))
