"""What a sync says of itself and of what waits for a person: the files of `sync/` as far as a page shows them.

Written elsewhere, and read as anybody's: what is missing, cut or foreign is empty here. Format: docs/formats/sync.md
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from content_packs.json_file import read_json

FORMAT = 1
STATE, DECISIONS = "state.json", "decisions.json"
DONE = "done"  # the phase of a run that has ended


class Notice(msgspec.Struct, frozen=True):
    """`code`: a word of the format's table. `sentence`: the same and more, in English."""

    code: str
    sentence: str = ""
    about: str = ""


class Link(msgspec.Struct, frozen=True):
    kind: str = "unknown"
    metered: str = "unknown"
    rate: int = 0


class Now(msgspec.Struct, frozen=True):
    """What is on its way in: bytes, and seconds that are left (-1: not known)."""

    id: str
    title: str = ""
    done: int = 0
    total: int = 0
    left: int = -1


class Outgoing(msgspec.Struct, frozen=True):
    objects: int = 0
    objects_total: int = 0
    bytes: int = 0
    bytes_total: int = 0


class Budget(msgspec.Struct, frozen=True):
    """Bytes; -1 where there is no limit."""

    day: int = -1
    month: int = -1
    spent_today: int = 0
    spent_month: int = 0
    left: int = -1


class Step(msgspec.Struct, frozen=True):
    id: str
    title: str = ""
    what: str = ""
    bytes: int = 0
    state: str = ""


class LeftOut(msgspec.Struct, frozen=True):
    id: str
    title: str = ""
    why: str = ""
    code: str = ""


class SyncState(msgspec.Struct, frozen=True):
    """The running or the last run. Times as in the file: UTC, YYYY-MM-DDTHH:MM:SSZ, or empty."""

    format: int = FORMAT
    phase: str = DONE
    pid: int = 0
    started: str = ""
    ended: str = ""
    result: str = ""
    source: str = ""
    target: str = ""
    paused: str = ""
    link: Link = Link()
    now: Now | None = None
    outgoing: Outgoing = Outgoing()
    budget: Budget = Budget()
    steps: tuple[Step, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()
    last_success: str = ""
    failed_since: str = ""
    box: str = ""


class HeldBack(msgspec.Struct, frozen=True):
    """A title that became much smaller: sizes in bytes, entries 0 where not known."""

    catalogue: str
    id: str
    title: str = ""
    size_before: int = 0
    size_now: int = 0
    entries_before: int = 0
    entries_now: int = 0
    since: str = ""
    decision: str = ""

    @property
    def version(self) -> tuple[str, str, int]:
        """What an answer is to."""
        return self.catalogue, self.id, self.size_now


class Refused(msgspec.Struct, frozen=True):
    code: str = ""
    about: str = ""
    sentence: str = ""
    when: str = ""


class Decisions(msgspec.Struct, frozen=True):
    format: int = FORMAT
    held_back: tuple[HeldBack, ...] = ()
    refused: tuple[Refused, ...] = ()


def read_state(folder: Path) -> SyncState:
    """Of the folder `sync`; an empty one where nothing can be read."""
    return read_json(folder / STATE, SyncState, SyncState())


def read_decisions(folder: Path) -> Decisions:
    """The same for what waits for a person and what was refused, without the answers that were given on this box."""
    return read_json(folder / DECISIONS, Decisions, Decisions())
