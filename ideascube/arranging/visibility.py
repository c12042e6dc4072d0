"""What mediators hid, put into the library, and read back from it where nothing else says it. Pure."""

from __future__ import annotations

from dataclasses import replace

from content_packs.store.library import EVERYONE, Library, PackRecord
from ideascube.box_db.hidden import Hidden


def with_hidden(library: Library, hidden: Hidden) -> Library:
    """The library with whom each of its packs, and of their pages, is for."""
    return replace(library, packs=tuple(_with_hidden(record, hidden) for record in library.packs))


def _with_hidden(record: PackRecord, hidden: Hidden) -> PackRecord:
    pages = tuple(sorted(hidden.pages.get(record.id, {}).items()))
    return replace(record, shown_to=hidden.packs.get(record.id, EVERYONE), hidden_pages=pages)


def hidden_in(library: Library) -> Hidden:
    """What a library that was written says."""
    return Hidden(
        {record.id: record.shown_to for record in library.packs if record.shown_to != EVERYONE},
        {record.id: dict(record.hidden_pages) for record in library.packs if record.hidden_pages},
    )
