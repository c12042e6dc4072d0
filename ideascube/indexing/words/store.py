"""Writing the word list: a pack's words put in, in place of older ones, or taken out; each in one transaction.

`keys` says of each key what `words` says of it in all packs together, and is kept true to it here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ideascube.indexing.words.choosing import ListedWord
from ideascube.indexing.words.database import explained, open_list

ROW_LIMIT = 2_000_000  # of all packs together; some 30 bytes each

_ADD_KEYS = """
    INSERT INTO keys SELECT key, 1, sum(weight) FROM words WHERE pack = ? GROUP BY key
    ON CONFLICT DO UPDATE SET packs = packs + 1, weight = weight + excluded.weight
"""
_TAKE_KEYS = """
    INSERT INTO keys SELECT key, 1, sum(weight) FROM words WHERE pack = ? GROUP BY key
    ON CONFLICT DO UPDATE SET packs = packs - 1, weight = weight - excluded.weight
"""
_DROP_KEYS = "DELETE FROM keys WHERE packs < 1 AND key IN (SELECT key FROM words WHERE pack = ?)"
_DROP_LIGHTEST = """
    DELETE FROM words WHERE pack = :pack AND (key, form) IN (
        SELECT key, form FROM words WHERE pack = :pack ORDER BY weight LIMIT :count
    )
"""


@dataclass(frozen=True, slots=True)
class ListedPack:
    """A state (`stamp`) of a pack, and its languages (BCP 47)."""

    id: str
    stamp: str
    languages: tuple[str, ...]


class WordStore:
    """The list, open to be written by one process. All of it may raise DamagedList, NoSpace, NotAllowed or Busy."""

    def __init__(self, database: Path, row_limit: int = ROW_LIMIT) -> None:
        self._database = database
        self._row_limit = row_limit
        self._connection = open_list(database)

    def close(self) -> None:
        self._connection.close()

    def packs(self) -> list[tuple[str, str]]:
        """Id and stamp of each pack that is listed."""
        with explained(self._database):
            return [(pack, stamp) for _, pack, stamp in self._numbered()]

    def put(self, pack: ListedPack, words: Sequence[ListedWord]) -> None:
        """List a pack, in place of what was listed of it."""
        with explained(self._database), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            for number, known, _ in self._numbered():
                if known == pack.id:
                    self._take_out(number)
            self._add(pack, words)
            self._keep_within_limit()
        self._tidy()

    def keep_only(self, kept: Collection[tuple[str, str]]) -> None:
        """Take out all packs but those (id, stamp) of `kept`."""
        with explained(self._database), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            for number, pack, stamp in self._numbered():
                if (pack, stamp) not in kept:
                    self._take_out(number)
        self._tidy()

    def _numbered(self) -> list[tuple[int, str, str]]:
        return self._connection.execute("SELECT number, pack, stamp FROM packs").fetchall()

    def _add(self, pack: ListedPack, words: Sequence[ListedWord]) -> None:
        letters = "".join(
            letter for letter, _ in Counter(chain.from_iterable(each.key for each in words)).most_common()
        )
        number = self._connection.execute(
            "INSERT INTO packs (pack, stamp, languages, letters, words) VALUES (?, ?, ?, ?, ?)",
            (pack.id, pack.stamp, " ".join(pack.languages), letters, len(words)),
        ).lastrowid
        assert number is not None
        self._connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?)", _rows(number, words))
        self._connection.execute(_ADD_KEYS, (number,))

    def _take_out(self, number: int) -> None:
        for statement in (
            _TAKE_KEYS,
            _DROP_KEYS,
            "DELETE FROM words WHERE pack = ?",
            "DELETE FROM packs WHERE number = ?",
        ):
            self._connection.execute(statement, (number,))

    def _keep_within_limit(self) -> None:
        sizes = dict(self._connection.execute("SELECT number, words FROM packs").fetchall())
        share = fair_share(list(sizes.values()), self._row_limit)
        for number, size in sizes.items():
            if size > share:
                self._shrink(number, size - share, share)

    def _shrink(self, number: int, count: int, left: int) -> None:
        """Let a pack lose its `count` lightest words."""
        for statement in (_TAKE_KEYS, _DROP_KEYS):
            self._connection.execute(statement, (number,))
        self._connection.execute(_DROP_LIGHTEST, {"pack": number, "count": count})
        self._connection.execute(_ADD_KEYS, (number,))
        self._connection.execute("UPDATE packs SET words = ? WHERE number = ?", (left, number))

    def _tidy(self) -> None:
        """Give room back to the disk."""
        with explained(self._database):
            # As a script: `execute` would take the first step only, and each step gives back one page.
            self._connection.executescript("PRAGMA incremental_vacuum")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _rows(number: int, words: Sequence[ListedWord]) -> Iterator[tuple[int, str, str, int, int]]:
    """A form that is its key is left empty."""
    for word in words:
        yield number, word.key, "" if word.form == word.key else word.form, word.pages, word.weight


def fair_share(sizes: Sequence[int], limit: int) -> int:
    """The most rows that each pack may have, so that all together have at most `limit`: only the largest give way."""
    left, share = limit, limit
    for number, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - number)
        if size > share:
            return share
        left -= size
    return max(sizes, default=limit)
