"""All that the page of the exchange shows, put together from what lies in the data folder. Slow: files, and sticks."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from content_packs.box_key import FILE as KEY_FILE
from content_packs.box_key import box_key
from content_packs.errors import IdeascubeError
from content_packs.sticks import Stick
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from ideascube.syncing.answering import read_answers, still_waiting
from ideascube.syncing.asking import SYNC, is_running, read_asked
from ideascube.syncing.outbox import Leaving, read_outbox
from ideascube.syncing.said import HeldBack, Refused, SyncState, read_decisions, read_state
from ideascube.syncing.wanted import Wanted, read_wanted


@dataclass(frozen=True, slots=True)
class Going:
    """How it goes just now. `is_asked`: somebody asked for it, and it begins in a moment."""

    state: SyncState
    is_running: bool
    is_asked: bool
    is_stopping: bool

    @property
    def is_busy(self) -> bool:
        return self.is_running or self.is_asked

    @property
    def was_cut(self) -> bool:
        """Whether the last run ended without a word: the power went."""
        return not self.is_running and self.state.phase != "done"


@dataclass(frozen=True, slots=True)
class View:
    going: Going
    held_back: list[HeldBack]
    refused: list[Refused]
    leaving: list[Leaving]
    wanted: list[Wanted]
    sticks: list[Stick]
    box: str


def read_going(sync: Path) -> Going:
    """Of the folder `sync`."""
    state, asked = read_state(sync), read_asked(sync)
    runs = is_running(state)
    is_asked = asked is not None and asked.do == SYNC
    return Going(state, runs, is_asked, runs and asked is not None and not is_asked)


def read_held_back(sync: Path) -> list[HeldBack]:
    """What waits for a person."""
    return still_waiting(read_decisions(sync).held_back, read_answers(sync))


def read_view(data: DataFolder, library: Library, sticks: list[Stick]) -> View:
    going = read_going(data.sync)
    return View(
        going,
        read_held_back(data.sync),
        list(reversed(read_decisions(data.sync).refused)),
        read_outbox(data.outbox, data.sync),
        read_wanted(data.wishes, library),
        _useful(sticks, data),
        _box_number(data) or going.state.box,
    )


def _useful(sticks: list[Stick], data: DataFolder) -> list[Stick]:
    """Without the disk that the box lives on, and those from which nothing can be taken and on which nothing be put."""
    here = data.root.resolve()
    return [each for each in sticks if (each.carries or each.is_writable) and not here.is_relative_to(each.mount)]


def _box_number(data: DataFolder) -> str:
    """By its key, which is not made here."""
    with contextlib.suppress(IdeascubeError):
        if (data.keys / KEY_FILE).exists():
            return box_key(data.keys).id
    return ""
