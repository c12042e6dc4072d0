"""The number of a box's manifests, which only grows: `keys/outgoing.json`, beside the key that signs them.

A number is on the disk before it is used. After a backup was brought back it goes on from the number of the manifest
that lies at the hub, which nobody but this box can have signed (`sending`).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from content_packs.json_file import read_json
from content_packs.store.durable import make_folder, write_atomically

FILE = "outgoing.json"


class _Counter(msgspec.Struct):
    counter: int | None = None


def counter_of(keys: Path) -> int | None:
    """The number that was used last; None where nothing was ever sent."""
    return read_json(keys / FILE, _Counter, _Counter()).counter


def begin_counting(keys: Path) -> None:
    """Note that something was sent, before it is. Raises OSError."""
    if counter_of(keys) is None:
        _write(keys, 0)


def next_counter(keys: Path, seen: int) -> int:
    """A number that was never used, larger than `seen` too. Raises OSError."""
    number = max(counter_of(keys) or 0, seen) + 1
    _write(keys, number)
    return number


def _write(keys: Path, number: int) -> None:
    make_folder(keys)
    write_atomically(keys / FILE, msgspec.json.encode(_Counter(number)))
