"""EPUB books, versions 2 and 3: what they say of themselves, their cover, contents and text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.media.described import Described, Heading


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the book: its path inside the EPUB, its title where the contents have one, its plain text."""

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
    """The book. Raises BadInput where it is no EPUB, is damaged, locked (DRM), or unpacks to too much."""
    raise NotImplementedError
