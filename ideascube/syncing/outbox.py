"""What leaves the box, for a page: the titles of the parcels in `outbox/` (docs/formats/sharing.md), and which of them
have arrived at a hub or lie whole on a stick (docs/formats/outgoing.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from content_packs.json_file import read_json

COUNTERS, WITHDRAWN = "counters", "withdrawn"

_SHOWN = 200  # parcels
_TAIL = 4 * 1024 * 1024  # bytes at the end of a note, in which the newest manifest mostly is


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
    """One parcel. `title` by language; `size` in bytes. `has_arrived`: all of it, in this version."""

    kind: str
    id: str
    version: str
    is_withdrawn: bool
    title: dict[str, str]
    size: int
    has_arrived: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.id}"


class _Line(msgspec.Struct, frozen=True):
    """Of a note: `p` are the versions of the parcels that a manifest lists, by their keys."""

    p: dict[str, str] | None = None


def read_outbox(outbox: Path, sync: Path) -> list[Leaving]:
    """The first parcels by name, what has not arrived yet before the rest; what is none is passed over. Slow."""
    arrived = _arrived(sync / "sent")
    parcels = [replace(each, has_arrived=(each.key, each.version) in arrived) for each in _parcels(outbox / "parcels")]
    return sorted(parcels, key=lambda parcel: parcel.has_arrived)


def _arrived(notes: Path) -> set[tuple[str, str]]:
    """The keys and versions of parcels that a hub, or a stick, has whole."""
    try:
        return {listed for path in sorted(notes.glob("*.jsonl")) for listed in _newest_listed(path).items()}
    except OSError:
        return set()


def _newest_listed(note: Path) -> dict[str, str]:
    with note.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        lines = [line for line in file.read().split(b"\n") if b'"p"' in line]
    for line in reversed(lines):
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            if (listed := msgspec.json.decode(line, type=_Line).p) is not None:
                return listed
    return {}


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
