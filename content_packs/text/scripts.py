"""Scripts that write words without spaces between them, and how their runs are cut so that they can be found.

Without a dictionary of each language there are no words to cut at; pairs of neighbouring letters, each with the signs
that belong to it, find whatever stands next to each other in the text as it does in the query, as indexes of Chinese
have long done. Source: Xapian's n-gram tokenisation of Chinese, Japanese and Korean, here for more scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

# Their digits are written as other digits are, and stand alone.
_LETTERS = r"[\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}\p{Han}\p{Hiragana}\p{Katakana}ー]--\p{Nd}"
_UNSPACED = regex.compile(f"(?V1)[{_LETTERS}]")
RUNS = regex.compile(f"(?V1)[{_LETTERS}](?:[{_LETTERS}]|\\p{{M}})*+|[^{_LETTERS}]+")
_MARK = regex.compile(r"\p{M}")
# A letter with its signs, in Khmer and Burmese also with the letters that a joining sign puts below it. (Unicode's
# grapheme clusters, \X, leave out some vowel signs of Burmese.)
_CLUSTER = regex.compile(r"\P{M}\p{M}*(?:(?<=[\u17d2\u1039])\P{M}\p{M}*)*|\p{M}+")


def has_no_spaces(text: str) -> bool:
    """Whether the text has letters of a script that writes words without spaces (Chinese, Japanese, Thai, …)."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def pairs(run: str) -> Iterator[str]:
    """The neighbouring letters of a run, two by two; the letter where it is alone."""
    clusters = _CLUSTER.findall(run) if _MARK.search(run) else run  # Chinese has none, and is long
    if len(clusters) < 2:
        yield run
    for first, second in pairwise(clusters):
        yield first + second
