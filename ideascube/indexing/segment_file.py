"""One segment of a side index as a file: writing it so that it is there whole or not at all, and knowing it again.

Format and order of writing: docs/formats/index.md
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from libzim.writer import StringProvider

from content_packs.errors import IdeascubeError
from content_packs.workplace import put_in_place
from content_packs.zim.archive import ZimArchive
from content_packs.zim.checksum import checksum_holds
from content_packs.zim.creator import Frame, IndexedItem, Metadata, zim_creator
from content_packs.zim.titles import indexable_title
from ideascube.indexing.segments import Span, span_of
from ideascube.indexing.side_document import SideDocument, SideIndexData

FORMAT = 1
INFO = "SideIndex"
_PAGE, _OWN = "text/html", "text/plain"


def write_segment(
    work: Path, folder: Path, span: Span, total: int, language: str, documents: Iterable[SideDocument]
) -> None:
    """Make the file in the folder `work`, then put it in `folder`. `language`: ISO 639-3, whose stemmer it gets.

    Raises BadInput where libzim refuses, NoSpace, NotAllowed; then nothing is in `folder` that was not there.
    """
    made = work / span.name
    info = {"format": FORMAT, "first": span.first, "end": span.end, "total": total}
    frame = Frame(language, (Metadata(INFO, json.dumps(info).encode(), "application/json"),))
    with zim_creator(made, frame, workers=1) as creator:
        for document in _told_apart(documents):
            creator.add_item(_item(*document))
    put_in_place(made, folder / span.name)


def _told_apart(documents: Iterable[SideDocument]) -> Iterator[tuple[str, SideDocument]]:
    """Each with a path of its own: what is said at one second in several languages is told apart."""
    used: set[str] = set()
    for document in documents:
        path, number = document.path, 0
        while path in used:
            number += 1
            path = f"{document.path}~{number}"
        used.add(path)
        yield path, document


def _item(path: str, document: SideDocument) -> IndexedItem:
    provide = partial(StringProvider, document.shown)
    mimetype = _OWN if document.shown else _PAGE
    title = indexable_title(document.title) if document.title else ""
    return IndexedItem(path, title, mimetype, provide, index_data=SideIndexData(document), front=bool(title))


def total_of(path: Path) -> int:
    """How many entries the pack's list had when this segment was made. Raises ValueError for what is none of ours."""
    try:
        document: Any = json.loads(ZimArchive(path).metadata(INFO) or b"null")
        span = span_of(path.name)
        if document["format"] != FORMAT or span != Span(document["first"], document["end"]):
            raise ValueError(f"{path.name} is no segment of this format")
        return int(document["total"])
    except (IdeascubeError, LookupError, TypeError) as error:
        raise ValueError(str(error)) from error


def whole_segments(folder: Path, tell: Callable[[], object]) -> dict[Span, int]:
    """The segments in `folder` that are as they were written, each with its `total`; others are deleted.

    Slow: reads all of them. Raises OSError.
    """
    spans = {span: folder / span.name for span in map(span_of, _names(folder)) if span is not None}
    found: dict[Span, int] = {}
    for span, path in sorted(spans.items()):
        try:
            if checksum_holds(path, lambda read: tell()):
                found[span] = total_of(path)
                continue
        except ValueError:
            pass
        path.unlink()
    return found


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
