"""Writing a delta: from what differs between two versions to records in chunks. Format: docs/formats/delta.md."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content_packs.delta.compare import Change, Difference, Progress, compare
from content_packs.delta.container import DeltaWriter, Description
from content_packs.delta.frames import patch
from content_packs.delta.packing import Packer
from content_packs.delta.records import HASH, PATCH_LIMIT, Content, Made, Redirect, Removed
from content_packs.errors import BadInput, BrokenEntry, NoSpace, NotAllowed, is_disk_full
from content_packs.workplace import put_in_place, workplace
from content_packs.zim.archive import ZimArchive
from content_packs.zim.contents import content_pieces, place_of
from content_packs.zim.creator import is_compressible
from content_packs.zim.index_text import TEXT_FOLDER, text_path
from content_packs.zim.layer import FLATTENED_FROM, PATH_COUNT_LIMIT, identity_of, is_layer
from content_packs.zim.reader import LARGEST, PackReader, ZimEntry
from content_packs.zim.stack import stack_identity
from content_packs.zim.walk import files_of, listed_title, long_path

_PATHS_A_RECORD = 100
_PIECES_A_CHUNK = 4
_MEDIA_LIMIT = 1024 * 1024  # bytes: of what is compressed already, more is hardly worth the time of a patch
_ILLUSTRATION = "Illustration_48x48@1"


@dataclass(frozen=True, slots=True)
class DiffReport:
    """What a delta carries: its size in bytes, and numbers of entries."""

    size: int
    removed: int
    redirects: int
    made: int


def write_delta(
    old: PackReader, new: ZimArchive, out: Path, progress: Progress = lambda done, total: None
) -> DiffReport:
    """Write what makes `new` of `old` to the file `out`. Slow: reads all of both.

    Raises BadInput where `new` has to be sent whole, with the reason; BrokenPack or BrokenEntry where one of them is
    damaged; NoSpace or NotAllowed where nothing can be written.
    """
    _refuse_unlike(old, new)
    try:
        with workplace(out) as folder, tempfile.TemporaryFile(dir=folder) as chunks:
            difference = compare(old, new, progress)  # which may take hours: who can't write is told before
            writer = _Writer(old, new, DeltaWriter(chunks))
            writer.write(difference)
            made = folder / "delta"
            with made.open("wb") as file:
                writer.chunks.finish(file, writer.description())
            size = made.stat().st_size
            put_in_place(made, out)
    except OSError as error:
        kind = NoSpace if is_disk_full(error) else NotAllowed
        raise kind(f"{out} cannot be written: {error.strerror}.") from error
    return DiffReport(size, len(difference.removed), len(difference.redirects), len(difference.changes))


def _refuse_unlike(old: PackReader, new: ZimArchive) -> None:
    before = files_of(old)[0]
    if is_layer(new):
        raise BadInput(f"{new.path.name} is a layer: give a whole ZIM file as the new version.")
    if before.layout.header.has_old_namespaces != new.layout.header.has_old_namespaces:
        raise BadInput(
            f"{before.path.name} and {new.path.name} name their entries in different ways (with and without "
            "namespaces), so every path changed: send the new file whole."
        )
    for number, name in enumerate(("full-text index", "index of titles")):
        if new.indexes()[number] and not old.indexes()[number]:
            raise BadInput(
                f"{new.path.name} has a {name} and {before.path.name} has none, and a layer indexes only what changed: "
                "send the new file whole."
            )


class _Writer:
    """Turns what differs into records, in the order of the format."""

    def __init__(self, old: PackReader, new: ZimArchive, chunks: DeltaWriter) -> None:
        self._old, self._new, self.chunks = old, new, chunks
        self._packer = Packer(chunks, new.path.name)

    def write(self, difference: Difference) -> None:
        self._refuse_much(difference)
        for record, data in self._metadata():
            self._packer.add(record, data)
        self._packer.close()
        for start in range(0, len(difference.removed), _PATHS_A_RECORD):
            self._packer.add(Removed(tuple(difference.removed[start : start + _PATHS_A_RECORD])))
        for each in difference.redirects:
            assert each.target is not None
            self._packer.add(Redirect(each.path, each.title, each.front, each.target))
        for change in self._in_order(difference.changes):
            self._write_change(change)
        self._packer.close()

    def _refuse_much(self, difference: Difference) -> None:
        paths = len(difference.removed) + len(difference.redirects) + len(difference.changes)
        if paths > PATH_COUNT_LIMIT:
            raise BadInput(f"{paths} entries changed, more than a layer can have: send {self._new.path.name} whole.")

    def description(self) -> Description:
        fulltext, titles = self._new.indexes()
        articles, media = self._new.counts()
        return Description(
            base=stack_identity(self._old),
            result=identity_of(self._new),
            language=first_language(self._new),
            main=self._new.main_path(),
            articles=articles,
            media=media,
            fulltext=fulltext,
            titles=titles,
            records=self._packer.count,
            stored=self._packer.stored,
            text=self._packer.text,
        )

    # Metadata

    def _metadata(self) -> Iterator[tuple[Made, bytes]]:
        names = [name for name in self._new.metadata_names() if name != FLATTENED_FROM]
        for name in sorted(names):
            value = self._new.metadata(name)
            entry = self._new.metadata_entry(name)
            if value is not None and entry is not None:
                yield self._metadata_record(name, value, entry.mimetype)
        picture = self._new.illustration(48) if _ILLUSTRATION not in names else None
        if picture is not None:  # old files have it among their entries
            yield self._metadata_record(_ILLUSTRATION, *picture)

    def _metadata_record(self, name: str, value: bytes, mimetype: str) -> tuple[Made, bytes]:
        digest = hashlib.sha256(value).digest()[:HASH]
        if self._old.metadata(name) == value:
            content, data = Content("same", len(value), digest, of=name), b""
        else:
            content, data = Content("whole", len(value), digest, length=len(value)), value
        return Made(name, "", front=False, type=mimetype, content=content, is_metadata=True), data

    # Entries

    def _in_order(self, changes: dict[int, Change]) -> Iterator[Change]:
        """As the format has it: `same`, then what an old entry at its path may help with, then what is new.

        The text under which a page is indexed comes directly before the page.
        """
        texts, pages = {}, []
        for change in changes.values():
            path = self._path(change)
            if path.startswith(TEXT_FOLDER):
                texts[path] = change
            else:
                pages.append(change)
        for change in sorted(pages, key=self._place):
            text = texts.pop(text_path(self._path(change)), None) if texts else None
            yield from (each for each in (text, change) if each is not None)
        yield from texts.values()

    def _place(self, change: Change) -> tuple[int, int, int]:
        if change.same is not None:
            return 0, 0, change.index
        if change.old is not None and change.size <= PATCH_LIMIT:
            level, index = change.old
            return 1, level, place_of(files_of(self._old)[level], index)
        return 2, 0, place_of(self._new, change.index)

    def _path(self, change: Change) -> str:
        return long_path(self._new, self._new.layout.dirent(change.index))

    def _write_change(self, change: Change) -> None:
        if change.same is None and change.size > PATCH_LIMIT:
            self._write_pieces(change)
        elif change.same is not None:
            self._packer.add(self._made(change, Content("same", change.size, change.digest, of=change.same)))
        else:
            content, data = self._small(change)
            self._packer.add(self._made(change, content), data)

    def _made(self, change: Change, content: Content) -> Made:
        dirent = self._new.layout.dirent(change.index)
        mimetype = self._new.layout.mimetype_of(dirent)
        path = long_path(self._new, dirent)
        return Made(path, listed_title(self._new, dirent), change.front, mimetype, content)

    def _small(self, change: Change) -> tuple[Content, bytes]:
        """The content whole, or as a patch where that is shorter."""
        new = _content(self._new, change.index)
        old = self._old_content(change)
        if old:
            patched = patch(old, new)
            if len(patched) < len(new):
                size, path = len(patched), self._path(change)
                return Content("patch", len(new), change.digest, of=path, length=size), patched
        return Content("whole", len(new), change.digest, length=len(new)), new

    def _old_content(self, change: Change) -> bytes:
        """What the old pack has at the path, where it is not too long to be patched."""
        mimetype = self._new.layout.mimetype_of(self._new.layout.dirent(change.index))
        if change.old is None or (change.size > _MEDIA_LIMIT and not is_compressible(mimetype)):
            return b""
        level, index = change.old
        content = _content(files_of(self._old)[level], index, PATCH_LIMIT)
        return b"" if len(content) > PATCH_LIMIT else content

    def _write_pieces(self, change: Change) -> None:
        record = self._made(change, Content("pieces", change.size, change.digest))
        self._packer.add_pieces(record, map(b"".join, _batched(content_pieces(self._new, change.index))))


def _content(zim: ZimArchive, index: int, limit: int = LARGEST) -> bytes:
    """The content of an entry, or its beginning, of more than `limit` bytes. Its cluster is kept for its neighbours."""
    try:
        return zim.read(ZimEntry(index, "", "", "", zim), limit=limit)
    except BrokenEntry:  # it is longer, or lies further on in its cluster than is kept
        taken = bytearray()
        for piece in content_pieces(zim, index):
            taken += piece
            if len(taken) > limit:
                break
        return bytes(taken)


def _batched(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for piece in pieces:
        batch.append(piece)
        if len(batch) == _PIECES_A_CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def first_language(pack: PackReader) -> str:
    """The language (ISO 639-3) whose stemmer the index of a pack most likely uses: the first that it names.

    Where it names none that an index can have: several languages, which has no stemmer.
    """
    raw = pack.metadata("Language") or b""
    language = raw.decode("utf-8", "replace").split(",")[0].strip()
    return language if language not in ("", "und") else "mul"
