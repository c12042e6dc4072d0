"""An EPUB of a pack, open: its outline, and the files in it by their paths. Chapters are read one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from aiohttp import web

from content_packs.errors import BadInput
from content_packs.media.epub_outline import Outline
from content_packs.media.zip_place import FilePlace, read_file
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.reading.outlines import OUTLINES
from ideascube.reading.sources import Source, source_of

CHAPTER_LIMIT = 4_000_000  # bytes unpacked


@dataclass(frozen=True)
class Book:
    """`key` changes whenever the book does."""

    key: str
    outline: Outline
    source: Source

    def chapter(self, number: int) -> bytes:
        """A chapter's bytes; slow, it may wait for the disk. Raises BadInput where it is missing or damaged."""
        place = self.place(self.outline.chapters[number].path)
        if place is None:
            raise BadInput("This part is missing in the book.")
        return read_file(self.source.read, place, CHAPTER_LIMIT)

    def place(self, path: str) -> FilePlace | None:
        """Where a file of the book lies; books made on Windows name files in other capitals."""
        files = self.outline.files
        return files.get(path) or files.get(self._by_small_letters.get(path.lower(), ""))

    def number_of(self, path: str) -> int | None:
        """The chapter that lies at `path`."""
        return self._numbers.get(path.lower())

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {chapter.path.lower(): number for number, chapter in reversed([*enumerate(self.outline.chapters)])}

    @cached_property
    def _by_small_letters(self) -> dict[str, str]:
        return {path.lower(): path for path in self.outline.files}


async def book_of(request: web.Request, reader: PackReader, entry: ZimEntry) -> Book:
    """The book in an entry. Raises BadInput where it is broken or locked, BrokenEntry where the pack is."""
    key = f"{reader.fingerprint}-{entry.index}-{entry.path}"
    source = source_of(reader, entry)
    return Book(key, await request.app[OUTLINES].get(key, source), source)
