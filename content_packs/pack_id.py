"""A pack's id where it has no manifest: made from its file's name, as kiwix-serve makes the names in its addresses.

Source: kiwix-serve's book names (lower case, no accents, space to `_`, `+` to `plus`), so that links to either work.
"""

from __future__ import annotations

import unicodedata
from pathlib import PurePath


def id_from_filename(filename: str) -> str:
    """`Wikipédia FR+.zim` gives `wikipedia_frplus`; the first part of a split pack gives the whole pack's id."""
    stem = PurePath(filename).name
    for ending in (".zimaa", ".zim"):
        stem = stem.removesuffix(ending)
    text = stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # a name may be in another encoding
    decomposed = unicodedata.normalize("NFKD", text)
    without_accents = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return without_accents.lower().replace(" ", "_").replace("+", "plus")
