"""Documents as creations will give them."""

from __future__ import annotations

from pathlib import Path

from ideascube.own_index.documents import OwnDocument
from ideascube.own_index.reader import Found, OwnReader


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
    found, total = reader.search(Every(), 10_000)
    assert total == len(found)
    return {each.path for each in found}


def paths(found: list[Found]) -> set[str]:
    return {each.path for each in found}
