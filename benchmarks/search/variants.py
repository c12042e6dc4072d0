"""What people make of a query as they type it: accents left out, one slip, half a word, another order. Pure.

Nothing of the program that is measured is used here: what it folds must not decide what it is asked.
"""

from __future__ import annotations

import random
import re
import unicodedata

# Letters whose accent is a part of them, and the nearest that a keyboard without them has.
_WHOLE = {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
_BARE = str.maketrans(_WHOLE | {letter.upper(): bare.upper() for letter, bare in _WHOLE.items() if letter != "ß"})
# Arabic as it is mostly typed: hamza and the dots of the last letter left out; Persian letters on an Arabic keyboard.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None, "\u200c": " "}
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FOUR, _THREE, _TWO = 4, 3, 2  # letters


def has_no_spaces(word: str) -> bool:
    """Whether it is of a script that writes words without spaces between them."""
    return _UNSPACED.search(word) is not None


def without_accents(text: str) -> str:
    """As on a keyboard without accents; "" where that is the same."""
    parts = unicodedata.normalize("NFD", text.translate(_BARE))
    kept = (letter for number, letter in enumerate(parts) if not _is_accent(parts, number))
    bare = " ".join(unicodedata.normalize("NFC", "".join(kept)).translate(_ARABIC).split())
    return bare if bare != text else ""


def _is_accent(parts: str, number: int) -> bool:
    """Accents of Latin and Greek letters, the two dots of ё (й is a letter of its own), vowel signs of Arabic."""
    letter = parts[number]
    if "\u064b" <= letter <= "\u0655":
        return True
    base = next((each for each in reversed(parts[:number]) if not unicodedata.combining(each)), "")
    return "\u0300" <= letter <= "\u036f" and (base < "\u0400" or base in "еЕ")


def one_error(text: str, chooser: random.Random) -> str:
    """One slip in one of the longer words; "" where none is long enough. The same for all letters of the word."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _least(word, _FOUR, _THREE) and word.isalpha()]
    if not long:
        return ""
    place = chooser.choice(long)
    words[place] = slipped(words[place], chooser)
    return " ".join(words)


def slipped(word: str, chooser: random.Random) -> str:
    """The word with two letters swapped, one dropped, one doubled, or one replaced by its script's next letter."""
    slips = []
    while not slips:
        at = chooser.randrange(len(word))
        slip = chooser.choice((_swapped, _dropped, _doubled, _replaced))(word, at)
        slips = [slip] if slip.lower() != word.lower() else []
    return slips[0]


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


def _replaced(word: str, at: int) -> str:
    return word[:at] + neighbour(word[at]) + word[at + 1 :]


def neighbour(letter: str) -> str:
    """Another letter: the nearest after it, or before it, in Unicode's order, that is of its script and case."""
    # An accented letter's neighbours are those of its bare form, else “é” would become “ê”, which folds away again.
    bare = unicodedata.normalize("NFD", letter)[0]
    around = (chr(ord(bare) + step) for step in (1, -1, 2, -2, 3, -3))
    return next((other for other in around if _is_like(other, bare)), bare)


def _is_like(other: str, letter: str) -> bool:
    name, wanted = (unicodedata.name(each, "").split(" ")[0] for each in (other, letter))
    whole = unicodedata.normalize("NFD", other) == other
    return whole and name == wanted and unicodedata.category(other) == unicodedata.category(letter)


def half_typed(text: str) -> str:
    """The last word half typed: at least three letters of it, or two of a script without spaces; "" if too short."""
    *before, last = text.split(" ")
    least = _least(last, _THREE, _TWO)
    if len(last) <= least:
        return ""
    return " ".join([*before, last[: max(least, (len(last) + 1) // 2)]])


def reordered(text: str, chooser: random.Random) -> str:
    """The words in another order; "" where there is one alone."""
    words = text.split(" ")
    mixed = chooser.sample(words, len(words))
    mixed = mixed if mixed != words else words[::-1]
    return " ".join(mixed) if mixed != words else ""


def mixed(text: str, other: str) -> str:
    """A word of the title `other`, in another language, added; "" where all of them are in it already."""
    mine = set(text.lower().split(" "))
    words = [word for word in other.split(" ") if word.isalpha() and word.lower() not in mine]
    return f"{text} {max(words, key=len)}" if words else ""


def _least(word: str, spaced: int, unspaced: int) -> int:
    return unspaced if has_no_spaces(word) else spaced
