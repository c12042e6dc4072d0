"""What leaves the box of collections: the pack of the newest published edition of each, or that it was withdrawn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.records import folder_of, read_shelf
from ideascube.box_db.box_facts import NAME as BOX_NAME
from ideascube.box_db.box_facts import fact
from ideascube.box_db.collections import editions, list_collections
from ideascube.collecting.model import Collection, Edition
from ideascube.sharing.parcels import Parcel, ParcelFile


@dataclass(frozen=True, slots=True)
class Given:
    """A collection and the edition that counts for others; `is_withdrawn`: they are to remove the pack."""

    collection: Collection
    edition: Edition
    is_withdrawn: bool


def given_out(connection: sqlite3.Connection) -> Iterator[Given]:
    """Of each collection that ever left the box."""
    for collection in list_collections(connection):
        counts = [each for each in editions(connection, collection.id) if each.state in ("published", "withdrawn")]
        if counts:
            yield Given(collection, counts[0], counts[0].state == "withdrawn")


def collection_parcels(connection: sqlite3.Connection, data: DataFolder) -> Iterator[tuple[str, Parcel | None]]:
    """Each with its id; None where its pack is not in the store: what was said of it before stays."""
    name = fact(connection, BOX_NAME)
    for given in given_out(connection):
        file = None if given.is_withdrawn else _pack_file(given, data)
        is_missing = file is None and not given.is_withdrawn
        yield given.collection.pack, None if is_missing else _parcel(given, file, name)


def _parcel(given: Given, file: ParcelFile | None, box_name: str) -> Parcel:
    collection, edition = given.collection, given.edition
    return Parcel(
        kind="collection",
        id=collection.pack,
        version=edition.version,
        state="withdrawn" if given.is_withdrawn else "shared",
        title={code: about.title for code, about in collection.texts.items()},
        languages=collection.languages,
        licence=collection.licence,
        files=(file,) if file else (),
        about={"box_name": box_name, "pack": collection.pack, "edition": edition.number, "day": edition.day},
    )


def _pack_file(given: Given, data: DataFolder) -> ParcelFile | None:
    """The file of exactly this edition, wherever the store keeps it."""
    shelf = read_shelf(folder_of(data.packs, given.collection.pack))
    if shelf is None or shelf.pack is None:
        return None
    versions = [version for version in (shelf.pack.current, shelf.pack.previous) if version is not None]
    for version in versions:
        is_it = version.version == given.edition.version and version.size == given.edition.size
        if is_it and len(version.all_files) == 1:
            return _as_file(shelf.path(version.files[0]), given.edition, data.root)
    return None


def _as_file(path: Path, edition: Edition, root: Path) -> ParcelFile | None:
    if not path.is_file():
        return None
    return ParcelFile(path.name, path.relative_to(root).as_posix(), edition.size, edition.sha256)
