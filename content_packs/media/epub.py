"""EPUB books, versions 2 and 3: what they say of themselves, their cover, contents and text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.described import Described, Heading
from content_packs.media.epub_contents import HEADING_LIMIT, from_navigation, from_ncx
from content_packs.media.epub_package import Package, described, package_of, resolved
from content_packs.media.xml_reading import attribute, elements, line_of, parse_xml, text_of
from content_packs.media.zip_members import ZipMembers

SECONDS = 60
MEMORY = 512 * 1024 * 1024
CHAPTER_LIMIT = 5000
TEXT_LIMIT = 20_000_000  # characters of all chapters

# What only makes fonts unreadable outside the book (https://www.w3.org/TR/epub-33/#sec-font-obfuscation, and Adobe's).
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the book: its path inside the EPUB, its title where it has one, its plain text."""

    path: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of an EPUB. `cover` is a picture's bytes as they lie in it; `chapters` in reading order."""

    described: Described
    cover: bytes | None
    contents: tuple[Heading, ...]
    chapters: tuple[Chapter, ...]

    @property
    def text(self) -> str:
        """All words of the book, to be found by."""
        return "\n\n".join(chapter.text for chapter in self.chapters if chapter.text)


def read_epub(path: Path) -> Book:
    """The book, read in a process of its own. A book without contents gets the titles of its chapters as such.

    Raises BadInput where it is no EPUB, is damaged, locked (DRM), or unpacks to too much.
    """
    return read_apart(path, _read, SECONDS, MEMORY)


def _read(path: Path) -> Book:
    with ZipMembers(path) as members:
        package = package_in(members, path.name)
        refuse_locked(members, path.name)
        contents = tuple(islice(contents_of(package, members), HEADING_LIMIT))
        chapters = tuple(_chapters(package, members, contents))
        notes = [] if contents else ["it has no table of contents"]
        notes += [] if any(chapter.text for chapter in chapters) else ["it has no text, so no search finds its words"]
        return Book(
            replace(described(package), notes=tuple(notes)),
            _cover(package, members),
            contents or tuple(Heading(chapter.title, 1, chapter.path) for chapter in chapters if chapter.title),
            chapters,
        )


def package_in(members: ZipMembers, name: str) -> Package:
    """The package document that the container names, or the first there is. Raises BadInput where there is none."""
    container = parse_xml(members.read("META-INF/container.xml") or b"")
    named = [attribute(root, "full-path") for root in elements(container, "rootfile")]
    for place in [*named, *(found for found in members.names() if found.lower().endswith(".opf"))]:
        root = parse_xml(members.read(resolved("", place)) or b"")
        if root is not None and elements(root, "manifest"):
            return package_of(root, posixpath.dirname(resolved("", place)))
    raise BadInput(f"{name} is no EPUB that can be read: it does not say which files it is made of.")


def refuse_locked(members: ZipMembers, name: str) -> None:
    """Raise BadInput for a book of which more than its fonts is encrypted."""
    encryption = parse_xml(members.read("META-INF/encryption.xml") or b"")
    methods = {attribute(method, "Algorithm") for method in elements(encryption, "EncryptionMethod")}
    if not methods <= set(_FONTS_ONLY):
        raise BadInput(f"{name} is locked by its seller (DRM): only a copy without that can be read.")


def contents_of(package: Package, members: ZipMembers) -> Iterator[Heading]:
    """Those of version 3, or where it has none, of version 2: many books carry both."""
    found = False
    for item, read in ((package.navigation, from_navigation), (package.ncx, from_ncx)):
        root = parse_xml(members.read(item.path) or b"") if item and not found else None
        for heading in read(root, item.path) if item and root is not None else []:
            found = True
            yield heading


def _chapters(package: Package, members: ZipMembers, contents: tuple[Heading, ...]) -> Iterator[Chapter]:
    """Every page but that of the contents; a file that is missing is passed over."""
    titles: dict[str, str] = {}
    for heading in contents:
        titles.setdefault(heading.target.partition("#")[0], heading.title)
    room = TEXT_LIMIT
    for item in package.pages[:CHAPTER_LIMIT]:
        root = parse_xml(members.read(item.path) or b"") if item != package.navigation else None
        if root is not None:
            text = text_of(root, room)
            room -= len(text)
            yield Chapter(item.path, titles.get(item.path) or own_title(root), text)


def own_title(root: Any) -> str:
    """The title that a chapter gives itself, or nothing."""
    for name in ("h1", "h2", "title"):
        if title := next((line for element in elements(root, name) if (line := line_of(element))), ""):
            return title
    return ""


def _cover(package: Package, members: ZipMembers) -> bytes | None:
    """The picture that the book names as its cover, or the first one on its first page."""
    if package.cover and (picture := members.read(package.cover.path)):
        return picture
    for page in package.pages[:1]:
        root = parse_xml(members.read(page.path) or b"")
        for element in [*elements(root, "img"), *elements(root, "image")]:
            path = resolved(posixpath.dirname(page.path), attribute(element, "src") or attribute(element, "href"))
            if any(item.path == path and item.is_picture for item in package.items.values()):
                return members.read(path)
    return None
