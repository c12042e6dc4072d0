"""The languages of books and documents, as they say themselves or by the words in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content_packs.build.file_types import ending
from content_packs.errors import IdeascubeError
from content_packs.media.epub import read_epub
from content_packs.media.pdf import read_pdf

_READ = 5  # documents of a folder
_SIZE_LIMIT = 50 * 1024 * 1024  # bytes
_CHARACTERS = 20_000


def document_texts(files: Iterator[Path]) -> Iterator[tuple[str, str]]:
    """The language that each of some documents says, or nothing, and the beginning of its text. Slow."""
    readable = [file for file in files if ending(file.name) in (".epub", ".pdf") and file.stat().st_size < _SIZE_LIMIT]
    for file in readable[:: max(1, len(readable) // _READ)][:_READ]:
        try:
            read = read_epub(file) if ending(file.name) == ".epub" else read_pdf(file)
        except IdeascubeError:
            continue  # the builder says what is wrong with it
        yield read.described.language, read.text[:_CHARACTERS]
