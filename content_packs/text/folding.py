"""Letters as searches compare them: without case, accents, vowel signs, and one form where people write several.

Two ways: `fold` for what is compared, `fold_in_place` for texts in which places are looked for. Scripts whose combining
signs are vowels or tones (Devanagari, Bengali, Burmese, Thai …) keep them, since without them a word is another.
"""

from __future__ import annotations

import re
import unicodedata

from content_packs.text import ethiopic
from content_packs.text.letters import INVISIBLE, SEARCH_LETTERS, SEARCH_SIGNS, SIGNS, TABLE

_DROPPED = re.compile(f"[{SIGNS}{SEARCH_SIGNS}{INVISIBLE}]")
_TATWEEL = "\u0640"
_HAMZA = "ء"  # where it stands alone it tells words apart, though answers of quizzes may lack it
_APOSTROPHES = dict.fromkeys("’‛ʼʻ‘′´`ʹ", "'")
_ALIKE = TABLE | SEARCH_LETTERS | ethiopic.table() | _APOSTROPHES | {_HAMZA: _HAMZA}
_NAMED_AFTER = re.compile(r"((?:LATIN|CYRILLIC) SMALL LETTER [A-Z ]+?) WITH .+")
# й is a consonant with its own key on every keyboard, where и is a vowel: no reader takes one for the other.
_WHOLE = "йЙ"


def _fold_letter(letter: str) -> str:
    if letter in _WHOLE:
        return letter.lower()
    # Casefolding may bring accents back (İ), so signs go last.
    bare = _DROPPED.sub("", _apart(_apart(letter).casefold()))
    return "".join(_alike(part) for part in bare)


def _apart(letters: str) -> str:
    """Letters without their accents, which follow them; what comes apart in Korean and Japanese is no accent."""
    is_whole = "\uac00" <= letters <= "\ud7a3" or "\u3040" <= letters <= "\u30ff"
    return letters if is_whole else unicodedata.normalize("NFKD", letters)


def _alike(letter: str) -> str:
    """The letter that is written for this one: by the table, else the one that Unicode names it after (b for ɓ)."""
    folded = _ALIKE.get(letter)
    if folded is None and (named := _NAMED_AFTER.fullmatch(unicodedata.name(letter, ""))):
        folded = _lookup(named[1])
    return _ALIKE.get(folded, folded) if folded else letter


def _lookup(name: str) -> str:
    try:
        return unicodedata.lookup(name).casefold()
    except KeyError:
        return ""


class _Folding(dict[int, str]):
    """What each letter becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_letter(chr(code))
        return folded


class _FoldingInPlace(dict[int, str]):
    """One letter for one letter; a sign that stands alone stays."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFC", _FOLDING[code])
        # Of “ss” for “ß” the first letter stands for both; in other scripts half of a letter is another one.
        kept = self[code] = folded[0] if len(folded) == 1 or "a" <= folded[:1] <= "z" else chr(code)
        return kept


_FOLDING = _Folding()
_IN_PLACE = _FoldingInPlace()


def fold(text: str) -> str:
    """The text as it is compared; its length may change. Runs of white space become one space.

    Folding twice gives the same, and composed and decomposed letters fold alike.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    folded = unicodedata.normalize("NFC", text).translate(_FOLDING)
    return " ".join(unicodedata.normalize("NFC", folded).split())


def fold_in_place(text: str) -> str:
    """The text folded letter by letter: as long as before, signs that stand alone left where they are."""
    return text.lower() if text.isascii() else text.translate(_IN_PLACE)


def as_libzim_folds(text: str) -> str:
    """The text as libzim's indexes have it before stemming: small letters without any mark, nothing else folded.

    Source: removeAccents in libzim's src/tools.cpp, “Lower; NFD; [:M:] remove; NFC”.
    """
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(each for each in letters if unicodedata.category(each)[0] != "M"))


def is_mark(letter: str) -> bool:
    """An accent, a vowel sign or another mark that belongs to the letter before it."""
    return unicodedata.category(letter).startswith("M") or letter == _TATWEEL
