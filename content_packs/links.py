"""The links of an HTML page, and the entry of the ZIM that each leads to. Nothing is read here.

`build` and `check` both use it, so that what one writes the other finds right.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from content_packs.apart import EndedBadlyError, run_apart
from content_packs.media.old_encodings import read_declared

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OTHER_HOST = re.compile(r"([a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)

_SHORT = 200_000  # characters of a page that takes a few seconds at worst
_SECONDS = 30

# Attributes whose address the browser loads to show the page, and on which elements. `href` and `srcset` are by
# themselves: of the one only stylesheets and icons are loaded, the other is a list.
_LOADED = {"src": "[src]", "poster": "video[poster]", "data": "object[data]"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the page gives it; `loaded` where the browser fetches it to show the page."""

    address: str
    loaded: bool

    @property
    def leads_to_other_host(self) -> bool:
        return _OTHER_HOST.match(self.address) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """What is read from a page's HTML: the text of its `<title>` (or empty) and its links."""

    title: str
    links: tuple[Link, ...]


def decode_html(raw: bytes) -> str:
    """The text of a page: UTF-8, else as its `<meta charset>` says, else Latin-1, which never fails."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(raw[:4096])
        text = read_declared(raw, declared[1].decode()) if declared else None
        return raw.decode("latin-1") if text is None else text


def read_page(html: str) -> Page:
    """The title and links of a page, however wrong its HTML; none of one that takes too long to read.

    The parser's time grows with the square of how deep a page nests, so that a long one is read in a process that can
    be ended.
    """
    if len(html) <= _SHORT:
        return _read_page(html)
    try:
        return run_apart(partial(_read_page, html), _SECONDS)
    except EndedBadlyError:
        return Page("", ())


def _read_page(html: str) -> Page:
    tree = LexborHTMLParser(html)
    title = tree.css_first("head title")
    return Page(
        title=" ".join(title.text().split()) if title else "",
        links=tuple(_links(tree)),
    )


def _links(tree: LexborHTMLParser) -> Iterator[Link]:
    for node in tree.css("[href]:not(base)"):
        loaded = node.tag == "link" and _is_loaded(node.attributes.get("rel") or "")
        yield Link((node.attributes["href"] or "").strip(), loaded)
    for name, selector in _LOADED.items():
        for node in tree.css(selector):
            yield Link((node.attributes[name] or "").strip(), loaded=True)
    for node in tree.css("[srcset]"):
        for candidate in (node.attributes["srcset"] or "").split(", "):
            if candidate.strip():
                yield Link(candidate.split()[0], loaded=True)


def _is_loaded(rel: str) -> bool:
    return not {"stylesheet", "icon"}.isdisjoint(rel.lower().split())


def resolve(page: str, address: str) -> str | None:
    """The path in the ZIM that `address` on the page at path `page` leads to; None where it leads to none.

    None means that the address stays on the page or has a host or scheme of its own.

    A path that begins with `/` or `..` lies outside of the ZIM: no entry has it. A query is no part of the path, since
    ZIMs that hold queries write `%3F`.
    """
    if _SCHEME.match(address) or address.startswith("//"):
        return None
    path = unquote(re.split("[?#]", address, maxsplit=1)[0])
    if not path:
        return None
    joined = posixpath.join(posixpath.dirname(page), path)
    normal = posixpath.normpath(joined)
    is_folder = joined.endswith(("/", "/.", "/..")) or path in {".", ".."}
    return ("" if normal == "." else normal) + ("/" if is_folder and normal not in {".", "/"} else "")


def entry_path(page: str, address: str) -> str | None:
    """As `resolve`, but None as well for what can be no entry: the ZIM's own folder, and what lies outside of it."""
    path = resolve(page, address)
    return None if not path or path.startswith("/") or path.partition("/")[0] == ".." else path
