"""One entry of a side index: what it is found by, and what it is shown by."""

from __future__ import annotations

from dataclasses import dataclass

from libzim.writer import IndexData

from content_packs.text import indexed_text
from content_packs.text.folding import as_libzim_folds

TEXT_LIMIT = 4_000_000  # letters: what a longer text goes on with is not found


@dataclass(frozen=True, slots=True)
class SideDocument:
    """`title` and `words` as they are indexed; `shown` only for what has no page: its title, a line end, its text."""

    path: str
    title: str
    words: bytes
    shown: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of text."""
        return len(self.words) + len(self.shown)


def _words(text: str) -> str:
    """The words without any marks: libzim takes them from queries, but not from what it is given to be indexed."""
    return as_libzim_folds(indexed_text(text))


def page_document(path: str, title: str, text: str = "") -> SideDocument:
    """Of a page, or of another title that leads to one."""
    return SideDocument(path, _words(title), _words(text[:TEXT_LIMIT]).encode())


def own_document(path: str, title: str, text: str) -> SideDocument:
    """Of what has no page in the pack that holds its words."""
    text = text[:TEXT_LIMIT]
    title = " ".join(title.split())
    return SideDocument(path, _words(title), _words(text).encode(), f"{title}\n{text}".encode())


class SideIndexData(IndexData):  # type: ignore[misc,unused-ignore]
    """What libzim's index takes of an entry."""

    def __init__(self, document: SideDocument) -> None:
        super().__init__()
        self._document = document

    def has_indexdata(self) -> bool:
        return bool(self._document.words)

    def get_title(self) -> str:
        return self._document.title

    def get_content(self) -> str:
        return self._document.words.decode()

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return self._document.words.count(b" ") + 1

    def get_geoposition(self) -> None:
        return None
