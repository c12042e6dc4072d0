"""The content of planned entries, read when it is written: files in pieces, since films are large; pages as a whole.

libzim reads in threads of its own, and crashes where anything is raised there. What is wrong with a file is therefore
kept until `raise_first_error`, and zeros stand for what could not be read of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from libzim.writer import ContentProvider, StringProvider

from content_packs.build.planned import HTML, PlannedEntry
from content_packs.build.progress import Reporter
from content_packs.errors import BadInput
from content_packs.zim.creator import PiecesProvider

HTML_LIMIT = 64 * 1024 * 1024  # bytes; a larger page is put in unread
_PIECE = 1024 * 1024


class PlannedFiles:
    """Reads the entries of one plan, and tells how far it is."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._errors: list[BadInput] = []

    def done(self, path: str, size: int) -> None:
        self._reporter.add(size, path)

    def raise_first_error(self) -> None:
        """Raise BadInput for the first file that could not be read, if there is one."""
        if self._errors:
            raise self._errors[0]

    def html(self, entry: PlannedEntry) -> bytes | None:
        """The HTML of a page, which is small, or None for everything else."""
        if entry.mimetype != HTML or (isinstance(entry.content, Path) and entry.size > HTML_LIMIT):
            return None
        if isinstance(entry.content, Path):
            raw = b"".join(self._pieces(entry.path, entry.content, entry.size))
            self.raise_first_error()
            return raw
        return _made(entry.content)

    def provider(self, entry: PlannedEntry) -> ContentProvider:
        """The content of an entry that is no page."""
        if isinstance(entry.content, Path):
            return PiecesProvider(entry.size, partial(self._counted_pieces, entry.path, entry.content, entry.size))
        return StringProvider(_made(entry.content))

    def _counted_pieces(self, path: str, file: Path, size: int) -> Iterator[bytes]:
        for piece in self._pieces(path, file, size):
            yield piece
            with contextlib.suppress(Exception):  # a terminal that went away is no reason to crash
                self.done(path, len(piece))

    def _pieces(self, path: str, file: Path, size: int) -> Iterator[bytes]:
        """`size` bytes, which is what the file had when it was planned. Raises nothing."""
        left = size
        try:
            with file.open("rb") as opened:
                while left and (piece := opened.read(min(_PIECE, left))):
                    left -= len(piece)
                    yield piece
                if left or opened.read(1):
                    self._note(f"{path} changed while the pack was built: let it rest, then build again.")
        except OSError as error:
            self._note(f"{path} cannot be read: {error.strerror}. Cure that, then build again.")
        for start in range(0, left, _PIECE):
            yield bytes(min(_PIECE, left - start))

    def _note(self, sentence: str) -> None:
        self._errors.append(BadInput(sentence))


def _made(content: Callable[[], str | bytes]) -> bytes:
    made = content()
    return made.encode() if isinstance(made, str) else made
