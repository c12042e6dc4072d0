"""Keeps `outbox/` as it is to be: part of the jobs process.

In which order it is written: docs/formats/sharing.md
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from ideascube.box_db.creations import load_version
from ideascube.box_db.database import NAME, box_database, database_stamps, transaction
from ideascube.box_db.sharing import note_sent
from ideascube.box_db.sharing_rows import Shared, all_sharing, may_have_changed, sharing_named
from ideascube.sharing.counters import counters_parcel
from ideascube.sharing.documents import LONGEST as LONGEST_DOCUMENT
from ideascube.sharing.gradual_sum import GradualSums
from ideascube.sharing.outbox import Outbox
from ideascube.sharing.outgoing_collections import collection_parcels
from ideascube.sharing.outgoing_creations import Outgoing, Packing, Waiting, last_document
from ideascube.sharing.parcels import LONGEST, written

log = logging.getLogger(__name__)

_SURELY = 600  # looks after which everything is looked at, whether anything changed or not
_AGAIN = 60.0  # seconds after a failure
# Another row whenever something changed that leaves the box. Places of readers, which are written all the time, are not
# among it.
_CHANGES = (
    "SELECT (SELECT max(turn) FROM creation), (SELECT max(change) FROM creation_change), "
    "(SELECT max(turn) FROM sharing), (SELECT max(turn) FROM collection), "
    "(SELECT count(*) FROM edition WHERE state = 'published'), "
    "(SELECT count(*) FROM edition WHERE state = 'withdrawn'), (SELECT max(number) FROM box_day), "
    "(SELECT group_concat(value) FROM box_fact WHERE key IN ('name', 'counters'))"
)


class OutboxKeeper:
    """Call `look` often: while nothing changes it only looks at two files' times."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._database = data.root / NAME
        self._outbox = Outbox(data.outbox)
        self._sums = GradualSums()
        self._stamps: object = None
        self._changes: object = None
        self._waits = False
        self._looks, self._not_before = 0, 0.0
        self._problem = ""

    def look(self, library: Library) -> None:
        """Do what there is to do."""
        if time.monotonic() < self._not_before or not self._is_to_look():
            return
        try:
            self._work(library)
            self._problem = ""
        except (IdeascubeError, OSError) as error:
            self._not_before = time.monotonic() + _AGAIN
            self._changes = None
            if str(error) != self._problem:
                log.warning("What is to leave the box could not be made ready. %s", error)
            self._problem = str(error)

    def _is_to_look(self) -> bool:
        self._looks += 1
        stamps = database_stamps(self._database)
        is_quiet = stamps == self._stamps and not self._waits and self._looks % _SURELY
        self._stamps = stamps
        return stamps[0] is not None and not is_quiet

    def _work(self, library: Library) -> None:
        with box_database(self._database) as connection:
            changes = connection.execute(_CHANGES).fetchone()
            if changes == self._changes and not self._waits and self._looks % _SURELY:
                return
            self._waits = False
            is_whole = self._changes is None or not self._looks % _SURELY
            parcels = self._creations(connection, is_whole=is_whole)
            parcels |= self._collections(connection) | self._counters(connection, library)
            self._changes = connection.execute(_CHANGES).fetchone()
        if is_whole or self._outbox.has_changed:
            self._outbox.clear(parcels)

    def _creations(self, connection: sqlite3.Connection, *, is_whole: bool) -> set[str]:
        """The names of the parcels that there are. `is_whole`: what did not change is looked at as well."""
        packing = Packing(connection, self._data, self._sums.sum_of)
        changed = may_have_changed(connection)
        kept: set[str] = set()
        for shared in all_sharing(connection):
            if not is_whole and shared.name not in changed:
                kept.add(_file_name(shared))
                continue
            try:
                new = packing.step(shared)
            except Waiting as waiting:
                self._waits, new = self._waits or waiting.is_reading, None
            now = self._noted(connection, shared, new) if new else shared
            if now.parcel:
                kept.add(self._put(packing, now))
        return kept

    def _noted(self, connection: sqlite3.Connection, shared: Shared, new: Outgoing) -> Shared:
        """The row with the new version, whose document is on the disk before."""
        if len(new.after.parcel) > LONGEST or len(new.document or b"") > LONGEST_DOCUMENT:
            log.warning("%s is too long, or has too many files, to be shared: make several of it.", shared.name)
            return shared
        if new.document is not None:
            self._outbox.put_file(last_document(new.after), new.document)
        with transaction(connection):
            note_sent(connection, shared, new.after, new.version)
        return sharing_named(connection, shared.name) or shared

    def _put(self, packing: Packing, shared: Shared) -> str:
        """Write its parcel where that is not there; the name."""
        self._renew_document(packing, shared)
        name = _file_name(shared)
        self._outbox.put_parcel(name, shared.parcel.encode())
        return name

    def _renew_document(self, packing: Packing, shared: Shared) -> None:
        """Where somebody threw it away. If it would be another one now, the parcel waits for the next version."""
        digest = last_document(shared)
        if not digest or self._outbox.has_file(digest) or not shared.creation:
            return
        known = load_version(packing.connection, shared.creation, shared.version)
        try:
            document = packing.document(known)[0] if known else b""
        except Waiting:
            return
        if hashlib.sha256(document).hexdigest() == digest:
            self._outbox.put_file(digest, document)

    def _collections(self, connection: sqlite3.Connection) -> set[str]:
        kept = set()
        for pack, parcel in collection_parcels(connection, self._data):
            kept.add(f"collection.{pack}.json")
            if parcel is not None:
                self._outbox.put_parcel(parcel.file_name, written(parcel))
        return kept

    def _counters(self, connection: sqlite3.Connection, library: Library) -> set[str]:
        """Once a day, and when it is stopped."""
        parcel = counters_parcel(connection, library)
        if self._outbox.said_of(parcel.file_name)[:2] != (parcel.version, parcel.state):
            self._outbox.put_parcel(parcel.file_name, written(parcel))
        return {parcel.file_name}


def _file_name(shared: Shared) -> str:
    return f"creation.{shared.name}.json"
