"""What can be read of a pack, be it one ZIM file or a base with layers on it, and the values that are handed out.

`archive.ZimArchive` reads one file, `stack.Stack` several as one. Whoever serves or searches packs knows only this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from content_packs.zim.layout import ByteRange
from content_packs.zim.parts import PartedFile

if TYPE_CHECKING:
    from content_packs.zim.archive import ZimArchive

LARGEST = 64 * 1024 * 1024  # bytes unpacked; hardly a text is as long, a damaged or hostile cluster may say so

# What libzim's C++ exceptions become in Python, by trying every damaged file at hand.
LIBZIM_ERRORS = (RuntimeError, ValueError, IndexError, OverflowError, MemoryError, UnicodeError)

REDIRECT_LIMIT = 50  # steps


def is_html(mimetype: str) -> bool:
    """Whether an entry of this MIME type is a page."""
    return mimetype.startswith(("text/html", "application/xhtml+xml"))


@dataclass(frozen=True, slots=True)
class ZimEntry:
    """An entry with content; `mimetype` as the writer gave it. Its size is known once it is read, or its range is.

    `index` is its number in the file `zim`, which need not have it under this path or title.
    """

    index: int
    path: str
    title: str
    mimetype: str
    zim: ZimArchive = field(repr=False, compare=False)

    @property
    def is_html(self) -> bool:
        return is_html(self.mimetype)


@dataclass(frozen=True, slots=True)
class ZimRedirect:
    """An entry that only leads to another one: as `find` gives it, already followed to its end."""

    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """Where an entry's bytes lie as they are: the file, and the run of bytes in it."""

    file: PartedFile
    range: ByteRange


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page, redirects followed. `title` is empty where the pack gives it none but its file's name; `matched` is the
    title that was found, of a redirect perhaps; `at` the second of a film from which on the words are said, or -1.
    """

    path: str
    title: str
    matched: str
    at: int = -1


class PackReader(Protocol):
    """An open pack. Whatever cannot be read raises BrokenEntry, unless it says otherwise."""

    @property
    def path(self) -> Path:
        """Its file, a stack's base: to be named in messages."""

    @property
    def uuid(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever a file of it does; a part of the entries' validators."""

    def is_intact(self) -> bool:
        """Whether its files are as they were when opened: libzim may end the process over one that was cut off."""

    def find(self, path: str) -> ZimEntry | ZimRedirect | None:
        """The entry at `path` (with its namespace in old ZIMs), or None."""

    def read(self, entry: ZimEntry, *, keep: bool = True, limit: int = LARGEST) -> bytes:
        """All of an entry's bytes. For what is small: a film is read from its `stored` place, in pieces.

        `keep` its cluster unpacked, for readers who will open its neighbours; not in passing, as searches do.
        """

    def stored(self, entry: ZimEntry) -> StoredPlace | None:
        """Where the entry's bytes lie uncompressed, or None where they are compressed."""

    def whole(self) -> StoredPlace:
        """The file to download. Of a stack it is the base, a whole pack by itself, without the last changes."""

    def is_front(self, entry: ZimEntry) -> bool:
        """Whether a reader opens this page as such (and not a frame or a fragment that pages load)."""

    def main_path(self) -> str | None:
        """The path of the first page, redirects followed, or None where the pack has none that can be read."""

    def random_path(self) -> str | None:
        """The path of any front page, or None where there is none."""

    def metadata(self, name: str) -> bytes | None:
        """The value of one metadata entry, or None where there is none or it is too large to be one."""

    def metadata_entry(self, name: str) -> ZimEntry | None:
        """Where one metadata entry lies, or None; to be read like any other entry."""

    def counts(self) -> tuple[int, int]:
        """How many articles and how many media the pack holds."""

    def indexes(self) -> tuple[bool, bool]:
        """Whether the pack brings a full-text index, and an index of titles."""

    def illustration_sizes(self) -> list[int]:
        """In pixels; empty where none can be read."""

    def illustration(self, size: int) -> tuple[bytes, str] | None:
        """The square picture of `size` pixels and its MIME type, or None."""

    def checksum_holds(self) -> bool:
        """Read all files and compare each with the sum at its end. Slow: seconds a gigabyte."""

    def fulltext(self, query: str, start: int, count: int) -> tuple[list[str], int]:
        """Paths of pages that hold all words of `query`, best first, and about how many there are.

        Nothing found where the pack has no index.
        """

    def titles(self, text: str, count: int) -> list[str]:
        """Paths of entries (redirects too) whose title has the words of `text`, the last one perhaps unfinished.

        Without an index of titles, those that begin with `text` letter by letter.
        """

    def page_at(self, path: str) -> FoundPage | None:
        """The page that `path` leads to, or None where it leads to none that can be read."""

    def page_bytes(self, path: str) -> bytes:
        """The HTML at `path`; empty where it is no page, too long to be one, or damaged. Threads may ask at once."""


def content_size(pack: PackReader, entry: ZimEntry) -> int:
    """Bytes of an entry's content; what is compressed has to be unpacked for it. Raises BrokenEntry."""
    stored = pack.stored(entry)
    return stored.range.length if stored is not None else len(pack.read(entry))


def find_content(pack: PackReader, path: str) -> ZimEntry | None:
    """The entry at `path`, or the one that a redirect there leads to; None where there is none. Raises BrokenEntry."""
    found = pack.find(path)
    found = pack.find(found.target) if isinstance(found, ZimRedirect) else found
    return found if isinstance(found, ZimEntry) else None
