"""What is to be fetched, and how it is known to be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from content_packs.pieces import Pieces
from provisioning.addresses import split

_LONGEST = 100  # bytes of a name, as the store has it
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,9}$")
_ODD = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to arrive.

    `key`: the folder below packs/.arriving in which it does: one for each version of a thing, such as
    `ID-SHA256[:16]`; letters, digits and `._+-`, at most 100. `size` in bytes; with `is_exact` False rounded by a
    catalogue (0: unknown), and then the true one is what the first source says. `sha256`: of the whole, in
    hexadecimal digits; empty where nobody says one. `addresses`: mirrors, the best first: `https://`, `http://`,
    `s3://`, `gs://`, `az://`, `file://`, or the path of a file. `pieces`: sums, with which each piece counts as soon
    as it is whole. `name`: the file's name at the end; empty: that of the first address.
    """

    key: str
    size: int
    sha256: str
    addresses: tuple[str, ...]
    pieces: Pieces | None = None
    is_exact: bool = True
    name: str = ""

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key) or len(self.key) > _LONGEST:
            raise ValueError(f"{self.key!r} is no name of a folder")  # of a caller, not of a person
        if self.pieces is not None and not (self.is_exact and self.pieces.fit(self.size)):
            raise ValueError(f"the sums of pieces do not fit {self.size} bytes")

    @property
    def file_name(self) -> str:
        """A name that any file system takes, that hides nothing and leads nowhere."""
        given = self.name or (unquote(split(self.addresses[0]).path) if self.addresses else "")
        cleaned = _ODD.sub("_", given.rstrip("/").rpartition("/")[2]).lstrip(".")
        if cleaned and len(cleaned.encode()) <= _LONGEST:
            return cleaned
        suffix = _SUFFIX.search(cleaned)
        return self.key[: _LONGEST - 10] + (suffix[0] if suffix else ".zim")
