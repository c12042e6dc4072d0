"""What a sync says of itself while it runs and afterwards: `sync/state.json` (docs/formats/sync.md).

The workspace's page shows it, and the next run takes the measured rate and the last success from it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from content_packs.json_file import read_json
from content_packs.store.durable import write_atomically
from provisioning.notices import Notice

FORMAT = 1
NAME = "state.json"
PROBLEMS_LIMIT = 100


class Now(msgspec.Struct, frozen=True):
    """What is on its way in: `done` and `total` in bytes, `rate` in bytes a second, `left` in seconds (-1: unknown)."""

    id: str
    title: str
    done: int = 0
    total: int = 0
    rate: int = 0
    left: int = -1


class Outgoing(msgspec.Struct, frozen=True):
    """What goes out: objects and bytes that have arrived, of how many."""

    objects: int = 0
    objects_total: int = 0
    bytes: int = 0
    bytes_total: int = 0


class LinkState(msgspec.Struct, frozen=True):
    """`kind`: unknown, open, none, portal, half-open, folder. `metered`: yes, no, unknown. `rate`: bytes a second."""

    kind: str = "unknown"
    metered: str = "unknown"
    rate: int = 0


class Budget(msgspec.Struct, frozen=True):
    """Bytes, both directions together; -1 where there is no limit."""

    day: int = -1
    month: int = -1
    spent_today: int = 0
    spent_month: int = 0
    left: int = -1


class Step(msgspec.Struct):
    """A step of the plan. `state`: waiting, done, failed, unfinished. `bytes`: over the link."""

    id: str
    title: str
    what: str
    bytes: int
    why: str
    state: str = "waiting"


class LeftOut(msgspec.Struct, frozen=True):
    """Something wanted that is not fetched now, and why not."""

    id: str
    title: str
    why: str
    code: str = ""


class State(msgspec.Struct):
    """All of `state.json`. Times are UTC, as the box's clock says them, YYYY-MM-DDTHH:MM:SSZ, or empty."""

    format: int = FORMAT
    phase: str = "done"
    pid: int = 0
    started: str = ""
    ended: str = ""
    result: str = ""
    source: str = ""
    target: str = ""
    paused: str = ""
    link: LinkState = LinkState()
    now: Now | None = None
    outgoing: Outgoing = Outgoing()
    budget: Budget = Budget()
    steps: list[Step] = []
    left_out: list[LeftOut] = []
    problems: list[Notice] = []
    warnings: list[Notice] = []
    last_success: str = ""
    failed_since: str = ""
    box: str = ""


def read_state(folder: Path) -> State:
    """What the last run left in the folder `sync`; an empty state where there is nothing that can be read."""
    return read_json(folder / NAME, State, State())


def write_state(folder: Path, state: State) -> None:
    """Raises OSError."""
    write_atomically(folder / NAME, msgspec.json.encode(state))
