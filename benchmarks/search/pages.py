"""The pages of a pack as a reader sees them: title, headings, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.search.queries import Page
from content_packs.languages import to_bcp47
from content_packs.store.opening import open_pack
from content_packs.zim.walk import listing

_ASIDE = "script, style, nav, .navheader, .navfooter, .docnav, .toc, .bar, header, footer"
_NOT_INDEXED = re.compile(rb'<meta name="robots" content="[^"]*noindex')
_SHORT = 200  # letters; a page with fewer is a list or a frame


def pages_of(pack: str, lang: str, zim: Path) -> list[Page]:
    """The pages that a reader may look for. `lang` is empty where each page says its own.

    Not those that ask not to be indexed, such as lists of a pack's pages: both servers leave them out.
    """
    pages = (_page(pack, lang, path, html) for path, html in html_files(zim) if not _NOT_INDEXED.search(html))
    return [page for page in pages if len(page.text) >= _SHORT]


def html_files(zim: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of all pages of a pack that are meant to be opened."""
    reader = open_pack([zim], [])
    for listed in listing(reader):
        if listed.is_html and listed.front:
            yield listed.path, reader.page_bytes(listed.path)


def _page(pack: str, lang: str, path: str, html: bytes) -> Page:
    tree = LexborHTMLParser(html.decode("utf-8", "replace"))
    title, root = tree.css_first("title"), tree.css_first("html")
    lang = lang or to_bcp47((root.attributes.get("lang") if root else "") or "und")
    for node in tree.css(_ASIDE):
        node.decompose()
    headings = tuple(_line(node.text()) for node in tree.css("h2, h3, h4"))
    text = tree.body.text(separator=" ") if tree.body else ""
    return Page(pack, lang, path, _line(title.text()) if title else "", headings, _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())
