"""Flags of learners: counted by page and reason, with a few words. Who flags is nowhere here."""

from __future__ import annotations

import sqlite3

from ideascube.box_db.tries import Count, Tries, count_try, seconds_to_wait
from ideascube.people.once import is_new
from ideascube.reviewing.flags import (
    MOST_PAGES,
    MOST_WORDS,
    OF_ADDRESS,
    OF_BOX,
    REASONS,
    Flag,
    Flagged,
    Page,
    Reason,
    Word,
)

_SELECT = "SELECT pack, path, title, wrong, hurts, private, other, kept, turn FROM flag WHERE flags > 0 "


def add_flag(connection: sqlite3.Connection, key: bytes, address: str, now: int, flag: Flag) -> int:
    """One more flag of a page, from that address in the network. The seconds to wait where too many came before: then
    nothing is changed.
    """
    tries = Tries("flag", (Count(OF_ADDRESS, (address,)), Count(OF_BOX)))
    if wait := seconds_to_wait(connection, key, tries, now):
        return wait
    if is_new(connection, flag.once):
        count_try(connection, key, tries, now)
        _add(connection, flag)
    return 0


def _add(connection: sqlite3.Connection, flag: Flag) -> None:
    turn = _next_turn(connection)
    _count(connection, flag.page, flag.reason, turn)
    if flag.word:
        _add_word(connection, flag.page, Word(flag.reason, flag.word), turn)
    _drop_least(connection)


def _next_turn(connection: sqlite3.Connection) -> int:
    """Never one that was: the page with the last turn is dropped only after a later one was flagged."""
    return int(connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM flag").fetchone()[0])


def _count(connection: sqlite3.Connection, page: Page, reason: Reason, turn: int) -> None:
    connection.execute(
        "INSERT INTO flag (pack, path, title, wrong, hurts, private, other, kept, turn) "
        "VALUES (?, ?, ?, 0, 0, 0, 0, 0, ?) "
        "ON CONFLICT (pack, path) DO UPDATE SET title = excluded.title, turn = excluded.turn",
        (page.pack, page.path, page.title, turn),
    )
    connection.execute(
        f"UPDATE flag SET {reason} = {reason} + 1 WHERE pack = ? AND path = ?",  # noqa: S608 - one of REASONS
        (page.pack, page.path),
    )


def _add_word(connection: sqlite3.Connection, page: Page, word: Word, turn: int) -> None:
    values = (page.pack, page.path, turn, word.reason, word.text)
    connection.execute("INSERT INTO flag_word (pack, path, turn, reason, word) VALUES (?, ?, ?, ?, ?)", values)
    connection.execute(
        "DELETE FROM flag_word WHERE pack = ?1 AND path = ?2 AND turn NOT IN "
        "(SELECT turn FROM flag_word WHERE pack = ?1 AND path = ?2 ORDER BY turn DESC LIMIT ?3)",
        (page.pack, page.path, MOST_WORDS),
    )


def _drop_least(connection: sqlite3.Connection) -> None:
    """Of too many pages, those go first that were answered, then those with the fewest flags; the oldest of them."""
    while connection.execute("SELECT count(*) FROM flag").fetchone()[0] > MOST_PAGES:
        connection.execute(
            "DELETE FROM flag WHERE (pack, path) IN (SELECT pack, path FROM flag WHERE turn < "
            "(SELECT max(turn) FROM flag) ORDER BY flags, turn LIMIT 1)"
        )


def count_flagged(connection: sqlite3.Connection) -> int:
    """Pages whose flags nobody has answered."""
    return int(connection.execute("SELECT count(*) FROM flag WHERE flags > 0").fetchone()[0])


def list_flagged(connection: sqlite3.Connection) -> list[Flagged]:
    """All of them, what hurts somebody or shows something private first, then by how many flagged it."""
    rows = connection.execute(_SELECT + "ORDER BY hurts + private > 0 DESC, flags DESC, turn")
    return [_flagged(connection, row) for row in rows.fetchall()]


def load_flagged(connection: sqlite3.Connection, pack: str, path: str) -> Flagged | None:
    """The flags of one page; None where none waits for an answer."""
    row = connection.execute(_SELECT + "AND pack = ? AND path = ?", (pack, path)).fetchone()
    return _flagged(connection, row) if row else None


def _flagged(connection: sqlite3.Connection, row: tuple[str, ...]) -> Flagged:
    pack, path, title, *counts, kept, turn = row
    words = connection.execute(
        "SELECT reason, word FROM flag_word WHERE pack = ? AND path = ? ORDER BY turn DESC", (pack, path)
    )
    by_reason = dict(zip(REASONS, map(int, counts), strict=True))
    return Flagged(Page(pack, path, title), by_reason, int(kept), int(turn), [Word(*word) for word in words])


def answer_flags(connection: sqlite3.Connection, pack: str, path: str, turn: int, *, kept: bool) -> bool:
    """All flags of the page are answered. False where there are none, or one came after `turn`: nothing is changed."""
    answered = connection.execute(
        "UPDATE flag SET wrong = 0, hurts = 0, private = 0, other = 0, kept = kept + ? "
        "WHERE pack = ? AND path = ? AND turn = ? AND flags > 0",
        (int(kept), pack, path, turn),
    ).rowcount
    if answered:
        connection.execute("DELETE FROM flag_word WHERE pack = ? AND path = ?", (pack, path))
    return bool(answered)
