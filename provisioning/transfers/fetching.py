"""Fetching a file, from whichever mirror gives it."""

from __future__ import annotations

from pathlib import Path

from content_packs.errors import Unfinished
from provisioning.transfers.line import Line
from provisioning.transfers.wanted import Wanted


async def fetch(wanted: Wanted, line: Line, arriving: Path) -> Path:
    """Fetch what is still missing of the file, and give its path: packs/.arriving/KEY/NAME, whole and as announced.

    `arriving`: DataFolder.arriving. Whatever lies there already is gone on from. Who has used the file deletes the
    folder KEY, or moves the file out of it and leaves the rest to `clear`. Raises Unfinished where the line is gone, or
    `line` says so: what arrived stays. Raises BrokenPack where all sources give something else than was announced,
    NoSpace and NotAllowed where the disk refuses, Busy where another process fetches the same.
    """
    raise Unfinished(f"{wanted.file_name} has not arrived yet.")


async def mend(wanted: Wanted, damaged: Path, line: Line, arriving: Path) -> Path:
    """The same, where `damaged` is a file that should be the wanted one: only pieces that are wrong are fetched.

    The file itself is not changed: what is right in it is copied. Raises as `fetch`.
    """
    await adopt(wanted, damaged, arriving)
    return await fetch(wanted, line, arriving)


async def adopt(wanted: Wanted, found: Path, arriving: Path) -> int:
    """Take from a file that lies elsewhere, such as a stick's, the pieces that are right; gives how many bytes.

    Where no sums of pieces are known it counts as a whole or not at all. A file that vanishes in the middle is no
    error. Raises NoSpace, NotAllowed, Busy.
    """
    return 0


def clear(arriving: Path, wanted: set[str], keep: int = 0) -> int:
    """Delete what arrives for nobody: the folders of keys that are not in `wanted`. Gives the bytes that were freed.

    Of those, the ones that were used last stay as long as they are no more than `keep` bytes together: a wish that
    comes back tomorrow need not be fetched twice. Raises NotAllowed.
    """
    return 0
