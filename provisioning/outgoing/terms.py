"""What sending is told, and what it tells."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from content_packs.errors import IdeascubeError
from provisioning.outgoing.receipt import Receipt


@dataclass(slots=True)
class HowFar:
    """Objects and bytes of content that have arrived, of how many; the number of objects is reckoned."""

    objects: int = 0
    objects_total: int = 0
    bytes: int = 0
    bytes_total: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """How to send.

    `route`: "manifest" over a link, "carried" to a stick. `rate`: bytes a second as measured before, 0 if never,
    infinite for a stick. `made`: the time by the box's clock. `may_go_on`: raises Unfinished where it is to end.
    `tell`: how far it is. `attempts`: how often each thing is tried, with growing pauses.
    """

    route: str = "manifest"
    rate: float = 0
    made: str = ""
    attempts: int = 5
    may_go_on: Callable[[], None] = lambda: None
    tell: Callable[[HowFar], None] = lambda far: None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class Outcome:
    """What became of it. `waiting`: sentences on parcels that wait. `ended_by`: why it ended early, else None.

    `counter`: of the manifest that was put, 0 if none was. `receipt`: what the hub's editor collected so far.
    """

    far: HowFar = field(default_factory=HowFar)
    waiting: list[str] = field(default_factory=list)
    ended_by: IdeascubeError | None = None
    counter: int = 0
    receipt: Receipt = field(default_factory=Receipt)
