"""Parcels: what one box wants others to have (docs/formats/sharing.md), read from where the jobs process put them.

What is wrong with one stops only that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder

FORMAT = 1
COLLECTION, CREATION, COUNTERS = "collection", "creation", "counters"
SHARED, WITHDRAWN = "shared", "withdrawn"
PARCELS_LIMIT = 20_000
FILES_LIMIT = 201
SIZE_LIMIT = 64 * 1024  # bytes of one parcel's JSON

_ID_LIMIT = 255  # characters
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SENT_FROM = ("packs", "media", "outbox")  # folders of the data folder: nothing else leaves a box


class ParcelFile(msgspec.Struct, frozen=True):
    """One file: its `name` in the parcel, where it lies in the data folder, `size` in bytes."""

    name: str
    size: int
    sha256: str
    path: str = ""


class _Fields(msgspec.Struct):
    format: int
    kind: str
    id: str
    version: str
    state: str
    title: dict[str, str] = {}
    languages: list[str] = []
    licence: str = ""
    files: list[ParcelFile] = []
    about: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as it is read; `document` has all of its fields, the unknown ones too."""

    kind: str
    id: str
    version: str
    state: str
    title: dict[str, str]
    files: tuple[ParcelFile, ...]
    document: dict[str, Any] = field(repr=False)

    @property
    def key(self) -> str:
        """What is the same in all versions of it."""
        return f"{self.kind}.{self.id}"

    @property
    def size(self) -> int:
        """Bytes, all files together."""
        return sum(file.size for file in self.files)

    @property
    def is_withdrawn(self) -> bool:
        return self.state == WITHDRAWN

    @property
    def shown_title(self) -> str:
        """For a list in English: one of its titles, or its id."""
        return self.title.get("en") or next(iter(self.title.values()), "") or self.id


def parse_parcel(raw: bytes) -> Parcel:
    """The parcel that the JSON says. Raises BadInput with what is wrong with it."""
    if len(raw) > SIZE_LIMIT:
        raise BadInput(f"A parcel has more than {SIZE_LIMIT // 1024} KiB: it is left where it is.")
    try:
        document = msgspec.json.decode(raw)
        return parcel_of(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"A parcel cannot be read: {error}. It is left where it is.") from error


def parcel_of(document: object) -> Parcel:
    """The same, from JSON that was read. Raises BadInput."""
    try:
        fields = msgspec.convert(document, _Fields)
    except msgspec.ValidationError as error:
        raise BadInput(f"A parcel is not as it should be: {error}. It is left where it is.") from error
    assert isinstance(document, dict)
    if wrong := _wrong(fields):
        raise BadInput(f"The parcel “{fields.kind[:20]}.{fields.id[:100]}” {wrong}. It is left where it is.")
    return Parcel(
        fields.kind, fields.id, fields.version, fields.state, fields.title, tuple(fields.files), document
    )  # fmt: skip


def _wrong(fields: _Fields) -> str:
    if fields.format != FORMAT:
        return f"has the format {fields.format}, which this version does not know: update Ideascube"
    if fields.kind not in (COLLECTION, CREATION, COUNTERS):
        return "is of a kind that this version does not know"
    if fields.state not in (SHARED, WITHDRAWN):
        return "is neither shared nor withdrawn"
    if not fields.id or len(fields.id) > _ID_LIMIT or not fields.id.isprintable() or "/" in fields.id:
        return "has an id that cannot be one"
    if not fields.version or len(fields.version) > 100 or not fields.version.isprintable():
        return "has a version that cannot be one"
    if len(fields.files) > FILES_LIMIT:
        return f"has more than {FILES_LIMIT} files"
    return next((wrong for file in fields.files if (wrong := _wrong_file(file))), "")


def _wrong_file(file: ParcelFile) -> str:
    if not _SHA256.fullmatch(file.sha256) or file.size < 0:
        return f"has a wrong sum or size for {file.name[:100]}"
    if not file.name or len(file.name.encode()) > _ID_LIMIT or not file.name.isprintable() or "/" in file.name:
        return "has a file whose name cannot be one"
    if file.name.startswith(".") or "\\" in file.name:
        return f"has a file whose name leads elsewhere: {file.name[:100]}"
    return ""


def source_of(data: DataFolder, file: ParcelFile) -> Path:
    """Where the file lies. Raises BadInput where that is no place from which things may leave a box."""
    parts = file.path.split("/")
    if parts[0] not in _SENT_FROM or len(parts) < 2 or any(part in ("", ".", "..") for part in parts):
        raise BadInput(f"{file.name} of a parcel lies at “{file.path[:100]}”, from where nothing is sent")
    path = data.root.joinpath(*parts)
    if not path.resolve().is_relative_to(data.root.resolve()):
        raise BadInput(f"{file.name} of a parcel is a link out of the data folder")
    return path


def read_outbox(data: DataFolder) -> tuple[list[Parcel], list[str]]:
    """What waits in the outbox, small and precious first, and a sentence for each parcel that cannot be read."""
    parcels, problems = [], []
    for path in _parcel_files(data.outbox / "parcels"):
        try:
            with path.open("rb") as file:
                parcels.append(parse_parcel(file.read(SIZE_LIMIT + 1)))
        except OSError as error:
            problems.append(f"The parcel {path.name} cannot be read: {error.strerror}. It waits.")
        except BadInput as error:
            problems.append(str(error))
    return in_order(parcels), problems


def _parcel_files(folder: Path) -> list[Path]:
    try:
        names = sorted(path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
    except OSError:
        return []
    return names[:PARCELS_LIMIT]


def in_order(parcels: Iterable[Parcel]) -> list[Parcel]:
    """What is taken back before all, then creations, counters, collections, of each the small ones first."""
    kinds = (CREATION, COUNTERS, COLLECTION)
    return sorted(
        parcels, key=lambda each: (not each.is_withdrawn, kinds.index(each.kind), each.size, each.key)
    )  # fmt: skip
