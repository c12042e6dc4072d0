"""What waits to leave the box, for a page: the titles of the parcels in `outbox/` (docs/formats/sharing.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ideascube.syncing.said import read_json

COUNTERS, WITHDRAWN = "counters", "withdrawn"

_SHOWN = 200  # parcels


class _File(msgspec.Struct, frozen=True):
    size: int = 0


class _Parcel(msgspec.Struct, frozen=True):
    kind: str = ""
    id: str = ""
    version: str = ""
    state: str = ""
    title: dict[str, str] = {}
    files: tuple[_File, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """One parcel. `title` by language; `size` in bytes."""

    kind: str
    id: str
    version: str
    is_withdrawn: bool
    title: dict[str, str]
    size: int

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.id}"


def read_outbox(outbox: Path) -> list[Leaving]:
    """The first parcels by name; what is none is passed over. Slow."""
    return list(_parcels(outbox / "parcels"))


def _parcels(folder: Path) -> Iterator[Leaving]:
    try:
        names = sorted(path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
    except OSError:
        return
    for path in names[:_SHOWN]:
        found = read_json(path, _Parcel, _Parcel())
        if found.kind:
            size = sum(file.size for file in found.files)
            yield Leaving(found.kind, found.id, found.version, found.state == WITHDRAWN, found.title, size)
