"""The file of a delta: description, chunks, hash. What the records in the chunks mean is in `records`.

Format: docs/formats/delta.md. Nothing that a file declares is believed beyond the bounds here.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, Self

import zstandard

from content_packs.delta.frames import LEVEL, WINDOW_LOG, unpack
from content_packs.errors import BadInput, NotAllowed
from content_packs.zim.identity import Identity

MAGIC = b"IDELTA\r\n"
VERSION = 1
DESCRIPTION_LIMIT = 64 * 1024  # bytes
CHUNK_LIMIT = 16 * 1024 * 1024  # bytes, unpacked
RECORDS_LIMIT = 8 * 1024 * 1024  # bytes of a chunk's records: JSON takes up to 28 times its length in memory
_QUICK = 3  # for media, which are compressed already
_HEAD = struct.Struct("<8sII")
_CHUNK = struct.Struct("<II")
_LENGTH = struct.Struct("<I")
_HASH = 32  # bytes
_LANGUAGE_LIMIT = 20  # bytes
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Description:
    """What a delta says of itself; sizes in bytes."""

    base: Identity
    result: Identity
    language: str
    main: str | None
    articles: int
    media: int
    fulltext: bool
    titles: bool
    records: int
    stored: int
    text: int

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, document: Any) -> Description:
        """Raises ValueError, TypeError or LookupError for what is none."""
        main = document["main"]
        sizes = {name: int(document[name]) for name in ("articles", "media", "records", "stored", "text")}
        if any(not 0 <= size < 2**63 for size in sizes.values()):
            raise ValueError("a number is out of bounds")
        return cls(
            base=Identity.from_json(document["base"]),
            result=Identity.from_json(document["result"]),
            language=_word(document["language"], _LANGUAGE_LIMIT),
            main=None if main is None else _word(main, DESCRIPTION_LIMIT),
            fulltext=bool(document["fulltext"]),
            titles=bool(document["titles"]),
            **sizes,
        )


def _word(value: Any, limit: int) -> str:
    if not isinstance(value, str) or "\0" in value or len(value.encode()) > limit:
        raise ValueError("a text is none, or too long")
    return value


class DeltaWriter:
    """Writes a delta to `file`: chunks first to a second file, since the description counts them."""

    def __init__(self, chunks: IO[bytes]) -> None:
        self._chunks = chunks

    def add(self, records: Sequence[bytes], data: bytes, *, quick: bool = False) -> None:
        """One chunk of records, each as JSON, and their data; `quick` for data that hardly gets smaller."""
        text = b"[" + b",".join(records) + b"]"
        content = _LENGTH.pack(len(text)) + text + data
        assert len(text) <= RECORDS_LIMIT
        assert len(content) <= CHUNK_LIMIT
        packed = zstandard.ZstdCompressor(compression_params=_parameters(len(content), quick=quick)).compress(content)
        self._chunks.write(_CHUNK.pack(len(packed), len(content)) + packed)

    def finish(self, file: IO[bytes], description: Description) -> None:
        """All of the delta, to `file`."""
        text = description.to_bytes()
        if len(text) > DESCRIPTION_LIMIT:
            raise BadInput("The path of the new pack's first page is too long for a delta: send the pack whole.")
        digest = hashlib.sha256()
        self._chunks.seek(0)
        pieces = iter(lambda: self._chunks.read(_PIECE), b"")
        for piece in chain([_HEAD.pack(MAGIC, VERSION, len(text)), text], pieces, [_CHUNK.pack(0, 0)]):
            digest.update(piece)
            file.write(piece)
        file.write(digest.digest())


def _parameters(size: int, *, quick: bool) -> zstandard.ZstdCompressionParameters:
    window = min(WINDOW_LOG, max(10, size.bit_length()))
    level = _QUICK if quick else LEVEL
    return zstandard.ZstdCompressionParameters.from_level(level, window_log=window, write_checksum=False)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The records, and the data that belongs to them. `at`: where the chunk is in the file, in bytes."""

    at: int
    records: list[Any]
    data: bytes


class Delta:
    """An open delta. `verify` before anything else is believed."""

    def __init__(self, path: Path) -> None:
        """Raises BadInput where it is no delta, NotAllowed where it cannot be read."""
        self.path = path
        try:
            self._file = path.open("rb")
            self._size = path.stat().st_size
        except OSError as error:
            raise NotAllowed(f"{path} cannot be read: {error.strerror}.") from error
        head = self._read(0, _HEAD.size)
        if not head.startswith(MAGIC) or len(head) < _HEAD.size:
            raise BadInput(f"{path.name} is no delta: it does not begin as one.")
        _, version, length = _HEAD.unpack(head)
        if version != VERSION:
            raise BadInput(f"{path.name} is a delta of version {version}: update Ideascube to read it.")
        if length > DESCRIPTION_LIMIT:
            raise self.damaged("its description is too long")
        self._first = _HEAD.size + length
        self._last = self._size - _HASH - _CHUNK.size
        if self._last < self._first:
            raise self.damaged("it is cut off")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def verify(self) -> None:
        """Read all of the file against its hash. Raises BadInput where it was cut off or altered."""
        digest = hashlib.sha256()
        end = self._size - _HASH
        for at in range(0, end, _PIECE):
            digest.update(self._read(at, min(_PIECE, end - at)))
        if digest.digest() != self._read(end, _HASH):
            raise self.damaged("it was cut off or altered on its way")

    def description(self) -> Description:
        """Raises BadInput for what is none."""
        try:
            return Description.from_json(json.loads(self._read(_HEAD.size, self._first - _HEAD.size)))
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
            raise self.damaged("its description cannot be read") from error

    def chunks(self, at: int | None = None) -> Iterator[Chunk]:
        """All chunks, or those from the one at `at` on. Raises BadInput for what is none."""
        at = self._first if at is None else at
        while at < self._last:
            packed, unpacked = _CHUNK.unpack(self._read(at, _CHUNK.size))
            if packed == 0 or unpacked > CHUNK_LIMIT or at + _CHUNK.size + packed > self._last:
                raise self.damaged("its chunks do not fit into it")
            yield self._chunk(at, self._read(at + _CHUNK.size, packed), unpacked)
            at += _CHUNK.size + packed
        if self._read(at, _CHUNK.size) != bytes(_CHUNK.size):
            raise self.damaged("its chunks have no end")

    def _chunk(self, at: int, packed: bytes, size: int) -> Chunk:
        content = unpack(packed, size)
        if content is None or len(content) < _LENGTH.size:
            raise self.damaged("a chunk is not what it says")
        (length,) = _LENGTH.unpack_from(content)
        if length > RECORDS_LIMIT:
            raise self.damaged("the records of a chunk are too long")
        try:
            records = json.loads(content[_LENGTH.size : _LENGTH.size + length])
        except (ValueError, RecursionError) as error:
            raise self.damaged("the records of a chunk cannot be read") from error
        if not isinstance(records, list) or _LENGTH.size + length > len(content):
            raise self.damaged("a chunk has no list of records")
        return Chunk(at, records, content[_LENGTH.size + length :])

    def damaged(self, what: str) -> BadInput:
        return BadInput(f"{self.path.name} is damaged: {what}. Fetch it again.")

    def _read(self, at: int, length: int) -> bytes:
        try:
            self._file.seek(at)
            return self._file.read(length)
        except OSError as error:
            raise NotAllowed(f"{self.path} cannot be read: {error.strerror}. The disk may be failing.") from error
