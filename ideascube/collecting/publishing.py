"""Publishing a collection: the job that builds its pack and installs it, and the one that takes it away again.

In which order it is written, and what a crash leaves: docs/formats/box-db.md
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from content_packs.build.builder import build_pack
from content_packs.build.progress import Progress
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.leaving import remove_pack
from content_packs.store.options import Options
from ideascube.box_db.collections import editions, finish_edition, load_collection
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.collecting.cover import make_cover
from ideascube.collecting.folder import write_folder
from ideascube.collecting.model import Collection, Edition
from ideascube.collecting.snapshot import Snapshot, take_snapshot
from ideascube.collecting.source import COVER, source_files
from ideascube.working.kinds import Tell

_NOTHING = "There is nothing in it that readers may see: publish what it holds, or add something that is published."


def publish_collection(arguments: Mapping[str, Any], tell: Tell, data: DataFolder) -> None:
    """Build the edition that was begun, and install it. A job; slow. Raises an IdeascubeError."""
    with box_database(data.root / NAME) as connection:
        found = _asked(connection, str(arguments["about"]), int(arguments["number"]))
        if found is None:
            return  # it was withdrawn meanwhile, or is published already
        collection, edition = found
        snapshot = take_snapshot(connection, collection, edition, data)
    if not snapshot.wanted.made and not snapshot.wanted.courses:
        raise BadInput(_NOTHING)
    with _place(data, edition) as place:
        finished = _build(snapshot, place, tell)
        with box_database(data.root / NAME) as connection:
            if _asked(connection, collection.id, edition.number) is None:
                return
        install_pack(place / "made.zim", data, Options(move=True, older=True))
    _finish(data, finished)


def _asked(connection: sqlite3.Connection, collection_id: str, number: int) -> tuple[Collection, Edition] | None:
    """The collection and its edition, if that one is still to be built."""
    collection = load_collection(connection, collection_id)
    asked = [each for each in editions(connection, collection_id) if each.number == number]
    if collection is None or collection.state != "open" or not asked or asked[0].state != "building":
        return None
    return collection, asked[0]


@contextlib.contextmanager
def _place(data: DataFolder, edition: Edition) -> Iterator[Path]:
    """An empty folder for it, gone afterwards; what a crash left there goes first."""
    place = data.cache / "editions" / edition.collection
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _build(snapshot: Snapshot, place: Path, tell: Tell) -> Edition:
    """The edition as it will be published; its pack lies at `made.zim`."""
    source, made = place / "source", place / "made.zim"
    write_folder(source, source_files(snapshot.wanted))
    make_cover(snapshot.cover, snapshot.wanted.collection.pack, source / COVER)
    report = build_pack(source, made, progress=lambda progress: _tell(progress, tell))
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return replace(
        snapshot.wanted.edition,
        state="published",
        holds=snapshot.holds,
        notes=(*snapshot.notes, *report.warnings),
        size=report.size,
        sha256=digest,
    )


def _tell(progress: Progress, tell: Tell) -> None:
    tell(progress.done, progress.total)


def _finish(data: DataFolder, edition: Edition) -> None:
    """Write down that it is published; where it was withdrawn while it was installed, take it away again."""
    with box_database(data.root / NAME) as connection, transaction(connection):
        found = _asked(connection, edition.collection, edition.number)
        if found is not None:
            finish_edition(connection, edition)
            return
        collection = load_collection(connection, edition.collection)
    if collection is not None and collection.state == "withdrawn":
        _take_away(collection.pack, data)


def withdraw_collection(arguments: Mapping[str, Any], tell: Tell, data: DataFolder) -> None:
    """Take the pack of a collection that was withdrawn out of the store. A job. Raises an IdeascubeError."""
    with box_database(data.root / NAME) as connection:
        collection = load_collection(connection, str(arguments["about"]))
    if collection is not None and collection.state == "withdrawn":
        _take_away(collection.pack, data)


def _take_away(pack: str, data: DataFolder) -> None:
    with contextlib.suppress(BadInput):  # it is not there, or not any more
        remove_pack(pack, data)
