"""A pack's id: what may be one, and the one that a file's name gives where no manifest says it.

Source: kiwix-serve's book names (lower case, no accents, space to `_`, `+` to `plus`), so that links to either work.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

ID_LIMIT = 255  # characters
OWN = "~"  # stands in addresses and places for what was made on a box, which is in no pack: no pack's id
_BUILT = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_UNFIT = re.compile(r"[\s/\\A-Z\x00-\x1f\x7f\ud800-\udfff]")


def is_pack_id(text: str) -> bool:
    """Whether `text` may be a pack's id: no white space, slash or capital, no dot in front, not `OWN`, not too long."""
    return 0 < len(text) <= ID_LIMIT and text != OWN and not text.startswith(".") and _UNFIT.search(text) is None


def is_build_id(text: str) -> bool:
    """Whether `text` may be the id of a pack, course or step that is built here: `a` to `z`, digits, `-`, `_`, `.`."""
    return _BUILT.fullmatch(text) is not None


def id_from_filename(filename: str) -> str:
    """`Wikipédia FR+.zim` gives `wikipedia_frplus`; the first part of a split pack gives the whole pack's id."""
    stem = PurePath(filename).name
    for ending in (".zimaa", ".zim"):
        stem = stem.removesuffix(ending)
    text = stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # a name may be in another encoding
    decomposed = unicodedata.normalize("NFKD", text)
    without_accents = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    name = without_accents.lower().replace(" ", "_").replace("+", "plus")
    found = _UNFIT.sub("_", name).lstrip(".")[:ID_LIMIT]
    return found if found not in ("", OWN) else "pack"
