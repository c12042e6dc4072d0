"""The sources of a box's library: its packs, and what was made on the box.

What was made on the box, and the packs themselves by what they say of themselves, come from the box's own index.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial

from content_packs.errors import IdeascubeError
from content_packs.store.library import PackRecord
from content_packs.zim.finding import document_text
from content_packs.zim.reader import FoundPage, PackReader
from ideascube.indexing.side_index import SideIndex, SideIndexes, in_turns
from ideascube.live_library import LiveLibrary
from ideascube.own_index.source import OwnSources
from ideascube.search.asked import Asked, Effort
from ideascube.search.expansion import texts, title_texts
from ideascube.search.found import Found
from ideascube.search.pack_words import LibraryWords
from ideascube.search.page_text import PageText, read_page
from ideascube.search.protocol import MAX_PAGE_SIZE, MAX_PAGES, Hit, PackHits
from ideascube.search.ranking import TITLE_WINDOW
from ideascube.search.side_pages import pages_by_text, pages_by_title, text_of
from ideascube.search.sources import Source
from ideascube.search.suspects import Suspects, key_of
from ideascube.search.vocabulary import Vocabulary

log = logging.getLogger(__name__)

TITLE_COUNT = 10
SUGGESTION_COUNT = 15
SPELLINGS = 3  # texts that are looked for in titles as well
MOST = MAX_PAGES * MAX_PAGE_SIZE + 1  # pages of one pack: more take seconds, in which it would pass for stuck
SURE = 0.9  # texts less sure than this are other words than the typed ones

_FADING = 0.98  # of what is known of a pack's usefulness, at each search that shows others


class PackSources:
    """The sources of a library that changes."""

    def __init__(
        self,
        library: LiveLibrary,
        suspects: Suspects,
        vocabulary: Vocabulary,
        own: OwnSources,
        sides: SideIndexes,
    ) -> None:
        self._library = library
        self._sides = sides
        self.own = own
        self._suspects = suspects
        self._complained: set[tuple[str, str]] = set()
        self._useful: dict[str, float] = {}
        self.words = LibraryWords(vocabulary)

    def refresh(self) -> bool:
        """Follow the library, its words and the indexes made here; True where any is another one now."""
        changed = [
            self._library.refresh(), self.own.refresh(), self._sides.refresh(), self.words.vocabulary.refresh()
        ]  # fmt: skip
        return any(changed)

    def __call__(self) -> list[Source]:
        """Those of one request."""
        self.words.begin()
        left_out = self._suspects.left_out()
        suspects = [record for record in self._library.shown if key_of(record.id, record.stamp) in left_out]
        for record in suspects:
            self.complain(record, "searching it ended the searcher twice; check the file and copy it again.")
        packs = [PackSource(record, self) for record in self._library.shown if record not in suspects]
        return [*packs, *self.own()]

    def usefulness(self, pack: str) -> float:
        """0 to 1: how much of what was shown lately came from this pack. Nothing about people is known here."""
        return self._useful.get(pack, 0.0)

    def note_shown(self, pack: str, results: int) -> None:
        self._useful = {each: share * _FADING for each, share in self._useful.items()}
        self._useful[pack] = min(1.0, self._useful.get(pack, 0.0) + (1 - _FADING) * min(results, 10) / 10)

    def asking(self, record: PackRecord) -> AbstractContextManager[None]:
        return self._suspects.asking(record.id, record.stamp)

    def side(self, record: PackRecord) -> SideIndex | None:
        """What the box has indexed of the pack by itself."""
        return self._sides.of(record, partial(self._complain_of_index, record))

    def is_preparing(self, record: PackRecord) -> bool:
        return record.id in self._sides.preparing

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
        side = self.side(record)
        if side is not None and side.has_text(path):
            return text_of(side, path)
        return PageText("", later=lambda: read_page(archive.page_bytes(path), partial(document_text, archive, path)))

    def complain(self, record: PackRecord, error: object) -> None:
        """Log what is wrong with a pack, once for each state of its files."""
        if (record.id, record.stamp) not in self._complained:
            self._complained.add((record.id, record.stamp))
            log.warning("Search leaves out %s: %s", record.files[0], error)

    def _complain_of_index(self, record: PackRecord, error: object) -> None:
        """The pack itself is in order, and nobody has to do anything: the jobs process notices as well."""
        if (record.id, str(error)) not in self._complained:
            self._complained.add((record.id, str(error)))
            log.warning("A part of what the box indexed of %s is not searched until it is mended: %s", record.id, error)


def _if_any(hit: Hit | None) -> list[Hit]:
    return [hit] if hit else []


class PackSource:
    """One pack of the library: its pages by the indexes in its ZIM, and itself (the empty path) by the box's own."""

    def __init__(self, record: PackRecord, sources: PackSources) -> None:
        assert record.manifest is not None
        self._record = record
        self._sources = sources
        self.pack = record.id
        self.languages = record.manifest.languages
        self.kind = record.manifest.kind
        self.licence = str(record.manifest.licence)
        self._words = sources.words.of(record.id, self._count)

    @property
    def preparing(self) -> bool:
        return self._sources.is_preparing(self._record)

    def likelihood(self, asked: Asked) -> float:
        return self._words.share_known(asked) * (1 + self._sources.usefulness(self.pack)) / 2

    def note_shown(self, results: int) -> None:
        self._sources.note_shown(self.pack, results)

    def search(self, asked: Asked, effort: Effort, count: int) -> PackHits:
        with self._sources.asking(self._record):
            archive = self._sources.archive(self._record)
            if archive is None:
                return self._answer([], effort=effort)
            if count == 0:
                return self._answer([], self._count(asked.text), effort=effort)
            return self._search(archive, asked, effort, count)

    def suggest(self, asked: Asked) -> PackHits:
        with self._sources.asking(self._record):
            archive = self._sources.archive(self._record)
            found = Found(asked.text)
            for text in title_texts(asked, self._words)[:SPELLINGS]:
                if archive is None:
                    break
                found.add_titles(text, self._by_title(archive, text.text, SUGGESTION_COUNT))
                if len(found) >= SUGGESTION_COUNT:
                    break
            return self._answer([*found.hits(), *_if_any(self._sources.own.pack_suggestion(self.pack, asked))])

    def _search(self, archive: PackReader, asked: Asked, effort: Effort, count: int) -> PackHits:
        # What titles alone decide is decided for the same pages however many are asked for (see ranking).
        wanted = min(max(count, TITLE_WINDOW), MOST)
        found, total, more = Found(asked.text), 0, False
        for place, text in enumerate(texts(asked, effort, self._words)):
            if text.sureness < SURE and found.is_full(TITLE_WINDOW):
                break
            pages, estimate = self._by_text(archive, text.text, wanted)
            found.add_texts(text, pages)
            if place < SPELLINGS:
                found.add_titles(text, self._by_title(archive, text.text, TITLE_COUNT))
            total, more = max(total, estimate), more or len(pages) >= wanted
        itself = None if asked.within_pack else self._sources.own.pack_hit(self.pack, asked, effort)
        hits = [*found.hits(), *_if_any(itself)]
        return self._answer(hits, max(total, len(hits)), more=more, effort=effort)

    def page(self, path: str) -> PageText:
        if not path:
            return self._sources.own.page(self.pack, path)
        with self._sources.asking(self._record):
            return self._sources.text(self._record, path)

    def _answer(
        self, hits: list[Hit], total: int = 0, *, more: bool = False, effort: Effort = Effort.WORDS
    ) -> PackHits:
        return PackHits(
            self.pack, self.languages, self.kind, tuple(hits), total, more, self.licence, int(effort)
        )  # fmt: skip

    def _count(self, text: str) -> int:
        archive = self._sources.archive(self._record)
        return self._by_text(archive, text, 1)[1] if archive else 0

    def _by_text(self, archive: PackReader, text: str, count: int) -> tuple[list[FoundPage], int]:
        """The first `count` pages, of the pack's own index and of the one that the box made, and how many there are."""
        try:
            paths, total = archive.fulltext(text, 0, count) if self._record.has_fulltext_index else ([], 0)
            pages, side = self._pages(archive, paths), self._sources.side(self._record)
            if side is None:
                return pages, total
            others, more = pages_by_text(archive, side, text, count)
            return in_turns((pages, others))[:count], total + more
        except IdeascubeError as error:
            self._sources.complain(self._record, error)
            return [], 0

    def _by_title(self, archive: PackReader, text: str, count: int) -> list[FoundPage]:
        try:
            pages, side = self._pages(archive, archive.titles(text, count)), self._sources.side(self._record)
            return in_turns((pages, pages_by_title(archive, side, text, count)))[:count] if side else pages
        except IdeascubeError as error:
            self._sources.complain(self._record, error)
            return []

    def _pages(self, archive: PackReader, paths: Iterable[str]) -> list[FoundPage]:
        pages = (archive.page_at(path) for path in paths)
        return [page for page in pages if page is not None]
