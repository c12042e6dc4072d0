"""The pages of a manifest: which parcels there are, and which objects hold their files.

docs/formats/outgoing.md, field by field. Rules only: nothing is read or written here.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from content_packs.errors import BadInput
from provisioning.outgoing.manifest import canonical
from provisioning.outgoing.objects import LIMIT, is_object_name
from provisioning.outgoing.parcels import PARCELS_LIMIT, Parcel, parcel_of

PAGE_LIMIT = 32 * 1024 * 1024  # bytes of a page, unpacked
SEGMENTS_LIMIT = 400_000  # of all files of a manifest together
_VALUES_LIMIT = 4 * SEGMENTS_LIMIT  # of a page's JSON: a segment is three, and `[],[],[]…` takes 25 times its length
_PARCELS_A_PAGE = 32


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes of a file: they are the `length` bytes from `at` on in the content of the object `name`."""

    name: str
    length: int
    at: int = 0


# The segments of each file, by its SHA-256, from its beginning to its end.
Segments = Mapping[str, tuple[Segment, ...]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A parcel as a box sent it, and where its files are."""

    parcel: Parcel
    segments: Segments


def pages_of(sent: Iterable[Sent]) -> Iterator[bytes]:
    """The pages that list these parcels: each is another one only where one of its parcels is."""
    pages: dict[int, list[Sent]] = {}
    all_sent = list(sent)
    count = 1
    while count * _PARCELS_A_PAGE < len(all_sent):
        count *= 2
    for each in all_sent:
        digest = hashlib.sha256(each.parcel.key.encode()).digest()
        pages.setdefault(int.from_bytes(digest[:4], "big") % count, []).append(each)
    for number in sorted(pages):
        listed = sorted(pages[number], key=lambda each: each.parcel.key)
        yield gzip.compress(canonical([_listed(each) for each in listed]), mtime=0)


def page_of(sent: Sent) -> bytes:
    """A page that lists one parcel alone, for a catalogue of what was accepted."""
    return gzip.compress(canonical([_listed(sent)]), mtime=0)


def cut_page(page: bytes, size: int) -> list[bytes]:
    """The contents of the objects that hold a page, of at most `size` bytes each."""
    return [page[start : start + size] for start in range(0, len(page), size)]


def _listed(sent: Sent) -> dict[str, Any]:
    files = [
        {
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "segments": [_written(segment) for segment in sent.segments.get(file.sha256, ())],
        }
        for file in sent.parcel.files
    ]
    return {**sent.parcel.document, "files": files}


def _written(segment: Segment) -> list[str | int]:
    return [segment.name, segment.length, *([segment.at] if segment.at else [])]


def read_page(raw: bytes, problems: list[str] | None = None) -> list[Sent]:
    """The parcels that a page lists. Raises BadInput where it cannot be believed.

    With `problems`, a parcel that cannot be is passed over, and a sentence on it is added there.
    """
    unpacked = _unpacked(raw)
    try:
        documents = msgspec.json.decode(unpacked, type=list[dict[str, Any]])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("A page of a manifest is no list of parcels: it is refused.") from error
    if len(documents) > PARCELS_LIMIT:
        raise BadInput("A page of a manifest has no end: it is refused.")
    found = []
    for document in documents:
        try:
            found.append(_sent(document))
        except BadInput as error:
            if problems is None:
                raise
            problems.append(str(error))
    return found


def _unpacked(raw: bytes) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    try:
        unpacked = machine.decompress(raw, PAGE_LIMIT)
    except zlib.error as error:
        raise BadInput("A page of a manifest is damaged: it is refused.") from error
    if not machine.eof or unpacked.count(b",") > _VALUES_LIMIT:
        raise BadInput("A page of a manifest is cut off, or has no end: it is refused.")
    return unpacked


def _sent(document: dict[str, Any]) -> Sent:
    """A parcel as it stands in a page or by itself in an object. Raises BadInput."""
    parcel = parcel_of(document)
    segments = {
        file.sha256: _segments(listed, parcel.key, file.size)
        for file, listed in zip(parcel.files, document.get("files", ()), strict=True)
    }
    return Sent(parcel, segments)


def _segments(listed: dict[str, Any], key: str, size: int) -> tuple[Segment, ...]:
    try:
        segments = tuple(_segment(each) for each in listed["segments"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"The parcel {key} does not say where its files are: it is refused.") from error
    if sum(segment.length for segment in segments) != size or len(segments) > SEGMENTS_LIMIT:
        raise BadInput(f"The pieces of a file of the parcel {key} are not as long as the file: it is refused.")
    return segments


def _segment(written: list[Any]) -> Segment:
    name, length, *rest = written
    at = rest[0] if rest else 0
    if not is_object_name(name) or not isinstance(length, int) or not isinstance(at, int):
        raise ValueError(written)
    if length < 1 or at < 0 or at + length > LIMIT or len(rest) > 1:
        raise ValueError(written)
    return Segment(name, length, at)
