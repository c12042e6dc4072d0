"""An EPUB's table of contents: the navigation document of version 3, the NCX of version 2."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from content_packs.media.described import Heading
from content_packs.media.epub_package import resolved
from content_packs.media.xml_reading import attribute, elements, line_of, local_name

HEADING_LIMIT = 2000
LEVELS = 8


def from_navigation(root: Any, path: str) -> Iterator[Heading]:
    """The headings of the `nav` of type `toc`, or of the first (https://www.w3.org/TR/epub-33/#sec-nav)."""
    lists = elements(root, "nav")
    lists.sort(key=lambda nav: "toc" not in attribute(nav, "type").split())
    for top in _children(lists[0], "ol") if lists else []:
        yield from _listed(top, posixpath.dirname(path), level=1)


def from_ncx(root: Any, path: str) -> Iterator[Heading]:
    """The headings of the `navMap` (http://www.daisy.org/z3986/2005/Z3986-2005.html#NCX)."""
    for top in elements(root, "navMap")[:1]:
        yield from _points(top, posixpath.dirname(path), level=1)


def _listed(ordered_list: Any, folder: str, level: int) -> Iterator[Heading]:
    for entry in _children(ordered_list, "li"):
        label = next(iter([*_children(entry, "a"), *_children(entry, "span")]), None)
        if label is not None and (title := line_of(label)):
            yield Heading(title, level, _target(attribute(label, "href"), folder))
        for inner in _children(entry, "ol") if level < LEVELS else []:
            yield from _listed(inner, folder, level + 1)


def _points(parent: Any, folder: str, level: int) -> Iterator[Heading]:
    for point in _children(parent, "navpoint"):
        label = next(iter(_children(point, "navlabel")), None)
        content = next(iter(_children(point, "content")), None)
        if title := line_of(label):
            yield Heading(title, level, _target(attribute(content, "src") if content is not None else "", folder))
        if level < LEVELS:
            yield from _points(point, folder, level + 1)


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if local_name(child) == name]


def _target(reference: str, folder: str) -> str:
    return resolved(folder, reference) if reference and "://" not in reference else ""
