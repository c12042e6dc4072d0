"""Letters of Amharic that are written one for the other: several for one sound, and those with a “w” in them.

Source: Unicode 16, chapter 19.1; the normalisation that information retrieval in Amharic commonly does, for example
Yeshambel, Mothe, Assabie, “Evaluation of corpora, resources and tools for Amharic information retrieval”, 2020.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# A consonant's row begins at a multiple of eight: seven vowels, then the letter with “wa”.
_U, _O, _WA = 1, 6, 7
_ROWS = range(0x1200, 0x1358, 8)
_W = "\u12cb"  # ዋ

# ሐ, ኀ and ኸ for ሀ; ሠ for ሰ; ዐ for አ; ፀ for ጸ.
_ALIKE = {0x1210: 0x1200, 0x1280: 0x1200, 0x12B8: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}
_FIRST_VOWEL = {"ሃ": "ሀ", "ኣ": "አ", "ኧ": "አ"}  # the first order is spoken as the fourth is
# ቀ, ኀ, ከ and ገ have a row with “w” of their own, which follows theirs: ቈ is written ቆ, ቊ and ቍ are ቁ, ቋ is ቁዋ.
_WITH_ROW_OF_W = (0x1240, 0x1280, 0x12A8, 0x1308)


def table() -> dict[str, str]:
    """What each letter that can be written otherwise is folded to."""
    alike = dict(_with_w()) | dict(_of_one_sound())
    return {letter: _one_sound(folded, alike) for letter, folded in (alike | _FIRST_VOWEL).items() if letter.isalpha()}


def _one_sound(letters: str, alike: dict[str, str]) -> str:
    """The letters, each of which may be written otherwise once more (ሗ is ሑዋ, which is ሁዋ)."""
    return "".join(_FIRST_VOWEL.get(one, one) for one in (alike.get(letter, letter) for letter in letters))


def _with_w() -> Iterator[tuple[str, str]]:
    for row in _ROWS:
        name = unicodedata.name(chr(row + _WA), "")
        if name.endswith("WA") and name != "ETHIOPIC SYLLABLE GLOTTAL WA":
            yield chr(row + _WA), chr(row + _U) + _W
    for row in _WITH_ROW_OF_W:
        u, o = chr(row + _U), chr(row + _O)
        yield from ((chr(row + 8 + order), folded) for order, folded in ((0, o), (2, u), (3, u + _W), (5, u)))


def _of_one_sound() -> Iterator[tuple[str, str]]:
    for row, alike in _ALIKE.items():
        yield from ((chr(row + order), chr(alike + order)) for order in range(_WA))
