"""What leaves the box of a creation: whether there is anything new to say of it, and the parcel that says it.

`next_step` is the rule, without input or output; `Packing` reads the box's database.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import msgspec

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.box_facts import NAME as BOX_NAME
from ideascube.box_db.box_facts import fact
from ideascube.box_db.creations import load_shown
from ideascube.box_db.media import load_several
from ideascube.box_db.sharing_media import Travelling, put_travelling, travelling_file, travelling_of
from ideascube.box_db.sharing_rows import Shared, past_of
from ideascube.box_db.tags import list_tags
from ideascube.box_media.addresses import media_folder
from ideascube.box_media.model import Media, State
from ideascube.creations.media_inside import media_inside
from ideascube.creations.model import Creation
from ideascube.sharing.documents import document_of, why_not
from ideascube.sharing.parcels import DOCUMENT, Parcel, ParcelFile, ParcelState, written
from ideascube.sharing.versions import MOST_PARENTS, ancestors_of, version_of

SumOf = Callable[[Path], str | None]  # SHA-256 of a file; None while it is being read


class Step(StrEnum):
    """What there is to do about a creation that is shared, or was."""

    NONE = "none"
    SEND = "send"  # what readers see now
    WITHDRAW = "withdraw"


class Waiting(Exception):
    """It cannot leave yet: a file is not ready; `is_reading`: or only not read through yet."""

    def __init__(self, *, is_reading: bool = False) -> None:
        super().__init__()
        self.is_reading = is_reading


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A new version for other boxes: the row as it is then, but for `head`, which is `version`; what goes out."""

    after: Shared
    version: str
    document: bytes | None


def next_step(shared: Shared, shown: Creation | None) -> Step:
    """`shown`: what readers see, None where they see nothing. Pure."""
    sends = bool(shared.parcel) and _last(shared).state == "shared"
    if not shared.is_shared or shown is None or why_not(shown):
        return Step.WITHDRAW if sends else Step.NONE
    if shown.version > shared.version or any(number <= shown.version for _, number in shared.merged):
        return Step.SEND
    return Step.SEND if not sends and not shared.by else Step.NONE


def parents_of(shared: Shared, version: int) -> list[str]:
    """Of a new version made of the one here with this number. Pure."""
    merged = [each for each, number in shared.merged if number <= version]
    return [*([shared.head] if shared.head else []), *merged][:MOST_PARENTS]


def _last(shared: Shared) -> Parcel:
    return msgspec.json.decode(shared.parcel, type=Parcel)


def last_document(shared: Shared) -> str:
    """The sum of the document that the row's parcel names; empty where it names none."""
    if not shared.parcel:
        return ""
    files = _last(shared).files
    return next((each.sha256 for each in files if each.name == DOCUMENT), "")


@dataclass(frozen=True, slots=True)
class Packing:
    """Makes parcels of creations."""

    connection: sqlite3.Connection
    data: DataFolder
    sum_of: SumOf

    def step(self, shared: Shared) -> Outgoing | None:
        """What is new; None for nothing. Raises Waiting."""
        shown = load_shown(self.connection, shared.creation) if shared.creation else None
        found = next_step(shared, shown)
        if found is Step.WITHDRAW:
            return self._withdrawn(shared)
        if found is Step.SEND and shown is not None:
            return self._sent(shared, shown)
        return None

    def document(self, creation: Creation) -> tuple[bytes, list[ParcelFile]]:
        """What it says, and its files. Raises Waiting."""
        used = [*dict.fromkeys([*(use.media for use in creation.media), *sorted(media_inside(creation.body))])]
        media = load_several(self.connection, used)
        travelling = {each.id: self._travelling(each) for each in media.values() if each.state is not State.FAILED}
        if any(use.media not in travelling for use in creation.media if use.role == "main"):
            raise Waiting
        files = [_file(media[media_id], each) for media_id, each in travelling.items()]
        sums = {media_id: each.sha256 for media_id, each in travelling.items()}
        document = document_of(creation, sums, media, list_tags(self.connection))
        return document, [*{each.sha256: each for each in files}.values()]

    def _travelling(self, media: Media) -> Travelling:
        known = travelling_of(self.connection, media.id)
        if known is not None:
            return known
        name = travelling_file(media)
        if media.state is not State.READY or not name:
            raise Waiting
        path = media_folder(self.data, media.id) / name
        if not path.is_file():
            raise Waiting
        digest = self.sum_of(path)
        if digest is None:
            raise Waiting(is_reading=True)
        found = Travelling(media.id, digest, name, path.stat().st_size)
        put_travelling(self.connection, found, came=False)
        return found

    def _sent(self, shared: Shared, shown: Creation) -> Outgoing:
        document, files = self.document(shown)
        parents = parents_of(shared, shown.version)
        digest = hashlib.sha256(document).hexdigest()
        rest = tuple(each for each in shared.merged if each[1] > shown.version)
        after = replace(shared, version=shown.version, by="", state="shared", merged=rest)
        if digest == last_document(shared) and not shared.by and parents == [shared.head] and shared.state == "shared":
            return Outgoing(after, shared.head, document)  # readers see no difference
        files = [ParcelFile(DOCUMENT, f"outbox/files/{digest}", len(document), digest), *files]
        version = version_of(shared.name, "shared", digest, parents)
        parcel = self._parcel(shared, "shared", version, parents, digest)
        parcel = msgspec.structs.replace(
            parcel,
            title={code: words.title for code, words in shown.texts.items()},
            languages=(shown.language, *(code for code in shown.texts if code != shown.language)),
            licence=shown.licence,
            files=tuple(files),
        )
        return Outgoing(replace(after, parcel=written(parcel).decode()), version, document)

    def _withdrawn(self, shared: Shared) -> Outgoing:
        parents = parents_of(shared, shared.version)
        version = version_of(shared.name, "withdrawn", None, parents)
        parcel = self._parcel(shared, "withdrawn", version, parents, "")
        after = replace(shared, by="", state="withdrawn", merged=(), parcel=written(parcel).decode())
        return Outgoing(after, version, None)

    def _parcel(self, shared: Shared, state: ParcelState, version: str, parents: list[str], document: str) -> Parcel:
        past = [*past_of(self.connection, shared.name)]
        about: dict[str, object] = {
            "box_name": fact(self.connection, BOX_NAME),
            "name": shared.name,
            "work": shared.work,
            "parents": sorted(parents),
            "ancestors": ancestors_of(parents, past),
        }
        if document:
            about["document"] = document
        return Parcel(kind="creation", id=shared.name, version=version, state=state, about=about)


def _file(media: Media, travelling: Travelling) -> ParcelFile:
    ending = travelling.file.rpartition(".")[2]
    path = f"media/{media.id[:2]}/{media.id}/{travelling.file}"
    return ParcelFile(f"{travelling.sha256[:16]}.{ending}", path, travelling.size, travelling.sha256)
