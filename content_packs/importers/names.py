"""Ids and titles of packs made from the names of files, which people wrote for other eyes."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from content_packs.graphemes import first_graphemes
from content_packs.zip_names import printable

_ID_LENGTH = 100


def slug(name: str) -> str:
    """The id of a pack that is called `name`, always the same; a name in another script gives a sum of it."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9._-]+", "-", plain.lower()).strip("-._")
    if len(words) > _ID_LENGTH:
        words = f"{words[: _ID_LENGTH - 9].rstrip('-._')}-{_sum(name)}"
    return words or f"pack-{_sum(name)}"


def _sum(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def title_from(name: str) -> str:
    """A title for people: `safe_water-2019` as `Safe water 2019`."""
    words = " ".join(re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", unicodedata.normalize("NFC", printable(name))).split())
    return words[:1].upper() + words[1:]


def shortened(text: str, limit: int) -> str:
    """`text` on one line, in at most `limit` characters as people count them, cut after a word where that is near."""
    text = " ".join(text.split())
    cut = first_graphemes(text, limit)
    if cut == text:
        return text
    cut = first_graphemes(text, limit - 1)
    words = cut.rpartition(" ")[0]
    return (words if len(words) * 2 > len(cut) else cut).rstrip(" ,;:.-–—") + "…"
