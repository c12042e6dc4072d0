"""What a pack will hold, entry by entry, as the kinds of content say it and the writer does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.build import file_types

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry. `content` is a file, or makes the content when it is written; `size` in bytes of what it is made of.

    A title of None is read from the HTML when it is written. What isn't `searchable` says only what other pages say.
    `text` is a file of UTF-8 text under which a page is found as well: see `content_packs.zim.index_text`.
    """

    path: str
    mimetype: str
    content: Path | Callable[[], str | bytes]
    size: int = 0
    title: str | None = ""
    front: bool = False
    searchable: bool = True
    text: Path | None = None


def planned_file(path: str, file: Path, size: int) -> PlannedEntry:
    """The entry of a file as it is, of `size` bytes, by the ending of its path."""
    return PlannedEntry(path, file_types.mimetype_of(path), file, size)


@dataclass(frozen=True, slots=True)
class PlannedRedirect:
    path: str
    title: str
    target: str


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents: the page it leads to, and in which language that is.

    Lines stand in the order of `order` (None is last), then of `name`; `picture` is the path of a small one.
    """

    path: str
    title: str
    summary: str
    language: str
    name: str
    order: int | None = None
    picture: str | None = None

    @property
    def place(self) -> tuple[float, str]:
        return (float("inf") if self.order is None else self.order), self.name
