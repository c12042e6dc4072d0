"""The part of the jobs process that has the sums of packs made: one after the other, the small ones first, each by a
process apart that reads the pack's file once, when nothing else is to be done.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from functools import partial

from content_packs.manifest.hashes import hash_file
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import write_atomically
from content_packs.store.found import stamp_of
from content_packs.store.library import Library, PackRecord
from ideascube.apart import Tell
from ideascube.indexing.apart import Apart
from ideascube.offering.metalinks import ENDING, is_offered, sums_file, with_sums

log = logging.getLogger(__name__)

_MEMORY = 256 * 1024 * 1024  # bytes: of 200 GB the sums alone are some 60 MB while they are written
_SILENCE = 300  # seconds without a piece of 1 MiB after which the process is ended


class SumsKeeper:
    """Call `look` with the library as it is, then `work` until it is time to look again. `clock` in seconds."""

    def __init__(self, data: DataFolder, clock: Callable[[], float] = time.monotonic) -> None:
        self._data, self._clock = data, clock
        self._folder = sums_file(data, "").parent
        self._library: Library | None = None
        self._waiting: list[PackRecord] = []
        self._running: tuple[PackRecord, Apart] | None = None

    def look(self, library: Library) -> None:
        if library == self._library or library.problems:
            return
        self._library = library
        offered = {record.stamp: record for record in library.shown if is_offered(record)}
        made = self._made()
        self._clear(made - offered.keys())
        lacking = [record for stamp, record in offered.items() if stamp not in made]
        self._waiting = sorted(lacking, key=lambda record: record.size, reverse=True)
        if self._running is not None and self._running[0].stamp not in offered:
            self.stop()

    def _made(self) -> set[str]:
        with contextlib.suppress(OSError):
            return {path.stem for path in self._folder.iterdir() if path.suffix == ENDING}
        return set()

    def _clear(self, stamps: set[str]) -> None:
        """Of packs that left or changed."""
        for stamp in stamps:
            with contextlib.suppress(OSError):
                sums_file(self._data, stamp).unlink()

    @property
    def has_work(self) -> bool:
        return self._running is not None or bool(self._waiting)

    def work(self, until: float) -> None:
        while self._clock() < until:
            if self._running is None and not self._begin():
                time.sleep(max(0.0, until - self._clock()))
                return
            self._hear(until)

    def _begin(self) -> bool:
        """What fails is not tried again until the library changes, or the box starts anew."""
        if not self._waiting:
            return False
        record = self._waiting.pop()
        self._running = record, Apart(partial(_make, record, self._data), _MEMORY, _SILENCE)
        return True

    def _hear(self, until: float) -> None:
        assert self._running is not None
        record, apart = self._running
        apart.read(until - self._clock())
        if apart.ended:
            self._running = None
            if apart.status:
                log.warning("The sums of “%s” could not be made: it is offered to others without them.", record.id)

    def pause(self) -> None:
        """Let what runs stand still, as something else has its turn."""
        if self._running is not None:
            self._running[1].pause()

    def resume(self) -> None:
        if self._running is not None:
            self._running[1].resume()

    def stop(self) -> None:
        """End what runs; it is begun anew at the next start."""
        if self._running is not None:
            self._running[1].kill()
            self._running = None


def _make(record: PackRecord, data: DataFolder, tell: Tell) -> None:
    """In the process apart. A file that changed meanwhile has another stamp, and its turn later."""
    files = [data.packs / name for name in record.files]
    size, hashes = hash_file(files[0], lambda done, total: tell({"done": done, "of": total}))
    if stamp_of(files) == record.stamp:
        target = sums_file(data, record.stamp)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, with_sums(record, size, hashes))
