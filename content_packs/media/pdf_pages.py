"""Single pages of a PDF for who reads it without a program for PDFs: a picture of each, its words, its links.

For processes apart: PDFium reads what may be hostile, and nothing here bounds its time or memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import reduce
from io import BytesIO
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from content_packs.media.described import one_line
from content_packs.media.pdf import contents_of, described_by
from content_packs.media.pdf_facts import WEBP, PdfLink, PdfOutline, PdfPage
from content_packs.media.pdf_text import page_text

LINK_LIMIT = 200  # of one page

_HIGHEST = 3  # times as high as wide, at most: a roll of a page is drawn narrower
_ADDRESS_LIMIT = 2000  # characters
_FEW_COLOURS = 32
_UNSEEN = 16  # of 255: what a colour may be off
_MOST_SEEN = 0.001  # of all pixels may be off by more, as the edges of letters are
_QUALITY = 75


def outline_of(opened: pypdfium2.PdfDocument) -> PdfOutline:
    said = described_by(opened)
    return PdfOutline(said.title, said.language, len(opened), tuple(contents_of(opened)))


def page_of(opened: pypdfium2.PdfDocument, number: int) -> PdfPage:
    """Page `number`, from 1. Raises PdfiumError where it cannot be read."""
    page = opened[number - 1]
    width, height = page.get_size()
    return PdfPage(width, height, page_text(page), tuple(_links(opened, page)))


def draw(opened: pypdfium2.PdfDocument, number: int, width: int, kind: str) -> bytes:
    """A picture of page `number`, `width` pixels wide, or less where it would be very high. Raises PdfiumError.

    As WebP, or (`PLAIN`) as PNG or JPEG, for browsers that do not know that.
    """
    page = opened[number - 1]
    across, down = (max(side, 1.0) for side in page.get_size())
    drawn = page.render(scale=min(width / across, _HIGHEST * width / down)).to_pil().convert("RGB")
    return _packed(drawn, kind)


def _packed(drawn: Image.Image, kind: str) -> bytes:
    """Text and drawings need few colours: without loss they take half of what they would as a photograph."""
    few = drawn.quantize(_FEW_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    is_plain = _share_lost(few, drawn) < _MOST_SEEN
    made = BytesIO()
    if kind == WEBP:
        (few.convert("RGB") if is_plain else drawn).save(made, "WEBP", lossless=is_plain, quality=_QUALITY, method=2)
    elif is_plain:
        few.save(made, "PNG", optimize=True)
    else:
        drawn.save(made, "JPEG", quality=_QUALITY, optimize=True)
    return made.getvalue()


def _share_lost(few: Image.Image, drawn: Image.Image) -> float:
    """The share of pixels whose colour can be seen to be another one."""
    off = ImageChops.difference(few.convert("RGB"), drawn)
    worst = reduce(ImageChops.lighter, off.split()).histogram()
    return sum(worst[_UNSEEN:]) / sum(worst)


def _links(opened: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[PdfLink]:
    """Those that lead to a page or to a website, each once."""
    words = page.get_textpage()
    found = (_link(opened, page, words, link) for link in _annotations(page))
    return islice(dict.fromkeys(link for link in found if link.page or link.url), LINK_LIMIT)


def _annotations(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_LINK]:
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(LINK_LIMIT * 5):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        yield link


def _link(
    opened: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage, link: pdfium.FPDF_LINK
) -> PdfLink:
    place, action = pdfium.FS_RECTF(), pdfium.FPDFLink_GetAction(link)
    pdfium.FPDFLink_GetAnnotRect(link, place)
    text = one_line(words.get_text_bounded(place.left, place.bottom, place.right, place.top))
    target = pdfium.FPDFLink_GetDest(opened, link) or (pdfium.FPDFAction_GetDest(opened, action) if action else None)
    if target:
        return PdfLink(text, page=pdfium.FPDFDest_GetDestPageIndex(opened, target) + 1)
    return PdfLink(text, url=_address(opened, action)) if action else PdfLink(text)


def _address(opened: pypdfium2.PdfDocument, action: pdfium.FPDF_ACTION) -> str:
    """Of a website; other actions (programs, files, scripts) lead nowhere here."""
    if pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(_ADDRESS_LIMIT)
    size = pdfium.FPDFAction_GetURIPath(opened, action, buffer, _ADDRESS_LIMIT)
    address = buffer.value.decode("utf-8", "replace") if size <= _ADDRESS_LIMIT else ""
    return address if address.startswith(("http://", "https://")) else ""
