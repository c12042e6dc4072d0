"""How far the indexing on the box is, as its processes share it: `cache/indexing.json`.

The jobs process writes it, searchers and web workers follow it. Format: docs/formats/index.md
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from content_packs.store.durable import file_stamp, write_atomically

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SideState:
    """The side index of one state of a pack, known by its `stamp`.

    `segments`: names of the files that are whole and may be searched. `done` of `total` entries are in them; `total` is
    0 while nobody has counted. `complete`: nothing remains to be done; `held`: nothing can be done now.
    """

    stamp: str
    segments: tuple[str, ...] = ()
    done: int = 0
    total: int = 0
    complete: bool = False
    held: bool = False

    @property
    def share(self) -> float:
        """Of the entries, from 0 to 1."""
        return 1.0 if self.complete else self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is not indexed: a sentence for the operator. `pack` is empty where the box is meant."""

    pack: str
    problem: str


@dataclass(frozen=True, slots=True)
class IndexingState:
    """The side indexes by the ids of their packs, and what is wrong."""

    sides: Mapping[str, SideState] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def preparing(self) -> frozenset[str]:
        """Ids of the packs that cannot be searched wholly yet; not those for which nothing can be done now."""
        return frozenset(pack for pack, side in self.sides.items() if not side.complete and not side.held)

    def side(self, pack: str, stamp: str) -> SideState | None:
        """The side index of the pack in this state, or None where it needs or has none."""
        found = self.sides.get(pack)
        return found if found is not None and found.stamp == stamp else None


def load_state(path: Path) -> IndexingState:
    """The state last written at `path`; empty where there is none, or it is damaged or of another version."""
    try:
        document = json.loads(path.read_bytes())
        if document["format"] != FORMAT or document["digest"] != _digest(document["sides"], document["problems"]):
            return IndexingState()
        sides = {pack: _side(side) for pack, side in document["sides"].items()}
        return IndexingState(sides, tuple(Problem(**problem) for problem in document["problems"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return IndexingState()


def _side(document: dict[str, Any]) -> SideState:
    return SideState(**{**document, "segments": tuple(document["segments"])})


def save_state(state: IndexingState, path: Path) -> None:
    """Write the state so that a reader sees the old one or the new one. Raises OSError."""
    sides = {pack: asdict(side) for pack, side in state.sides.items()}
    problems = [asdict(problem) for problem in state.problems]
    document = {"format": FORMAT, "digest": _digest(sides, problems), "sides": sides, "problems": problems}
    write_atomically(path, json.dumps(document).encode())


def _digest(sides: object, problems: object) -> str:
    return hashlib.sha256(json.dumps([sides, problems], sort_keys=True).encode()).hexdigest()


class LiveState:
    """The state as one process sees it while it changes: call `refresh` now and then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self.state = IndexingState()
        self.refresh()

    def refresh(self) -> bool:
        """Read the file if it changed since; True if it had."""
        stamp = file_stamp(self._path)
        if stamp is None or stamp == self._stamp:
            return False
        self._stamp = stamp
        self.state = load_state(self._path)
        return True
