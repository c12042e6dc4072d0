"""Names that are drawn at random: what stands in addresses tells nobody how many there are, nor what comes next."""

from __future__ import annotations

import re
import secrets
import string

_LETTERS = string.ascii_lowercase + string.digits
_LENGTH = 10
_ID = re.compile(rf"[a-z0-9]{{{_LENGTH}}}")


def new_id() -> str:
    """10 small letters and digits, of some 10^15 that there are."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def is_id(text: str) -> bool:
    """Whether `text` can be one of these."""
    return _ID.fullmatch(text) is not None
