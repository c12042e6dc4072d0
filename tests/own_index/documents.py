"""Documents as creations will give them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ideascube.own_index.documents import OwnDocument
from ideascube.own_index.reader import Found, OwnReader

if TYPE_CHECKING:
    from whoosh.query import Query


def document(number: int, title: str = "", text: str = "", lang: str = "en", **more: object) -> OwnDocument:
    return OwnDocument(
        f"creation:{number}", "", f"items/{number}", lang, "film", "CC0-1.0", title or f"Creation {number}",
        text or f"The text of creation {number}", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def found_ids(folder: Path) -> set[str]:
    """The paths of all documents that a new reader finds."""
    from whoosh.query import Every

    reader = OwnReader(folder)
    reader.refresh()
    return {each.path for each in found_by(reader, Every())}


def found_by(reader: OwnReader, query: Query) -> list[Found]:
    return [found for numbers in reader.search(query).values() for found in reader.shown(numbers)]
