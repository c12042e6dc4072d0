"""Sending what waits in the outbox: objects first, the signed manifest last (docs/formats/outgoing.md).

Each object that arrived is progress for good. When to send, and how many bytes may go, is decided in `syncing`.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.box_key import BoxKey, box_key
from content_packs.errors import BadInput, BrokenPack, IdeascubeError, NotThere, Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.counter import begin_counting, counter_of, next_counter
from provisioning.outgoing.cutting import Cuts, cut_length, natural_cuts
from provisioning.outgoing.manifest import (
    SIZE_LIMIT,
    Manifest,
    Segment,
    Sent,
    cut_page,
    manifest_path,
    pages_of,
    read_manifest,
    read_page,
    receipt_path,
    signed,
)
from provisioning.outgoing.objects import (
    LIMIT,
    STORED_LIMIT,
    object_name,
    object_path,
    object_size,
    pack_object,
    unpack_object,
)
from provisioning.outgoing.parcels import Parcel, ParcelFile, read_outbox
from provisioning.outgoing.receipt import LIMIT as RECEIPT_LIMIT
from provisioning.outgoing.receipt import Receipt, read_receipt
from provisioning.outgoing.sent import FOLDER, SentNote
from provisioning.outgoing.waiting import read_piece, ready
from provisioning.storage import Storage

_FIRST_GROUP = 1024 * 1024  # bytes of the small and precious, after which a manifest goes
_GROUP = 8 * 1024 * 1024  # bytes between two manifests, so that they are few beside what they list
_AT_ONCE = 4  # objects, on links on which waiting for answers takes longer than sending
_LONGEST_PAUSE = 60.0  # seconds
_EVERY_SIZE = (LIMIT, 256 * 1024, 32 * 1024)  # of objects that may have been sent, when the note is lost


@dataclass(slots=True)
class HowFar:
    """Objects and bytes of content that have arrived, of how many; the number of objects is reckoned."""

    objects: int = 0
    objects_total: int = 0
    bytes: int = 0
    bytes_total: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """How to send.

    `route`: "manifest" over a link, "carried" to a stick. `rate`: bytes a second as measured before, 0 if never,
    infinite for a stick. `name`: what the box calls itself; `made`: the time by its clock. `may_go_on`: raises Unfinished
    where it is to end. `tell`: how far it is. `attempts`: how often each thing is tried, with growing pauses.
    """

    route: str = "manifest"
    rate: float = 0
    name: str = ""
    made: str = ""
    attempts: int = 5
    may_go_on: Callable[[], None] = lambda: None
    tell: Callable[[HowFar], None] = lambda far: None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(slots=True)
class Outcome:
    """What became of it. `waiting`: sentences on parcels that wait. `ended_by`: why it ended early, else None.

    `counter`: of the manifest that was put, 0 if none was. `receipt`: what the hub's editor collected so far.
    """

    far: HowFar = field(default_factory=HowFar)
    waiting: list[str] = field(default_factory=list)
    ended_by: IdeascubeError | None = None
    counter: int = 0
    receipt: Receipt = field(default_factory=Receipt)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of bytes of a file that is to be in an object."""

    file: ParcelFile
    path: Path
    start: int
    length: int


async def send_parcels(data: DataFolder, storage: Storage, how: Sending) -> Outcome:
    """Send what waits. What could not be sent, and why, is in the outcome. Raises only for what is wrong with this box:
    NotAllowed, NoSpace, BadInput (its key), OSError (its disk).
    """
    return await _Run(data, storage, how, box_key(data.keys)).run()


class _Run:
    def __init__(self, data: DataFolder, storage: Storage, how: Sending, key: BoxKey) -> None:
        self._data, self._storage, self._how, self._key = data, storage, how, key
        self._note = SentNote.of(data.sync, storage.url)
        self._was_lost = self._note.was_lost and counter_of(data.keys) is not None
        self._outcome = Outcome()
        self._stuck: set[str] = set()  # SHA-256 of files that are not as their parcels say
        self._seen = 0  # counter of the manifest of ours that lies there
        self._began, self._sent = time.monotonic(), 0
        self._limit = asyncio.Semaphore(_AT_ONCE)

    async def run(self) -> Outcome:
        parcels, self._outcome.waiting = await asyncio.to_thread(read_outbox, self._data)
        try:
            await self._learn(parcels)
            await self._send_all(parcels)
        except* IdeascubeError as errors:
            self._outcome.ended_by = _first(errors)
        return self._outcome

    # What the storage knows already

    async def _learn(self, parcels: list[Parcel]) -> None:
        begin_counting(self._data.keys)
        self._note.clear({file.sha256 for parcel in parcels for file in parcel.files})
        await self._read_receipt(parcels)
        known = max(self._outcome.receipt.seen.get(self._how.route, [0])[-1:] or [0])
        if self._was_lost or known > (counter_of(self._data.keys) or 0):
            await self._read_own_manifest(parcels)

    async def _read_receipt(self, parcels: list[Parcel]) -> None:
        raw = await self._get(receipt_path(self._key.id), RECEIPT_LIMIT)
        receipt = self._outcome.receipt = read_receipt(raw or b"")
        if missing := set(receipt.missing) & set(self._note.objects):
            self._note.forget(missing)
        for path in sorted((self._data.sync / FOLDER).glob("*.jsonl")):
            if path != self._note.path and receipt.seen.get("carried"):
                self._adopt(SentNote(path), receipt, parcels)

    def _adopt(self, other: SentNote, receipt: Receipt, parcels: list[Parcel]) -> None:
        """Take what another storage got, such as a stick, for sent, where the hub has read the list that lay there."""
        if not {counter for counter, _ in other.manifests} & set(receipt.seen["carried"]):
            return
        arrived = [
            file.sha256
            for parcel in parcels
            if other.listed.get(parcel.key) == parcel.version and parcel.key not in receipt.incomplete
            for file in parcel.files
            if other.is_whole(file.sha256, file.size) and not self._note.is_whole(file.sha256, file.size)
        ]
        if arrived:
            self._note.adopt(other, arrived)

    async def _read_own_manifest(self, parcels: list[Parcel]) -> None:
        raw = await self._get(manifest_path(self._key.id, self._how.route), SIZE_LIMIT)
        if raw is None:
            return
        try:
            manifest = read_manifest(raw, self._key.id)
            self._seen = manifest.counter
            for page in manifest.pages:
                self._take_over(read_page(await self._page(page)), parcels)
        except (BadInput, BrokenPack):
            return  # somebody else's, or damaged: it is written anew

    async def _page(self, names: tuple[str, ...]) -> bytes:
        stored = [await self._get(object_path(name), STORED_LIMIT) for name in names]
        return b"".join(unpack_object(name, each or b"") for name, each in zip(names, stored, strict=True))

    def _take_over(self, listed: list[Sent], parcels: list[Parcel]) -> None:
        waiting = {file.sha256: file.size for parcel in parcels for file in parcel.files}
        for sent in listed:
            for sha256, segments in sent.segments.items():
                if sha256 in waiting and not self._note.is_whole(sha256, waiting[sha256]):
                    self._note.take_over(sha256, segments)

    # Objects

    async def _send_all(self, parcels: list[Parcel]) -> None:
        far = self._outcome.far
        files = {file.sha256: file.size for parcel in parcels for file in parcel.files}
        far.bytes_total = sum(length for sha, size in files.items() for _, length in self._note.missing(sha, size))
        far.objects_total = -(-far.bytes_total // self._size)
        self._how.tell(far)
        for group in _groups(parcels):
            try:
                await self._send_group(group)
            finally:
                await self._put_manifest(parcels)

    async def _send_group(self, group: list[Parcel]) -> None:
        async with asyncio.TaskGroup() as tasks:
            async for pieces in self._objects(group):
                self._how.may_go_on()
                await self._limit.acquire()
                task = tasks.create_task(self._send(pieces))
                task.add_done_callback(lambda _: self._limit.release())
                if self._size < LIMIT:
                    await asyncio.wait([task])  # one after the other: a cut then costs one half

    @property
    def _rate(self) -> float:
        """Bytes a second: as measured now, where enough was sent, else as before."""
        elapsed = time.monotonic() - self._began
        return self._sent / elapsed if self._sent > 4 * 32 * 1024 and elapsed > 0 else self._how.rate

    @property
    def _size(self) -> int:
        return LIMIT if math.isinf(self._how.rate) else object_size(self._rate)

    async def _objects(self, group: list[Parcel]) -> AsyncIterator[list[_Piece]]:
        """What the next objects are to hold: long runs alone, short ones together."""
        gathered: list[_Piece] = []
        for file in _files(group):
            async for piece in self._pieces(file):
                if piece.length > self._size // 2:
                    yield [piece]
                    continue
                if sum(each.length for each in gathered) + piece.length > self._size:
                    yield gathered
                    gathered = []
                gathered.append(piece)
        if gathered:
            yield gathered

    async def _pieces(self, file: ParcelFile) -> AsyncIterator[_Piece]:
        gaps = list(self._note.missing(file.sha256, file.size))
        if not gaps or file.sha256 in self._stuck:
            return
        try:
            path = await ready(self._data, file, self._note)
        except BadInput as error:
            self._wait(file, str(error))
            return
        cuts = await asyncio.to_thread(natural_cuts, path)
        for start, length in gaps:
            end = start + length
            while start < end:
                piece = _Piece(file, path, start, await self._length(file, path, cuts, start, end))
                yield piece
                start += piece.length

    async def _length(self, file: ParcelFile, path: Path, cuts: Cuts[int], start: int, end: int) -> int:
        usual = cut_length(cuts, end, start, self._size)
        if self._was_lost:
            for size in _EVERY_SIZE:
                length = cut_length(cuts, end, start, size)
                content = self._read(_Piece(file, path, start, length))
                if content is not None and await self._has(object_name(content)):
                    return length
        return usual

    async def _send(self, pieces: list[_Piece]) -> None:
        contents = [(piece, await asyncio.to_thread(self._read, piece)) for piece in pieces]
        places, content = [], b""
        for piece, part in contents:
            if part is None:
                self._wait(piece.file, f"{piece.file.name} was changed meanwhile")
            else:
                places.append((piece, len(content)))
                content += part
        if content:
            name = await self._put_object(content)
            self._note.confirm(
                name,
                len(content),
                [(piece.file.sha256, piece.start, Segment(name, piece.length, at)) for piece, at in places],
            )
            self._count(content)

    def _read(self, piece: _Piece) -> bytes | None:
        return read_piece(piece.path, self._note.verified[piece.file.sha256], piece.start, piece.length)

    async def _put_object(self, content: bytes) -> str:
        """Have the object there; its name."""
        name = object_name(content)
        if name not in self._note.objects and not (self._was_lost and await self._has(name)):
            stored = await asyncio.to_thread(pack_object, content)
            await self._persist(lambda: self._storage.put(object_path(name), stored))
            self._sent += len(stored)
        return name

    async def _has(self, name: str) -> bool:
        return await self._persist(lambda: self._storage.exists(object_path(name)))

    def _count(self, content: bytes) -> None:
        far = self._outcome.far
        far.objects += 1
        far.bytes += len(content)
        far.objects_total = max(far.objects_total, far.objects)
        self._how.tell(far)

    def _wait(self, file: ParcelFile, why: str) -> None:
        if file.sha256 not in self._stuck:
            self._stuck.add(file.sha256)
            self._outcome.waiting.append(f"What {file.name} belongs to waits, since {why}.")

    # The manifest

    async def _put_manifest(self, parcels: list[Parcel]) -> None:
        """Say what is there now, where that is something new."""
        whole = [parcel for parcel in parcels if self._is_whole(parcel)]
        pages = [await self._put_page(page) for page in pages_of(self._sent_of(parcel) for parcel in whole)]
        digest = hashlib.sha256(repr((pages, self._how.name)).encode()).hexdigest()
        last = self._note.manifests[-1:] or [(0, "")]
        if last[0][1] == digest or (not whole and last[0][0] == 0):
            return
        counter = next_counter(self._data.keys, self._seen)
        manifest = Manifest(
            self._key.id, self._key.public, self._how.name, counter, self._how.made, tuple(map(tuple, pages))
        )
        content = signed(manifest, self._key)
        await self._persist(lambda: self._put_and_look(manifest_path(self._key.id, self._how.route), content))
        self._note.put_manifest(counter, digest, {parcel.key: parcel.version for parcel in whole})
        self._outcome.counter = counter

    def _is_whole(self, parcel: Parcel) -> bool:
        return all(self._note.is_whole(file.sha256, file.size) for file in parcel.files)

    def _sent_of(self, parcel: Parcel) -> Sent:
        return Sent(parcel, {file.sha256: self._note.segments(file.sha256) for file in parcel.files})

    async def _put_page(self, page: bytes) -> list[str]:
        names = []
        for content in cut_page(page, self._size):
            name = await self._put_object(content)
            if name not in self._note.objects:
                self._note.confirm(name, len(content), [])
            names.append(name)
        return names

    async def _put_and_look(self, path: str, content: bytes) -> None:
        """The one thing that is written over: whether it is really there is looked at."""
        await self._storage.put(path, content)
        if await self._storage.get(path, SIZE_LIMIT) != content:
            raise Unfinished(f"{self._storage.shown} does not keep what it is given: see what is wrong with it.")

    # Asking

    async def _get(self, path: str, limit: int) -> bytes | None:
        async def get() -> bytes | None:
            try:
                return await self._storage.get(path, limit)
            except NotThere:
                return None

        return await self._persist(get)

    async def _persist[T](self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask again where the line or the server fails, with growing pauses that no two boxes have alike."""
        for attempt in range(self._how.attempts - 1):
            self._how.may_go_on()
            try:
                return await ask()
            except (Unfinished, NotThere):
                await self._how.pause(min(2.0**attempt, _LONGEST_PAUSE) * random.uniform(0.5, 1.5))  # noqa: S311
        return await ask()


def _first(errors: BaseExceptionGroup[IdeascubeError]) -> IdeascubeError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, IdeascubeError)
    return error


def _files(group: list[Parcel]) -> Iterator[ParcelFile]:
    """The files of these parcels, each once."""
    seen = set()
    for parcel in group:
        for file in parcel.files:
            if file.sha256 not in seen:
                seen.add(file.sha256)
                yield file


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
