"""Packs that end the process that searches them: noticed, and left out until the machine starts again.

A damaged index can crash libzim, or keep it busy for ever; the process is then replaced, and would meet the same pack
in the next search. So each searcher notes in a file of its own which pack it is asking. A searcher that starts reads
what the dead left: a pack that two of them were asking when they died is left out while its file stays the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEATHS = 2

_KEY_LENGTH = 24

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Suspects:
    """Notes in `folder`, which may be lost: a pack left out wrongly is back after the machine's next start.

    Where it cannot be written, nothing is noticed and all packs are asked.
    """

    def __init__(self, folder: Path) -> None:
        # A power cut proves nothing about a pack: what was noted before the last start does not count.
        self._folder = folder / _boot()
        self._note: int | None = None
        with suppress(OSError):
            self._forget_other_boots(folder)
            self._folder.mkdir(parents=True, exist_ok=True)
            self._bury()
            self._note = os.open(self._folder / f"{os.getpid()}.asking", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)

    def _forget_other_boots(self, folder: Path) -> None:
        for other in folder.iterdir() if folder.exists() else ():
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def _bury(self) -> None:
        for note in self._folder.glob("*.asking"):
            if _is_alive(int(note.stem)):
                continue
            with suppress(OSError):  # another searcher that starts just now may be first
                asked = note.read_text().strip()
                note.rename(self._folder / f"{asked}.{note.stem}.died") if asked else note.unlink()

    def left_out(self) -> frozenset[str]:
        """The keys (`key_of`) of the packs to be left out, as it is known now to all searchers."""
        return _left_out(self._folder)

    @contextmanager
    def asking(self, pack: str, stamp: str) -> Iterator[None]:
        """Note the pack while it is being asked."""
        self._write(key_of(pack, stamp))
        try:
            yield
        finally:
            self._write("")

    def _write(self, asked: str) -> None:
        if self._note is None:
            return
        with suppress(OSError):
            os.pwrite(self._note, asked.ljust(_KEY_LENGTH).encode(), 0)

    def close(self) -> None:
        """Take the note away: the process ends well."""
        if self._note is not None:
            os.close(self._note)
            self._note = None
            (self._folder / f"{os.getpid()}.asking").unlink(missing_ok=True)


def left_out_packs(folder: Path, packs: Iterable[tuple[str, str]]) -> list[str]:
    """The ids of those `packs` (id, stamp) that searches leave out, by the searchers' notes in `folder`.

    For whoever watches the box: it lists one folder and writes nothing.
    """
    left_out = _left_out(folder / _boot())
    return [pack for pack, stamp in packs if key_of(pack, stamp) in left_out] if left_out else []


def _left_out(folder: Path) -> frozenset[str]:
    try:
        deaths = Counter(died.name.split(".")[0] for died in folder.glob("*.died"))
    except OSError:
        return frozenset()
    return frozenset(key for key, count in deaths.items() if count >= DEATHS)


def key_of(pack: str, stamp: str) -> str:
    """What a state of a pack is called in the notes."""
    return hashlib.sha256(f"{pack}\n{stamp}".encode()).hexdigest()[:_KEY_LENGTH]


def _boot() -> str:
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return "unknown"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
