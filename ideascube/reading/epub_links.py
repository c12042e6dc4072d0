"""Where the links of a chapter lead: to other chapters through the app, to files inside the book, to the internet.

Rules only. Addresses in a chapter are relative to its own place in the book (EPUB 3.3, section 4.1.4).
"""

from __future__ import annotations

import posixpath
import re

from content_packs.media.epub_package import resolved
from ideascube.reading.addresses import read_path
from ideascube.reading.books import Book
from ideascube.reading.sanitising import Links, anchor
from ideascube.web.bar import explained

INTERNET = re.compile(r"(?:https?:)?//", re.IGNORECASE)  # begins the address of a website
_QUERY = re.compile(r"\?[^#]*")  # a book's own files have none
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def chapter_address(app: str, pack_id: str, path: str, number: int, fragment: str = "") -> str:
    """The chapter's address on the app, which notes the place. `path` is the book's."""
    return app + read_path(pack_id, path, anchor=anchor(fragment), at=number)


def file_address(pack_id: str, path: str, inside: str) -> str:
    """The address of a file inside the book, on the pack's origin."""
    return read_path(pack_id, path, file=inside)


def links_of(book: Book, number: int, app: str, pack_id: str, path: str) -> Links:
    """What addresses in that chapter of the book at `path` become."""
    folder = posixpath.dirname(book.outline.chapters[number].path)

    def link(element: str, attribute: str, address: str) -> str | None:
        if INTERNET.match(address):
            return explained(address) if attribute == "href" else None
        if _SCHEME.match(address):
            return None
        inside, _, fragment = resolved(folder, _QUERY.sub("", address)).partition("#")
        chapter = book.number_of(inside)
        if attribute == "href" and chapter is not None:
            return chapter_address(app, pack_id, path, chapter, fragment)
        if attribute == "href" and inside == book.outline.navigation:
            return app + read_path(pack_id, path, contents=1)
        return file_address(pack_id, path, inside) if chapter is None and book.place(inside) else None

    return link
