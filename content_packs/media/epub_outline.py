"""What has to be known of an EPUB to read it chapter by chapter: the order, the contents, and where each file lies.

It is small, can be kept as JSON, and saves whoever shows a chapter from reading anything but that chapter.
"""

from __future__ import annotations

from itertools import islice
from typing import IO, Any

import msgspec

from content_packs.errors import BadInput
from content_packs.languages import direction
from content_packs.media.epub import contents_of, own_title, package_in, refuse_locked
from content_packs.media.epub_contents import HEADING_LIMIT
from content_packs.media.epub_package import Item, Package, described
from content_packs.media.xml_reading import attribute, elements, parse_xml
from content_packs.media.zip_members import ZipMembers
from content_packs.media.zip_place import FilePlace, place_of

FORMAT = 1  # of the JSON; another one is read again from the book
CHAPTER_LIMIT = 20_000
PATH_LIMIT = 1000  # characters
TITLES_LIMIT = 500  # chapters that are looked into for their titles
_SHOWN = ("image/", "audio/", "video/")  # what chapters may show of the book's other files


class Chapter(msgspec.Struct, frozen=True):
    """One document of the book: its path inside the EPUB, and its title where the contents give it one."""

    path: str
    title: str = ""
    is_picture: bool = False


class Line(msgspec.Struct, frozen=True):
    """A line of the contents. `level` from 1; `chapter` its number, or None where it leads nowhere."""

    title: str
    level: int
    chapter: int | None = None
    fragment: str = ""


class Outline(msgspec.Struct, frozen=True):
    """`language` as a BCP 47 tag or empty; `direction` rtl or ltr, or empty where the book says nothing.

    `cover` is a picture's path or empty; `files` the places of chapters, pictures and sounds by their paths.
    """

    title: str
    creators: tuple[str, ...]
    language: str
    direction: str
    cover: str
    chapters: tuple[Chapter, ...]
    contents: tuple[Line, ...]
    files: dict[str, FilePlace]
    navigation: str = ""
    format: int = FORMAT


def outline_of(file: IO[bytes], name: str) -> Outline:
    """The outline of the book in `file`. Raises BadInput where it is none, is damaged, locked, or has no chapter.

    To be called in a process apart: what a hostile archive says of itself takes memory and time.
    """
    with ZipMembers(file, name) as members:
        package = package_in(members, name)
        refuse_locked(members, name)
        chapters = _spine(package)[:CHAPTER_LIMIT]
        files = dict(_places(members, package))
        if not any(item.path in files for item in chapters):
            raise BadInput(f"{name} has no chapter that can be read: get the book again.")
        about = described(package)
        lines, titles = _contents(package, members, {item.path: number for number, item in enumerate(chapters)})
        return Outline(
            title=about.title,
            creators=about.creators,
            language=about.language,
            direction=_direction(package.root, about.language),
            cover=package.cover.path if package.cover and package.cover.path in files else "",
            chapters=tuple(Chapter(item.path, titles.get(n, ""), _is_picture(item)) for n, item in enumerate(chapters)),
            contents=lines,
            files=files,
            navigation=package.navigation.path if package.navigation else "",
        )


def _spine(package: Package) -> list[Item]:
    """Pages and pictures in reading order, without the page of the contents, unless there is nothing else."""
    listed = (package.items.get(attribute(element, "idref")) for element in elements(package.root, "itemref"))
    spine = list(dict.fromkeys(item for item in listed if item and (item.is_page or _is_picture(item))))
    navigation = package.navigation
    return [item for item in spine if item != navigation] or spine


def _is_picture(item: Item) -> bool:
    return item.media_type.startswith("image/")


def _places(members: ZipMembers, package: Package) -> list[tuple[str, FilePlace]]:
    """Of the files that can be shown, those that are there."""
    shown = [item for item in package.items.values() if item.is_page or item.media_type.startswith(_SHOWN)]
    infos = [(item.path, members.info(item.path)) for item in shown if len(item.path) <= PATH_LIMIT]
    placed = [(path, place_of(info)) for path, info in infos if info is not None]
    return [(path, place) for path, place in placed if place is not None]


def _contents(
    package: Package, members: ZipMembers, numbers: dict[str, int]
) -> tuple[tuple[Line, ...], dict[int, str]]:
    """The lines of the contents, and the title that they give to each chapter first."""
    lines: list[Line] = []
    titles: dict[int, str] = {}
    for heading in islice(contents_of(package, members), HEADING_LIMIT):
        path, _, fragment = heading.target.partition("#")
        number = numbers.get(path)
        lines.append(Line(heading.title, heading.level, number, fragment[:PATH_LIMIT] if number is not None else ""))
        if number is not None:
            titles.setdefault(number, heading.title)
    if not lines:
        titles = _own_titles(members, numbers)
        lines = [Line(title, 1, number) for number, title in titles.items()]
    return tuple(lines), titles


def _own_titles(members: ZipMembers, numbers: dict[str, int]) -> dict[int, str]:
    """Those that the chapters give themselves, of a book that has no contents."""
    titles = {}
    for path, number in islice(numbers.items(), TITLES_LIMIT):
        root = parse_xml(members.read(path) or b"")
        if root is not None and (title := own_title(root)):
            titles[number] = title
    return titles


def _direction(root: Any, language: str) -> str:
    """As the spine says (https://www.w3.org/TR/epub-33/#attrdef-page-progression-direction), else of the language."""
    said = next((attribute(spine, "page-progression-direction") for spine in elements(root, "spine")), "")
    if said in ("rtl", "ltr"):
        return said
    return direction(language) if language else ""
