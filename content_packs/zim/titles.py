"""Titles as libzim can index them: it gives up a pack in which a front page's title has too long a word.

No word may be longer than an index's longest term, 245 bytes in Xapian. Burmese, Khmer, Lao and Thai are written
without spaces, so that there whole sentences are such words; Chinese, Japanese and Korean are indexed by character.
"""

from __future__ import annotations

import re

_TERM_LIMIT = 230  # bytes of UTF-8; some are left for what libzim makes of a word
_CUT = 200  # bytes of UTF-8
_LONG_WORD = re.compile(r"[^\W\u1100-\u11ff\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]{58,}")
_WORD = re.compile(r"\w")


def can_be_indexed(title: str) -> bool:
    """Whether libzim's index takes the title of a front page."""
    return all(len(word.encode()) <= _TERM_LIMIT for word in _LONG_WORD.findall(title))


def indexable_title(title: str) -> str:
    """The title, cut to 200 bytes of UTF-8 where it has too long a word, or is as long and has no word at all."""
    if can_be_indexed(title) and (_WORD.search(title) or len(title.encode()) <= _CUT):
        return title
    return title.encode()[: _CUT - len("…".encode())].decode("utf-8", "ignore").rstrip() + "…"
