"""The text of documents in a pack that others made: PDF, EPUB, and subtitles, which lead to a second of their film.

Slow, and read in processes apart; what cannot be read has no words.
"""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput, BrokenEntry, BrokenPack, IdeascubeError
from content_packs.manifest import METADATA_NAME
from content_packs.media.epub import read_epub
from content_packs.media.pdf import read_pdf_words
from content_packs.media.subtitles import SIZE_LIMIT, parse_subtitles
from content_packs.media.transcript import transcript
from content_packs.zim.contents import content_pieces
from content_packs.zim.finding import shown_title
from content_packs.zim.index_text import text_path
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.walk import Listed, files_of
from ideascube.indexing.mentions import Mentions
from ideascube.indexing.side_document import SideDocument, own_document
from ideascube.indexing.side_index import entry_path
from ideascube.search.film_times import sign_of

_FILE_LIMIT = 500_000_000  # bytes of a PDF or EPUB
_PLAYED = (".mp4", ".webm", ".ogv", ".m4v", ".mp3", ".ogg", ".m4a", ".opus")
_SUBTITLES = ("text/vtt", "application/x-subrip")


@dataclass
class DocumentReader:
    """Reads the documents of one pack. `folder`: where a document may lie while it is read; `reserve`: called with how
    many bytes that will take, before; whatever it raises goes on to the caller.
    """

    pack: PackReader
    mentions: Mentions
    folder: Path
    reserve: Callable[[int], None]

    def read(self, listed: Listed) -> list[SideDocument]:
        """The document's entries in a side index: one, or for subtitles one for each paragraph of what is said."""
        if self._is_indexed(listed):
            return []
        try:
            if listed.mimetype.startswith(_SUBTITLES):
                return list(self._said(listed))
            return list(self._words(listed))
        except (BadInput, BrokenEntry, BrokenPack):
            return []

    def _is_indexed(self, listed: Listed) -> bool:
        """Whether the pack's own index has the words: those of packs that are made with `ideascube pack build` do."""
        stem = posixpath.splitext(listed.path)[0]
        if self.pack.find(text_path(f"{stem}.html")) is not None:
            return True
        return listed.mimetype.startswith(_SUBTITLES) and METADATA_NAME in self._metadata_names()

    def _metadata_names(self) -> list[str]:
        return files_of(self.pack)[-1].metadata_names()

    def _words(self, listed: Listed) -> Iterator[SideDocument]:
        is_pdf = listed.mimetype.startswith("application/pdf")
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".pdf" if is_pdf else ".epub") as file:
            self._copy(listed, Path(file.name))
            found = read_pdf_words(Path(file.name)) if is_pdf else read_epub(Path(file.name))
        if found.text.strip():
            yield own_document(listed.path, self._title(listed, found.described.title), found.text)

    def _copy(self, listed: Listed, target: Path) -> None:
        zim = files_of(self.pack)[listed.level]
        size = sum(len(piece) for piece in content_pieces(zim, listed.index))
        if size > _FILE_LIMIT:
            raise BadInput(f"{listed.path} is too long to be read.")
        self.reserve(size)
        with target.open("wb") as file:
            for piece in content_pieces(zim, listed.index):
                file.write(piece)

    def _title(self, listed: Listed, own: str) -> str:
        """What the document calls itself, else what the pack or a link calls it, else its file's name."""
        name = posixpath.basename(listed.path)
        given = shown_title(listed.title, listed.path)
        known = "" if given in (name, listed.path) else given
        return own or known or self.mentions.titles.get(listed.path, "") or name

    def _said(self, listed: Listed) -> Iterator[SideDocument]:
        page = self.mentions.shown_on.get(listed.path) or self._film_beside(listed.path)
        if page is None:
            return
        shown = self.pack.page_at(page)
        title = (shown.title if shown else "") or posixpath.basename(page)
        for paragraph in transcript(parse_subtitles(self._bytes(listed)).cues):
            words = " ".join(sign_of(said.start or 0) + said.text for said in paragraph)
            yield own_document(entry_path(page, paragraph[0].start or 0), title, words)

    def _film_beside(self, path: str) -> str | None:
        """The film or sound that has the name of the subtitles, be it with or without their language."""
        stem = posixpath.splitext(path)[0]
        stems = dict.fromkeys((stem, posixpath.splitext(stem)[0]))
        names = (name + ending for name in stems for ending in _PLAYED)
        return next((name for name in names if isinstance(self.pack.find(name), ZimEntry)), None)

    def _bytes(self, listed: Listed) -> bytes:
        try:
            found = self.pack.find(listed.path)
            return self.pack.read(found, keep=False, limit=SIZE_LIMIT) if isinstance(found, ZimEntry) else b""
        except IdeascubeError as error:
            raise BadInput(str(error)) from error
