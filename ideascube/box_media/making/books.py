"""EPUB books: checked, and copied with pictures that do not say where they were taken."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

from content_packs.media.apart import read_apart
from content_packs.media.epub import read_epub
from content_packs.media.picture_parts import jpeg_without_private, png_without_private, webp_without_private
from content_packs.media.zip_members import ZipMembers
from ideascube.box_media.making.folder import Source, finished, posters, words
from ideascube.box_media.model import Kind, Made, Role

SECONDS = 300
MEMORY = 384 * 1024 * 1024  # bytes
_STRIP = {
    b"\xff\xd8\xff": jpeg_without_private,
    b"\x89PNG": png_without_private,
    b"RIFF": webp_without_private,
}


def make_book(source: Source) -> tuple[Kind, Made]:
    """The book as it may be taken away, its cover, and its words."""
    read = read_epub(source.path)
    read_apart(source.path, partial(_copy_clean, source.folder / "book.epub"), SECONDS, MEMORY)
    main = finished(source, Role.MAIN, "book.epub", "application/epub+zip")
    made = (main, *posters(source, read.cover), *words(source, read.text))
    return Kind.BOOK, Made(made, notes=read.described.notes)


def _copy_clean(out: Path, path: Path) -> None:
    """Every file of the book packed again, the first as readers want it (OCF 3.3, 4.3), pictures without Exif."""
    with ZipMembers(path) as members, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name in members.names():
            data = members.read(name)
            if data is not None and name != "mimetype":
                book.writestr(name, _without_private(data))


def _without_private(data: bytes) -> bytes:
    strip = next((strip for start, strip in _STRIP.items() if data.startswith(start)), None)
    if strip is None:
        return data
    try:
        return strip(data, 1)
    except ValueError:  # damaged: readers show what they can of it
        return data
