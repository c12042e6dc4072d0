"""PDF documents: what they say of themselves, the text and contents, a picture of the first page.

PDFium does the work, in processes of their own: see docs/decisions/0010-what-reads-files.md.
"""

from __future__ import annotations

import ctypes
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.described import Described, Heading, day, language_tag, one_line, paragraphs, several
from content_packs.media.pdf_text import page_text

SECONDS = 90  # for all of one document
TEXT_SECONDS = 60  # after which the remaining pages stay without text
PICTURE_SECONDS = 20
MEMORY = 768 * 1024 * 1024
TEXT_LIMIT = 20_000_000  # characters of all pages
HEADING_LIMIT = 2000
PICTURE_WIDTH = 640  # pixels

_NO_TITLE = re.compile(r"untitled( document)?|.*\.(docx?|odt|rtf|indd|qxd|pdf|tex|pages|pptx?|xlsx?)", re.IGNORECASE)
_PROGRAM = re.compile(r"^Microsoft (Word|PowerPoint|Excel|Publisher) - ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a PDF. `pages` is the plain text of each; `picture` shows the first, for `thumbnail`."""

    described: Described
    contents: tuple[Heading, ...]
    pages: tuple[str, ...]
    picture: bytes | None

    @property
    def text(self) -> str:
        """All words of the document, to be found by."""
        return "\n\n".join(page for page in self.pages if page)


def read_pdf(path: Path) -> Document:
    """The document. Raises BadInput where it is no PDF, is damaged or has a password.

    Slow: up to two minutes for a hostile one, a second for a book. What cannot be drawn has no picture.
    """
    document = read_pdf_words(path)
    try:
        return replace(document, picture=read_apart(path, _picture, PICTURE_SECONDS, MEMORY))
    except BadInput:
        return document


def read_pdf_words(path: Path) -> Document:
    """The same without the picture."""
    return read_apart(path, _words, SECONDS, MEMORY)


def _words(path: Path) -> Document:
    """All but the picture."""
    with open_pdf(path, path.name) as opened:
        pages = tuple(_page_texts(opened))
        count = len(opened)
        described = replace(described_by(opened), pages=count, notes=tuple(_notes(pages, count)))
        return Document(described, tuple(contents_of(opened)), pages, None)


@contextmanager
def open_pdf(source: Path | BufferedReader, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The document in a file, or in what is read like one; for a process apart. Raises BadInput as `read_pdf` does.

    PDFium tries the empty password by itself, which opens what is only kept from being printed or copied.
    """
    try:
        opened = pypdfium2.PdfDocument(source)
    except (pypdfium2.PdfiumError, OSError) as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise BadInput(f"{name} asks for a password: save a copy without one.") from error
        raise BadInput(f"{name} is no PDF that can be read: it is damaged, cut off or something else.") from error
    with closing(opened):
        if len(opened) == 0:
            raise BadInput(f"{name} has no page: save it again from the program that made it.")
        yield opened


def _page_texts(opened: pypdfium2.PdfDocument) -> Iterator[str]:
    """The text of each page until time or room is used up; a page that cannot be read has none."""
    end, room = time.monotonic() + TEXT_SECONDS, TEXT_LIMIT
    for number in range(len(opened)):
        if time.monotonic() > end or room <= 0:
            return
        try:
            text = page_text(opened[number])[:room]
        except pypdfium2.PdfiumError:
            text = ""
        room -= len(text)
        yield text


def _notes(pages: tuple[str, ...], count: int) -> Iterator[str]:
    if len(pages) < count:
        yield f"it is too large to be searched whole: only its first {len(pages)} pages are"
    if not any(pages):
        yield "it has no text, so no search finds its words: if it was scanned, OCR adds them"


def described_by(opened: pypdfium2.PdfDocument) -> Described:
    """What the document says of itself, but for its number of pages."""
    said = opened.get_metadata_dict()
    return Described(
        title=_title(said.get("Title")),
        creators=several(re.split(r"[;\n]", said.get("Author", ""))),
        language=language_tag(_language(opened)),
        date=day(said.get("CreationDate")),
        description=paragraphs(said.get("Subject")),
        subjects=several(re.split(r"[,;\n]", said.get("Keywords", ""))),
    )


def _title(text: object) -> str:
    """What programs put there when nobody gave a title, mostly the name of a file, is none."""
    title = _PROGRAM.sub("", one_line(text))
    return "" if _NO_TITLE.fullmatch(title) else title


def _language(opened: pypdfium2.PdfDocument) -> str:
    """The catalogue's `Lang` (ISO 32000-1, section 14.9.2)."""
    size = pdfium.FPDFCatalog_GetLanguage(opened, None, 0)
    buffer = (ctypes.c_ushort * min(size, 100))()
    pdfium.FPDFCatalog_GetLanguage(opened, buffer, len(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def contents_of(opened: pypdfium2.PdfDocument) -> Iterator[Heading]:
    """Its bookmarks, each with the page that it leads to."""
    for number, bookmark in enumerate(opened.get_toc(max_depth=6)):
        if number == HEADING_LIMIT:
            return
        title, target = one_line(bookmark.get_title()), bookmark.get_dest()
        page = target.get_index() if target else None
        if title:
            yield Heading(title, bookmark.level + 1, "" if page is None else f"page={page + 1}")


def _picture(path: Path) -> bytes:
    """The first page as PNG, at most twice as high as wide."""
    with open_pdf(path, path.name) as opened:
        page = opened[0]
        width, height = (max(side, 1.0) for side in page.get_size())
        scale = min(PICTURE_WIDTH / width, 2 * PICTURE_WIDTH / height)
        drawn, made = page.render(scale=scale).to_pil(), BytesIO()
        drawn.save(made, "PNG")
        return made.getvalue()
