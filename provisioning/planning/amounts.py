"""Amounts of bytes as people write them: `50MB`, `1.5 GB`, `512 KiB`. A rule only."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,3})?) ?([kmgt]?)(i?)b?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def parse_amount(text: str) -> int | None:
    """Bytes, or None where it is no amount. `MB` are a million, as disks and data plans are sold; `MiB` are 1024²."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    number, unit, binary = found.groups()
    base: int = 1024 if binary else 1000
    factor: int = base ** _POWERS[unit.lower()]
    return round(float(number.replace(",", ".")) * factor)
