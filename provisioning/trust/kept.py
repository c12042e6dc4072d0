"""What is kept of a trusted catalogue: a folder for each in keys/trust/, read in any state that a crash leaves.

root.json, timestamp.json, snapshot.json, targets.json   the newest that was verified
catalogue.json.gz                                        the newest catalogue that arrived whole
SHA256.part                                              one that is arriving
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.disk import refusal, refusals_told
from content_packs.store.durable import make_folder, write_atomically
from provisioning.trust.catalogue import PACKED_LIMIT
from provisioning.trust.metadata import TARGET, SignedFile

_LIMIT = 64 * 1024  # bytes of metadata


class Kept:
    """The files in `folder`. All methods raise NoSpace and NotAllowed with a sentence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def metadata(self, role: str) -> bytes | None:
        return self._read(f"{role}.json", _LIMIT)

    def keep_metadata(self, role: str, content: bytes) -> None:
        if self.metadata(role) != content:
            self._write(f"{role}.json", content)

    def forget(self) -> None:
        """Begin anew."""
        with refusals_told(self._folder):
            for path in self._folder.glob("*") if self._folder.is_dir() else ():
                path.unlink()

    def catalogue(self, expected: SignedFile | None = None) -> bytes | None:
        """The newest one; None where there is none, or not the expected one."""
        content = self._read(TARGET, PACKED_LIMIT)
        return content if content is None or expected is None or is_it(content, expected) else None

    def keep_catalogue(self, content: bytes) -> None:
        """The last thing of a refresh: what arrived for another one is cleared away."""
        self._write(TARGET, content)
        with refusals_told(self._folder):
            for part in self._folder.glob("*.part"):
                part.unlink()

    def arrived(self, expected: SignedFile) -> bytes:
        """What there is of a catalogue that is arriving."""
        return self._read(f"{expected.sha256}.part", expected.size) or b""

    def drop_arrived(self, expected: SignedFile) -> None:
        with refusals_told(self._folder):
            (self._folder / f"{expected.sha256}.part").unlink(missing_ok=True)

    @contextmanager
    def arriving(self, expected: SignedFile, *, anew: bool) -> Iterator[Callable[[bytes], None]]:
        """What takes more of it, after what arrived or `anew`. When it ends, all that was taken is on the disk."""
        with refusals_told(self._folder):
            make_folder(self._folder)
            file = (self._folder / f"{expected.sha256}.part").open("wb" if anew else "ab")

        def take(piece: bytes) -> None:
            with refusals_told(self._folder):
                file.write(piece)

        try:
            yield take
        finally:
            with refusals_told(self._folder), file:
                file.flush()
                os.fsync(file.fileno())

    def _read(self, name: str, limit: int) -> bytes | None:
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refusal(self._folder / name, error) from error

    def _write(self, name: str, content: bytes) -> None:
        with refusals_told(self._folder):
            make_folder(self._folder)
            write_atomically(self._folder / name, content)


def is_it(content: bytes, expected: SignedFile) -> bool:
    return len(content) == expected.size and hashlib.sha256(content).hexdigest() == expected.sha256
