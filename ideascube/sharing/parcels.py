"""A parcel: one thing that leaves a box or came from another one, as JSON. Pure.

docs/formats/sharing.md. What comes in may have been written by anybody: it is read into these shapes, and nothing
beyond their bounds.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec

from ideascube.sharing.versions import MOST_ANCESTORS, MOST_PARENTS, NAME, VERSION, version_of

FORMAT = 1
LONGEST = 64 * 1024  # bytes
MOST_FILES = 201
DOCUMENT = "creation.json"  # what the file is called that holds what a creation says
_NAME_LIMIT = 200

Sum = Annotated[str, msgspec.Meta(pattern=rf"\A{VERSION}\Z")]
Name = Annotated[str, msgspec.Meta(pattern=rf"\A{NAME}\Z")]
ParcelState = Literal["shared", "withdrawn"]


class ParcelFile(msgspec.Struct, frozen=True):
    """`path`: below the data folder of the box that sends it. `size`: bytes; `sha256`: hexadecimal."""

    name: Annotated[str, msgspec.Meta(max_length=_NAME_LIMIT)]
    path: Annotated[str, msgspec.Meta(max_length=500)]
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: Sum


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """What leaves the box. `about`: as the kind has it."""

    kind: Literal["collection", "creation", "counters"]
    id: str
    version: str
    state: ParcelState = "shared"
    title: dict[str, str] = {}
    languages: tuple[str, ...] = ()
    licence: str = ""
    files: tuple[ParcelFile, ...] = ()
    about: dict[str, object] = {}
    format: int = FORMAT

    @property
    def file_name(self) -> str:
        return f"{self.kind}.{self.id}.json"


class AboutCreation(msgspec.Struct, frozen=True, kw_only=True):
    """What a parcel says of a creation. `document`: empty where it was withdrawn."""

    name: Name
    work: Name
    parents: Annotated[tuple[Sum, ...], msgspec.Meta(max_length=MOST_PARENTS)] = ()
    ancestors: Annotated[tuple[Sum, ...], msgspec.Meta(max_length=MOST_ANCESTORS)] = ()
    document: str = ""
    box_name: Annotated[str, msgspec.Meta(max_length=_NAME_LIMIT)] = ""


class CreationParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A creation that came. `accepted`: by somebody who may speak for the organisation."""

    format: Literal[1]
    kind: Literal["creation"]
    id: str
    version: Sum
    state: ParcelState
    files: Annotated[tuple[ParcelFile, ...], msgspec.Meta(max_length=MOST_FILES)] = ()
    about: AboutCreation
    accepted: bool = False

    @property
    def document(self) -> ParcelFile | None:
        return next((each for each in self.files if each.sha256 == self.about.document), None)

    @property
    def media(self) -> tuple[ParcelFile, ...]:
        """What people brought."""
        return tuple(each for each in self.files if each.sha256 != self.about.document)


_INCOMING = re.compile(r"(?P<box>[0-9a-f]{16})\.(?P<kind>[a-z]{1,20})\.(?P<id>[A-Za-z0-9._-]{1,120})\.json")
_creations = msgspec.json.Decoder(CreationParcel)


def written(parcel: Parcel) -> bytes:
    """The same parcel has the same bytes."""
    return msgspec.json.encode(parcel, order="sorted")


def sender_and_kind(file_name: str) -> tuple[str, str] | None:
    """The id of the box that sent a parcel of this name in `inbox/parcels/`, and its kind; None for what is none."""
    found = _INCOMING.fullmatch(file_name)
    return (found["box"], found["kind"]) if found else None


def read_format(content: bytes) -> int | None:
    """Of a parcel, whatever else it says; None where that cannot be read."""
    try:
        said = msgspec.json.decode(content, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    found = said.get("format")
    return found if isinstance(found, int) else None


def read_creation(content: bytes) -> CreationParcel | None:
    """None for what is no parcel of a creation, or contradicts itself."""
    try:
        parcel = _creations.decode(content[: LONGEST + 1])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return parcel if _is_sound(parcel) else None


def _is_sound(parcel: CreationParcel) -> bool:
    about, is_withdrawn = parcel.about, parcel.state == "withdrawn"
    document = None if is_withdrawn else about.document
    return (
        parcel.id == about.name
        and set(about.parents) <= set(about.ancestors)
        and parcel.version not in about.ancestors
        and (not parcel.files if is_withdrawn else parcel.document is not None)
        and parcel.version == version_of(about.name, parcel.state, document, about.parents)
    )
