"""Numbers in the digits of a language: those that CLDR has as its usual ones (`۱۲` in Persian, `12` in French). Pure.

Babel knows the separators that go with them and writes 0 to 9 between them; the digits come from here.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

# The zero of each numbering system (CLDR's name) that a language of the interface uses; the other digits follow it.
_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "mymr": "၀"}


@lru_cache(maxsize=1024)
def number_text(number: float, language: str) -> str:
    """`number` with the separators and digits of `language`."""
    return with_digits_of(language, format_decimal(number, locale=language, numbering_system="default"))


def with_digits_of(language: str, text: str) -> str:
    """`text` with its digits 0 to 9 as `language` writes them."""
    return text.translate(_table(language))


@lru_cache
def _table(language: str) -> dict[int, int]:
    zero = _ZEROS.get(Locale.parse(language).default_numbering_system)
    return {ord("0") + digit: ord(zero) + digit for digit in range(10)} if zero else {}
