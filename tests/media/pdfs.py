"""PDFs that tests make; not tests."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader, PdfWriter


def make_pdf(
    out: Path, pages: list[str], password: str | None = None, box: str = "0 0 595 842", **information: str
) -> Path:
    """A PDF with one line of text on each page, where it is not empty; `information` is what it says of itself.

    A `password` that is empty only forbids to print and copy.
    """
    plain = _written([_page(text) for text in pages], box)
    out.write_bytes(plain)
    writer = PdfWriter(clone_from=PdfReader(out))
    writer.add_metadata({f"/{key}": value for key, value in information.items()})
    for number, text in enumerate(pages):
        writer.add_outline_item(title=text or "Empty", page_number=number)
    if password is not None:
        writer.encrypt(password, "owner's", algorithm="RC4-128")
    writer.write(out)
    return out


def make_packed_pdf(out: Path, content: bytes, filters: str) -> Path:
    """A PDF of one page whose content is packed as `filters` say."""
    out.write_bytes(_written([content], "0 0 595 842", f"/Filter{filters}"))
    return out


def make_linked_pdf(out: Path, links: list[str]) -> Path:
    """Two pages, "one" and "two"; the first has links over its word, each with these entries of a dictionary."""
    whole = "<</Type/Annot/Subtype/Link/Rect[0 600 595 842]%s>>"
    annotations = "/Annots[" + "".join(whole % link for link in links) + "]"
    pages = [_page("one"), _page("two")]
    out.write_bytes(_written(pages, "0 0 595 842", looks=[annotations, ""]))
    return out


def make_many_pages(out: Path, count: int) -> Path:
    """As many pages as are asked for, each with its number on it, quickly."""
    out.write_bytes(_written([_page(f"page {number}") for number in range(1, count + 1)], "0 0 595 842"))
    return out


def _page(text: str) -> bytes:
    return f"BT /F 24 Tf 50 700 Td ({text}) Tj ET".encode("latin-1") if text else b""


def _written(contents: list[bytes], box: str, more: str = "", looks: list[str] | None = None) -> bytes:
    """The least that is a PDF (ISO 32000-1, section 7.5) with these pages."""
    numbers = [4 + 2 * index for index in range(len(contents))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(sw-TZ)>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), b" ".join(b"%d 0 R" % number for number in numbers)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, content, look in zip(numbers, contents, looks or [""] * len(contents), strict=True):
        every = f"/MediaBox[{box}]/Resources<</Font<</F 3 0 R>>>>{look}".encode()
        objects.append(b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (every, number + 1))
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more.encode(), content))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
