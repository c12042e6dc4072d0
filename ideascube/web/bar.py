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

_PLACE = b"%PATH%"  # no address has it: a `%` is followed by digits there

# `<` ends a tag that has no end, so that a page of such tags takes no longer than others.
_BODY = re.compile(rb"<body\b[^<>]*>", re.IGNORECASE)
_BEFORE_SLASHES = re.compile(rb"""(?<![\w-])href\s*=\s*(["'])(?:https?:)?\Z""", re.IGNORECASE)
_SLASHES = re.compile(rb"//")
_BEFORE = 40  # bytes before the slashes that hold all of that
_ENDS = (b'"', b"'", b":")  # of what stands before the slashes of a link
_ADDRESS_LENGTH = 4000  # bytes
_TAG_LENGTH = 2000  # bytes of a tag before its href that are looked at

STYLE = (
    "ideascube-bar{all:initial;display:flex;flex-wrap:wrap;box-sizing:border-box;position:relative;z-index:2147483000;"
    "background:#17324d;font:16px/24px system-ui,sans-serif;align-self:flex-start}"
    "ideascube-bar a,ideascube-bar summary{all:unset;flex:none;box-sizing:border-box;padding:10px 8px;"
    "padding:10px min(12px,2.5vw);min-height:44px;color:#fff;cursor:pointer;white-space:nowrap}"
    "ideascube-bar>a:nth-of-type(3){flex:1 1 4em;text-align:end;min-width:0;overflow:hidden;text-overflow:ellipsis}"
    "ideascube-bar details{all:unset;flex:none;display:block}"
    "ideascube-bar details>div{display:none}"
    "ideascube-bar details[open]>div{display:block;position:absolute;top:100%;inset-inline-end:0;background:#17324d;"
    "min-width:14em;max-width:100%;border-top:1px solid #52606c;box-shadow:0 8px 24px #0006}"
    "ideascube-bar summary{display:block;list-style:none}"
    "ideascube-bar summary::-webkit-details-marker{display:none}"
    "ideascube-bar summary::after{content:'\\25be';margin-inline-start:6px}"
    "ideascube-bar details a{display:block;white-space:normal}"
    "ideascube-bar svg{all:initial;display:inline-block;width:20px;height:20px;margin-inline-end:8px;"
    "vertical-align:-3px;fill:none;stroke:#f2b84b;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}"
    "ideascube-bar a:hover,ideascube-bar a:focus,ideascube-bar summary:hover,"
    "ideascube-bar summary:focus{background:#fff;color:#17324d}"
    "ideascube-bar a:hover svg,ideascube-bar a:focus svg{stroke:#a8480f}"
    "@media print{ideascube-bar{display:none}}"
)

# Drawings of the app's set of icons (Lucide, ISC: ideascube/static/icons.LICENSE.txt), written out since a page of a
# pack, kept in memory for all who ask, knows no address of the app.
_HOUSE = (
    '<path d="M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8"/><path d="M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 '
    '6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"/>'
)
_BOOK = (
    '<path d="M12 7v14"/><path d="M3 18a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h5a4 4 0 0 1 4 4 4 4 0 0 1 4-4h5a1 1 0 0 1 1 '
    '1v13a1 1 0 0 1-1 1h-6a3 3 0 0 0-3 3 3 3 0 0 0-3-3z"/>'
)
_BOOKMARK = '<path d="m19 21-7-4-7 4V5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v16z"/>'
_FLAG = (
    '<path d="M4 22V4a1 1 0 0 1 .4-.8A6 6 0 0 1 8 2c3 0 5 2 7.3 2q2 0 3.1-.8A1 1 0 0 1 20 4v10a1 1 0 0 1-.4.8A6 6 0 0 '
    '1 16 16c-3 0-5-2-8-2a6 6 0 0 0-4 1.5"/>'
)
_ARROW = '<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>'

# A frame shows the page inside another one, which has a bar of its own. Elsewhere the bar moves out of the body, whose
# margins, columns and flexible boxes would deform it; without scripts it stays where it is.
_SCRIPT = (
    "(function(b,d){if(self!==top)b.remove();else d.documentElement.insertBefore(b,d.body)})"
    "(document.currentScript.parentNode,document)"
)


def bar_html(pack_id: str, path: str, title: str, language: str) -> bytes:
    """The bar for the page at `path` of a pack in one language of the interface; `title` is the pack's."""
    return _bar(pack_id, title, language).replace(_PLACE, quote(path, safe="/", errors="surrogatepass").encode())


@lru_cache(maxsize=512)
def _bar(pack_id: str, title: str, language: str) -> bytes:
    """The same with `_PLACE` for the page's path."""
    _ = translations(language).gettext
    pack, place = quote(pack_id, safe=""), _PLACE.decode()
    links = [
        _link("", _HOUSE, _("Home")),
        _link(f"search?pack={pack}", "", _("Search")),
        _link(f"packs/{pack}", "", title, ' dir="auto"'),
    ]
    more = [
        _link(f"read/{pack}/{place}", _BOOK, _("Read quietly")),
        _link(f"keep?pack={pack}&path={place}", _BOOKMARK, _("Keep")),
        _link(f"take/{pack}/{place}", _ARROW, _("Take with you")),
        _link(f"flag?pack={pack}&path={place}", _FLAG, _("Something is wrong")),
    ]
    menu = f"<details><summary>{escape(_('More'))}</summary><div>{''.join(more)}</div></details>"
    return (
        f'<ideascube-bar role="navigation" aria-label="{escape(_("This box"))}" lang="{language}" '
        f'dir="{direction(language)}"><style>{STYLE}</style>{"".join(links)}{menu}<script>{_SCRIPT}</script>'
        "</ideascube-bar>"
    ).encode("ascii", "xmlcharrefreplace")  # whatever encoding the page has


def _link(address: str, drawing: str, text: str, attributes: str = "") -> str:
    icon = f'<svg viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>' if drawing else ""
    return f'<a href="{HOME}{escape(address)}"{attributes}>{icon}{escape(text)}</a>'


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
    return f'"{explained(address)}"'.encode()


def explained(address: str) -> str:
    """Where a link to the internet leads from a pack's origin: to the page that says that the box has none."""
    return f"{HOME}external?url={quote(address, safe='')}"
