"""Single files out of a ZIP archive, with bounds on what each and all of them unpack to."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from content_packs.errors import BadInput

TOTAL_LIMIT = 150_000_000  # bytes unpacked
MEMBER_LIMIT = 30_000_000
ENTRY_LIMIT = 50_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the only ones that EPUB allows (OCF 3.3, section 4.2.2)
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


class ZipMembers:
    """An archive's files by their names. Raises BadInput where it is no archive, is damaged or unpacks to too much.

    `name` is what messages call it: for an archive that is open already, as a part of another file.
    """

    def __init__(self, file: Path | IO[bytes], name: str = "") -> None:
        self._name = name or (file.name if isinstance(file, Path) else "The archive")
        self._room = TOTAL_LIMIT
        try:
            self._archive = zipfile.ZipFile(file)
        except _DAMAGED as error:
            raise BadInput(f"{self._name} is damaged, cut off or something else: copy it again.") from error
        self._infos = {info.filename: info for info in self._archive.infolist()[:ENTRY_LIMIT]}
        self._by_small_letters = {name.lower(): name for name in self._infos}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None where it is not there."""
        info = self.info(name)
        if info is None:
            return None
        if info.flag_bits & 0x1 or info.compress_type not in _METHODS:
            raise BadInput(f"{self._name} is locked, or packed in a way that readers do not know: save it again.")
        return self._unpacked(info)

    def info(self, name: str) -> zipfile.ZipInfo | None:
        """What the archive says of the file. Books made on Windows name files in other capitals."""
        info = self._infos.get(name) or self._infos.get(self._by_small_letters.get(name.lower(), ""))
        return None if info is None or info.is_dir() else info

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        limit = min(MEMBER_LIMIT, self._room)
        try:
            with self._archive.open(info) as member:
                data = member.read(limit + 1)
        except _DAMAGED as error:
            raise BadInput(f"{self._name} is damaged at {info.filename!r}: copy it again.") from error
        if len(data) > limit:
            raise BadInput(f"{self._name} unpacks to far more than a file of its kind does: it may be an attack.")
        self._room -= len(data)
        return data
