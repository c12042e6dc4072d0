"""Documents made on the spot: a PDF and an EPUB that say what a test wants."""

from __future__ import annotations

import zipfile
from pathlib import Path

_CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:1</dc:identifier>
<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>en</dc:language></metadata>
<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>{nav}</manifest>
<spine><itemref idref="one"/></spine></package>"""
_NAV_ITEM = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
_NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="toc"><ol><li><a href="one.xhtml">{chapter}</a></li></ol></nav></body></html>'
)


def make_pdf(path: Path, text: str, *, title: str = "", chapter: str = "") -> Path:
    """A PDF of one page with `text` (Latin letters) in it; `chapter` is the one line of its contents."""
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
    outlines = b" /Outlines 7 0 R" if chapter else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R" + outlines + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 9 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>".encode("latin-1"),
        b"<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>",
        f"<< /Title ({chapter or title}) /Parent 7 0 R /Dest [3 0 R /Fit] >>".encode("latin-1"),
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_with_table(objects))
    return path


def _with_table(objects: list[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def make_epub(path: Path, text: str, *, title: str = "A book", creator: str = "Someone", chapter: str = "One") -> Path:
    """An EPUB 3 of one chapter with `text` in it; without contents where `chapter` is empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("book.opf", _OPF.format(title=title, creator=creator, nav=_NAV_ITEM if chapter else ""))
        if chapter:
            book.writestr("nav.xhtml", _NAV.format(chapter=chapter))
        book.writestr("one.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>')
    return path
