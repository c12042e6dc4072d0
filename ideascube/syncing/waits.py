"""What of the exchange waits for a person, for the first page of the workspace."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ideascube.box_clock import second_of
from ideascube.syncing.said import read_state
from ideascube.syncing.view import read_held_back

_LONG = 14 * 24 * 3600  # seconds: a box may well have no connection for a week


@dataclass(frozen=True, slots=True)
class Waits:
    held_back: int
    fails_for_long: bool


def what_waits(sync: Path) -> Waits:
    """Of the folder `sync`. By the box's clock, which may be wrong: it is a hint to look, and no more. Slow."""
    failed_since = second_of(read_state(sync).failed_since)
    return Waits(len(read_held_back(sync)), 0 < failed_since < time.time() - _LONG)
