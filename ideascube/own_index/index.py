"""Writing the box's own index: `OwnIndex`. Any process may, one at a time; in a box it is the jobs process.

A change is on the disk when the call returns, and found by the next search. In which order it is written, and what a
crash after each step leaves: docs/formats/own-index.md
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from content_packs.errors import Busy, NoSpace, NotAllowed, is_disk_full
from content_packs.store.durable import file_stamp, make_folder
from ideascube.own_index.documents import OwnDocument
from ideascube.own_index.generation import (
    RECORD,
    Generation,
    is_whole,
    load_generation,
    save_generation,
    sums,
)

if TYPE_CHECKING:
    from whoosh.codec.base import Segment
    from whoosh.writing import SegmentWriter

    from ideascube.own_index.storage import Storage

_GROWTH = 5  # times as many documents as the smaller ones together
_MEMORY = 16  # MB that Whoosh may take for words before it puts them into a file
_PATIENCE = 10.0  # seconds to wait for another writer


class OwnIndex:
    """The index in `folder`. Each call raises Busy, NoSpace or NotAllowed where it cannot write; nothing is changed."""

    def __init__(self, folder: Path, patience: float = _PATIENCE) -> None:
        self._folder = folder
        self._patience = patience
        self._verified: Mapping[str, object] = {}  # files that were read whole, as they were then

    def put(self, documents: Iterable[OwnDocument]) -> None:
        """Have these documents found, in the place of those that have the same ids."""
        with self._locked() as generation, self._commit(generation) as writer:
            _put(writer, documents)

    def remove(self, ids: Iterable[str]) -> None:
        """Have these documents found no more."""
        with self._locked() as generation, self._commit(generation) as writer:
            _remove(writer, ids)

    def bring(self, family: str, documents: Iterable[OwnDocument]) -> bool:
        """Have exactly these documents of a family found; whether that changed anything.

        Writes only what is another document than before: whoever has all of a family may call it as often as they like.
        """
        wanted = {document.id: document for document in documents}
        with self._locked() as generation:
            there = self._digests(generation, family)
            gone = [each for each in there if each not in wanted]
            new = [document for document in wanted.values() if there.get(document.id) != document.digest]
            if not gone and not new:
                return False
            with self._commit(generation) as writer:
                _remove(writer, gone)
                _put(writer, new)
        return True

    def known(self, family: str) -> dict[str, str]:
        """What of a family is in the index: the digests of its documents by their ids."""
        with self._locked() as generation:
            return self._digests(generation, family)

    def birth(self) -> str:
        """Another one whenever the index began empty again; empty itself where there is none that can be used.

        Whoever has a family brings it when this is not what they saw last. Reads all of the index, but no file twice
        while it stays as it is.
        """
        generation = load_generation(self._folder)
        return generation.birth if generation is not None and self._is_whole(generation) else ""

    def _is_whole(self, generation: Generation) -> bool:
        stamps = {name: file_stamp(self._folder / name) for name in generation.files}
        new = [name for name, stamp in stamps.items() if stamp is None or self._verified.get(name) != stamp]
        if not is_whole(generation, self._folder, new):
            return False
        self._verified = stamps
        return True

    @contextmanager
    def _locked(self) -> Iterator[Generation]:
        """The generation that there is, alone in its folder, with the lock held; an empty one where it is damaged."""
        with _errors_told(self._folder):
            make_folder(self._folder)
            with _lock(self._folder, self._patience):
                yield self._cleared()

    def _cleared(self) -> Generation:
        from ideascube.own_index.storage import sweep

        generation = load_generation(self._folder)
        if generation is None or not self._is_whole(generation):
            (self._folder / RECORD).unlink(missing_ok=True)
            generation = Generation.empty()
        sweep(self._folder, {RECORD, *generation.files})
        return generation

    @contextmanager
    def _commit(self, generation: Generation) -> Iterator[SegmentWriter]:
        storage = self._storage(generation)
        writer = _opened(storage, generation).writer(limitmb=_MEMORY)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge)
        self._finish(storage, generation)

    def _finish(self, storage: Storage, before: Generation) -> None:
        from ideascube.own_index.storage import sweep

        storage.flush(before.files)
        names = storage.list()
        files = sums(self._folder, names, before.files)
        save_generation(replace(before, number=before.number + 1, files=files), self._folder)
        sweep(self._folder, {RECORD, *names})

    def _storage(self, generation: Generation) -> Storage:
        from ideascube.own_index.storage import Storage

        return Storage(self._folder, generation.files)

    def _digests(self, generation: Generation, family: str) -> dict[str, str]:
        """Of the documents of a family that are in the index, by their ids."""
        if not generation.files:
            return {}
        with _opened(self._storage(generation), generation).searcher() as searcher:
            found = searcher.documents(family=family)
            return {document["id"]: document["shown"]["digest"] for document in found}


def _opened(storage: Storage, generation: Generation):  # type: ignore[no-untyped-def] # Whoosh's FileIndex
    from whoosh.index import FileIndex

    from ideascube.own_index.schema import schema

    return FileIndex(storage, schema()) if generation.files else FileIndex.create(storage, schema())


def _merge(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Take segments into the new one as long as they are not much larger than it: few stay, each search asks all."""
    from whoosh.reading import SegmentReader

    taken = writer.doc_count()
    kept = []
    for segment in sorted(segments, key=lambda each: each.doc_count_all()):
        if segment.doc_count() > _GROWTH * taken and segment.deleted_count() < segment.doc_count() / _GROWTH:
            kept.append(segment)
            continue
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
        taken += segment.doc_count()
    return kept


def _put(writer: SegmentWriter, documents: Iterable[OwnDocument]) -> None:
    from ideascube.own_index.schema import fields_of

    for document in documents:
        writer.update_document(**fields_of(document))


def _remove(writer: SegmentWriter, ids: Iterable[str]) -> None:
    for each in ids:
        writer.delete_by_term("id", each)


@contextmanager
def _lock(folder: Path, patience: float) -> Iterator[None]:
    """One writer at a time (flock(2)); the system lets go of the lock when the process ends, however it ends."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    until = time.monotonic() + patience
    try:
        while not _is_locked(descriptor):
            if time.monotonic() > until:
                raise Busy(f"Something else writes the index in {folder} just now: try again when it is done.")
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _errors_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(
                f"The disk has no room for the index in {folder}: make some; until then, what is new is not found."
            ) from error
        raise NotAllowed(
            f"The index in {folder} cannot be written: {error.strerror}. Give this user the right to."
        ) from error
