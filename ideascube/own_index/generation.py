"""The record of the index's generation: which files it consists of, each with its size and SHA-256.

A file that is not in it does not count; one that is not as it says makes the index one that has to be made again.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from content_packs.store.durable import write_atomically

RECORD = "generation.json"
FORMAT = 2  # another number for other fields, other folding of their words, or another Whoosh

_LONGEST = 1024 * 1024  # bytes
_PIECE = 1024 * 1024  # bytes


class Sum(NamedTuple):
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Generation:
    """`files` by their names. `birth` is another one for each index that began empty, `number` for each commit."""

    birth: str
    number: int
    files: Mapping[str, Sum]

    @classmethod
    def empty(cls) -> Generation:
        return cls(secrets.token_hex(8), 0, {})


def load_generation(folder: Path) -> Generation | None:
    """The record in `folder`; None where there is none that can be used."""
    try:
        document = json.loads((folder / RECORD).read_bytes()[:_LONGEST])
        birth, number, files = said = [document[name] for name in ("birth", "number", "files")]
        if document["format"] != FORMAT or document["digest"] != _digest(said):
            return None
        return Generation(birth, number, {name: Sum(*values) for name, values in files.items()})
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def save_generation(generation: Generation, folder: Path) -> None:
    """From here on the index is this generation, also after a power cut. Its files are flushed already."""
    files = {name: list(values) for name, values in generation.files.items()}
    said = {"birth": generation.birth, "number": generation.number, "files": files}
    document = {"format": FORMAT, "digest": _digest(list(said.values())), **said}
    write_atomically(folder / RECORD, json.dumps(document, indent=1, sort_keys=True).encode())


def _digest(said: list[object]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def sums(folder: Path, names: Iterable[str], known: Mapping[str, Sum]) -> dict[str, Sum]:
    """Of each file; of those that are `known` already they are taken from there, since no file is written twice."""
    return {name: known.get(name) or sum_of(folder / name) for name in names}


def sum_of(path: Path) -> Sum:
    """Reads the whole file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return Sum(size, digest.hexdigest())


def looks_whole(generation: Generation, folder: Path) -> bool:
    """Whether its files are as long as they should be, and its small table of contents is what it was.

    What a reader checks: it takes no time, and Whoosh's table of contents is a pickle.
    """
    try:
        return all(
            sum_of(folder / name) == known if name.endswith(".toc") else (folder / name).stat().st_size == known.size
            for name, known in generation.files.items()
        )
    except OSError:
        return False


def is_whole(generation: Generation, folder: Path, names: Iterable[str]) -> bool:
    """Whether these files of it are to the last bit what they were. Reads them."""
    try:
        return all(sum_of(folder / name) == generation.files[name] for name in names)
    except OSError:
        return False
