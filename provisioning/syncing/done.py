"""Which offers were installed: `sync/done.json`.

So that a file that says other things of itself than its catalogue does is not fetched again and again, and a version
from which a person went back does not come again by itself.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from content_packs.json_file import read_json
from content_packs.store.durable import write_atomically

NAME = "done.json"
_MOST = 5000


class _Done(msgspec.Struct, frozen=True):
    format: int = 1
    keys: tuple[str, ...] = ()


def read_done(folder: Path) -> frozenset[str]:
    """The keys (`planning.keys.key_of`); none where the file cannot be read."""
    return frozenset(_read(folder).keys)


def note_done(folder: Path, key: str) -> None:
    """Raises OSError."""
    before = _read(folder).keys
    if key not in before[-1:]:
        keys = (*(each for each in before if each != key), key)[-_MOST:]
        write_atomically(folder / NAME, msgspec.json.encode(_Done(keys=keys)))


def _read(folder: Path) -> _Done:
    return read_json(folder / NAME, _Done, _Done())
