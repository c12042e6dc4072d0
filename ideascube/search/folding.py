"""Letters as they are compared: without case, accents and vowel marks, as libzim's indexes hold them.

Two ways: `fold` for whole texts that are compared, `fold_in_place` for texts in which places are looked for.
"""

from __future__ import annotations

import unicodedata

# Letters that people write one for the other in Arabic, Persian and Urdu, and that no decomposition joins; ß and the
# like have no mark to lose either.
_ALIKE = {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "’": "'"}
_TATWEEL = "\u0640"


class _Folding(dict[int, str]):
    """One letter for one letter, worked out when it is first met, so that places in the text stay the same."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        # In the scripts from Devanagari on, and in Korean, what comes apart is no accent: a word would be another.
        whole = "\u0900" <= letter < "\u1e00" or "\uac00" <= letter <= "\ud7a3"
        parts = letter if whole else unicodedata.normalize("NFKD", letter)
        first = parts[:1].lower()[:1] or letter
        folded = self[code] = _ALIKE.get(first, first)
        return folded


_FOLDING = _Folding()


def fold_in_place(text: str) -> str:
    """The text folded letter by letter: as long as before, marks that stand alone left where they are."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def is_mark(letter: str) -> bool:
    """An accent, a vowel sign or another mark that belongs to the letter before it."""
    return unicodedata.category(letter).startswith("M") or letter == _TATWEEL


def fold(text: str) -> str:
    """The text folded for comparison; its length may change. Runs of white space become one space."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = (_ALIKE.get(letter, letter) for letter in decomposed if not is_mark(letter))
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split())
