"""PDF documents: checked, and copied without who wrote them, with what, and when."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pikepdf

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.pdf import read_pdf
from ideascube.box_media.making.folder import Source, finished, posters, words
from ideascube.box_media.model import Kind, Made, Role

SECONDS = 180
MEMORY = 512 * 1024 * 1024  # bytes
_PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified")  # ISO 32000-1, 14.3.2, 14.5: of the whole, of each page
_OF_PROGRAMS = ("/JavaScript", "/EmbeddedFiles")  # names that lead to scripts and to files inside the document


def make_document(source: Source) -> tuple[Kind, Made]:
    """The document as it may be taken away, a picture of its first page, and its words."""
    read = read_pdf(source.path)
    read_apart(source.path, partial(_copy_clean, source.folder / "document.pdf"), SECONDS, MEMORY)
    main = finished(source, Role.MAIN, "document.pdf", "application/pdf")
    made = (main, *posters(source, read.picture), *words(source, read.text))
    return Kind.DOCUMENT, Made(made, pages=read.described.pages or 0, notes=read.described.notes)


def _copy_clean(out: Path, path: Path) -> None:
    """Everything that one sees, and nothing else. A document that only must not be printed loses that lock."""
    try:
        with pikepdf.open(path) as document:
            _strip(document)
            document.save(out, linearize=False)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise BadInput(f"{path.name} is no PDF that can be read: it is damaged, cut off or something else.") from error


def _strip(document: pikepdf.Pdf) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    _drop(document.Root, (*_PRIVATE, "/OpenAction", "/AA"))
    if isinstance(names := document.Root.get("/Names"), pikepdf.Dictionary):
        _drop(names, _OF_PROGRAMS)
    for page in document.pages:
        _drop(page.obj, (*_PRIVATE, "/AA"))
    for each in document.objects:
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
            _drop(each, _PRIVATE[:2])


def _drop(part: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in part:
            del part[key]
