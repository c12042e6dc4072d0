"""What of a pack its side index has to hold, in the order in which it is read: that of the file, cluster by cluster.

The order is the same each time for the same files, so that a number in it says how far the index has come.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.errors import IdeascubeError
from content_packs.zim.archive import ZimArchive
from content_packs.zim.index_text import TEXT_FOLDER
from content_packs.zim.layout import ZimLayout
from content_packs.zim.parts import PartedFile, part_paths
from content_packs.zim.reader import PackReader
from content_packs.zim.walk import Listed, files_of, listed_title, listing, long_path

DOCUMENT_TYPES = ("application/pdf", "application/epub+zip", "text/vtt", "application/x-subrip")
_ENTRY = 32  # bits of an entry's number
_DOCUMENT_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pack's own indexes lack: the words of its pages, its titles; whether it may hold documents."""

    pages: bool
    titles: bool
    documents: bool

    @property
    def nothing(self) -> bool:
        return not (self.pages or self.titles or self.documents)


def is_document(mimetype: str) -> bool:
    """Whether entries of this MIME type have words of their own, beside those of the pages that lead to them."""
    return mimetype.partition(";")[0].strip().lower() in DOCUMENT_TYPES


def holds_documents(files: list[Path]) -> bool:
    """Whether one of these files (a base, layers) knows the type of a document. Reads only their beginnings."""
    return any(is_document(mimetype) for path in files for mimetype in _mimetypes(path))


def _mimetypes(path: Path) -> list[str]:
    try:
        file = PartedFile(part_paths(path))
    except IdeascubeError:
        return []
    try:
        return ZimLayout(file).mimetypes
    except IdeascubeError:
        return []
    finally:
        file.close()


@dataclass
class Worklist:
    """Entries of a pack to be indexed: pages, then documents, then redirects, of which only the title is."""

    pack: PackReader
    _base: array[int] = field(default_factory=lambda: array("Q"))  # pages: cluster, and number of the entry
    _layered: list[Listed] = field(default_factory=list)  # pages of layers, which may be some others' contents
    documents: list[Listed] = field(default_factory=list)
    _redirects: array[int] = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self._base) + len(self._layered) + len(self.documents) + len(self._redirects)

    def items(self, first: int, end: int) -> Iterator[Listed]:
        """Those numbered from `first` on, below `end`."""
        start = 0
        for kind in (self._base, self._layered, self.documents, self._redirects):
            for number in range(max(first - start, 0), min(end - start, len(kind))):
                each = kind[number]
                yield each if isinstance(each, Listed) else self._listed(each & (1 << _ENTRY) - 1)
            start += len(kind)

    def pages(self) -> Iterator[Listed]:
        return self.items(0, len(self._base) + len(self._layered))

    def _listed(self, index: int) -> Listed:
        zim = files_of(self.pack)[0]
        dirent = zim.layout.read_dirent(index)
        path, title = long_path(zim, dirent), listed_title(zim, dirent)
        if dirent.target is not None:
            return Listed(path, title, front=True, level=0, index=index, target="")
        return Listed(path, title, front=True, level=0, index=index, mimetype=zim.layout.mimetype_of(dirent))

    def note(self, listed: Listed) -> None:
        """Take an entry in, if it is one to be indexed."""
        is_base = listed.level == 0 and _is_own(files_of(self.pack)[0], listed)
        if is_document(listed.mimetype):
            if len(self.documents) < _DOCUMENT_LIMIT:
                self.documents.append(listed)
        elif not listed.front or listed.path.startswith(TEXT_FOLDER):
            return
        elif listed.target is not None and is_base:
            self._redirects.append(listed.index)
        elif listed.is_html and is_base:
            self._base.append(_key(files_of(self.pack)[0], listed.index))
        elif listed.is_html or listed.target is not None:
            self._layered.append(listed)

    def in_order(self) -> Worklist:
        """The same, so that each cluster of the base is read once."""
        self._base = array("Q", sorted(self._base))
        return self


def _is_own(base: ZimArchive, listed: Listed) -> bool:
    """Whether the entry is the base's own, and not one of a layer that has the content of the base's entry."""
    return long_path(base, base.layout.dirent(listed.index)) == listed.path


def _key(zim: ZimArchive, index: int) -> int:
    return (zim.layout.dirent(index).cluster or 0) << _ENTRY | index


def worklist(pack: PackReader, wanted: Wanted) -> Worklist:
    """Goes through all entries: some ten thousand a second. Raises BrokenPack or BrokenEntry where it cannot."""
    found = Worklist(pack)
    for listed in listing(pack):
        if wanted.documents if is_document(listed.mimetype) else wanted.pages or wanted.titles:
            found.note(listed)
    return found.in_order()
