"""Sending what waits in the outbox: objects first, the signed manifest last (docs/formats/outgoing.md).

Each object that arrived is progress for good. When to send, and how many bytes may go, is decided in `syncing`.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Iterator

from content_packs.box_key import BoxKey, box_key
from content_packs.errors import IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.counter import begin_counting, counter_of, next_counter
from provisioning.outgoing.gathering import Gathering, Piece, files_of
from provisioning.outgoing.learning import carrier_of, forget_lost, own_manifest, take_listed, take_receipt
from provisioning.outgoing.manifest import Manifest, manifest_path, receipt_path, signed
from provisioning.outgoing.objects import LIMIT, SIZES, object_name, object_size
from provisioning.outgoing.pages import Segment, Sent, cut_page, pages_of
from provisioning.outgoing.parcels import Parcel, ParcelFile, read_outbox
from provisioning.outgoing.receipt import LIMIT as RECEIPT_LIMIT
from provisioning.outgoing.receipt import read_receipt
from provisioning.outgoing.sent import SentNote
from provisioning.outgoing.terms import HowFar, Outcome, Sending
from provisioning.storage import Storage

__all__ = ["HowFar", "Outcome", "Sending", "send_parcels"]

_FIRST_GROUP = 1024 * 1024  # bytes of the small and precious, after which a manifest goes
_GROUP = 8 * 1024 * 1024  # bytes between two manifests, so that they are few beside what they list
_LISTING_SHARE = 0.003  # of what is sent: a list in between tells soon what arrived, and costs bytes
_AT_ONCE = 2  # objects of the larger sizes: one waits for its answer while the other is on its way
_MEASURED = 128 * 1024  # bytes from which on the rate is as measured now


async def send_parcels(data: DataFolder, storage: Storage, how: Sending) -> Outcome:
    """Send what waits. What could not be sent, and why, is in the outcome.

    Raises only for what is wrong with this box: NotAllowed, NoSpace, BadInput (its key).
    """
    key = box_key(data.keys)
    parcels, problems = await asyncio.to_thread(read_outbox, data)
    run = _Run(data, storage, how, key, parcels)
    run.outcome.waiting += problems
    try:
        await run.learn()
        await run.send()
    except IdeascubeError as error:
        run.outcome.ended_by = error
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace("The disk of this box has no room to note what was sent: make some.") from error
        raise NotAllowed(f"What was sent cannot be noted in {data.sync}: {error.strerror}.") from error
    return run.outcome


class _Run:
    def __init__(
        self, data: DataFolder, storage: Storage, how: Sending, key: BoxKey, parcels: list[Parcel]
    ) -> None:  # fmt: skip
        self._data, self._how, self._key, self._parcels = data, how, key, parcels
        self._asking = Asking(storage, how.attempts, how.may_go_on, how.pause)
        self._note: SentNote
        self._was_lost = False
        self._is_first = True  # perhaps it arrived, and the line went before that was said
        self._stuck: set[str] = set()  # SHA-256 of files that are not as their parcels say
        self._seen = 0  # counter of the manifest of ours that lies there
        self._name = _box_name(parcels)
        self._began = how.clock()
        self._sent = self._sent_listed = 0  # bytes; of them when a manifest was put
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.outcome = Outcome()

    async def learn(self) -> None:
        """What is there already."""
        files = {file.sha256: file.size for file in files_of(self._parcels)}
        await self._find_note()
        begin_counting(self._data.keys)
        self._note.clear(set(files))
        raw = await self._asking.get(receipt_path(self._key.id), RECEIPT_LIMIT)
        receipt = self.outcome.receipt = read_receipt(raw or b"")
        take_receipt(self._note, receipt, self._parcels)
        known = max(receipt.seen.get(self._how.route) or [0])
        if self._was_lost or known > (counter_of(self._data.keys) or 0):
            manifest = await own_manifest(self._asking, self._key, self._how.route)
            if manifest is not None:
                self._seen = manifest.counter
                self._note.put_manifest(manifest.counter, _digest(manifest.pages, manifest.name), {})
                await take_listed(self._asking, manifest, self._note, files)

    async def _find_note(self) -> None:
        """The note of this very storage. A stick is known by what it bears; what it lost is found by looking."""
        target = self._asking.storage.url
        if self._how.route == "carried":
            target += await carrier_of(self._asking, self._key.id)
        self._note = SentNote.of(self._data.sync, target)
        if self._how.route == "carried":
            await forget_lost(self._asking, self._note)
        elif self._note.manifests and not await self._asking.has(manifest_path(self._key.id, self._how.route)):
            self._note.start_over()  # somebody emptied the hub
        self._was_lost = self._note.was_lost and counter_of(self._data.keys) is not None

    async def send(self) -> None:
        far = self.outcome.far
        missing = (self._note.missing(file.sha256, file.size) for file in files_of(self._parcels))
        far.bytes_total = sum(length for gaps in missing for _, length in gaps)
        far.objects_total = -(-far.bytes_total // self._size())
        self._how.tell(far)
        await self._put_manifest()  # of what arrived before the line went the last time
        groups = list(_groups(self._parcels))
        for group in groups:
            await self._send_group(group)
            await self._put_manifest(in_any_case=group in (groups[0], groups[-1]))

    # Objects

    async def _send_group(self, group: list[Parcel]) -> None:
        has = self._asking.has_content if self._was_lost else None
        gathering = Gathering(self._data, self._note, self._size, self._wait, has)
        try:
            async with asyncio.TaskGroup() as tasks:
                async for pieces in gathering.objects(group):
                    await self._begin(tasks, pieces)
        except BaseExceptionGroup as errors:
            raise _first(errors) from None

    async def _begin(self, tasks: asyncio.TaskGroup, pieces: list[Piece]) -> None:
        self._how.may_go_on()
        await self._room.acquire()
        task = tasks.create_task(self._send(pieces))
        task.add_done_callback(lambda _: self._room.release())
        if self._size() == min(SIZES) or math.isinf(self._how.rate):
            await asyncio.wait([task])  # one after the other: a cut costs one half, and a stick lets nobody wait

    def _size(self) -> int:
        """How long objects are to be: by the rate as measured now, where enough was sent, else as before."""
        if math.isinf(self._how.rate):
            return LIMIT
        elapsed = self._how.clock() - self._began
        return object_size(self._sent / elapsed if self._sent >= _MEASURED and elapsed > 0 else self._how.rate)

    async def _send(self, pieces: list[Piece]) -> None:
        content, places = bytearray(), []
        for piece in pieces:
            part = await asyncio.to_thread(piece.read)
            if part is None:
                self._wait(piece.file, f"{piece.file.name} was changed meanwhile")
                continue
            places.append((piece, len(content)))
            content += part
        if not content:
            return
        name = await self._put_object(bytes(content))
        segments = [(piece.file.sha256, piece.start, Segment(name, piece.length, at)) for piece, at in places]
        self._note.confirm(name, len(content), segments)
        self._count(len(content))

    async def _put_object(self, content: bytes) -> str:
        """Have the object there; its name."""
        name = object_name(content)
        if name not in self._note.objects:
            look_first, self._is_first = self._was_lost or self._is_first, False
            self._sent += await self._asking.put_object(name, content, look_first=look_first)
        return name

    def _count(self, length: int) -> None:
        far = self.outcome.far
        far.objects += 1
        far.bytes += length
        far.objects_total = max(far.objects_total, far.objects)
        self._how.tell(far)

    def _wait(self, file: ParcelFile, why: str) -> None:
        if file.sha256 not in self._stuck:
            self._stuck.add(file.sha256)
            self.outcome.waiting.append(f"What {file.name} belongs to waits, since {why}.")

    # The manifest

    async def _put_manifest(self, *, in_any_case: bool = True) -> None:
        """Say what is there now, where that is new; else only where it is little beside what was sent."""
        whole = [parcel for parcel in self._parcels if self._is_whole(parcel)]
        contents = [cut_page(page, self._size()) for page in pages_of(map(self._as_sent, whole))]
        pages = tuple(tuple(map(object_name, page)) for page in contents)
        digest = _digest(pages, self._name)
        last_counter, last_digest = self._note.manifests[-1] if self._note.manifests else (0, "")
        if not whole and not last_counter:
            return
        new = [each for page in contents for each in page if object_name(each) not in self._note.objects]
        if not in_any_case and sum(map(len, new)) > _LISTING_SHARE * (self._sent - self._sent_listed):
            return
        for content in new:
            self._note.confirm(await self._put_object(content), len(content), [])
        self._sent_listed = self._sent
        if digest == last_digest:
            return
        counter = next_counter(self._data.keys, self._seen)
        manifest = Manifest(self._key.id, self._key.public, self._name, counter, self._how.made, pages)
        path = manifest_path(self._key.id, self._how.route)
        await self._asking.put_and_look(path, signed(manifest, self._key))
        self._note.put_manifest(counter, digest, {parcel.key: parcel.version for parcel in whole})
        self.outcome.counter = counter

    def _is_whole(self, parcel: Parcel) -> bool:
        return all(self._note.is_whole(file.sha256, file.size) for file in parcel.files)

    def _as_sent(self, parcel: Parcel) -> Sent:
        return Sent(parcel, {file.sha256: self._note.segments(file.sha256) for file in parcel.files})


def _digest(pages: tuple[tuple[str, ...], ...], name: str) -> str:
    """Another one for each list that says something else."""
    return hashlib.sha256(repr((pages, name)).encode()).hexdigest()


def _box_name(parcels: list[Parcel]) -> str:
    """What the box calls itself, as its parcels say it."""
    names = (parcel.document.get("about", {}).get("box_name") for parcel in parcels)
    return next((name for name in names if isinstance(name, str) and name), "")


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """Of several that failed at once the first: they fail for the same reason."""
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _groups(parcels: list[Parcel]) -> Iterator[list[Parcel]]:
    """Parcels after which a manifest goes."""
    group: list[Parcel] = []
    limit = _FIRST_GROUP
    for parcel in parcels:
        if group and sum(each.size for each in group) + parcel.size > limit:
            yield group
            group, limit = [], _GROUP
        group.append(parcel)
    if group:
        yield group
