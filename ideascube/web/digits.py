"""Numbers in the digits of a language: those that CLDR has as its usual ones (`۱۲` in Persian, `12` in French). Pure.

Babel knows the separators that go with them and writes 0 to 9 between them; the digits come from here.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

# The zero of each numbering system (CLDR's name) that a language of the interface uses; the other digits follow it.
_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "mymr": "၀"}

_HUGE = 1e15  # larger ones have more digits than Babel can write


@lru_cache(maxsize=1024)
def number_text(number: float, language: str) -> str:
    """`number` with the separators and digits of `language`."""
    return with_digits_of(language, format_decimal(number, locale=language, numbering_system="default"))


@lru_cache(maxsize=1024)
def exact_number_text(number: float, language: str) -> str:
    """The same with all digits behind the point, of a number that an answer has to be; short where it is huge."""
    if abs(number) >= _HUGE:
        return f"{number:g}"
    digits = format_decimal(
        Decimal(repr(number)), locale=language, numbering_system="default", decimal_quantization=False
    )
    return with_digits_of(language, digits)


def with_digits_of(language: str, text: str) -> str:
    """`text` with its digits 0 to 9 as `language` writes them."""
    return text.translate(_table(language))


@lru_cache
def _table(language: str) -> dict[int, int]:
    zero = _ZEROS.get(Locale.parse(language).default_numbering_system)
    return {ord("0") + digit: ord(zero) + digit for digit in range(10)} if zero else {}
