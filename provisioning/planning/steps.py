"""What a plan says: steps in their order, and what is left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from provisioning.offers import DeltaOffer, Offer


class Do(StrEnum):
    """What a step does. In a plan they come in this order, but for priorities and sizes of packs among each other."""

    REMOVE = "remove"  # a pack leaves
    TRUST = "trust"  # trust data of a signed catalogue
    SEND = "send"  # what people made here leaves the box
    CATALOGUE = "catalogue"  # what another catalogue says
    RECEIVE = "receive"  # creations of other boxes
    DELTA = "delta"  # a pack, by one delta or several
    PACK = "pack"  # a pack, whole
    FLATTEN = "flatten"  # base and layers become one file, without the link


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    `id` and `title` of the pack; `keys`: what its files on their way are called (`keys`), of deltas one each.
    `offer` of DELTA and PACK; `deltas`: one after the other. `bytes` go over the link in this run; `missing` are still
    to come in all, so that a step with fewer `bytes` goes on another day. `room`: bytes of disk that are needed yet.
    `is_older`: the version is pinned and older than what is here. `code` is a word for programs, `why` a sentence.
    """

    do: Do
    id: str
    title: str
    bytes: int = 0
    missing: int = 0
    room: int = 0
    priority: int = 0
    offer: Offer | None = None
    deltas: tuple[DeltaOffer, ...] = ()
    keys: tuple[str, ...] = ()
    is_older: bool = False
    code: str = ""
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is done at the end of this run."""
        return self.bytes >= self.missing

    def to_json(self) -> dict[str, Any]:
        """For programs (docs/commands.md, `ideascube sync`)."""
        names = ("id", "title", "bytes", "missing", "room", "priority", "code", "why")
        document = {"do": str(self.do), **{name: getattr(self, name) for name in names}}
        if self.offer:
            document |= {"catalogue": self.offer.catalogue, "signed": self.offer.is_signed}
            document |= {"version": self.offer.manifest.version, "date": self.offer.manifest.date}
        return document


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not done now, and why not: `code` for programs, `why` a sentence.

    `bytes` that it would take; `keys` of what may have arrived of it.
    """

    id: str
    title: str
    code: str
    why: str
    bytes: int = 0
    keys: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("id", "title", "code", "why", "bytes")}


@dataclass(frozen=True, slots=True)
class Plan:
    """`notes`: sentences about the plan as a whole, such as that the clock is not known."""

    steps: tuple[Step, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def bytes(self) -> int:
        """Over the link in this run."""
        return sum(step.bytes for step in self.steps)

    @property
    def missing(self) -> int:
        """Over the link until all steps are done."""
        return sum(step.missing for step in self.steps)

    @property
    def keys(self) -> frozenset[str]:
        """Of files on their way that are wanted, now or later; others may be cleared."""
        of_steps = {key for step in self.steps for key in step.keys}
        return frozenset(of_steps.union(*(out.keys for out in self.left_out)))

    def to_json(self) -> dict[str, Any]:
        return {
            "bytes": self.bytes,
            "missing": self.missing,
            "steps": [step.to_json() for step in self.steps],
            "left_out": [each.to_json() for each in self.left_out],
            "notes": list(self.notes),
        }
