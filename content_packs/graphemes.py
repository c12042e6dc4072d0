"""Counting characters as people see them, in which ZIM limits titles and descriptions."""

from __future__ import annotations

import regex

_GRAPHEME = regex.compile(r"\X")


def grapheme_count(text: str) -> int:
    """The number of grapheme clusters (Unicode Standard Annex 29): an emoji or a letter with accents is one."""
    return len(_GRAPHEME.findall(text))
