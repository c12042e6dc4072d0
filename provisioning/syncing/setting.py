"""What all stages of a run share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from content_packs.sticks import FOLDER as STICK_FOLDER
from content_packs.store.data_folder import DataFolder
from provisioning.addresses import is_here, path_of
from provisioning.catalogues import Source
from provisioning.planning import Allowance, Plan, Wishes
from provisioning.syncing.asked import Asked
from provisioning.syncing.board import Board
from provisioning.syncing.pace import Pace
from provisioning.syncing.stopping import Stopping
from provisioning.trust import Clock


@dataclass(slots=True)
class Setting:
    """`sources`: the catalogues of this run. `place`: where files of a signed one are taken from, if not from where it
    is. `clock`: what is known of the time, more and more of it. `is_local`: nothing goes over a link. `is_carrying`:
    from one place to another, of which neither is this box.
    """

    data: DataFolder
    asked: Asked
    wishes: Wishes
    board: Board
    pace: Pace
    stopping: Stopping
    clock: Clock
    sources: tuple[Source, ...] = ()
    place: str = ""
    is_local: bool = False
    is_carrying: bool = False
    plan: Plan = field(default_factory=Plan)

    @property
    def signed(self) -> tuple[Source, ...]:
        """The catalogues of this run that are signed."""
        return tuple(source for source in self.sources if source.is_signed)

    @property
    def minute(self) -> int | None:
        """Of the day, by the box's clock and time zone; None where the clock is known to be wrong."""
        return None if self.clock.problem else minute_of(self.clock.system)

    @property
    def allowance(self) -> Allowance:
        whole = Allowance.of(self.wishes.budget, 0, 0)
        return Allowance(self.pace.left, whole.day)


def minute_of(when: datetime.datetime) -> int:
    local = when.astimezone()
    return local.hour * 60 + local.minute


def hub_at(address: str) -> str:
    """Where the hub's tree is: of a stick, or another folder that is none itself, the folder `ideascube` on it."""
    if not is_here(address):
        return address
    folder = path_of(address)
    is_hub = folder.name == STICK_FOLDER or (folder / "metadata").is_dir()
    return str(folder if is_hub else folder / STICK_FOLDER)
