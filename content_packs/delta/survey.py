"""Reading all of a delta before anything is made of it: whether it is whole, whether its records keep what it declares.

What it takes to make it is known afterwards: the metadata, the paths, the room on the disk.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content_packs.delta.container import Chunk, Delta, Description
from content_packs.delta.records import Made, Record, Removed, parse_record
from content_packs.errors import BadInput, NoSpace
from content_packs.zim.creator import is_compressible
from content_packs.zim.layer import OWN_METADATA, PATH_COUNT_LIMIT, PathNumbers, path_number

RESERVE = 16 * 1024 * 1024  # bytes left free on the disk, for the box's own writing
_METADATA_LIMIT = 16 * 1024 * 1024  # bytes of all of it
_METADATA_COUNT = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A record with its data. `at`: its chunk's place in the file; what is in `pieces` follows in the next chunks."""

    record: Record
    data: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in a delta: metadata with its data, and the numbers of the paths that it decides."""

    description: Description
    metadata: tuple[Step, ...]
    numbers: PathNumbers


def survey(delta: Delta, folder: Path) -> Survey:
    """Slow: reads all of a delta that was verified. `folder`: where its layer is to be made.

    Raises BadInput where it is damaged or does not keep what it declares, NoSpace where that is too much.
    """
    description = delta.description()
    refuse_full_disk(description, folder)
    surveyor = _Surveyor(delta, description)
    for step in steps(delta):
        surveyor.take(step)
    return surveyor.found()


class _Surveyor:
    """Adds up what goes by, and stops where it is more than was declared."""

    def __init__(self, delta: Delta, description: Description) -> None:
        self._delta, self._declared = delta, description
        self._records, self._stored, self._text, self._metadata_size = 0, 0, 0, 0
        self._metadata: dict[str, Step] = {}
        self._numbers = array("Q")

    def take(self, step: Step) -> None:
        self._records += 1
        record = step.record
        if isinstance(record, Removed):
            self._numbers.extend(path_number(path) for path in record.paths)
        elif isinstance(record, Made) and record.is_metadata:
            self._take_metadata(record, step)
        else:
            self._numbers.append(path_number(record.path))
        if isinstance(record, Made):
            self._take_content(record)
        if len(self._numbers) > PATH_COUNT_LIMIT:
            raise self._delta.damaged(f"it decides more than {PATH_COUNT_LIMIT} paths")

    def _take_content(self, record: Made) -> None:
        if record.is_pointed_at:
            return
        if is_compressible(record.type):
            self._text += record.content.size
        else:
            self._stored += record.content.size
        if self._stored > self._declared.stored or self._text > self._declared.text:
            raise self._delta.damaged("it holds more than it says")

    def _take_metadata(self, record: Made, step: Step) -> None:
        self._metadata_size += record.content.size
        if self._numbers or self._metadata_size > _METADATA_LIMIT or len(self._metadata) >= _METADATA_COUNT:
            raise self._delta.damaged("its metadata is too much, or not at its beginning")
        if record.path in OWN_METADATA | self._metadata.keys() or record.content.how not in ("whole", "same"):
            raise self._delta.damaged(f"it cannot say what “{record.path[:50]}” is")
        self._metadata[record.path] = step

    def found(self) -> Survey:
        """Once all went by."""
        declared = self._declared
        if (self._records, self._stored, self._text) != (declared.records, declared.stored, declared.text):
            raise self._delta.damaged("it does not hold what it says")
        numbers = PathNumbers(self._numbers)
        if not numbers.are_different:
            raise self._delta.damaged("it says two things of one path")
        return Survey(declared, tuple(self._metadata.values()), numbers)


def steps(delta: Delta) -> Iterator[Step]:
    """All records in their order, each with its data. Raises BadInput where something is not as the format has it."""
    missing = 0  # bytes of an entry's pieces
    for chunk in delta.chunks():
        if missing:
            missing = _rest(delta, chunk, missing)
            continue
        taken = 0
        for step in _of_chunk(delta, chunk):
            record = step.record
            taken += len(step.data)
            if missing:
                raise delta.damaged("something stands between an entry and its pieces")
            if isinstance(record, Made) and record.content.how == "pieces":
                missing = record.content.size
            yield step
        if taken != len(chunk.data) or not chunk.records:
            raise delta.damaged("a chunk holds data of nothing")
    if missing:
        raise delta.damaged("pieces of an entry are missing")


def _rest(delta: Delta, chunk: Chunk, missing: int) -> int:
    if chunk.records or not chunk.data or len(chunk.data) > missing:
        raise delta.damaged("the pieces of an entry are not what it says")
    return missing - len(chunk.data)


def _of_chunk(delta: Delta, chunk: Chunk) -> Iterator[Step]:
    at = 0
    for document in chunk.records:
        try:
            record = parse_record(document)
        except (ValueError, TypeError, LookupError, OverflowError, AttributeError) as error:
            reason = str(error) if type(error) is ValueError else "a field is missing, or of another kind"
            raise delta.damaged(f"a record cannot be read ({reason})") from error
        length = record.content.length if isinstance(record, Made) else 0
        if at + length > len(chunk.data):
            raise delta.damaged("a chunk ends before its data")
        yield Step(record, chunk.data[at : at + length], chunk.at)
        at += length


def pieces_after(delta: Delta, at: int, size: int) -> Iterator[bytes]:
    """The pieces of the entry whose record is in the chunk at `at`: `size` bytes in all."""
    chunks = delta.chunks(at)
    next(chunks)
    while size > 0:
        data = next(chunks).data
        size -= len(data)
        yield data


def refuse_full_disk(description: Description, folder: Path) -> None:
    """Raises NoSpace where a layer of this may not fit into `folder`."""
    needed = description.stored + description.text // 2 + RESERVE
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise NoSpace(
            f"The layer may need {needed / 1e6:.0f} MB and the disk of {folder} has {free / 1e6:.0f} MB free: "
            "remove a pack, or use a larger disk."
        )


def refuse_other_base(delta: Delta, description: Description, base: object, name: str) -> None:
    """Raises BadInput where the delta was made for something else."""
    if description.base != base:
        raise BadInput(
            f"{delta.path.name} was not made for the {name} that is here, but for another version of it: "
            "fetch the delta for this one, or the whole pack."
        )
