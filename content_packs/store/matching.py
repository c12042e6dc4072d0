"""Which pack of a store a ZIM file is a new version of.

Rules only: docs/formats/store.md, “Which pack a file belongs to”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# As Kiwix dates its files: the month, sometimes the day, sometimes a letter for another build of the same month.
_DATED = re.compile(r"[_-](19|20)[0-9]{2}-(0[1-9]|1[0-2])(-[0-3][0-9])?[a-z]?$")
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells packs apart: the id and its aliases, and `Name` and `Flavour` of the ZIM (empty where it has none)."""

    names: tuple[str, ...]
    name: str
    flavour: str

    @property
    def id(self) -> str:
        return self.names[0]


def same_pack(new: Identity, here: Iterable[Identity]) -> Identity | None:
    """The pack among those that are `here` of which `new` is a version, or None where it is a new pack."""
    packs = sorted(here, key=lambda pack: pack.id)
    by_id = (pack for pack in packs if pack.id == new.id)
    by_alias = (pack for pack in packs if new.id in pack.names or pack.id in new.names)
    by_metadata = (pack for pack in packs if _is_dated_anew(new, pack))
    return next(by_id, None) or next(by_alias, None) or next(by_metadata, None)


def _is_dated_anew(new: Identity, pack: Identity) -> bool:
    if not new.name or (new.name, new.flavour) != (pack.name, pack.flavour):
        return False
    return undated(new.id) in {undated(name) for name in pack.names}


def undated(pack_id: str) -> str:
    """`wikipedia_fr_all_maxi_2026-10` without the date at its end."""
    return _DATED.sub("", pack_id)


def is_older(new: str, current: str) -> bool:
    """Whether the date `new` lies before `current`; False where either is no whole date (YYYY-MM-DD)."""
    return bool(_DATE.fullmatch(new) and _DATE.fullmatch(current)) and new < current
