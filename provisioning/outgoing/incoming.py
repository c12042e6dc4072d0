"""What other boxes made, put into the inbox: what the organisation accepted, or what a sister box's stick brought.

Files first, the parcel last (docs/formats/sharing.md); each version once. The jobs process takes it in.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from content_packs.commands.text import human_size
from content_packs.errors import BadInput, BrokenPack, IdeascubeError, NoSpace
from content_packs.json_file import read_json
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import link_file, make_folder, write_atomically
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.assembling import Objects, assemble
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.manifest import SIZE_LIMIT, is_box_id, manifest_path, read_manifest
from provisioning.outgoing.objects import is_object_name
from provisioning.outgoing.pages import Sent, read_page
from provisioning.outgoing.parcels import CREATION, ParcelFile
from provisioning.storage import Storage

_NOTE = "taken.json"
_TO_BE_LOOKED_AT = "?"  # after a version that came by a stick: it comes once more when the organisation accepts it
_NOTE_LIMIT = 8 * 1024 * 1024  # bytes
_PAGE_LIMIT = 64  # objects that say one parcel
_BOXES_LIMIT = 1000  # on one stick
_ID = re.compile(r"[A-Za-z0-9._-]{1,120}")  # as names of files in the inbox have it: docs/formats/sharing.md


@dataclass(slots=True)
class Incoming:
    """What came: `taken`, keys of parcels that are in the inbox now; `problems`, a sentence for each that is not.

    `unknown`: ids of boxes that nobody enrolled, whose things were left there. `room`: bytes that may still come.
    """

    taken: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ended_by: IdeascubeError | None = None
    room: float = math.inf

    def use_room(self, sent: Sent) -> None:
        """Raise NoSpace where it would take the room that the box itself needs."""
        if sent.parcel.size > self.room:
            title, size = sent.parcel.shown_title[:100], human_size(sent.parcel.size)
            raise NoSpace(f"{title} of another box ({size}) has no room: remove a pack, or use a larger disk.")
        self.room -= sent.parcel.size


@dataclass(frozen=True, slots=True)
class AcceptedCreation:
    """A parcel in a signed catalogue: the box that sent this version, and the objects that hold its page."""

    box: str
    id: str
    version: str
    page: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.box}.{CREATION}.{self.id}"


def accepted_creations(creations: Iterable[Mapping[str, Any]]) -> list[AcceptedCreation]:
    """Those of a catalogue (docs/formats/outgoing.md); what cannot be read is passed over."""
    return [
        AcceptedCreation(each["box"], each["id"], each["version"], tuple(each["page"]))
        for each in creations
        if is_box_id(each.get("box"))
        and isinstance(each.get("id"), str)
        and isinstance(each.get("version"), str)
        and isinstance(each.get("page"), list)
        and 0 < len(each["page"]) <= _PAGE_LIMIT
        and all(is_object_name(name) for name in each["page"])
    ]


def not_taken(sync: Path, creations: Iterable[Mapping[str, Any]], own: str) -> list[AcceptedCreation]:
    """What of a catalogue did not come yet to the box `own`, in its order. `sync`: the folder of that name."""
    taken = _read_note(sync)
    return [
        each for each in accepted_creations(creations) if each.box != own and taken.get(each.key) != each.version
    ]  # fmt: skip


async def take_accepted(
    data: DataFolder,
    storage: Storage,
    creations: Iterable[Mapping[str, Any]],
    own: str,
    room: float = math.inf,
    **asking: Any,
) -> Incoming:
    """Fetch what a signed catalogue says was accepted and is not here yet. `asking`: as of `Asking`; `room`: bytes
    of the disk that may be filled.

    What fails is in the answer. Raises OSError for what is wrong with this box's disk.
    """
    incoming = Incoming(room=room)
    asked = Asking(storage, **asking)
    objects = Objects(asked)
    try:
        for creation in not_taken(data.sync, creations, own):
            with _told(incoming):
                for sent in read_page(await read_pages(asked, creation.page)):
                    if (sent.parcel.id, sent.parcel.version) != (creation.id, creation.version):
                        raise BadInput(f"{creation.key} is not what the catalogue says it is: it is refused.")
                    incoming.use_room(sent)
                    await _take(data, objects, creation.box, sent, accepted=True)
                incoming.taken.append(creation.key)
    except IdeascubeError as error:
        incoming.ended_by = error
    return incoming


async def take_from_stick(
    data: DataFolder, storage: Storage, keys: Mapping[str, str], own: str, room: float = math.inf
) -> Incoming:
    """Take the creations that other boxes put on a stick, to be looked at here. `keys`: public keys (hexadecimal) by
    the ids of boxes that are enrolled. Otherwise as `take_accepted`.
    """
    incoming = Incoming(room=room)
    asked = Asking(storage, attempts=1)
    try:
        for box in await boxes_on(storage):
            if box != own:
                with _told(incoming):
                    await _take_of_box(data, asked, box, keys.get(box), incoming)
    except IdeascubeError as error:
        incoming.ended_by = error
    return incoming


async def boxes_on(storage: Storage) -> list[str]:
    """The ids of boxes that put something on a stick."""
    found: dict[str, None] = {}
    async for path in storage.list("inbox"):
        box = path.split("/")[1]
        if is_box_id(box):
            found[box] = None
        if len(found) == _BOXES_LIMIT:
            break
    return list(found)


async def _take_of_box(data: DataFolder, asked: Asking, box: str, key: str | None, incoming: Incoming) -> None:
    raw = await asked.get(manifest_path(box, "carried"), SIZE_LIMIT)
    if raw is None:
        return
    manifest = read_manifest(raw, box)
    if key is None or manifest.key.hex() != key:
        incoming.unknown.append(box)
        return
    taken, objects = _read_note(data.sync), Objects(asked)
    for page in manifest.pages:
        for sent in read_page(await read_pages(asked, page)):
            whole = f"{box}.{sent.parcel.key}"
            known = (taken.get(whole) or "").removesuffix(_TO_BE_LOOKED_AT)
            if sent.parcel.kind == CREATION and known != sent.parcel.version:
                with _told(incoming):
                    incoming.use_room(sent)
                    await _take(data, objects, box, sent, accepted=False)
                    incoming.taken.append(whole)


@contextlib.contextmanager
def _told(incoming: Incoming) -> Iterator[None]:
    """What is wrong with one stops only that one."""
    try:
        yield
    except NoSpace as error:
        incoming.ended_by = error
    except (BadInput, BrokenPack) as error:
        incoming.problems.append(str(error))


async def _take(data: DataFolder, objects: Objects, box: str, sent: Sent, *, accepted: bool) -> None:
    """Put the parcel into the inbox, and note that it came."""
    parcel = sent.parcel
    if parcel.kind != CREATION or not is_box_id(parcel.id.partition(".")[0]) or not _ID.fullmatch(parcel.id):
        raise BadInput(f"The parcel {parcel.key[:100]} of the box {box} has no name of a creation: it is refused.")
    files = data.inbox / "files"
    for file in parcel.files:
        await asyncio.to_thread(_take_what_is_here, data, file, files)
        await assemble(objects, file, sent.segments[file.sha256], files)
    await asyncio.to_thread(_put, data, box, sent, accepted)
    _note(data.sync, f"{box}.{parcel.key}", parcel.version if accepted else parcel.version + _TO_BE_LOOKED_AT)


def _take_what_is_here(data: DataFolder, file: ParcelFile, files: Path) -> None:
    """What the media store has under this sum gets a second name, and is not fetched."""
    target = files / file.sha256
    for original in data.media.glob(f"{file.sha256[:2]}/{file.sha256}/original.*"):
        if not target.exists() and original.stat().st_size == file.size:
            make_folder(files)
            link_file(original, target)


def _put(data: DataFolder, box: str, sent: Sent, accepted: bool) -> None:
    folder = data.inbox / "parcels"
    make_folder(folder)
    files = [{"name": each.name, "path": "", "size": each.size, "sha256": each.sha256} for each in sent.parcel.files]
    document = {**sent.parcel.document, "files": files, "accepted": accepted}
    write_atomically(folder / f"{box}.{sent.parcel.key}.json", msgspec.json.encode(document, order="sorted"))


def _read_note(sync: Path) -> dict[str, str]:
    """Which version of which parcel came last; empty where that is not known: then what comes again changes nothing."""
    return read_json(sync / _NOTE, dict[str, str], {}, _NOTE_LIMIT)


def _note(sync: Path, key: str, version: str) -> None:
    make_folder(sync)
    write_atomically(sync / _NOTE, msgspec.json.encode({**_read_note(sync), key: version}))
