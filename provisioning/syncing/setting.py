"""What all stages of a run share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.sources import Source
from provisioning.planning import Wishes
from provisioning.planning.steps import Plan
from provisioning.syncing.asked import Asked
from provisioning.syncing.board import Board
from provisioning.syncing.pace import Pace
from provisioning.syncing.stopping import Stopping


@dataclass(slots=True)
class Setting:
    """`sources`: the catalogues of this run. `is_local`: everything of it lies in a folder or on a stick.

    `place`: where a signed hub's files are taken from in this run, in place of its own address; empty: that one.
    """

    data: DataFolder
    asked: Asked
    wishes: Wishes
    board: Board
    pace: Pace
    stopping: Stopping
    sources: tuple[Source, ...] = ()
    place: str = ""
    plan: Plan = field(default_factory=Plan)

    @property
    def is_local(self) -> bool:
        return bool(self.asked.source or self.asked.target) and all(
            map(is_folder, filter(None, (self.asked.source, self.asked.target)))
        )


def is_folder(address: str) -> bool:
    """Whether an address is of this machine: the path of a folder, or file://."""
    return "://" not in address or address.startswith("file://")


def hub_folder(address: str) -> str:
    """Of a stick the folder `ideascube` on it, where it has one; else the address as it is."""
    if is_folder(address):
        below = Path(address.removeprefix("file://")).expanduser() / "ideascube"
        if below.is_dir():
            return str(below)
    return address
