"""Takes in what came from other boxes: part of the jobs process.

In which order: docs/formats/sharing.md. What is refused is remembered with the reason and deleted; what cannot be
taken in now, for want of room or of a file, stays.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from pathlib import Path

import msgspec

from content_packs.box_key import box_key
from content_packs.errors import BadInput, IdeascubeError
from content_packs.media.described import one_line
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp, flush_folder
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.media import load_several
from ideascube.box_db.sharing_in import Came, confirm, is_known, take_in
from ideascube.box_db.sharing_rows import note_refused
from ideascube.box_db.tags import list_tags
from ideascube.creations.model import Fields
from ideascube.sharing.documents import Document, fields_here, with_files
from ideascube.sharing.files_in import CameFiles, Missing, take_files_in
from ideascube.sharing.gradual_sum import GradualSums
from ideascube.sharing.parcels import FORMAT, LONGEST, CreationParcel, read_creation, read_format, sender_and_kind
from ideascube.sharing.refusals import Refused, Why

log = logging.getLogger(__name__)

_MOMENT = 0.5  # seconds of one look
_SURELY = 600  # looks after which all are looked at again
_LEFT = 24 * 3600.0  # seconds after which a file that no parcel names is cleared


class InboxKeeper:
    """Call `look` often: while nothing comes it only looks at the times of two folders."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._parcels, self._files = data.inbox / "parcels", data.inbox / "files"
        self._sums = GradualSums()
        self._stamp: object = None
        self._waiting: set[Path] = set()
        self._done: set[str] = set()
        self._left: dict[str, float] = {}
        self._is_quiet = True
        self._looks = 0

    def look(self) -> None:
        """Do what there is to do, if anything is, for a moment; the rest waits for the next look."""
        if not self._parcels.is_dir():
            return
        self._looks += 1
        stamp = file_stamp(self._parcels), file_stamp(self._files)
        if stamp != self._stamp or not self._looks % _SURELY:
            self._waiting, self._stamp, self._is_quiet = set(), stamp, False
        until = time.monotonic() + _MOMENT
        while not self._is_quiet and time.monotonic() < until:
            self._do_next()

    def _do_next(self) -> None:
        path = self._next()
        try:
            if path is None:
                self._is_quiet = True
                self._clear()
            else:
                self._take(path)
        except (IdeascubeError, OSError) as error:  # what is wrong with one does not keep the others waiting
            log.warning("Something that came from another box could not be taken in. %s", error)
            self._waiting |= {path} if path else set()

    def _next(self) -> Path | None:
        names = {path for path in self._parcels.glob("*.json") if path not in self._waiting and path.is_file()}
        return min(names, default=None)

    def _take(self, path: Path) -> None:
        named = sender_and_kind(path.name)
        if named is None or named[1] != "creation":
            self._drop(path)  # packs come by catalogues, and nothing else is for a box
            return
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
        parcel = read_creation(content) if len(content) <= LONGEST else None
        if parcel is None and (read_format(content) or FORMAT) > FORMAT:
            self._waiting.add(path)  # of a later program: this one leaves it where it is
            return
        with box_database(self._data.root / NAME) as connection:
            is_done = self._is_taken_in(connection, path, named[0], parcel)
        if is_done:
            self._drop(path, parcel)

    def _is_taken_in(
        self, connection: sqlite3.Connection, path: Path, sender: str, parcel: CreationParcel | None
    ) -> bool:
        """Or refused for good; False where it has to wait."""
        try:
            self._take_creation(connection, sender, _sound(parcel))
        except Missing as missing:
            self._waiting |= set() if missing.is_reading else {path}
            return False
        except Refused as refused:
            name, box_name = (parcel.about.name, _box_name(parcel)) if parcel else (path.name, "")
            log.warning("Something that came from the box %s was not taken in (%s): %s.", sender, name, refused)
            with transaction(connection):
                note_refused(connection, sender, box_name, name, refused.why, refused.detail)
        return True

    def _take_creation(self, connection: sqlite3.Connection, sender: str, parcel: CreationParcel) -> None:
        """Raises Refused, Missing, and what keeps it from being taken in now."""
        if is_known(connection, parcel.about.name, parcel.version):
            with transaction(connection):
                confirm(connection, parcel.about.name, parcel.version, is_accepted=parcel.accepted)
            return
        if parcel.state == "withdrawn":
            with transaction(connection):
                take_in(connection, self._came(sender, parcel, None))
            return
        files = CameFiles(self._files, self._sums.sum_of)
        document, examined = files.document(parcel), files.examined(connection, parcel)
        with transaction(connection):
            ids = take_files_in(connection, self._data, examined.items())
            fields = _fields(connection, document, ids, _box_name(parcel) or sender)
            take_in(connection, self._came(sender, parcel, fields))

    def _came(self, sender: str, parcel: CreationParcel, fields: Fields | None) -> Came:
        return Came(
            parcel.about.name, parcel.about.work, parcel.version, parcel.about.ancestors, sender, _box_name(parcel),
            fields, parcel.accepted, box_key(self._data.keys).id,
        )  # fmt: skip

    def _drop(self, path: Path, parcel: CreationParcel | None = None) -> None:
        """It is done with; so are its files, unless another one needs them."""
        self._done |= {each.sha256 for each in parcel.files} if parcel else set()
        path.unlink(missing_ok=True)
        flush_folder(self._parcels)

    def _clear(self) -> None:
        """Files that are done with, and those that no parcel names for a day: a sync writes them before it."""
        if not self._files.is_dir():
            return
        named = {sha256 for path in self._parcels.glob("*.json") for sha256 in _files_of(path)}
        now, seen = time.monotonic(), {}
        for path in self._files.iterdir():
            since = seen[path.name] = self._left.get(path.name, now)
            if path.name not in named and (path.name in self._done or now - since > _LEFT):
                path.unlink(missing_ok=True)
        self._left, self._done = seen, set()


def _sound(parcel: CreationParcel | None) -> CreationParcel:
    if parcel is None:
        raise Refused(Why.UNREADABLE)
    return parcel


def _fields(connection: sqlite3.Connection, document: Document, ids: dict[str, str], note: str) -> Fields:
    """As this box keeps them, its files by the names that they have here. Raises Refused."""
    try:
        fields = fields_here(document, ids, list_tags(connection), note)
    except BadInput as error:
        raise Refused(Why.FIELD, str(error)) from error
    media = load_several(connection, [*ids.values()])

    def address(media_id: str, name: str) -> str:
        made = media[media_id].named(name)
        return f"/media/{media_id}/{made.name if made else name}"

    return msgspec.structs.replace(fields, body=with_files(fields.body, address))


def _files_of(path: Path) -> set[str]:
    """The sums of the files that a parcel names, as far as it can be read."""
    parcel = read_creation(path.read_bytes()[: LONGEST + 1])
    return {each.sha256 for each in parcel.files} if parcel else set()


def _box_name(parcel: CreationParcel) -> str:
    return one_line(parcel.about.box_name)
