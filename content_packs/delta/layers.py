"""Making a layer of a delta: each entry is made, compared with its hash, and written. Format: docs/formats/layer.md."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from libzim.writer import ContentProvider, Creator, StringProvider

from content_packs.delta.container import Delta, Description
from content_packs.delta.frames import unpack
from content_packs.delta.records import PATCH_LIMIT, Made, Redirect, Removed
from content_packs.delta.survey import Step, Survey, pieces_after, refuse_other_base, steps, survey
from content_packs.errors import BadInput
from content_packs.workplace import put_in_place, workplace
from content_packs.zim.contents import content_pieces
from content_packs.zim.creator import (
    Frame,
    IndexedItem,
    Metadata,
    PiecesProvider,
    UnsearchableItem,
    ZimItem,
    zim_creator,
)
from content_packs.zim.index_text import TEXT_FOLDER, PageIndexData, text_path
from content_packs.zim.layer import (
    COUNTER,
    INFO,
    PATHS,
    REDIRECT_TYPE,
    SAME_TYPE,
    Layer,
    LayerInfo,
    path_number,
)
from content_packs.zim.reader import LARGEST, PackReader, ZimEntry, is_html
from content_packs.zim.stack import stack_identity

Progress = Callable[[int, int], None]

_WORKERS = 1  # a box has little memory, and people who read
_NUMBERS_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class LayerReport:
    """The layer's size in bytes, and how many entries and redirects it holds."""

    size: int
    made: int


def make_layer(
    pack: PackReader, delta_file: Path, out: Path, progress: Progress = lambda done, total: None
) -> LayerReport:
    """Write to `out` the layer that `delta_file` makes over `pack`. The work is in proportion to the change.

    `progress` gets entries done and in all. Raises BadInput where the delta is damaged or for another pack, BrokenPack
    or BrokenEntry where the pack here is damaged, NoSpace or NotAllowed; then nothing is at `out` that was not there.
    """
    with Delta(delta_file) as delta, workplace(out) as folder:
        delta.verify()
        refuse_other_base(delta, delta.description(), stack_identity(pack), pack.path.name)
        found = survey(delta, out.parent)
        made = folder / "layer.zim"
        maker = _Maker(pack, delta, found, progress)
        maker.make(made)
        Layer(made)  # it opens
        size = made.stat().st_size
        put_in_place(made, out)
    return LayerReport(size, maker.count)


class _Maker:
    def __init__(self, pack: PackReader, delta: Delta, found: Survey, progress: Progress) -> None:
        self._pack, self._delta, self._found, self._progress = pack, delta, found, progress
        self._text: tuple[str, str] = ("", "")  # the path of the text that came last, and the text
        self._wrong: list[str] = []  # what turned out not to have its hash while libzim was reading it
        self.count = 0

    def make(self, zim: Path) -> None:
        with zim_creator(zim, self._frame(), workers=_WORKERS) as creator:
            for step in steps(self._delta):
                self._add(creator, step)
                self._progress(self.count, self._found.description.records)
        if self._wrong:
            raise self._other_content(self._wrong[0])

    def _frame(self) -> Frame:
        described = self._found.description
        own = [
            Metadata(INFO, _info(described).to_bytes(), "application/json"),
            Metadata(PATHS, self._found.numbers.to_bytes(), _NUMBERS_TYPE),
        ]
        given = [self._metadata(step) for step in self._found.metadata]
        return Frame(described.language, (*given, *own), described.main, indexed=described.fulltext)

    def _metadata(self, step: Step) -> Metadata:
        record = step.record
        assert isinstance(record, Made)
        value = step.data if record.content.how == "whole" else self._old_metadata(record)
        self._check(record, value)
        return Metadata(COUNTER if record.path == "Counter" else record.path, value, record.type)

    def _old_metadata(self, record: Made) -> bytes:
        value = self._pack.metadata(record.content.of)
        if value is None:
            raise self._other_content(record.path)
        return value

    def _add(self, creator: Creator, step: Step) -> None:
        record = step.record
        if isinstance(record, Removed) or (isinstance(record, Made) and record.is_metadata):
            return
        self.count += 1
        if isinstance(record, Redirect):
            creator.add_item(_stub(record.path, record.title, record.front, REDIRECT_TYPE, record.target))
        elif record.content.how == "pieces":
            self._add_large(creator, record, partial(self._pieces, record, step.at))
        elif record.content.how == "same":
            self._add_same(creator, record)
        else:
            self._add_small(creator, record, self._content(record, step.data))

    def _content(self, record: Made, data: bytes) -> bytes:
        content = data
        if record.content.how == "patch":
            old = self._pack.read(self._old(record), limit=PATCH_LIMIT)
            content = unpack(data, record.content.size, old) or b""
        self._check(record, content)
        return content

    def _check(self, record: Made, content: bytes) -> None:
        if len(content) != record.content.size or not _has_hash(record, hashlib.sha256(content).digest()):
            raise self._other_content(record.path)

    def _old(self, record: Made) -> ZimEntry:
        found = self._pack.find(record.content.of)
        if not isinstance(found, ZimEntry):
            raise self._other_content(record.path)
        return found

    def _other_content(self, path: str) -> BadInput:
        return BadInput(
            f"{self._delta.path.name} does not make “{path[:100]}” as it should of the {self._pack.path.name} here, "
            "which may be damaged: check that pack, or fetch the whole new one."
        )

    # Into the file

    def _add_small(self, creator: Creator, record: Made, content: bytes) -> None:
        if record.path.startswith(TEXT_FOLDER):
            self._text = (record.path, content.decode("utf-8", "replace"))
        provide = partial(StringProvider, content)
        text = self._index_text(record.path) if is_html(record.type) else ""
        if not text:
            creator.add_item(ZimItem(record.path, record.title, record.type, provide, front=record.front))
            return
        data = PageIndexData(record.title or record.path, content.decode("utf-8", "replace"), text)
        creator.add_item(
            IndexedItem(record.path, record.title, record.type, provide, index_data=data, front=record.front)
        )

    def _index_text(self, page: str) -> str:
        """The text under which a page is indexed beside its own words: it came just before, or did not change."""
        path = text_path(page)
        if self._text[0] == path:
            return self._text[1]
        if path_number(path) in self._found.numbers:
            return ""
        found = self._pack.find(path)
        if not isinstance(found, ZimEntry) or found.path != path:
            return ""
        return self._pack.read(found, keep=False).decode("utf-8", "replace")

    def _add_large(self, creator: Creator, record: Made, pieces: Callable[[], Iterator[bytes]]) -> None:
        if is_html(record.type) or record.path.startswith(TEXT_FOLDER):
            if record.content.size > LARGEST:
                raise BadInput(f"{self._delta.path.name} has a text of more than 64 MiB, “{record.path[:100]}”.")
            self._add_small(creator, record, b"".join(pieces()))
            return
        provider = PiecesProvider(record.content.size, pieces)
        creator.add_item(ZimItem(record.path, record.title, record.type, lambda: provider, front=record.front))

    def _add_same(self, creator: Creator, record: Made) -> None:
        old = self._old(record)
        if not record.is_pointed_at:
            content = self._pack.read(old)
            self._check(record, content)
            self._add_small(creator, record, content)
            return
        self._checked_pieces(record, content_pieces(old.zim, old.index))
        text = f"{record.type}\n{record.content.of}"
        creator.add_item(_stub(record.path, record.title, record.front, SAME_TYPE, text))

    def _checked_pieces(self, record: Made, pieces: Iterator[bytes]) -> None:
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
        if not _has_hash(record, digest.digest()):
            raise self._other_content(record.path)

    def _pieces(self, record: Made, at: int) -> Iterator[bytes]:
        """For libzim, which may ask from a thread of its own; to raise there would tell nobody what is wrong."""
        digest = hashlib.sha256()
        with Delta(self._delta.path) as delta:
            for piece in pieces_after(delta, at, record.content.size):
                digest.update(piece)
                yield piece
        if not _has_hash(record, digest.digest()):
            self._wrong.append(record.path)


def _info(described: Description) -> LayerInfo:
    return LayerInfo(
        described.base,
        described.result,
        described.main,
        described.articles,
        described.media,
        described.fulltext,
        described.titles,
    )


def _stub(path: str, title: str, front: bool, mimetype: str, text: str) -> ZimItem:
    return UnsearchableItem(path, title, mimetype, partial(_text_provider, text), front=front, compress=True)


def _text_provider(text: str) -> ContentProvider:
    return StringProvider(text)


def _has_hash(record: Made, digest: bytes) -> bool:
    return digest.startswith(record.content.hash)
