"""An EPUB's package document (OPF): what the book says of itself, and which files it is made of.

https://www.w3.org/TR/epub-33/#sec-package-doc for version 3, http://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm for 2.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from content_packs.media.described import TEXT_LIMIT, Described, day, language_tag, one_line, paragraphs, several
from content_packs.media.licences import licence_id
from content_packs.media.xml_reading import attribute, elements, line_of, parse_xml, text_of

ITEM_LIMIT = 20_000
_PICTURES = ("image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the book, by its path in the archive."""

    path: str
    media_type: str
    properties: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        return self.media_type in _PICTURES

    @property
    def is_page(self) -> bool:
        return self.media_type in _PAGES


@dataclass(frozen=True, slots=True)
class Package:
    """The package document: its items by their ids, and its pages in reading order."""

    root: Any
    items: dict[str, Item]
    pages: tuple[Item, ...]

    @property
    def navigation(self) -> Item | None:
        """The contents of EPUB 3."""
        return next((item for item in self.items.values() if "nav" in item.properties), None)

    @property
    def ncx(self) -> Item | None:
        """The contents of EPUB 2, named by the spine, or by their type where a book forgets to."""
        named = (self.items.get(attribute(spine, "toc")) for spine in elements(self.root, "spine"))
        by_type = (item for item in self.items.values() if item.media_type == "application/x-dtbncx+xml")
        return next((item for item in named if item), None) or next(by_type, None)

    @property
    def cover(self) -> Item | None:
        """The picture of the cover, as version 3 marks it, as version 2 does, or by its name."""
        pictures = {key: item for key, item in self.items.items() if item.is_picture}
        named = [
            attribute(meta, "content") for meta in elements(self.root, "meta") if attribute(meta, "name") == "cover"
        ]
        marked = [item for item in pictures.values() if "cover-image" in item.properties]
        by_id = [pictures[key] for key in named if key in pictures]
        by_name = [
            item for key, item in pictures.items() if "cover" in f"{key} {posixpath.basename(item.path)}".lower()
        ]
        return next(iter([*marked, *by_id, *by_name]), None)


def package_of(root: Any, folder: str) -> Package:
    """The package whose document lies in `folder` of the archive."""
    items = {}
    for element in elements(root, "item")[:ITEM_LIMIT]:
        properties = tuple(attribute(element, "properties").split())
        path = resolved(folder, attribute(element, "href"))
        items[attribute(element, "id")] = Item(path, attribute(element, "media-type").lower(), properties)
    spine = (items.get(attribute(element, "idref")) for element in elements(root, "itemref")[:ITEM_LIMIT])
    return Package(root, items, tuple(dict.fromkeys(item for item in spine if item and item.is_page)))


def described(package: Package) -> Described:
    root = package.root
    rights = _first(root, "rights")
    return Described(
        title=_first(root, "title"),
        creators=several(line_of(element) for element in elements(root, "creator")),
        language=language_tag(_first(root, "language")),
        date=_date(root),
        description=_without_markup(_first(root, "description")),
        licence=licence_id(rights) or rights,
        publisher=_first(root, "publisher"),
        subjects=several(line_of(element) for element in elements(root, "subject")),
        part_of=_series(root),
    )


def resolved(folder: str, reference: str) -> str:
    """The path in the archive of what a file in `folder` refers to; its fragment stays, as it is written."""
    path, mark, fragment = reference.partition("#")
    return posixpath.normpath(posixpath.join(folder, unquote(path))).lstrip("/") + mark + fragment


def _first(root: Any, name: str) -> str:
    return next((line for element in elements(root, name) if (line := line_of(element))), "")


def _date(root: Any) -> str:
    """That of the publication where version 2 tells several apart."""
    dates = [(attribute(element, "event"), day(line_of(element))) for element in elements(root, "date")]
    dates.sort(key=lambda date: date[0] != "publication")
    return next((date for _, date in dates if date), "")


def _series(root: Any) -> str:
    for meta in elements(root, "meta"):
        if attribute(meta, "property") == "belongs-to-collection":
            return line_of(meta)
        if attribute(meta, "name") == "calibre:series":
            return one_line(attribute(meta, "content"))
    return ""


def _without_markup(text: str) -> str:
    """Shops put HTML there."""
    root = parse_xml(f"<div>{text}</div>".encode()) if "<" in text else None
    return text_of(root, TEXT_LIMIT) if root is not None else paragraphs(text)
