"""What was collected so far: `hub/collected/record.json` in the editor's data folder (docs/formats/outgoing.md).

What was accepted is not here: the signed catalogue says it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from content_packs.disk import refusals_told
from content_packs.json_file import read_json
from content_packs.store.durable import make_folder, write_atomically

FORMAT = 1
SEEN_KEPT = 50  # counters of lists that were read
REFUSED_KEPT = 500
_NAME = "record.json"
_LIMIT = 256 * 1024 * 1024  # bytes

WHOLE, INCOMPLETE, BROKEN = "whole", "incomplete", "broken"


class KnownParcel(msgspec.Struct):
    """A parcel as it was found last. `found`: whole, incomplete, broken; `why`: a sentence where it is not whole."""

    version: str
    state: str
    found: str
    kind: str = ""
    title: str = ""
    size: int = 0
    why: str = ""
    standing: str = ""
    about: dict[str, Any] = {}


class KnownBox(msgspec.Struct):
    """`seen`: by route the counters of its lists, the newest last; `digests`: of the newest. `last`: day of the last
    list that was another one, by the editor's clock. `parcels`: by key.
    """

    name: str = ""
    key: str = ""
    seen: dict[str, list[int]] = {}
    digests: dict[str, str] = {}
    last: str = ""
    parcels: dict[str, KnownParcel] = {}

    @property
    def newest(self) -> dict[str, int]:
        """By route the counter of its newest list."""
        return {route: counters[-1] for route, counters in self.seen.items() if counters}


class RefusedList(msgspec.Struct):
    """Something that was refused: which box it said it was from, why (a sentence), when (YYYY-MM-DD)."""

    box: str
    why: str
    when: str


class Record(msgspec.Struct):
    """`unneeded`: objects that no list needs, with the day on which that was first seen."""

    format: int = FORMAT
    boxes: dict[str, KnownBox] = {}
    refused: list[RefusedList] = []
    unneeded: dict[str, date] = {}

    def refuse(self, box: str, why: str, when: str) -> None:
        """Note it, once for each box and sentence."""
        others = [each for each in self.refused if (each.box, each.why) != (box, why)]
        self.refused = [*others, RefusedList(box, why, when)][-REFUSED_KEPT:]


def read_record(folder: Path) -> Record:
    """An empty one where there is none that can be read: then everything is looked at again."""
    return read_json(folder / _NAME, Record, Record(), _LIMIT)


def write_record(folder: Path, record: Record) -> None:
    """Raises NoSpace and NotAllowed."""
    with refusals_told(folder / _NAME):
        make_folder(folder)
        write_atomically(folder / _NAME, msgspec.json.encode(record, order="sorted"))
