"""The files of side indexes: their names, which part of a pack each holds, what is missing. Nothing is opened here.

A side index is a run of segments, ZIM files of which each holds the entries `first` to `end` (without that) of the
pack's list of what is to be indexed. Format: docs/formats/index.md
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.records import folder_name

_NAME = re.compile(r"(\d{8,12})-(\d{8,12})\.zim")
_MIB = 1024 * 1024
SMALLEST, LARGEST = _MIB, 32 * _MIB  # bytes of text of one segment


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The numbers from `first` on that are below `end`."""

    first: int
    end: int

    @property
    def name(self) -> str:
        """The file's."""
        return f"{self.first:08}-{self.end:08}.zim"


def span_of(name: str) -> Span | None:
    """What the file of this name holds, or None where it is no segment."""
    found = _NAME.fullmatch(name)
    if found is None or int(found[1]) > int(found[2]):
        return None
    return Span(int(found[1]), int(found[2]))


def first_gap(spans: Iterable[Span], total: int) -> Span | None:
    """The first numbers below `total` that no span holds; None where all are held."""
    reached = 0
    for span in sorted(spans):
        if span.first > reached:
            return Span(reached, span.first)
        reached = max(reached, span.end)
    return Span(reached, total) if reached < total else None


def segment_size(number: int) -> int:
    """Bytes of text of the next segment where there are `number`: the first is there soon, and few there are."""
    return min(SMALLEST << min(number, 10), LARGEST)


def side_folder(data: DataFolder, pack: str, stamp: str) -> Path:
    """Where the side index of this state of a pack is kept."""
    return data.index / "packs" / folder_name(pack) / stamp
