"""What an operator wants of a box: the content of `box.yml` as a value.

How the file is read is in `wishes_file`. Format: docs/formats/box-yml.md
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from content_packs.languages import base_language
from content_packs.manifest import Manifest

USUAL_PRIORITY = 5
_WILD = frozenset("*?[")


class Metered(StrEnum):
    """What may be done on a link that is paid by its bytes: nothing, what is small, everything."""

    NEVER = "never"
    SMALL = "small"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Budget:
    """Bytes over the link, both directions, in a day and a month; None is without end."""

    day: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """From `begins` to `ends`, in minutes after midnight by the box's clock; over midnight where it ends earlier."""

    begins: int
    ends: int

    def __str__(self) -> str:
        return f"{_time(self.begins)}-{_time(self.ends)}"

    def include(self, minute: int) -> bool:
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@dataclass(frozen=True, slots=True)
class Want:
    """One entry of `packs`: which packs it means, and what is wanted of them.

    `id` is a name or a pattern with `*`; empty means any. `languages` and `kinds`: one of them, or any where there are
    none. `priority` from 1 (first) to 9. `version`: this one and no other. `catalogue`: only from this one. `absent`:
    they are to leave. `line` of the file, from 1.
    """

    id: str = ""
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    priority: int = USUAL_PRIORITY
    version: str = ""
    catalogue: str = ""
    absent: bool = False
    line: int = 0

    @property
    def is_pattern(self) -> bool:
        return not self.id or bool(_WILD & set(self.id))

    @property
    def called(self) -> str:
        """What it is told by: the name or pattern, or what it picks packs by."""
        return self.id or " ".join(("all packs", *(f"in {code}" for code in self.languages), *self.kinds))

    def means(self, names: frozenset[str], manifest: Manifest) -> bool:
        """Whether a pack with these names, its id among them, is meant."""
        return self._has_name(names) and self._has_language(manifest) and self._has_kind(manifest)

    def _has_name(self, names: frozenset[str]) -> bool:
        if not self.id:
            return True
        return any(fnmatchcase(name, self.id) for name in names) if self.is_pattern else self.id in names

    def _has_language(self, manifest: Manifest) -> bool:
        theirs = {base_language(tag) for tag in manifest.languages} | set(manifest.languages)
        return not self.languages or not theirs.isdisjoint(self.languages)

    def _has_kind(self, manifest: Manifest) -> bool:
        return not self.kinds or manifest.kind in self.kinds


@dataclass(frozen=True, slots=True)
class Wishes:
    """All of `box.yml`. What it does not say is as here, and so is a box without the file.

    `updates`: packs that no entry names are kept up to date. `catalogues`: only these, or all that were added where
    there are none. `reserve`: bytes of disk that stay free, None for the usual. `readers`: while more people read, a
    sync pauses; None: never. `send`: whether creations and counters leave the box. `receive`: whether creations of
    other boxes are taken in.
    """

    packs: tuple[Want, ...] = ()
    updates: bool = True
    catalogues: tuple[str, ...] = ()
    budget: Budget = Budget()
    hours: Hours | None = None
    metered: Metered = Metered.SMALL
    reserve: int | None = None
    readers: int | None = None
    send: bool = True
    receive: bool = True

    def unknown_catalogues(self, added: Collection[str]) -> list[str]:
        """The catalogues that are named here and are none of those that were added."""
        named = dict.fromkeys((*self.catalogues, *(want.catalogue for want in self.packs if want.catalogue)))
        return [name for name in named if name not in added]
