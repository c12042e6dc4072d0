"""Reading a folder or a USB stick of ZIM files: each file is a page, so that only new ones are opened.

A signed hub on the stick is a catalogue of its own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from content_packs.errors import BadInput, NotAllowed
from content_packs.sticks import FOLDER as HUB_FOLDER
from content_packs.store.found import FoundPack, find_dropped
from content_packs.store.library import PackRecord
from content_packs.store.scan import describe_found
from provisioning.catalogues.cache import PageNote
from provisioning.catalogues.naming import stable_id
from provisioning.catalogues.reading import DEAD, UNCHANGED, WHOLE, Known, Part, Parts
from provisioning.catalogues.sources import Source
from provisioning.catalogues.web import Web
from provisioning.offers import Offer

_DEPTH = 3  # folders below the first one
_FILES_LIMIT = 2000


async def read(source: Source, web: Web, known: Known) -> Parts:
    """Raises BadInput where the folder is not there, NotAllowed where it cannot be read."""
    for path in pack_files(Path(source.url)):
        yield await asyncio.to_thread(_part, path, source, known(str(path)))


def pack_files(folder: Path) -> list[Path]:
    """The ZIM files in the folder and a few levels below, of split ones the first part. Raises BadInput, NotAllowed."""
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}: plug in the disk or stick, or correct the name.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise NotAllowed(f"The folder {folder} cannot be read: give this user the right to.")
    return sorted(_walked(folder, 0))[:_FILES_LIMIT]


def _walked(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # a folder that a bad stick does not give away
    for entry in entries:
        if entry.name.startswith("."):
            continue  # what a Mac leaves beside each file, and work in progress
        if entry.is_dir(follow_symlinks=False) and depth < _DEPTH and entry.name != HUB_FOLDER:
            yield from _walked(Path(entry.path), depth + 1)
        elif entry.name.lower().endswith((".zim", ".zimaa")):
            yield Path(entry.path)


def _part(path: Path, source: Source, known: PageNote) -> Part:
    found = find_dropped(path)
    if found is None:
        return Part(str(path), DEAD, problems=(f"{path.name} cannot be read: copy it again.",))
    if found.stamp == known.etag:
        return Part(str(path), UNCHANGED)
    record = describe_found(found)
    if record.manifest is None:
        return Part(str(path), WHOLE, problems=(f"{path.name} is left out: {record.problem}",))
    return Part(str(path), WHOLE, (_offer(record, found, source.name),), note=PageNote(etag=found.stamp))


def _offer(record: PackRecord, found: FoundPack, catalogue: str) -> Offer:
    assert record.manifest is not None
    pack_id = stable_id(record.id)
    aliases = (*record.manifest.aliases, *([record.id] if record.id != pack_id else []))
    manifest = replace(record.manifest, id=pack_id, aliases=aliases)
    unfit = "" if len(found.files) == 1 else _split(found)
    return Offer(catalogue, manifest, (found.paths[0].resolve().as_uri(),), found.size, unfit=unfit)


def _split(found: FoundPack) -> str:
    first = found.paths[0]
    return f"{first.name} is one of several parts: install it with `ideascube pack install {first}`."
