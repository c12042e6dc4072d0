"""Which hub an operator's data folder publishes to: `keys/hub/hub.json`, beside its keys and what is believed of it."""

from __future__ import annotations

import fcntl
import hashlib
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from content_packs.errors import BadInput, Busy, NotAllowed
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import make_folder, write_atomically

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
    """From now on this is the hub of its data folder. Raises NotAllowed."""
    content = msgspec.json.format(msgspec.json.encode(_File(FORMAT, hub.url, hub.days, hub.root_folders)))
    try:
        write_atomically(hub.keys / "hub.json", content)
    except OSError as error:
        raise NotAllowed(f"{hub.keys / 'hub.json'} cannot be written: {error.strerror}.") from error


@contextmanager
def hub_lock(hub: Hub) -> Iterator[None]:
    """One command at a time works on the hub from this data folder. Raises Busy, NotAllowed."""
    try:
        make_folder(hub.keys)
        file = (hub.keys / "lock").open("ab")
    except OSError as error:
        raise NotAllowed(f"{hub.keys} cannot be used: {error.strerror}. Give this user the right to.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Another command publishes to this hub just now: try again when it is done.") from None
        yield


def _machine() -> str:
    try:
        return Path("/etc/machine-id").read_text().strip()
    except OSError:
        return platform.node()
