"""Which hub an operator's data folder publishes to: `keys/hub/hub.json`, beside its keys and what is believed of it."""

from __future__ import annotations

import hashlib
import platform
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import msgspec

from content_packs.disk import refusals_told
from content_packs.errors import BadInput, NotAllowed
from content_packs.file_lock import file_lock
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import write_atomically
from provisioning.storage import Storage
from provisioning.trust.clock import Clock
from provisioning.trust.refresh import Refreshed, refresh

FORMAT = 1
ROOT_DAYS = 3650
_LIMIT = 64 * 1024  # bytes


class Hub(msgspec.Struct, frozen=True):
    """`url`: where it is written to. `days` for which what is published is valid. `root_folders`: where root keys lie.

    `data`: the operator's data folder.
    """

    url: str
    days: int
    root_folders: tuple[str, ...]
    data: DataFolder

    @property
    def keys(self) -> Path:
        return hub_keys(self.data)

    @property
    def trust(self) -> Path:
        """What is believed of the hub, as a box has it in keys/trust/NAME."""
        return self.keys / "trust"

    @property
    def files(self) -> Path:
        """What was published, for deltas."""
        return self.data.hub

    @property
    def validity(self) -> timedelta:
        return timedelta(days=self.days)

    @property
    def publisher(self) -> str:
        """Who publishes: another word on each machine, and for each data folder there."""
        return hashlib.sha256(f"{_machine()}:{self.data.root}".encode()).hexdigest()[:16]


class _File(msgspec.Struct, frozen=True):
    format: int
    url: str
    days: int = 365
    root_folders: tuple[str, ...] = ()


def hub_keys(data: DataFolder) -> Path:
    return data.keys / "hub"


def open_hub(data: DataFolder) -> Hub:
    """The hub of this data folder. Raises BadInput where there is none."""
    path = hub_keys(data) / "hub.json"
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(_LIMIT), type=_File)
    except FileNotFoundError:
        raise BadInput(f"The data folder {data.root} has no hub: make one with `ideascube hub init URL`.") from None
    except OSError as error:
        raise NotAllowed(f"{path} cannot be read: {error.strerror}. Give this user the right to.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is damaged: put a copy of it there.") from error
    if found.format != FORMAT:
        raise BadInput(f"{path} is of format {found.format}: update Ideascube.")
    return Hub(found.url, found.days, found.root_folders, data)


def write_hub(hub: Hub) -> None:
    """From now on this is the hub of its data folder. Raises NoSpace and NotAllowed."""
    content = msgspec.json.format(msgspec.json.encode(_File(FORMAT, hub.url, hub.days, hub.root_folders)))
    with refusals_told(hub.keys / "hub.json"):
        write_atomically(hub.keys / "hub.json", content)


def hub_lock(hub: Hub) -> AbstractContextManager[None]:
    """One command at a time works on the hub from this data folder. Raises Busy, NoSpace, NotAllowed."""
    return file_lock(hub.keys / "lock", "Another command publishes to this hub just now: try again when it is done.")


async def read_hub(hub: Hub, storage: Storage, clock: Clock) -> Refreshed:
    """What the hub says now, expired or not: its publisher is the one who can renew it. Raises as `trust.refresh`."""
    return await refresh("hub", storage, hub.trust, clock, accept_expired=True)


def _machine() -> str:
    try:
        return Path("/etc/machine-id").read_text().strip()
    except OSError:
        return platform.node()
