"""Packs that hold PDFs, stored or compressed, and what is wanted of them; not tests."""

from __future__ import annotations

from pathlib import Path

from content_packs.zim.archive import ZimArchive
from content_packs.zim.reader import ZimEntry
from ideascube.reading.pdf_pages import wanted_of
from ideascube.reading.pdf_wanted import Wanted
from tests.support.zims import make_zim

PDF = "application/pdf"


def pack_of(out: Path, *documents: Path, mimetype: str = PDF) -> Path:
    """A ZIM of any maker with these files; libzim stores PDFs as they are, and compresses what calls itself text."""
    entries: dict[str, tuple[str, str | bytes | Path]] = {each.name: (mimetype, each) for each in documents}
    page = "<title>Papers</title><p>Papers"
    return make_zim(out, {**entries, "index.html": ("text/html", page)}, main="index.html")


def wanted_from(pack: Path, name: str, page: int = 0, width: int = 0) -> Wanted:
    """What a web worker would ask for."""
    found = ZimArchive(pack).find(name)
    assert isinstance(found, ZimEntry)
    whole = wanted_of(found)
    return Wanted(whole.zim, whole.fingerprint, whole.entry, whole.name, page, width)
