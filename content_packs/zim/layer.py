"""What makes a ZIM file a layer: whose changes it holds, which paths it decides. Format: docs/formats/layer.md.

How layers are read over a base is in `stack`; how they are made, in `content_packs.delta`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from content_packs.errors import BrokenPack
from content_packs.zim.archive import ZimArchive
from content_packs.zim.identity import Identity

FORMAT = 1
INFO, PATHS, COUNTER = "Layer", "LayerPaths", "LayerCounter"
OWN_METADATA = frozenset({INFO, PATHS, COUNTER})
FLATTENED_FROM = "FlattenedFrom"
REDIRECT_TYPE = "application/vnd.ideascube.redirect"
SAME_TYPE = "application/vnd.ideascube.same"
PATH_COUNT_LIMIT = 16_000_000
_NUMBER = 8  # bytes


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """What a layer says of itself: of what it lies on, and of what the pack is with it."""

    base: Identity
    result: Identity
    main: str | None
    articles: int
    media: int
    fulltext: bool
    titles: bool

    def to_bytes(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, document: Any) -> LayerInfo:
        """Raises ValueError, TypeError or LookupError for what is none."""
        main = document["main"]
        return cls(
            Identity.from_json(document["base"]),
            Identity.from_json(document["result"]),
            None if main is None else str(main),
            int(document["articles"]),
            int(document["media"]),
            bool(document["fulltext"]),
            bool(document["titles"]),
        )


class PathNumbers:
    """The numbers of paths (`path_number`), in 8 bytes each: a layer of a large pack has a million."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = _in_order(numbers)

    @classmethod
    def from_bytes(cls, raw: bytes) -> PathNumbers:
        """Raises ValueError for what is not whole numbers in their order, none twice."""
        found = cls(())
        found._numbers.frombytes(raw)
        _make_native(found._numbers)
        if not found.are_different:
            raise ValueError("they are not in order")
        return found

    def to_bytes(self) -> bytes:
        """The content of `LayerPaths`."""
        numbers = self._numbers[:]
        _make_native(numbers)
        return numbers.tobytes()

    @property
    def are_different(self) -> bool:
        return all(before < after for before, after in pairwise(self._numbers))

    def __contains__(self, number: int) -> bool:
        place = bisect_left(self._numbers, number)
        return place < len(self._numbers) and self._numbers[place] == number


class Layer:
    """An open layer. Raises BrokenPack from the constructor where the file is none, or damaged."""

    def __init__(self, path: Path) -> None:
        self.zim = ZimArchive(path)
        self.info = _read_info(self.zim)
        self._paths = _read_paths(self.zim)

    def decides(self, number: int) -> bool:
        """Whether this layer has the last word on the path with this `path_number`."""
        return number in self._paths


def path_number(path: str) -> int:
    """What `LayerPaths` has of a path."""
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=_NUMBER).digest()
    return int.from_bytes(digest, "little")


def _in_order(numbers: Iterable[int]) -> array[int]:
    """Sorted by shares, since in a list each number takes five times its 8 bytes."""
    shares = [array("Q") for _ in range(256)]
    for number in numbers:
        shares[number >> 56].append(number)
    return array("Q", chain.from_iterable(map(sorted, shares)))


def _make_native(numbers: array[int]) -> None:
    """From little-endian to this machine's order, or back."""
    if sys.byteorder == "big":
        numbers.byteswap()


def is_layer(zim: ZimArchive) -> bool:
    return zim.metadata_entry(INFO) is not None


def identity_of(zim: ZimArchive) -> Identity:
    """Of one file by itself: what it says that it was flattened from, else its own."""
    flattened = zim.metadata(FLATTENED_FROM)
    if flattened is not None:
        try:
            return Identity.from_json(json.loads(flattened))
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise BrokenPack(f"{zim.path.name} does not say of which pack it is: copy it again.") from error
    header, file = zim.layout.header, zim.file
    has_checksum = 0 < header.checksum <= file.size - 16
    checksum = file.read_at(header.checksum, 16).hex() if has_checksum else ""
    return Identity(header.uuid.hex(), file.size, header.entry_count, checksum)


def _read_info(zim: ZimArchive) -> LayerInfo:
    raw = zim.metadata(INFO)
    if raw is None:
        raise BrokenPack(f"{zim.path.name} is no layer: give what was made of a delta.")
    try:
        document = json.loads(raw)
        if document["format"] != FORMAT:
            raise BrokenPack(f"{zim.path.name} is a layer of a newer kind: update Ideascube to read it.")
        return LayerInfo.from_json(document)
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise BrokenPack(f"{zim.path.name} is a damaged layer: make it again from its delta.") from error


def _read_paths(zim: ZimArchive) -> PathNumbers:
    entry = zim.metadata_entry(PATHS)
    raw = None if entry is None else zim.read(entry, keep=False, limit=_NUMBER * PATH_COUNT_LIMIT)
    try:
        return PathNumbers.from_bytes(b"?" if raw is None else raw)
    except ValueError as error:
        raise BrokenPack(f"{zim.path.name} is a damaged layer: make it again from its delta.") from error
