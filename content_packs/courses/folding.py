"""What is the same in two answers: folding drops case, accents, optional signs, spaces and punctuation from a text.

The script of a quiz's page folds alike: it is given the tables of this module (`docs/formats/course.md` lists the
rules). Scripts whose combining signs are vowels or tones (Devanagari, Bengali, Burmese, Thai …) keep them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from content_packs.text.letters import INVISIBLE, SIGNS, TABLE

# Character classes in the form that Python and JavaScript share, as those of `content_packs.text.letters`.
PUNCTUATION = "".join(
    f"\\u{ord(sign):04x}" for sign in "!\"'()*,-./:;?[\\]_`{|}~¡¿«»‘’‚“”„‹›‐‑‒–—…·՝։׳״،؛؟۔।॥၊။፡።፣፤፥។៕、。「」・ʼʹ′″"
)

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
