"""What a person typed, before anything is looked for in it. Pure."""

from __future__ import annotations

import unicodedata

_LENGTH = 1000  # characters that are read
_JOINERS = "\u200c\u200d"  # they tell words apart in Persian and in Indic scripts


def cleaned(text: str) -> str:
    """What was typed, on one line, without control characters, bounded. Safe to be done twice."""
    characters = (letter if _is_text(letter) else " " for letter in text[:_LENGTH])
    return " ".join(unicodedata.normalize("NFC", "".join(characters)).split())


def _is_text(letter: str) -> bool:
    return letter in _JOINERS or not unicodedata.category(letter).startswith("C")
