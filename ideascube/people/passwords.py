"""What a password or PIN has to be, and those that the box draws. Pure, but for the randomness of what is drawn.

Length counts, and that nobody guesses it first; no rule about signs of all kinds (NIST SP 800-63B, 3.1.1.2).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from itertools import pairwise

from content_packs.text import fold
from ideascube.people.names import folded_name
from ideascube.people.problems import Problem
from ideascube.people.worst import WORST

SHORTEST, LONGEST = 10, 200  # characters
_FEWEST = 4  # different characters
_PART = 3  # characters of a name that count as the name
# Letters and digits that nobody takes for another one, read aloud or written by hand: 30, of which 12 are 58 bits.
_DRAWN = "abcdefghjkmnpqrstuvwxyz3456789"
_PIN = re.compile(r"[0-9]{6}")


def clean_password(typed: str) -> str:
    """As it is hashed: Unicode's NFC (RFC 8265, 4.2), since keyboards compose letters differently."""
    return unicodedata.normalize("NFC", typed)


def password_problem(password: str, name: str) -> Problem | None:
    """What is wrong with a clean password for somebody of this name; None where nothing is."""
    if len(password) < SHORTEST:
        return Problem.SHORT_PASSWORD
    if len(password) > LONGEST:
        return Problem.LONG_PASSWORD
    folded = fold(password)
    if folded in WORST or len(set(folded)) < _FEWEST or _is_run(folded) or _is_repeated(folded):
        return Problem.KNOWN_PASSWORD
    if any(part in folded for part in folded_name(name).split() if len(part) >= _PART):
        return Problem.NAME_IN_PASSWORD
    return None


def _is_run(text: str) -> bool:
    """As 1234567890 and zyxwvutsrq are."""
    steps = {_step(before, after) for before, after in pairwise(text)}
    return len(steps) == 1


def _step(before: str, after: str) -> int:
    """In the order of signs, where 0 follows 9."""
    step = ord(after) - ord(before)
    return step % 10 if before.isdigit() and after.isdigit() else step


def _is_repeated(text: str) -> bool:
    """As abcabcabcabc is."""
    return any(text == text[:size] * (len(text) // size) for size in range(1, len(text) // 2 + 1))


def draw_password() -> str:
    """Three groups of four, such as `k7mp-4xwt-9hqd`, to be written down and typed on any phone."""
    return "-".join("".join(secrets.choice(_DRAWN) for _ in range(4)) for _ in range(3))


def clean_pin(typed: str) -> str:
    """With the digits 0 to 9, in whichever script they were typed; without spaces."""
    return "".join(_digit(sign) for sign in typed if not sign.isspace())


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def pin_problem(pin: str) -> Problem | None:
    """What is wrong with a clean PIN; None where nothing is."""
    if not _PIN.fullmatch(pin):
        return Problem.NO_PIN
    if _is_run(pin) or _is_repeated(pin) or len(set(pin)) < 3:
        return Problem.EASY_PIN
    return None


def draw_code() -> str:
    """The code of the first start, such as `1234-5678`: 26 bits."""
    return f"{secrets.randbelow(10**4):04}-{secrets.randbelow(10**4):04}"


def clean_code(typed: str) -> str:
    """The code as it was drawn, however it was typed."""
    digits = "".join(_digit(sign) for sign in typed if unicodedata.decimal(sign, None) is not None)
    return f"{digits[:4]}-{digits[4:]}"
