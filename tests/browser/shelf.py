"""A pack of documents for tests and measurements: a book of two chapters and a PDF of two pages."""

from __future__ import annotations

from pathlib import Path

from content_packs.build import build_pack
from tests.content_packs.sources import PACK_YML, write_files, write_picture
from tests.media.epubs import make_epub
from tests.media.pdfs import make_pdf


def build_shelf(folder: Path) -> Path:
    """The pack `shelf`, built in `folder`."""
    source = write_files(folder / "source", {"pack.yml": PACK_YML.replace("id: first-words", "id: shelf")})
    write_picture(source / "images" / "tap.png")
    make_epub(source / "water.epub")
    make_pdf(source / "sheet.pdf", ["Clean water", "The sun"], Title="A sheet about water")
    return build_pack(source, folder / "shelf.zim").pack
