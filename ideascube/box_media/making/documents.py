"""PDF documents: checked, and copied without who wrote them, with what, and when."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

import pikepdf

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.pdf import read_pdf
from content_packs.media.picture_parts import DamagedError, jpeg_without_private
from ideascube.box_media.making.folder import Source, finished, posters, words
from ideascube.box_media.model import Kind, Made, Role

SECONDS = 180
MEMORY = 512 * 1024 * 1024  # bytes
# ISO 32000-1, sections 14.3.2, 14.5, 7.11.4: what is said of parts of a document, what programs keep in it, and files.
_PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA")
_OF_WHOLE = ("/OpenAction",)
_OF_NAMES = ("/JavaScript", "/EmbeddedFiles")
_OF_NOTES = ("/T", "/M", "/CreationDate", "/NM")  # 12.5.6.2: who wrote a note, and when
_NO_NOTES = ("/Widget", "/Link")  # a widget's /T is the name of its field


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
    _drop(document.trailer, ("/Info",))
    _drop(document.Root, _OF_WHOLE)
    if isinstance(names := document.Root.get("/Names"), pikepdf.Dictionary):
        _drop(names, _OF_NAMES)
    for each in document.objects:
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
            _drop(each, _PRIVATE)
            _strip_notes(each.get("/Annots"))
        if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
            _strip_photo(each)


def _strip_notes(notes: object) -> None:
    for note in notes if isinstance(notes, pikepdf.Array) else ():
        if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") not in _NO_NOTES:
            _drop(note, _OF_NOTES)


def _strip_photo(picture: pikepdf.Stream) -> None:
    """A JPEG lies in a document as it is, with everything that the phone wrote into it."""
    with suppress(DamagedError):
        stripped = jpeg_without_private(picture.read_raw_bytes(), 1)
        settings = picture.get("/DecodeParms")
        kept = settings if isinstance(settings, pikepdf.Dictionary) else None
        picture.write(stripped, filter=pikepdf.Name("/DCTDecode"), decode_parms=kept)


def _drop(part: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in part:
            del part[key]
