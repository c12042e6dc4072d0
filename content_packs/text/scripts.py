"""Scripts that write words without spaces between them, and how their runs are cut so that they can be found.

Without a dictionary of each language there are no words to cut at; pairs of neighbouring letters, each with the signs
that belong to it, find whatever stands next to each other in the text as it does in the query, as indexes of Chinese
have long done. Source: Xapian's n-gram tokenisation of Chinese, Japanese and Korean, here for more scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

# Thai, Lao; Burmese; Khmer; kana; Chinese characters.
_THAI_TO_KHMER = r"\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}"
_CHINESE_JAPANESE = r"\p{Han}\p{Hiragana}\p{Katakana}ー"
_UNSPACED = regex.compile(f"[{_THAI_TO_KHMER}{_CHINESE_JAPANESE}]")
_NOT_CUT_BY_LIBZIM = regex.compile(f"[{_THAI_TO_KHMER}]")
RUNS = regex.compile(f"[{_THAI_TO_KHMER}{_CHINESE_JAPANESE}]+|[^{_THAI_TO_KHMER}{_CHINESE_JAPANESE}]+")
# Khmer and Burmese write consonants below one another after a sign that joins them.
_CLUSTER = regex.compile(r"\X(?:(?<=[\u17d2\u1039])\X)*")


def has_no_spaces(text: str) -> bool:
    """Whether the text has letters of a script that writes words without spaces (Chinese, Japanese, Thai, …)."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def is_one_word_to_libzim(text: str) -> bool:
    """Whether libzim's indexes hold a whole run of such letters as one word: Thai, Lao, Khmer and Burmese."""
    return not text.isascii() and _NOT_CUT_BY_LIBZIM.search(text) is not None


def pairs(run: str) -> Iterator[str]:
    """The neighbouring letters of a run, two by two; the letter where it is alone."""
    clusters = _CLUSTER.findall(run)
    if len(clusters) < 2:
        yield run
    for first, second in pairwise(clusters):
        yield first + second
