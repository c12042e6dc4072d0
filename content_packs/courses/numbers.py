"""Numbers as people write them: digits of any script, a comma or a point, thousands set apart, a unit behind.

`1,500` is one and a half to some and fifteen hundred to others: it is read as both, and is right if either is.
"""

from __future__ import annotations

import re

from content_packs.courses.folding import fold, plain

_LONGEST = 40  # characters
_NUMBER = re.compile(r"([+-]?)([0-9.,]*[0-9])(.*)", re.DOTALL)
_SET_APART = re.compile(r"[\s'’_]+(?=[0-9])")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(([.,])[0-9]{3})(\2[0-9]{3})*")
_DECIMAL = re.compile(r"[0-9]*([.,][0-9]+)?")


def is_number(text: str, number: float, within: float, unit: str) -> bool:
    """Whether `text` gives `number`, at most `within` away, with the unit behind it or none."""
    found = _NUMBER.fullmatch(_SET_APART.sub("", plain(text).strip()))
    if found is None or len(found[2]) > _LONGEST or fold(found[3]) not in {"", fold(unit)}:
        return False
    sign = -1 if found[1] == "-" else 1
    return any(_is_near(sign * reading, number, within) for reading in readings(found[2]))


def readings(digits: str) -> list[float]:
    """The numbers that digits with points and commas may mean: none, one or two."""
    found = []
    if _THOUSANDS.fullmatch(digits):
        found.append(float(re.sub("[.,]", "", digits)))
    whole, part = _before_last_sign(digits)
    if _DECIMAL.fullmatch(digits):
        found.append(float(digits.replace(",", ".")))
    elif _THOUSANDS.fullmatch(whole) and whole[-4] != part[:1]:
        found.append(float(re.sub("[.,]", "", whole) + "." + part[1:]))
    return found


def _before_last_sign(digits: str) -> tuple[str, str]:
    place = max(digits.rfind("."), digits.rfind(","))
    return digits[:place], digits[place:]


def _is_near(reading: float, number: float, within: float) -> bool:
    return abs(reading - number) <= within + 1e-9 * max(1.0, abs(number))
