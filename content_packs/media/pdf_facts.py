"""What is known of a PDF and of its single pages, for who shows them; read and written as JSON. Loads no PDFium."""

from __future__ import annotations

import msgspec

from content_packs.media.described import Heading

WEBP, PLAIN = "webp", "plain"  # kinds of pictures; the second for browsers that do not know the first


class PdfOutline(msgspec.Struct, frozen=True):
    """A document as a whole. `language` is a BCP 47 tag or empty; `contents` lead to `page=N`, N from 1."""

    title: str
    language: str
    pages: int
    contents: tuple[Heading, ...]


class PdfLink(msgspec.Struct, frozen=True):
    """A link on a page: to page `page` of the document, or where that is 0 to the address `url`."""

    text: str
    page: int = 0
    url: str = ""


class PdfPage(msgspec.Struct, frozen=True):
    """One page. `width` and `height` in points, turned as it is shown; `text` line by line."""

    width: float
    height: float
    text: str
    links: tuple[PdfLink, ...]
