"""By what a pack in one version is known, whatever its file is called: docs/formats/delta.md. Nothing is read here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SUM = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which file it is: `size` in bytes, `checksum` the MD5 sum at its end, as it says there, or empty."""

    uuid: str
    size: int
    entries: int
    checksum: str

    @classmethod
    def from_json(cls, document: Any) -> Identity:
        """Raises ValueError, TypeError or LookupError for what is no identity."""
        uuid, checksum = document["uuid"], document["checksum"]
        if not _SUM.fullmatch(uuid) or not (checksum == "" or _SUM.fullmatch(checksum)):
            raise ValueError("a sum is not 32 hexadecimal digits")
        return cls(uuid, _count(document["size"]), _count(document["entries"]), checksum)


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("a number is none, or out of bounds")
    return value
