"""A file on its way, on the disk: what arrives is written, flushed, and noted in its journal.

docs/formats/arriving.md has the order of the writes and what a crash after each leaves. Where the bytes come from is
not known here, nor whether they are right.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from content_packs.store.durable import flush_folder
from provisioning.transfers import journal
from provisioning.transfers.disk_pace import DiskPace
from provisioning.transfers.journal import Origin, Progress
from provisioning.transfers.journal_file import JournalFile
from provisioning.transfers.spans import Span, Spans
from provisioning.transfers.wanted import Wanted

DATA, JOURNAL = "data", "journal"
_READ = 1024 * 1024  # bytes
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # random(4): another one after every start


def boot_id() -> str:
    """Names this start of the machine; empty where the system does not say."""
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return ""


class Arriving:
    """One file between its first byte and its last. Methods raise OSError where the disk refuses."""

    def __init__(self, folder: Path, wanted: Wanted, pace: DiskPace) -> None:
        self.wanted = wanted
        self.path = folder / wanted.file_name
        self._folder = folder
        self._pace = pace
        self._journal = JournalFile(folder / JOURNAL)
        self._boot = boot_id()
        self._buffer = bytearray()
        self._at = (0, 0)  # where in the file the buffer begins, and who gave it
        self._unflushed: list[tuple[int, int, int]] = []  # start, end, who gave it
        self._proved: list[Span] = []  # not flushed since
        self._written_at = self._flushed_at = time.monotonic()
        self.progress = self._load()
        self._file = self._open()

    def _load(self) -> Progress:
        """What is there, as far as it can be believed and used."""
        there = _size(self._folder / DATA)
        found = journal.read(self._journal.read(), self.wanted, self._boot)
        if found is not None and found.is_whole and _size(self.path) == found.size:
            return found
        if found is None:
            found = Progress(self.wanted.size if self.wanted.is_exact else 0)
            if self.wanted.pieces is not None:  # they will tell what of it can be used
                found.present.add(0, min(there, found.size))
        found.is_whole = False
        found.drop(there, max(there, found.size))
        return found

    def _open(self) -> int:
        if self.progress.is_whole:
            return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        file = os.open(self._folder / DATA, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            if 0 < self.progress.size < os.fstat(file).st_size:
                os.ftruncate(file, self.progress.size)
            os.fsync(file)
            self._renew()
        except OSError:
            os.close(file)
            raise
        return file

    def _renew(self) -> None:
        self._journal.renew(journal.compact(self.wanted, self.progress, self._boot))

    # ---- What is known of it

    @property
    def is_whole(self) -> bool:
        return self.progress.is_whole

    @property
    def size(self) -> int:
        """In bytes; 0 as long as nobody said it exactly."""
        return self.progress.size

    def settle_size(self, size: int) -> None:
        """Note the true size, as a source says it."""
        self.flush()
        self.progress.size = size
        self._renew()

    def gap(self) -> Span | None:
        """The first part that is missing, to be asked for before the next `write`; None where nothing is."""
        self.pour()
        if not self.size:
            start = next(iter(self.progress.present), (0, 0))
            return (start[1] if start[0] == 0 else 0), 0
        return self.progress.present.gap(self.size)

    def origin(self, origin: Origin) -> int:
        """A number for who gives bytes, for `write`."""
        if origin not in self.progress.origins:
            self._journal.add(journal.origin_line(origin))
        return self.progress.origin(origin)

    def reject(self, origin: Origin) -> None:
        """Note for good that this origin has something else."""
        if origin not in self.progress.others:
            self.progress.others.append(origin)
            self._journal.add(journal.other_line(origin))

    # ---- Its bytes

    def write(self, start: int, content: bytes, origin: int) -> None:
        """Take bytes that follow those of the last call, or begin elsewhere after `pour`. They are written soon."""
        if not self._buffer:
            self._at = (start, origin)
        self._buffer += content
        if len(self._buffer) >= self._pace.write_bytes or _is_past(self._written_at, self._pace.write_seconds):
            self.pour()

    def pour(self) -> None:
        """Write what is still in memory, so that it outlives this process; flush if it is time."""
        if self._buffer:
            content, self._buffer = self._buffer, bytearray()
            start, origin = self._at
            _write_at(self._file, content, start)
            self._note_written(start, start + len(content), origin)
        self._written_at = time.monotonic()
        is_much = sum(end - start for start, end, _ in self._unflushed) >= self._pace.flush_bytes
        if is_much or _is_past(self._flushed_at, self._pace.flush_seconds):
            self.flush()

    def _note_written(self, start: int, end: int, origin: int) -> None:
        self.progress.keep(start, end, origin)
        self._journal.add(journal.line(written=[start, end], of=origin))
        self._journal.write()
        if self._unflushed and self._unflushed[-1][1:] == (start, origin):
            start = self._unflushed.pop()[0]
        self._unflushed.append((start, end, origin))

    def prove(self, start: int, end: int) -> None:
        """Note that a part is right: it counts once it is flushed."""
        self._proved.append((start, end))

    def drop(self, start: int, end: int) -> None:
        """Note that a part is wrong: it is missing again."""
        self.pour()
        self.progress.drop(start, end)
        self._journal.add(journal.line(dropped=[start, end]))

    def flush(self) -> None:
        """See that all of it outlives a power cut: the data first, then the journal that says so."""
        self._flushed_at = time.monotonic()
        if self._buffer:
            self.pour()
        if self._unflushed or self._proved:
            os.fsync(self._file)
            self._note_flushed()
        if self._journal.is_long:
            self._renew()
        self._journal.flush()

    def _note_flushed(self) -> None:
        proved = Spans(span for span in self._proved if self.progress.present.holds(*span))
        for span in proved:
            self.progress.counted.add(*span)
            self._journal.add(journal.line(counted=span))
        for start, end, origin in self._unflushed:
            for span in self.progress.present.within(start, end):
                if not proved.holds(*span):
                    self._journal.add(journal.line(flushed=span, of=origin))
        self._unflushed, self._proved = [], []

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """What is on the disk of this part, in order."""
        while start < end:
            content = os.pread(self._file, min(_READ, end - start), start)
            if not content:
                raise OSError(errno.EIO, "it has become shorter")
            yield content
            start += len(content)

    def finish(self) -> None:
        """Give the file, which is whole and right, its name."""
        self.flush()
        self.progress.is_whole = True
        self._journal.add(journal.line(whole=True))
        self._journal.flush()
        (self._folder / DATA).replace(self.path)
        flush_folder(self._folder)

    def close(self) -> None:
        """Flush and let go. What the disk refuses now is lost, as far as it had not been written."""
        try:
            if not self.is_whole:
                self.flush()
        finally:
            self._journal.close()
            os.close(self._file)


def _is_past(moment: float, seconds: float) -> bool:
    return time.monotonic() - moment >= seconds


def _write_at(file: int, content: bytearray, start: int) -> None:
    rest = memoryview(content)
    while rest:
        count = os.pwrite(file, rest, start)
        rest, start = rest[count:], start + count


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
