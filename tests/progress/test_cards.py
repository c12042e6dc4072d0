"""The cards of one worker: a full disk, a database that was put in the place of another one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from content_packs.errors import NoSpace
from content_packs.store.data_folder import DataFolder
from ideascube.box_db import kept_open
from ideascube.box_db.database import open_database
from ideascube.progress.cards import Cards
from ideascube.progress.places import Place

FILM = Place("film", "water", "films/wells.mp4", 65, 300, "Digging a well", "2026-11-24")


async def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cards = Cards(DataFolder(tmp_path))
    token = (await cards.take("10.0.0.1", [FILM])).token
    await cards.close()

    def without_room(path: Path, timeout: float) -> sqlite3.Connection:
        connection = open_database(path, timeout)
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
        return connection

    monkeypatch.setattr(kept_open, "open_database", without_room)
    full = Cards(DataFolder(tmp_path))
    with pytest.raises(NoSpace, match="no room"):
        for number in range(5000):
            await full.note(token, Place("film", "water", f"{number}.mp4", title="x" * 120))
    places = await full.places(token)
    await full.close()

    assert places is not None
    assert FILM == places[0]


async def test_another_database_in_its_place_is_used_at_once(tmp_path: Path):
    cards = Cards(DataFolder(tmp_path))
    token = (await cards.take("10.0.0.1", [FILM])).token
    for name in ("box.db", "box.db-wal", "box.db-shm"):
        (tmp_path / name).unlink()

    gone = await cards.places(token)
    other = (await cards.take("10.0.0.1", [FILM])).token
    there = await cards.places(other)
    await cards.close()

    assert gone is None
    assert [FILM] == there


async def test_the_key_is_private_and_apart_from_the_database(tmp_path: Path):
    cards = Cards(DataFolder(tmp_path))
    await cards.take("10.0.0.1")
    await cards.close()

    key = tmp_path / "keys" / "cards.key"
    assert (32, 0o600) == (key.stat().st_size, key.stat().st_mode & 0o777)
    assert key.read_bytes() not in (tmp_path / "box.db").read_bytes()
