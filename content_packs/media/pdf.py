"""PDF documents: what they say of themselves, the text and contents, a picture of the first page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.media.described import Described, Heading


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a PDF. `pages` is the plain text of each; `picture` shows the first, for `thumbnail`."""

    described: Described
    contents: tuple[Heading, ...]
    pages: tuple[str, ...]
    picture: bytes | None

    @property
    def text(self) -> str:
        """All words of the document, to be found by."""
        return "\n\n".join(page for page in self.pages if page)


def read_pdf(path: Path) -> Document:
    """The document, read in a process of its own. Raises BadInput where it is no PDF, is damaged or has a password."""
    raise NotImplementedError
