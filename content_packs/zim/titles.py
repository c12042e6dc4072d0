"""Titles as libzim can index them: it refuses to write a pack in which one has a word of more than about 240 bytes.

Burmese, Khmer, Lao and Thai are written without spaces, so that there whole sentences are such words.
"""

from __future__ import annotations

import re

_LONGEST = 200  # bytes of UTF-8 of one word; some are left for what libzim makes of it
_WORD = re.compile(r"\w")


def indexable_title(title: str) -> str:
    """The title, cut to 200 bytes of UTF-8 where it has a longer word, or is longer and has no word at all."""
    is_long = len(title.encode()) > _LONGEST
    if not is_long or (_WORD.search(title) and all(len(word.encode()) <= _LONGEST for word in title.split())):
        return title
    return title.encode()[: _LONGEST - len("…".encode())].decode("utf-8", "ignore").rstrip() + "…"
