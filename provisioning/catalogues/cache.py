"""What a catalogue last said: `sync/catalogues/NAME.db` (SQLite; docs/formats/catalogues.md).

Each page of a catalogue is written as it comes, so that a line that is cut costs nothing that arrived, and offers are
read one by one, so that a hundred thousand of them take no memory. It can be deleted: the next refresh fills it anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from provisioning.catalogues.held_back import Seen
from provisioning.catalogues.offer_json import offer_text, read_offer
from provisioning.catalogues.search_text import search_text
from provisioning.catalogues.sources import Source
from provisioning.offers import Offer


@dataclass(frozen=True, slots=True)
class PageNote:
    """What is known of a page: its `ETag` and `Last-Modified`, by which a server tells that it is still the same.

    Empty where it has none. `entries`: how many it has, and `total` how many the server has in all pages, 0 if unknown.
    """

    etag: str = ""
    modified: str = ""
    entries: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of an offer without reading it: `refresh` is the number of the one that saw it last."""

    page: str
    refresh: int
    date: str
    seen: Seen


class Cache:
    """One catalogue's cache, open. Changes are kept once `commit` was called."""

    def __init__(self, connection: sqlite3.Connection, source: Source) -> None:
        self._db = connection
        self._source = source

    # ---- What is there

    def offers(self, words: Iterable[str] = ()) -> Iterator[Offer]:
        """All offers by id; only those in whose text each of the folded `words` begins a word, where there are any."""
        wanted = [f" {word}" for word in words]
        where = " AND ".join("instr(text, ?) > 0" for _ in wanted) or "1"
        found = self._db.execute(f"SELECT offer FROM offer WHERE {where} ORDER BY id", wanted)  # noqa: S608 - no text of others
        for (text,) in found:
            with suppress(ValueError):  # written by another version, or on a bad disk
                yield self._read(text)

    def offer(self, pack_id: str) -> Offer | None:
        return self._one("SELECT offer FROM offer WHERE id = ?", pack_id)

    def held(self, pack_id: str) -> Offer | None:
        """What waits for a person in place of the offer of this id."""
        return self._one("SELECT offer FROM held WHERE id = ?", pack_id)

    def row(self, pack_id: str) -> Row | None:
        found = self._db.execute("SELECT page, refresh, date, size, entries FROM offer WHERE id = ?", (pack_id,))
        row = found.fetchone()
        return Row(row[0], row[1], row[2], Seen(row[3], row[4])) if row else None

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM offer").fetchone()[0])

    def size(self) -> int:
        """Bytes of all packs together, as far as they are known."""
        return int(self._db.execute("SELECT coalesce(sum(size), 0) FROM offer").fetchone()[0])

    def page(self, address: str) -> PageNote:
        row = self._db.execute(
            "SELECT etag, modified, entries, total FROM page WHERE address = ?", (address,)
        ).fetchone()
        return PageNote(*row) if row else PageNote()

    def fact(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def problems(self) -> tuple[str, ...]:
        """What was wrong at the last refresh, in sentences."""
        with suppress(ValueError, TypeError):
            return tuple(map(str, json.loads(self.fact("problems") or "[]")))
        return ()

    # ---- What changes

    def put(self, offer: Offer, page: str, refresh: int) -> None:
        seen = Seen.of(offer)
        text = search_text(offer)
        row = (offer.id, page, refresh, offer.manifest.date, seen.size, seen.entries, text, offer_text(offer))
        self._db.execute("INSERT OR REPLACE INTO offer VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._db.execute("DELETE FROM held WHERE id = ?", (offer.id,))

    def hold(self, offer: Offer, page: str, refresh: int) -> None:
        """Keep what there is of this pack as it is, and `offer` beside it."""
        self._db.execute("UPDATE offer SET page = ?, refresh = ? WHERE id = ?", (page, refresh, offer.id))
        self._db.execute("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", (offer.id, page, offer_text(offer)))

    def take_held(self, pack_id: str) -> bool:
        """Let what waits take its place; False where nothing does."""
        offer, row = self.held(pack_id), self.row(pack_id)
        if offer is None or row is None:
            return False
        self.put(offer, row.page, row.refresh)
        return True

    def touch_page(self, page: str, refresh: int) -> None:
        """The page is as it was."""
        self._db.execute("UPDATE offer SET refresh = ? WHERE page = ?", (refresh, page))

    def forget_pages(self, *pages: str) -> None:
        """Have the pages sent whole the next time."""
        self._db.executemany("DELETE FROM page WHERE address = ?", [(page,) for page in pages])

    def put_page(self, address: str, note: PageNote) -> None:
        row = (address, note.etag, note.modified, note.entries, note.total)
        self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)", row)

    def unseen(self, refresh: int) -> tuple[int, int]:
        """How many packs the refresh of this number did not see, and their bytes."""
        query = "SELECT count(*), coalesce(sum(size), 0) FROM offer WHERE refresh < ?"
        count, size = self._db.execute(query, (refresh,)).fetchone()
        return int(count), int(size)

    def unseen_offers(self, refresh: int) -> Iterator[Offer]:
        for (text,) in self._db.execute("SELECT offer FROM offer WHERE refresh < ? ORDER BY id", (refresh,)):
            with suppress(ValueError):
                yield self._read(text)

    def held_ids(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT id FROM held ORDER BY id")]

    def remove_unseen(self, refresh: int) -> None:
        self._db.execute("DELETE FROM held WHERE id IN (SELECT id FROM offer WHERE refresh < ?)", (refresh,))
        self._db.execute("DELETE FROM offer WHERE refresh < ?", (refresh,))

    def note(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def commit(self) -> None:
        self._db.commit()

    def _one(self, query: str, pack_id: str) -> Offer | None:
        row = self._db.execute(query, (pack_id,)).fetchone()
        with suppress(ValueError):
            return self._read(row[0]) if row else None
        return None

    def _read(self, text: str) -> Offer:
        return read_offer(text, self._source.name, is_signed=self._source.is_signed)
