"""One ZIM file of a base and its layers: every entry, redirect, metadata and mark as readers of the stack have it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from libzim.writer import ContentProvider, Creator, Hint, StringProvider

from content_packs.delta.diff import first_language
from content_packs.errors import BrokenPack
from content_packs.workplace import put_in_place, workplace
from content_packs.zim.archive import ZimArchive
from content_packs.zim.contents import content_pieces, place_of
from content_packs.zim.creator import Frame, IndexedItem, Metadata, PiecesProvider, ZimItem, zim_creator
from content_packs.zim.index_text import PageIndexData, text_path
from content_packs.zim.layer import FLATTENED_FROM, OWN_METADATA
from content_packs.zim.layout import STORED
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.stack import stack_identity
from content_packs.zim.titles import can_be_indexed
from content_packs.zim.walk import Listed, files_of, listing

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FlattenReport:
    """The file's size in bytes, and numbers of entries and redirects."""

    size: int
    entries: int
    redirects: int


def flatten(pack: PackReader, out: Path, progress: Progress = lambda done, total: None) -> FlattenReport:
    """Write the whole pack into the ZIM file `out`. Slow: reads and writes all of it.

    `progress` gets bytes done and in all. Raises BrokenPack or BrokenEntry where the pack is damaged, NoSpace or
    NotAllowed where nothing can be written; then nothing is at `out` that was not there.
    """
    listed = list(listing(pack))
    redirects = [each for each in listed if each.target is not None]
    contents = sorted((each for each in listed if each.target is None), key=partial(_place, pack))
    if not contents:
        raise BrokenPack(f"{pack.path.name} holds nothing: there is no pack to be made of it.")
    with workplace(out) as folder:
        made = folder / "pack.zim"
        with zim_creator(made, _frame(pack)) as creator:
            _add_contents(creator, pack, contents, progress)
            for each in redirects:
                creator.add_redirection(each.path, each.title, each.target, _mark(each))
        size = made.stat().st_size
        put_in_place(made, out)
    return FlattenReport(size, len(contents), len(redirects))


def _add_contents(creator: Creator, pack: PackReader, contents: list[Listed], progress: Progress) -> None:
    """In their order; a path that only leads to the content of the one before stays so."""
    before, place = contents[0], (-1, -1)
    for each in contents:
        progress(*_reached(pack, each))
        if _place(pack, each) == place and each.mimetype == before.mimetype:
            creator.add_alias(each.path, each.title, before.path, _mark(each))
            continue
        before, place = each, _place(pack, each)
        _add(creator, pack, each)


def _mark(listed: Listed) -> dict[Hint, int]:
    return {Hint.FRONT_ARTICLE: listed.front and can_be_indexed(listed.title or listed.path)}


def _place(pack: PackReader, listed: Listed) -> tuple[int, int]:
    """In the order of the files, so that each cluster is unpacked once, and neighbours stay neighbours."""
    return listed.level, place_of(files_of(pack)[listed.level], listed.index)


def _reached(pack: PackReader, listed: Listed) -> tuple[int, int]:
    """How far in the files an entry lies, and their size, in bytes."""
    files = files_of(pack)
    cluster = place_of(files[listed.level], listed.index) >> 32
    before = sum(zim.file.size for zim in files[: listed.level])
    return before + files[listed.level].layout.cluster_offset(cluster), sum(zim.file.size for zim in files)


def _frame(pack: PackReader) -> Frame:
    fulltext, _ = pack.indexes()
    return Frame(first_language(pack), tuple(_metadata(pack)), pack.main_path(), indexed=fulltext)


def _metadata(pack: PackReader) -> Iterator[Metadata]:
    """All but what libzim or this writes by itself."""
    top = files_of(pack)[-1]
    names = set(top.metadata_names()) - OWN_METADATA - {"Counter", FLATTENED_FROM}
    for name in sorted(names):
        entry, value = pack.metadata_entry(name), pack.metadata(name)
        if entry is None or value is None:
            raise BrokenPack(f"The metadata {name[:50]} of {top.path.name} cannot be read: check that file.")
        yield Metadata(name, value, entry.mimetype)
    yield Metadata(
        FLATTENED_FROM, json.dumps(asdict(stack_identity(pack)), sort_keys=True).encode(), "application/json"
    )


def _add(creator: Creator, pack: PackReader, listed: Listed) -> None:
    zim = files_of(pack)[listed.level]
    dirent = zim.layout.read_dirent(listed.index)
    stored = zim.layout.cluster_of(dirent).compression in STORED
    if listed.is_html:
        creator.add_item(_page(pack, zim, listed))
        return
    size = sum(len(piece) for piece in content_pieces(zim, listed.index)) if not stored else _stored_size(zim, listed)
    provide = partial(_pieces_provider, zim, listed.index, size)
    creator.add_item(
        ZimItem(listed.path, listed.title, listed.mimetype, provide, front=listed.front, compress=not stored)
    )


def _stored_size(zim: ZimArchive, listed: Listed) -> int:
    where = zim.layout.stored_range(listed.index)
    assert where is not None
    return where.length


def _pieces_provider(zim: ZimArchive, index: int, size: int) -> ContentProvider:
    return PiecesProvider(size, partial(content_pieces, zim, index))


def _page(pack: PackReader, zim: ZimArchive, listed: Listed) -> ZimItem:
    content = zim.read(ZimEntry(listed.index, listed.path, listed.title, listed.mimetype, zim))
    provide = partial(StringProvider, content)
    text = _text(pack, listed.path)
    if not text:
        return ZimItem(listed.path, listed.title, listed.mimetype, provide, front=listed.front)
    data = PageIndexData(listed.title or listed.path, content.decode("utf-8", "replace"), text)
    return IndexedItem(listed.path, listed.title, listed.mimetype, provide, index_data=data, front=listed.front)


def _text(pack: PackReader, page: str) -> str:
    """The text under which a page is indexed beside its own words."""
    found = pack.find(text_path(page))
    if not isinstance(found, ZimEntry) or found.path != text_path(page):
        return ""
    return pack.read(found, keep=False).decode("utf-8", "replace")
