"""What is the same in two answers: folding drops case, accents, optional signs, spaces and punctuation from a text.

The script of a quiz's page folds alike: it is given the tables of this module (`docs/formats/course.md` lists the
rules). Scripts whose combining signs are vowels or tones (Devanagari, Bengali, Burmese, Thai …) keep them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Character classes in the form that Python and JavaScript share.
# Accents of Latin, Greek and Cyrillic; points and signs of Arabic, Hebrew and Syriac; the Arabic tatweel.
SIGNS = (
    "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f"
    "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u08d3-\\u08ff"
    "\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0730-\\u074a"
)
# Soft hyphens, joiners, marks of direction.
INVISIBLE = "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufe00-\\ufe0f\\ufeff"
PUNCTUATION = "".join(
    f"\\u{ord(sign):04x}" for sign in "!\"'()*,-./:;?[\\]_`{|}~¡¿«»‘’‚“”„‹›‐‑‒–—…·՝։׳״،؛؟۔।॥၊။፡።፣፤፥។៕、。「」・ʼʹ′″"
)

# Letters that are written one for the other, or that lose a sign which Unicode does not see as one.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i",
    "ς": "σ",
    "ٱ": "ا", "ء": "", "ى": "ي", "ی": "ي", "ێ": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه",
    "ۆ": "و", "ڕ": "ر", "ڵ": "ل",
    "٫": ".", "٬": "", "−": "-", "⁄": "/",
}  # fmt: skip

# The zeros of decimal digits, each followed by one to nine. Of those beyond the first 65,536 characters, the ones that
# people write today: Hanifi Rohingya and Adlam.
ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x10D30, 0x1E950,
)  # fmt: skip

TABLE = LETTERS | {chr(zero + digit): str(digit) for zero in ZEROS for digit in range(10)}

# Blocks whose composed letters a browser without String.prototype.normalize (before 2015) is told of one by one.
_COMPOSED = (range(0x00A0, 0x0250), range(0x0370, 0x0500), range(0x0600, 0x0700), range(0x1E00, 0x2000))

_DROPPED = re.compile(f"[{SIGNS}{INVISIBLE}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DECIMAL_COMMA = re.compile(r",(?=[0-9])")
_PUNCTUATION = re.compile(f"[{PUNCTUATION}](?![0-9])")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text as it is compared, so that “L’Eau !” is “leau”; empty where nothing is left to compare."""
    return _SPACE.sub("", _PUNCTUATION.sub("", _DECIMAL_COMMA.sub(".", plain(text))))


def plain(text: str) -> str:
    """Small letters without signs, digits 0 to 9; spaces and punctuation are still there."""
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower())
    return "".join(TABLE.get(letter, letter) for letter in bare)


def exact(text: str) -> str:
    """The text where each letter counts: spaces are made one, what is invisible goes, accents are composed."""
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


def composed_letters() -> Iterator[tuple[str, str]]:
    """The letters that `plain` takes apart, with what it makes of each, for browsers that cannot do it."""
    for block in _COMPOSED:
        for letter in map(chr, block):
            if letter == letter.lower() and letter not in TABLE and (made := plain(letter)) != letter:
                yield letter, made
