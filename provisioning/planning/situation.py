"""How things stand when a plan is made: what is here, what was decided, what may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from content_packs.manifest import Manifest
from content_packs.zim.identity import Identity
from provisioning.planning.steps import Do
from provisioning.planning.wishes import Budget, Hours


@dataclass(frozen=True, slots=True)
class Holding:
    """A pack that the box has, in the version that people read.

    `manifest`: with the facts of its ZIM; its id is the pack's. `aliases`: further names. `base` and `layers`: bytes
    of its files, all parts of the base together. `identities`: by which deltas may know it (docs/formats/delta.md).
    `sha256` of the base, or empty. `catalogue`: where it came from, empty where it was brought by hand; `is_signed`:
    whether that one is signed. `previous`: bytes that become free if the version before it goes, 0 where it must stay.
    `is_own`: made on this box.
    """

    manifest: Manifest
    aliases: tuple[str, ...] = ()
    base: int = 0
    layers: tuple[int, ...] = ()
    identities: tuple[Identity, ...] = ()
    sha256: str = ""
    catalogue: str = ""
    is_signed: bool = False
    previous: int = 0
    is_own: bool = False

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def size(self) -> int:
        return self.base + sum(self.layers)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The signed catalogue `catalogue` takes the pack `id` back, up to the version of the day `date` (all if empty).

    `reason`: why, in its publisher's words, or empty.
    """

    catalogue: str
    id: str
    date: str = ""
    reason: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.catalogue} has withdrawn it{f' (“{self.reason}”)' if self.reason else ''}."


@dataclass(frozen=True, slots=True)
class Rulings:
    """What was decided of packs.

    `aliases`: old name to new one. `held_back` and `refused`: pairs of a catalogue and a pack's id that wait for a
    person, or that a person refused. `done`: keys (`keys.key_of`) of offers that were installed; while the pack is
    here they are not fetched again, whatever the file says of itself, and although a person went back to another one.
    `signing`: the signed catalogues that this box has. What one of them brought no other one replaces.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()
    held_back: frozenset[tuple[str, str]] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    done: frozenset[str] = frozenset()
    signing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Errand:
    """What is on the way beside packs: `do` is TRUST, SEND, CATALOGUE or RECEIVE; `size` in bytes, as far as known."""

    do: Do
    id: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Space:
    """Of the disk of the packs: bytes that are free, and of these the ones that have to stay so."""

    free: int
    reserve: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes that may still go over the link in this run, and on a day that begins; None is without end."""

    left: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, budget: Budget, spent_today: int, spent_this_month: int) -> Allowance:
        """What a budget leaves."""
        day = None if budget.day is None else max(0, budget.day - spent_today)
        month = None if budget.month is None else max(0, budget.month - spent_this_month)
        return cls(_least(day, month), _least(budget.day, budget.month and budget.month // 30))

    def at_most(self, limit: int | None) -> Allowance:
        """With a further limit for this run, as `ideascube sync --budget` sets it."""
        return Allowance(_least(self.left, limit), self.day)


def _least(*numbers: int | None) -> int | None:
    return min((number for number in numbers if number is not None), default=None)


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of `box.yml`, and the minute of the day; None where the box does not know what time it is.

    `now` asks for everything at once, whatever the hour. `readers`: people who read at this moment.
    """

    hours: Hours | None = None
    minute: int | None = None
    now: bool = False
    readers: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """`is_metered`: None where it is not known. `rate`: bytes a second as last measured, or None.

    `is_local`: a folder, a stick, or a box beside this one, which costs nobody anything: budgets and hours are not for
    it.
    """

    is_metered: bool | None = None
    rate: float | None = None
    is_local: bool = False
