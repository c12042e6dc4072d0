"""Versions of a pack: what a ZIM file holds as a value that tests change, and ZIM files of it, new or old in kind."""

from __future__ import annotations

import hashlib
import lzma
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

from libzim.writer import Creator, Hint, Item, StringProvider

from content_packs.zim.archive import ZimArchive
from content_packs.zim.contents import content_pieces
from content_packs.zim.walk import listing
from tests.support.zims import PIXEL

_MAGIC = 72173914
_METADATA = ("Title", "Name", "Language", "Date", "Description", "Creator", "Publisher")


@dataclass(frozen=True)
class Page:
    content: bytes
    title: str = ""
    mimetype: str = "text/html"
    front: bool = True


@dataclass(frozen=True)
class Moved:
    """A redirect."""

    target: str
    title: str = ""
    front: bool = True


@dataclass(frozen=True)
class Version:
    """What a pack holds. In old ones paths begin with a namespace."""

    entries: dict[str, Page | Moved]
    main: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    indexed: bool = True

    def with_entries(self, changed: dict[str, Page | Moved], *, without: tuple[str, ...] = ()) -> Version:
        entries = {path: entry for path, entry in (self.entries | changed).items() if path not in without}
        return replace(self, entries=entries)

    def dated(self, date: str, **metadata: str) -> Version:
        return replace(self, metadata=self.metadata | {"Date": date} | metadata)


class _Entry(Item):
    def __init__(self, path: str, page: Page) -> None:
        super().__init__()
        self._path, self._page = path, page

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._page.title

    def get_mimetype(self) -> str:
        return self._page.mimetype

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._page.content)

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: self._page.front}


def version_of(path: Path) -> Version:
    """What the ZIM file at `path` holds."""
    zim = ZimArchive(path)
    entries: dict[str, Page | Moved] = {}
    for listed in listing(zim):
        if listed.target is not None:
            entries[listed.path] = Moved(listed.target, listed.title, listed.front)
        else:
            content = b"".join(content_pieces(zim, listed.index))
            entries[listed.path] = Page(content, listed.title, listed.mimetype, listed.front)
    metadata = {name: value.decode() for name in _METADATA if (value := zim.metadata(name)) is not None}
    return Version(entries, zim.main_path(), metadata, zim.indexes()[0])


def write_version(path: Path, version: Version) -> Path:
    """A ZIM file of today, by libzim."""
    language = version.metadata.get("Language", "eng")
    with Creator(path).config_verbose(False).config_indexing(version.indexed, language) as creator:
        creator.add_illustration(48, PIXEL)
        for name, value in version.metadata.items():
            creator.add_metadata(name, value)
        for name, entry in version.entries.items():
            if isinstance(entry, Moved):
                creator.add_redirection(name, entry.title, entry.target, {Hint.FRONT_ARTICLE: entry.front})
            else:
                creator.add_item(_Entry(name, entry))
        if version.main is not None:
            creator.set_mainpath(version.main)
    return path


def write_old_version(path: Path, version: Version) -> Path:
    """A ZIM file as they were before 2021 (version 5), which libzim reads and no longer writes; without indexes."""
    entries: dict[str, Page | Moved] = dict(version.entries)
    entries |= {f"M/{name}": Page(value.encode(), "", "text/plain") for name, value in version.metadata.items()}
    names = sorted(entries, key=str.encode)
    mimetypes = sorted({entry.mimetype for entry in entries.values() if isinstance(entry, Page)})
    texts = [name for name in names if _is_text(entries[name])]
    others = [name for name in names if isinstance(entries[name], Page) and name not in texts]
    places = {name: (0, blob) for blob, name in enumerate(texts)} | {
        name: (1, blob) for blob, name in enumerate(others)
    }
    clusters = [
        b"\4" + lzma.compress(_cluster(entries, texts), lzma.FORMAT_XZ),
        b"\1" + _cluster(entries, others),
    ]
    dirents = [_dirent(name, entries[name], places, names, mimetypes) for name in names]
    path.write_bytes(_file(version, names, entries, mimetypes, dirents, clusters))
    return path


def _is_text(entry: Page | Moved) -> bool:
    return isinstance(entry, Page) and entry.mimetype.startswith("text/")


def _cluster(entries: dict[str, Page | Moved], names: list[str]) -> bytes:
    contents = [entry.content for name in names if isinstance(entry := entries[name], Page)]
    offsets = [4 * (len(contents) + 1)]
    for content in contents:
        offsets.append(offsets[-1] + len(content))
    return struct.pack(f"<{len(offsets)}I", *offsets) + b"".join(contents)


def _dirent(
    name: str, entry: Page | Moved, places: dict[str, tuple[int, int]], names: list[str], mimetypes: list[str]
) -> bytes:
    texts = name[2:].encode() + b"\0" + entry.title.encode() + b"\0"
    namespace = name[0].encode()
    if isinstance(entry, Moved):
        return struct.pack("<HBcII", 0xFFFF, 0, namespace, 0, names.index(entry.target)) + texts
    return struct.pack("<HBcIII", mimetypes.index(entry.mimetype), 0, namespace, 0, *places[name]) + texts


def _file(
    version: Version, names: list[str], entries: dict[str, Page | Moved], mimetypes: list[str],
    dirents: list[bytes], clusters: list[bytes],
) -> bytes:  # fmt: skip
    by_title = sorted(
        range(len(names)), key=lambda number: (names[number][0], entries[names[number]].title or names[number][2:])
    )
    mimes = b"".join(mimetype.encode() + b"\0" for mimetype in mimetypes) + b"\0"
    paths_at = 80 + len(mimes)
    titles_at = paths_at + 8 * len(names)
    clusters_at = titles_at + 4 * len(names)
    at = clusters_at + 8 * len(clusters)
    dirent_places, cluster_places = [], []
    for pieces, found in ((dirents, dirent_places), (clusters, cluster_places)):
        for piece in pieces:
            found.append(at)
            at += len(piece)
    main = names.index(version.main) if version.main is not None else 0xFFFFFFFF
    uuid = hashlib.md5(repr(version).encode()).digest()
    header = struct.pack(
        "<IHH16sIIQQQQIIQ", _MAGIC, 5, 0, uuid, len(names), len(clusters), paths_at, titles_at, clusters_at, 80, main,
        0xFFFFFFFF, at,
    )  # fmt: skip
    tables = struct.pack(f"<{len(names)}Q", *dirent_places) + struct.pack(f"<{len(names)}I", *by_title)
    body = header + mimes + tables + struct.pack(f"<{len(clusters)}Q", *cluster_places)
    whole = body + b"".join(dirents) + b"".join(clusters)
    return whole + hashlib.md5(whole).digest()
