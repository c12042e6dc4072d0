"""HTML of packs made safe to stand in a page of ours: its text and its structure, and nothing that runs or loads.

nh3 (ammonia) decides by lists of what is allowed. What those keep is here; which part of a page is its text is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import nh3

from content_packs.errors import BadInput
from ideascube.reading.headings import order_headings
from ideascube.reading.trees import html_of, html_tree

Links = Callable[[str, str, str], str | None]
"""What an address becomes: `links(element, attribute, address)` gives the new one, or None to leave it out.

Asked for every `href`, `src`, `poster` and `cite`, but not for those within the page (`#note`).
"""

LIMIT = 4_000_000  # characters of a page
ASIDE = 20_000  # characters; longer pages are cleaned in a thread
ANCHOR = "t-"  # begins every id of the text, so that none is an id of the page around it
_REFERENCES = 100_000  # characters written as `&amp;`: of each, nh3 copies all the text before it
_PICTURE_LIMIT = 16_384  # characters of a picture that is written into the page

_TEXT = "abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr br a"
_BLOCKS = "h1 h2 h3 h4 h5 h6 p div section article header footer blockquote pre hr address details summary center"
_LISTS = "ul ol li dl dt dd figure figcaption picture table caption colgroup col thead tbody tfoot tr td th"
_MEDIA = "img audio video source track ruby rb rt rtc rp"
_MATHS = (
    "math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow "
    "ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
_TAGS = frozenset(f"{_TEXT} {_BLOCKS} {_LISTS} {_MEDIA} {_MATHS}".split())
_DROPPED = (
    "script style template noscript iframe object embed applet form button select textarea annotation annotation-xml "
    "svg title head"
)
_WITH_CONTENT = frozenset(_DROPPED.split())
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "video": {"src", "poster", "width", "height", "controls", "preload"},
    "audio": {"src", "controls", "preload"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "data": {"value"},
    "del": {"datetime", "cite"},
    "ins": {"datetime", "cite"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "details": {"open"},
    "math": {"display", "alttext"},
    "mo": {"stretchy", "fence", "separator", "form"},
    "mfrac": {"linethickness"},
    "mtd": {"columnspan", "rowspan"},
    "mi": {"mathvariant"},
    "mstyle": {"displaystyle", "scriptlevel"},
}
_ADDRESSES = frozenset({"href", "src", "poster", "cite"})
_SCHEMES = {"http", "https", "data", "zim"}
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
# What a browser reads as the scheme of an address, which may hold line ends and tabs and begin with blanks.
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\x00-\x1f-]*):")


def clean(html: str, links: Links, top: int = 2) -> str:
    """The page's text as HTML of ours: no scripts, styles, forms, frames; its highest heading is of level `top`.

    Ids get `ANCHOR` in front, and links to them as well. Raises BadInput for a page of more than `LIMIT` characters.
    """
    if len(html) > LIMIT:
        raise BadInput(f"This page has more than {LIMIT // 1_000_000} million letters: open the page as it is.")
    root = html_tree(html)
    return "" if root is None else clean_tree(root, links, top)


def clean_tree(root: Any, links: Links, top: int = 2) -> str:
    """The same of a tree (see `trees`), which is changed. Raises BadInput for one that would take too long."""
    order_headings(root, top)
    html = html_of(root)
    if html.count("&") > _REFERENCES:
        raise BadInput("This page has far more signs than words: open the page as it is.")
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter(links),
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def anchor(fragment: str) -> str:
    """What `#fragment` of a page that is shown cleaned is called: for links from one such page to another."""
    return ANCHOR + fragment if fragment else ""


def _filter(links: Links) -> Callable[[str, str, str], str | None]:
    def decide(element: str, attribute: str, value: str) -> str | None:
        # nh3 keeps the value where its filter raises: whatever it is, nothing may be kept by mistake.
        try:
            return _decided(element, attribute, value, links)
        except Exception:
            return None

    return decide


def _decided(element: str, attribute: str, value: str, links: Links) -> str | None:
    if attribute in ("id", "name"):
        return anchor(value)
    if attribute not in _ADDRESSES:
        return value
    if attribute == "href" and value.startswith("#"):
        return f"#{anchor(value[1:])}"
    if element == "img" and value.startswith("data:"):
        return value if len(value) <= _PICTURE_LIMIT and _DATA_PICTURE.fullmatch(value) else None
    address = None if _scheme(value) == "data" else links(element, attribute, value)
    return address if address is not None and _scheme(address) in ("", "http", "https") else None


def _scheme(address: str) -> str:
    found = _SCHEME.match(address)
    return re.sub(r"[\x00-\x20]", "", found[1]).lower() if found else ""
