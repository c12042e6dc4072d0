"""The slim bar on top of a pack's front pages, and its links to the internet: how a page of a pack leads home.

Both are plain HTML put into the page's text, so that they work without scripts. Pure functions on bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from urllib.parse import quote

from content_packs.languages import direction
from ideascube.web.i18n import translations

# Paths on a pack's origin that lead back to the app, whatever the app's address is (see `content.lead_home`).
HOME = "/box/"

# `<` ends a tag that has no end, so that a page of such tags takes no longer than others.
_BODY = re.compile(rb"<body\b[^<>]*>", re.IGNORECASE)
_BEFORE_SLASHES = re.compile(rb"""(?<![\w-])href\s*=\s*(["'])(?:https?:)?\Z""", re.IGNORECASE)
_SLASHES = re.compile(rb"//")
_BEFORE = 40  # bytes before the slashes that hold all of that
_ENDS = (b'"', b"'", b":")  # of what stands before the slashes of a link
_ADDRESS_LENGTH = 4000  # bytes
_TAG_LENGTH = 2000  # bytes of a tag before its href that are looked at

_STYLE = (
    "ideascube-bar{all:initial;display:flex;box-sizing:border-box;position:relative;z-index:2147483000;"
    "background:#17324d;font:16px/24px system-ui,sans-serif;align-self:flex-start}"
    "ideascube-bar a{all:unset;flex:none;box-sizing:border-box;padding:10px 12px;min-height:44px;color:#fff;"
    "cursor:pointer}"
    "ideascube-bar a:nth-of-type(2){margin-inline-end:auto}"
    "ideascube-bar a:last-of-type{flex:0 1 auto;min-width:0;overflow:hidden;"
    "text-overflow:ellipsis;white-space:nowrap}"
    "ideascube-bar svg{all:initial;display:inline-block;width:20px;height:20px;margin-inline-end:8px;"
    "vertical-align:-3px;fill:#f2b84b}"
    "ideascube-bar a:hover,ideascube-bar a:focus-visible{background:#fff;color:#17324d}"
    "@media print{ideascube-bar{display:none}}"
)
_HOUSE = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 2 1 10h3v8h4v-5h4v5h4v-8h3z"/></svg>'

# A frame shows the page inside another one, which has a bar of its own. Elsewhere the bar moves out of the body, whose
# margins, columns and flexible boxes would deform it; without scripts it stays where it is.
_SCRIPT = (
    "(function(b,d){if(self!==top)b.remove();else d.documentElement.insertBefore(b,d.body)})"
    "(document.currentScript.parentNode,document)"
)


@lru_cache(maxsize=512)
def bar_html(pack_id: str, title: str, language: str) -> bytes:
    """The bar for one pack in one language of the interface."""
    _ = translations(language).gettext
    links = [
        f'<a href="{HOME}">{_HOUSE}{escape(_("Home"))}</a>',
        f'<a href="{HOME}search?pack={quote(pack_id)}">{escape(_("Search"))}</a>',
        f'<a href="{HOME}packs/{quote(pack_id, safe="")}" dir="auto">{escape(title)}</a>',
    ]
    label = escape(_("This box"))
    return (
        f'<ideascube-bar role="navigation" aria-label="{label}" lang="{language}" dir="{direction(language)}">'
        f"<style>{_STYLE}</style>{''.join(links)}<script>{_SCRIPT}</script></ideascube-bar>"
    ).encode("ascii", "xmlcharrefreplace")  # whatever encoding the page has


def with_bar(page: bytes, bar: bytes) -> bytes:
    """The page with the bar as the first thing in its body; unchanged where it has none (a frameset, a fragment)."""
    body = _BODY.search(page)
    if body is None:
        return page
    return page[: body.end()] + bar + page[body.end() :]


def with_explained_links(page: bytes) -> bytes:
    """The page with its links to the internet leading to the page that says the box has none."""
    pieces: list[bytes] = []
    done = 0
    for start, end in _external_links(page):
        if start > done and _stands_in_anchor(page, start):
            pieces += (page[done : start - 1], _explained(page[start:end]))
            done = end + 1
    return b"".join((*pieces, page[done:])) if pieces else page


def _external_links(page: bytes) -> Iterator[tuple[int, int]]:
    """Where the addresses of other hosts stand that an href gives in quotes.

    Looked for by the two slashes that each has: many times as quick as an expression over the whole page.
    """
    for slashes in _SLASHES.finditer(page):
        place = slashes.start()
        before = max(0, place - _BEFORE)
        link = _BEFORE_SLASHES.search(page, before, place) if page.endswith(_ENDS, before, place) else None
        end = page.find(link[1], place, place + _ADDRESS_LENGTH) if link else -1
        if link and end >= 0:
            yield link.end(1), end


def _stands_in_anchor(page: bytes, place: int) -> bool:
    tag = page.rfind(b"<", max(0, place - _TAG_LENGTH), place)
    return tag >= 0 and page[tag : tag + 3].strip().lower() == b"<a" and page.find(b">", tag, place) < 0


@lru_cache(maxsize=256)  # the pages of a pack link to the same few places: its licence, its makers
def _explained(written: bytes) -> bytes:
    """The attribute's value, in quotes, that leads to the explanation of this address."""
    address = written.decode("utf-8", "replace").replace("&amp;", "&")
    return f'"{HOME}external?url={quote(address, safe="")}"'.encode()
