"""Changing what a hub says: one publisher at a time, content first, `timestamp.json` last.

| step | a crash after it leaves |
| --- | --- |
| 1. the claim `publishing` is put | the hub as before; the same publisher takes its claim up again |
| 2. packs, piece sums, deltas, each whole | files that nothing names; not sent again, cleared in 30 days |
| 3. the catalogue under its sum, `N.targets.json`, `N.snapshot.json` | the same |
| 4. `timestamp.json` | the hub as after |
| 5. files that have long not been named are deleted, the claim too | some that are deleted the next time |
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tuf.api.metadata import Root

from content_packs.errors import BadInput, Busy, Unfinished
from provisioning.hub.claim import claimed
from provisioning.hub.hub import Hub, hub_lock, read_hub
from provisioning.hub.keys import NEW_PUBLISH, PUBLISH, key_of
from provisioning.hub.repository import Publication, publication
from provisioning.hub.sent_files import SentFiles
from provisioning.storage import Storage, open_storage
from provisioning.trust.catalogue import Catalogue
from provisioning.trust.clock import Clock
from provisioning.trust.hub_paths import TIMESTAMP_PATH, snapshot_path, targets_path
from provisioning.trust.kept import Kept
from provisioning.trust.metadata import SignedFile
from provisioning.trust.refresh import TIMESTAMP_LIMIT

_NUMBERS = 100  # that an interrupted publication may have used

Change = Callable[[Catalogue], Catalogue]
Send = Callable[[str, int], None]


async def change_catalogue(hub: Hub, change: Change) -> Catalogue:
    """Publish what `change` makes of the hub's catalogue, and give it.

    Raises what `change` raises, Busy where somebody else publishes, and as a Storage; then nothing is changed.
    """
    async with publishing(hub) as session:
        return await session.commit(change(session.catalogue))


@asynccontextmanager
async def publishing(
    hub: Hub, sending: Send = lambda path, size: None, *, trust_clock: bool = False
) -> AsyncIterator[Session]:
    """The hub for this publisher alone. `sending` is told of each file that is sent, with its bytes. `trust_clock`: a
    person says that this machine's clock is right, and that of an earlier publication was not.

    Raises Busy where somebody else publishes, BadInput where the clock cannot be right, and as `refresh`.
    """
    with hub_lock(hub):
        async with open_storage(hub.url, hub.data.keys) as storage, claimed(hub, storage):
            yield await _session(hub, storage, sending, trust_clock)


async def _session(hub: Hub, storage: Storage, sending: Send, trust_clock: bool) -> Session:
    clock = Clock.now()
    timestamp = await storage.get(TIMESTAMP_PATH, TIMESTAMP_LIMIT)
    read = await read_hub(hub, storage, clock)
    metadata = read.metadata
    _refuse_wrong_clock(clock.told(storage.server_time).having_seen(None if trust_clock else metadata.published))
    catalogue, lost = Catalogue.from_bytes(read.content)
    if lost:
        raise BadInput("A later Ideascube published to this hub: update this one first, so that nothing is lost.")
    number = max(metadata.timestamp.version, metadata.snapshot.version, metadata.targets.version)
    named = _metadata_paths(metadata.snapshot.version, metadata.catalogue)
    return Session(hub, storage, catalogue, metadata.root, number, named, timestamp, SentFiles(hub.files), sending)


def _refuse_wrong_clock(clock: Clock) -> None:
    """What is signed says when: boxes would take a wrong moment for one that has passed."""
    if clock.problem:
        said = clock.problem.replace("This box's clock", "This machine's clock")
        raise BadInput(f"{said} If it was an earlier publisher's clock that was wrong: `hub publish --trust-clock`.")


@dataclass(slots=True)
class Session:
    """What a publisher does while the hub is theirs: `send` files, then `commit` a catalogue that names them.

    `root`: who may sign what. `number`: of the newest publication. `metadata`: paths of its files. `timestamp`: the
    file that names it, as it was read.
    """

    hub: Hub
    storage: Storage
    catalogue: Catalogue
    root: Root
    number: int
    metadata: tuple[str, ...]
    timestamp: bytes
    sent: SentFiles
    sending: Send

    async def send(self, path: str, content: Path | bytes) -> None:
        """Have the file at `path` of the hub; not sent where it is. Another content has another path."""
        size = len(content) if isinstance(content, bytes) else content.stat().st_size  # noqa: ASYNC240 - a moment
        if await self.storage.size(path) == size:
            return
        self.sent.note(path)
        self.sending(path, size)
        if isinstance(content, bytes):
            await self.storage.put(path, content)
        else:
            await self.storage.put_file(path, content)

    async def commit(self, catalogue: Catalogue) -> Catalogue:
        """Publish the catalogue, whether it changed or not: then what it says is valid for longer."""
        self.sent.name(self.named())  # until now; who is fetching it has time left
        await self._publish(catalogue)
        self.catalogue = catalogue
        await self._clear()
        return catalogue

    async def _publish(self, catalogue: Catalogue) -> None:
        keys = (self.hub.keys / NEW_PUBLISH, self.hub.keys / PUBLISH)  # a new one as soon as it is trusted
        signer = key_of(keys, self.root.roles["timestamp"].keyids)
        now = datetime.now(UTC).replace(microsecond=0)
        made = publication(await self._next(), catalogue.to_bytes(), signer, now, now + self.hub.validity)
        for path, content in made.files:
            self.sent.note(path)
            await self.storage.put(path, content)
        await self._refuse_other_publisher()
        await self.storage.put(TIMESTAMP_PATH, made.timestamp)
        self._keep(made)

    async def _next(self) -> int:
        """A number that no file has: what an interrupted publication wrote may be in a proxy's cache."""
        for number in range(self.number + 1, self.number + _NUMBERS):
            if not await self.storage.exists(targets_path(number)):
                return number
        raise BadInput(f"{self.storage.shown} has {_NUMBERS} publications that were never finished: clear them there.")

    async def _refuse_other_publisher(self) -> None:
        """Where a claim was taken away, or the storage cannot keep one."""
        if await self.storage.get(TIMESTAMP_PATH, TIMESTAMP_LIMIT) != self.timestamp:
            raise Busy("Somebody else published to this hub meanwhile; nothing of theirs is lost: do it again.")

    def _keep(self, made: Publication) -> None:
        kept = Kept(self.hub.trust)
        for role, content in (("timestamp", made.timestamp), ("snapshot", made.snapshot), ("targets", made.targets)):
            kept.keep_metadata(role, content)
        kept.keep_catalogue(made.files[0][1])
        self.number, self.timestamp = made.number, made.timestamp
        self.metadata = tuple(path for path, _ in made.files)

    async def _clear(self) -> None:
        """Delete what has not been named for 30 days. What cannot be deleted now is another time."""
        self.sent.name(self.named())
        with suppress(Unfinished):
            for path in self.sent.unused():
                await self.storage.delete(path)
                self.sent.forget(path)

    def named(self) -> set[str]:
        """The files that what is published names."""
        packs = self.catalogue.packs
        pieces = {pack.pieces.path for pack in packs if pack.pieces}
        deltas = {delta.path for pack in packs for delta in pack.deltas}
        return {*self.metadata, *(pack.path for pack in packs), *pieces, *deltas}


def _metadata_paths(number: int, catalogue: SignedFile) -> tuple[str, ...]:
    return (catalogue.path, targets_path(number), snapshot_path(number))
