"""Which part of a page is its text: what its HTML says is the main part, without what it says is navigation.

Rules only, on trees. The names are those of HTML (https://html.spec.whatwg.org/#sectioning-content), of WAI-ARIA's
landmarks, and of MediaWiki, which most packs come from (https://www.mediawiki.org/wiki/Manual:Interface/IDs_and_classes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ideascube.reading.headings import NAMES
from ideascube.reading.trees import drop, line_of

_MAIN = (
    "//*[self::main or @role='main']",  # no union of two paths: libxml2 compares each of one with each of the other
    "//article",
    "//*[@id='mw-content-text' or @id='bodyContent']",
    "//*[@id='content' or @id='main-content']",
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"})
_CLASSES = frozenset(
    {
        *("navbox", "navbox-styles", "vertical-navbox", "navigation-box", "sistersitebox", "mw-editsection"),
        *("mw-jump-link", "noprint", "mbox-small", "ambox", "metadata", "catlinks", "printfooter", "toc"),
        *("mw-indicators", "mw-empty-elt", "hatnote-list", "mw-portlet", "navigation-not-searchable"),
        *("breadcrumbs", "zim-footer"),
    }
)
_IDS = frozenset({"toc", "catlinks", "siteSub", "contentSub", "jump-to-nav", "mw-navigation", "footer", "siteNotice"})
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PAGE_END = frozenset({"nav", "aside", "footer", "menu", "dialog"})


@dataclass(frozen=True, slots=True)
class Article:
    """`root` is what is to be read; `title` that of the first heading or of the page; `lang` and `dir` may be empty."""

    root: Any
    title: str
    lang: str
    dir: str


def article_of(page: Any) -> Article:
    """The text in the tree of a whole page, which is changed: what does not belong to it is taken out."""
    root = _main(page)
    for element in [*root.iter(etree.Element)]:
        if element is not root and _is_around(element):
            drop(element)
    return Article(root, _title(page, root), _said(page, root, "lang"), _said(page, root, "dir"))


def drop_title(root: Any, title: str) -> None:
    """Take out the first heading where it only repeats the title that stands above."""
    first = next(root.iter(*NAMES), None)
    if first is not None and line_of(first).casefold() == title.casefold():
        drop(first)


def _main(page: Any) -> Any:
    """The one element that is marked as the main part, by the best mark; else the whole body."""
    for marks in _MAIN:
        found = page.xpath(marks)
        if len(found) == 1 and line_of(found[0]):
            return found[0]
    body = page.find(".//body")
    return page if body is None else body


def _is_around(element: Any) -> bool:
    if element.tag in _PAGE_END:
        return not _stands_in(element, "article", "section", "main") or element.tag in ("nav", "menu", "dialog")
    if element.get("role") in _ROLES or element.get("id") in _IDS or "hidden" in element.attrib:
        return True
    if not _CLASSES.isdisjoint(element.get("class", "").split()):
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _stands_in(element: Any, *names: str) -> bool:
    """A footer or an aside of a section belongs to the text; that of the page does not."""
    return next(element.iterancestors(*names), None) is not None


def _title(page: Any, root: Any) -> str:
    named = [*page.iter("h1")][:1] + [*page.iter("title")][:1]
    return next((line for element in named if (line := line_of(element))), "")


def _said(page: Any, root: Any, name: str) -> str:
    """What the nearest element around the text says."""
    said = (each.get(name) for each in (root, *root.iterancestors()))
    return next((str(value) for value in said if value), str(page.get(name, "")))
