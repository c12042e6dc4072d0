"""EPUB in our frame, chapter by chapter: `?at=N` from 0, `?contents=1` the contents alone, `?file=INSIDE` a picture."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from content_packs.errors import BadInput
from content_packs.languages import direction
from content_packs.media.epub_outline import Line, Outline
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.items.wording import Worded
from ideascube.reading.addresses import asked_number, read_path
from ideascube.reading.books import Book, book_of
from ideascube.reading.chapters import chapter_tree, said_of, words_and_pictures
from ideascube.reading.contents import SHORT_CONTENTS, ContentsLine
from ideascube.reading.epub_files import send_file
from ideascube.reading.epub_links import chapter_address, file_address, links_of
from ideascube.reading.extent import Extent
from ideascube.reading.frame import Frame, show_frame
from ideascube.reading.sanitising import clean_tree
from ideascube.reading.titles import title_of
from ideascube.web.context import ORIGINS
from ideascube.web.digits import number_text
from ideascube.web.i18n import interface_language, translations
from ideascube.web.origins import content_path


@dataclass(frozen=True, slots=True)
class _Chapter:
    """Its text as HTML of ours, and what it says of itself: a language (BCP 47), `rtl` or `ltr`, or nothing."""

    text: str = ""
    lang: str = ""
    direction: str = ""


async def extent(request: web.Request, reader: PackReader, entry: ZimEntry) -> Extent:
    """Its chapters. Raises BadInput for a book that cannot be read."""
    outline = (await book_of(request, reader, entry)).outline
    return Extent(0, len(outline.chapters), title_of(request, reader, entry, _own_title(outline)).text)


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The chapter `at` of the book; what is wrong with it where it cannot be opened."""
    try:
        book = await book_of(request, reader, entry)
    except BadInput as error:
        return _broken(request, reader, entry, str(error))
    if "file" in request.query:
        return await send_file(request, book, request.query["file"])
    reading = _Reading(request, reader, entry, book)
    return reading.contents_page() if "contents" in request.query else await reading.chapter_page()


class _Reading:
    """One answer about one book."""

    def __init__(self, request: web.Request, reader: PackReader, entry: ZimEntry, book: Book) -> None:
        self._request = request
        self._entry = entry
        self._book = book
        self._outline = book.outline
        self._pack = request.match_info["id"]
        self._app = request.app[ORIGINS].app(request)
        self._title = title_of(request, reader, entry, _own_title(book.outline))
        self._size = book.source.size
        self._at = Extent(0, len(book.outline.chapters), "").within(asked_number(request, "at") or 0)

    async def chapter_page(self) -> web.StreamResponse:
        chapter, problem = _Chapter(), ""
        try:
            chapter = await asyncio.to_thread(self._chapter)
        except BadInput as error:
            problem = str(error)
        text = chapter.text
        return show_frame(
            self._request,
            "chapter.html",
            self._frame(chapter),
            text=text,
            problem=problem,
            cover=self._cover(text),
            creators=self._outline.creators if self._at == 0 else (),
            lines=self._lines() if len(self._outline.contents) <= SHORT_CONTENTS else [],
            contents=self._contents_address(),
            start=self._address(0) if "again" in self._request.query and self._at else "",
        )

    def contents_page(self) -> web.StreamResponse:
        frame = self._frame(_Chapter())
        return show_frame(self._request, "book_contents.html", frame, lines=self._lines(), here=self._address(self._at))

    def _chapter(self) -> _Chapter:
        """The chapter, cleaned. Slow. Raises BadInput for one that is missing or damaged."""
        if self._outline.chapters[self._at].is_picture:
            return _Chapter()
        root = chapter_tree(self._book.chapter(self._at), self._outline.language)
        if root is None or not words_and_pictures(root):
            return _Chapter()
        links = links_of(self._book, self._at, self._app, self._pack, self._entry.path)
        return _Chapter(clean_tree(root, links), said_of(root, "lang"), said_of(root, "dir"))

    def _frame(self, chapter: _Chapter) -> Frame:
        """A chapter in another language than the book's runs as its own does."""
        count = len(self._outline.chapters)
        way = _direction(self._outline)
        if chapter.lang and chapter.lang != self._outline.language:
            way = direction(chapter.lang)
        return Frame(
            title=self._title.text,
            title_lang=self._title.language,
            original=content_path(self._pack, self._entry.path),
            size=self._size,
            lang=chapter.lang or self._outline.language,
            direction=chapter.direction or way,
            turning=way,
            before=self._address(self._at - 1) if self._at > 0 else "",
            after=self._address(self._at + 1) if self._at + 1 < count else "",
            place=_place(self._request, self._at + 1, count),
            done=self._at + 1,
            of=count,
        )

    def _address(self, number: int, fragment: str = "") -> str:
        return chapter_address(self._app, self._pack, self._entry.path, number, fragment)

    def _contents_address(self) -> str:
        own_page = len(self._outline.contents) > SHORT_CONTENTS
        return read_path(self._pack, self._entry.path, contents=1, at=self._at) if own_page else ""

    def _lines(self) -> list[ContentsLine]:
        """The contents; the lines of the chapter that is shown are marked."""
        return [self._line(line) for line in self._outline.contents]

    def _line(self, line: Line) -> ContentsLine:
        address = self._address(line.chapter, line.fragment) if line.chapter is not None else ""
        return ContentsLine(line.title, line.level, address, line.chapter == self._at)

    def _cover(self, text: str) -> str:
        """The picture that stands above the text: of a chapter that is one, or the cover where the first has none."""
        chapter = self._outline.chapters[self._at]
        if chapter.is_picture:
            return file_address(self._pack, self._entry.path, chapter.path)
        if self._at > 0 or not self._outline.cover:
            return ""
        address = file_address(self._pack, self._entry.path, self._outline.cover)
        return "" if address in text else address


def _broken(request: web.Request, reader: PackReader, entry: ZimEntry, sentence: str) -> web.Response:
    if "file" in request.query:
        raise web.HTTPNotFound(text=sentence)
    stored = reader.stored(entry)
    title = title_of(request, reader, entry)
    frame = Frame(
        title=title.text,
        title_lang=title.language,
        original=content_path(request.match_info["id"], entry.path),
        size=stored.range.length if stored else None,
    )
    return show_frame(request, "book_broken.html", frame, status=502, sentence=sentence)


def _own_title(outline: Outline) -> Worded:
    return Worded(outline.title, outline.language)


def _direction(outline: Outline) -> str:
    return outline.direction or (direction(outline.language) if outline.language else "auto")


def _place(request: web.Request, number: int, count: int) -> str:
    language = interface_language(request)
    said = translations(language).gettext("Part %(number)s of %(count)s")
    return said % {"number": number_text(number, language), "count": number_text(count, language)}
