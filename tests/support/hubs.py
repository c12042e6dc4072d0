"""Organisations with a hub, and boxes that trust one, as the commands make them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from provisioning.hub.founding import found_hub
from provisioning.hub.hub import Hub, open_hub
from provisioning.hub.packs import make_ready, publish
from provisioning.hub.publishing import publishing
from provisioning.storage import Storage, open_storage
from provisioning.trust import Catalogue, Clock, Refreshed, begin, refresh, trust_folder


@dataclass
class Organisation:
    """An operator's data folder with a hub. `url`: where boxes read it; `root`: its fingerprint."""

    data: DataFolder
    url: str
    root: str

    @property
    def hub(self) -> Hub:
        return open_hub(self.data)

    async def publish(self, *packs: Path | str, keep: int = 3) -> Catalogue:
        """As `ideascube hub publish`."""
        ready = [
            make_ready(self.data, str(pack), keep, lambda sentence: None, lambda done, total: None) for pack in packs
        ]
        async with publishing(self.hub) as session:
            return await publish(session, ready)


async def found(folder: Path, url: str, *, reading: str = "", days: int = 365) -> Organisation:
    """A new hub at `url`, which boxes read at `reading`, published to from the data folder `folder`."""
    data = DataFolder(folder)
    root = await found_hub(Hub(url, days, (), data), Catalogue(name="A library"), 1)
    return Organisation(data, reading or url, root)


@dataclass
class TrustingBox:
    """A box that added the catalogue `library`."""

    data: DataFolder

    @property
    def folder(self) -> Path:
        return trust_folder(self.data, "library")

    async def begin(self, url: str, root: str) -> None:
        async with self._storage(url) as storage:
            await begin("library", storage, self.folder, root)

    async def refresh(self, url: str, clock: Clock | None = None, *, accept_expired: bool = False) -> Refreshed:
        async with self._storage(url) as storage:
            return await refresh("library", storage, self.folder, clock or Clock.now(), accept_expired=accept_expired)

    def _storage(self, url: str) -> Storage:
        return open_storage(url, self.data.keys)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ids(read: Refreshed) -> list[str]:
    return [pack.id for pack in Catalogue.from_bytes(read.content)[0].packs]
