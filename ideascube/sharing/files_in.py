"""Files that came with a creation: looked through, and given their places in the media store.

What a file is, its bytes say; it is converted here as an upload is, which copies what is ready for phones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.media import Arrived
from ideascube.box_db.sharing_media import Travelling, media_of_sum, put_travelling
from ideascube.box_media.store import examine, take_in
from ideascube.sharing.documents import LONGEST as LONGEST_DOCUMENT
from ideascube.sharing.documents import Document, read_document
from ideascube.sharing.parcels import CreationParcel, ParcelFile
from ideascube.sharing.refusals import Refused, Why


class Missing(Exception):
    """A file of it is not here yet, or not read through yet (`is_reading`)."""

    def __init__(self, *, is_reading: bool = False) -> None:
        super().__init__()
        self.is_reading = is_reading


@dataclass(frozen=True, slots=True)
class CameFiles:
    """`folder`: `inbox/files`. `sum_of`: SHA-256 of a file, None while it is being read."""

    folder: Path
    sum_of: Callable[[Path], str | None]

    def document(self, parcel: CreationParcel) -> Document:
        """What the creation says. Raises Refused, Missing, OSError."""
        file = parcel.document
        if file is None or file.size > LONGEST_DOCUMENT:
            raise Refused(Why.UNREADABLE)
        path = self._checked(file)
        document = read_document(path.read_bytes())
        if document is None:
            raise Refused(Why.UNREADABLE)
        return document

    def examined(self, connection: sqlite3.Connection, parcel: CreationParcel) -> dict[str, Arrived | None]:
        """By their sums what the files are; None for one that is on this box already. Raises as `document`."""
        return {each.sha256: self._examined(connection, each) for each in parcel.media}

    def _examined(self, connection: sqlite3.Connection, file: ParcelFile) -> Arrived | None:
        if media_of_sum(connection, file.sha256) is not None:
            return None
        path = self._checked(file)
        try:
            return examine(path, file.name, file.sha256)
        except BadInput as error:
            raise Refused(Why.FILE, str(error)) from error

    def _checked(self, file: ParcelFile) -> Path:
        """Where it is, once its bytes are what was announced."""
        path = self.folder / file.sha256
        if path.is_symlink() or not path.is_file():
            raise Missing
        if path.stat().st_size != file.size:
            raise Refused(Why.DAMAGED, file.name)
        digest = self.sum_of(path)
        if digest is None:
            raise Missing(is_reading=True)
        if digest != file.sha256:
            raise Refused(Why.DAMAGED, file.name)
        return path


def take_files_in(
    connection: sqlite3.Connection, data: DataFolder, examined: Iterable[tuple[str, Arrived | None]]
) -> dict[str, str]:
    """The ids here by the sums of what came. A part of a deed: the files themselves are not deleted. Raises NoSpace."""
    ids: dict[str, str] = {}
    for sha256, arrived in examined:
        known = media_of_sum(connection, sha256)
        if known is None and arrived is not None:
            known = take_in(connection, data, data.inbox / "files" / sha256, arrived, 0).media.id
            put_travelling(connection, Travelling(known, sha256, arrived.original, arrived.size), came=True)
        if known is not None:
            ids[sha256] = known
    return ids
