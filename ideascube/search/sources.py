"""What can be searched, as the engine sees it: a `Source` for each pack, and those of the library's packs.

Creations, and packs without an index of their own, will take part as sources over an index that the box makes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from content_packs.errors import IdeascubeError
from content_packs.store.library import PackRecord
from content_packs.zim.reader import FoundPage, PackReader
from ideascube.live_library import LiveLibrary
from ideascube.search.page_languages import base_language, language_weight
from ideascube.search.page_text import PageText, read_page
from ideascube.search.protocol import Hit, PackHits, SearchQuery
from ideascube.search.ranking import TITLE_WINDOW
from ideascube.search.suspects import Suspects, key_of

log = logging.getLogger(__name__)

TITLE_COUNT = 10
SUGGESTION_COUNT = 15


class Source(Protocol):
    """One pack or something like it. What cannot be read gives nothing, never an error."""

    @property
    def pack(self) -> str: ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def kind(self) -> str: ...

    def search(self, text: str, count: int) -> PackHits:
        """The first `count` pages that hold all words of `text`, and some whose titles have them."""

    def suggest(self, text: str) -> PackHits:
        """Some pages whose title has the words of `text`, the last one perhaps unfinished."""

    def page(self, path: str) -> PageText:
        """The words of a page that was found."""


def chosen(sources: Iterable[Source], query: SearchQuery) -> list[Source]:
    """Those that the query's filters leave, the visitor's languages first: at the deadline the best is there."""
    left = [
        source
        for source in sources
        if (not query.pack or source.pack == query.pack)
        and (not query.kind or source.kind == query.kind)
        and (not query.lang or base_language(query.lang) in map(base_language, source.languages))
    ]
    return sorted(left, key=lambda source: -language_weight(source.languages, query.languages))


class PackSources:
    """The sources of a library that changes."""

    def __init__(self, library: LiveLibrary, suspects: Suspects) -> None:
        self._library = library
        self._suspects = suspects
        self._complained: set[tuple[str, str]] = set()

    def refresh(self) -> bool:
        """Follow the library; True where it is another one now."""
        return self._library.refresh()

    def __call__(self) -> list[Source]:
        left_out = self._suspects.left_out()
        suspects = [record for record in self._library.shown if key_of(record.id, record.stamp) in left_out]
        for record in suspects:
            self.complain(record, "searching it ended the searcher twice; check the file and copy it again.")
        return [PackSource(record, self) for record in self._library.shown if record not in suspects]

    def asking(self, record: PackRecord) -> AbstractContextManager[None]:
        return self._suspects.asking(record.id, record.stamp)

    def archive(self, record: PackRecord) -> PackReader | None:
        """The pack, open, or None where it cannot be opened or has left."""
        try:
            return self._library.archive(record.id)
        except (IdeascubeError, KeyError, OSError) as error:
            self.complain(record, error)
            return None

    def text(self, record: PackRecord, path: str) -> PageText:
        archive = self.archive(record)
        if archive is None:
            return PageText("")
        return PageText("", later=lambda: read_page(archive.page_bytes(path)))

    def complain(self, record: PackRecord, error: object) -> None:
        """Log what is wrong with a pack, once for each state of its files."""
        if (record.id, record.stamp) not in self._complained:
            self._complained.add((record.id, record.stamp))
            log.warning("Search leaves out %s: %s", record.files[0], error)


class PackSource:
    """One pack of the library, by the indexes in its ZIM."""

    def __init__(self, record: PackRecord, sources: PackSources) -> None:
        assert record.manifest is not None
        self._record = record
        self._sources = sources
        self.pack = record.id
        self.languages = record.manifest.languages
        self.kind = record.manifest.kind

    def search(self, text: str, count: int) -> PackHits:
        with self._sources.asking(self._record):
            return self._search(text, count)

    def suggest(self, text: str) -> PackHits:
        with self._sources.asking(self._record):
            archive = self._sources.archive(self._record)
            return self._answer(_joined([], self._by_title(archive, text, SUGGESTION_COUNT)) if archive else [])

    def _search(self, text: str, count: int) -> PackHits:
        archive = self._sources.archive(self._record)
        if archive is None:
            return self._answer([])
        # What titles alone decide is decided for the same pages however many are asked for (see merge).
        paths, total = self._by_text(archive, text, max(count, TITLE_WINDOW))
        by_title = self._by_title(archive, text, TITLE_COUNT)
        hits = _joined(self._pages(archive, paths), by_title)
        return self._answer(hits, max(total, len(hits)), more=len(paths) >= max(count, TITLE_WINDOW))

    def page(self, path: str) -> PageText:
        with self._sources.asking(self._record):
            return self._sources.text(self._record, path)

    def _answer(self, hits: list[Hit], total: int = 0, *, more: bool = False) -> PackHits:
        return PackHits(self.pack, self.languages, self.kind, tuple(hits), total, more)

    def _by_text(self, archive: PackReader, text: str, count: int) -> tuple[list[str], int]:
        if not self._record.has_fulltext_index:
            return [], 0
        try:
            return archive.fulltext(text, 0, count)
        except IdeascubeError as error:
            self._sources.complain(self._record, error)
            return [], 0

    def _by_title(self, archive: PackReader, text: str, count: int) -> list[FoundPage]:
        try:
            return self._pages(archive, archive.titles(text, count))
        except IdeascubeError as error:
            self._sources.complain(self._record, error)
            return []

    def _pages(self, archive: PackReader, paths: Iterable[str]) -> list[FoundPage]:
        pages = (archive.page_at(path) for path in paths)
        return [page for page in pages if page is not None]


def _joined(by_text: list[FoundPage], by_title: list[FoundPage]) -> list[Hit]:
    """One hit for each page, with its rank by text and by title; the best of several titles that lead to it."""
    hits = {page.path: Hit(page.path, page.title, "", rank) for rank, page in enumerate(by_text)}
    for rank, page in enumerate(by_title):
        hit = hits.setdefault(page.path, Hit(page.path, page.title))
        if hit.title_rank < 0:
            hits[page.path] = hit._replace(matched=page.matched, title_rank=rank)
    return list(hits.values())
