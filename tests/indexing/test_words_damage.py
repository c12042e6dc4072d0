"""The word list's file, damaged, cut off, or left by a writer that was killed; and read while it is written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ideascube.indexing.words.choosing import ListedWord
from ideascube.indexing.words.database import mend_words
from ideascube.indexing.words.listing import forget_words, listed_packs
from ideascube.indexing.words.store import ListedPack, WordStore
from ideascube.search.vocabulary import Vocabulary
from tests.support.words import list_pack


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, small_packs: Path) -> Path:
    """A list of a real pack and a made one."""
    database = tmp_path_factory.mktemp("whole") / "words.db"
    put(database, "many", "1", 3000)
    list_pack(small_packs / "village.zim", database, "1")
    return database


def put(database: Path, pack: str, stamp: str, count: int) -> None:
    keys = sorted(f"{stamp}word{number}" for number in range(count))
    with closing(WordStore(database)) as store:
        store.put(ListedPack(pack, stamp, ("en",)), [ListedWord(key, key, 1, 0) for key in keys])


def ask_everything(database: Path) -> None:
    with closing(Vocabulary(database)) as vocabulary:
        for words in (
            vocabulary.written("village", "water"),
            vocabulary.beginning("village", "w", 20),
            vocabulary.near("village", "watre", 20),
            vocabulary.near_anywhere("1wrod77", 20, ["en"]),
        ):
            assert all(isinstance(word.form, str) and isinstance(word.pages, int) for word in words)
        vocabulary.divided("cleanwater", 3)


def assert_cured(database: Path, village: Path) -> None:
    """However it was found, after the jobs process started and listed the pack again it is as it should be."""
    mend_words(database)
    if database.exists():
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert listed_packs(database) <= {("many", "1"), ("village", "1")}
    forget_words(database, [])
    list_pack(village, database, "2")
    with closing(Vocabulary(database)) as vocabulary:
        assert ["water"] == [word.form for word in vocabulary.written("village", "water")]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, *(number / 12 for number in range(1, 12)), 0.9999])
def test_a_list_cut_off_anywhere_knows_less_and_is_made_again(
    whole: Path, small_packs: Path, tmp_path: Path, share: float
):
    database = tmp_path / "words.db"
    database.write_bytes(whole.read_bytes()[: int(share * whole.stat().st_size)])

    ask_everything(database)

    assert_cured(database, small_packs / "village.zim")


@pytest.mark.parametrize("seed", range(25))
def test_a_list_with_a_bad_spot_anywhere_knows_less_and_is_made_again(
    whole: Path, small_packs: Path, tmp_path: Path, seed: int
):
    chance = random.Random(seed)
    content = bytearray(whole.read_bytes())
    place = chance.randrange(200) if seed < 5 else chance.randrange(len(content))
    content[place : place + 50] = chance.randbytes(50)
    database = tmp_path / "words.db"
    database.write_bytes(content[: whole.stat().st_size])

    ask_everything(database)

    assert_cured(database, small_packs / "village.zim")


@pytest.mark.parametrize("seed", range(8))
def test_damage_that_is_met_while_a_pack_is_listed_costs_no_error(
    whole: Path, small_packs: Path, tmp_path: Path, seed: int
):
    chance = random.Random(seed)
    content = bytearray(whole.read_bytes())
    for _ in range(20):
        place = chance.randrange(100, len(content))
        content[place : place + 50] = chance.randbytes(50)
    database = tmp_path / "words.db"
    database.write_bytes(content)

    list_pack(small_packs / "village.zim", database, "2")
    mend_words(database)
    list_pack(small_packs / "village.zim", database, "2")

    with closing(Vocabulary(database)) as vocabulary:
        assert ["water"] == [word.form for word in vocabulary.written("village", "water")]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 5000, os.urandom(10_000)])
def test_what_is_no_list_is_replaced(small_packs: Path, tmp_path: Path, content: bytes):
    database = tmp_path / "words.db"
    database.write_bytes(content)

    ask_everything(database)

    assert_cured(database, small_packs / "village.zim")


def test_a_list_of_another_format_is_replaced(whole: Path, small_packs: Path, tmp_path: Path):
    database = tmp_path / "words.db"
    shutil.copy(whole, database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")

    ask_everything(database)

    assert frozenset() == listed_packs(database)
    assert_cured(database, small_packs / "village.zim")


def test_a_searcher_follows_a_list_that_was_made_anew(whole: Path, tmp_path: Path):
    database = tmp_path / "words.db"
    with closing(Vocabulary(database)) as vocabulary:
        assert [] == vocabulary.written("many", "1word7")
        shutil.copy(whole, database)
        assert 1 == len(vocabulary.written("many", "1word7"))
        put(database, "many", "2", 10)
        assert [] == vocabulary.written("many", "1word7")
        assert 1 == len(vocabulary.written("many", "2word7"))
        database.write_bytes(b"damaged")
        mend_words(database)
        assert [] == vocabulary.written("many", "2word7")
        put(database, "many", "3", 10)
        assert 1 == len(vocabulary.written("many", "3word7"))


@pytest.mark.parametrize("delay", [0.005, 0.02, 0.05, 0.1, 0.2, 0.3])
def test_a_writer_that_is_killed_leaves_each_pack_as_before_or_as_after(tmp_path: Path, delay: float):
    database = tmp_path / "words.db"
    put(database, "pack", "first", 5000)

    writer = fork(lambda: put_again_and_again(database))
    time.sleep(delay)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)

    with closing(Vocabulary(database)) as vocabulary:  # reads before anything is mended
        (stamp,) = (stamp for _, stamp in listed_packs(database))
        assert 1 == len(vocabulary.written("pack", f"{stamp}word4999"))
    mend_words(database)
    with closing(sqlite3.connect(database)) as connection:
        assert (5000, 5000) == connection.execute(
            "SELECT count(*), (SELECT count(*) FROM keys) FROM words WHERE key GLOB ? || 'word*'", (stamp,)
        ).fetchone()


def put_again_and_again(database: Path) -> None:
    for number in range(1000):
        put(database, "pack", f"s{number}", 5000)


def fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_readers_are_never_in_the_way_of_a_writer_nor_it_in_theirs(tmp_path: Path):
    database = tmp_path / "words.db"
    put(database, "stays", "here", 2000)
    writer = fork(lambda: [put(database, "pack", f"s{number}", 3000) for number in range(20)] and None)
    answers: list[int] = []
    readers = [threading.Thread(target=read_until_last, args=(database, answers), daemon=True) for _ in range(2)]

    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    os.waitpid(writer, 0)

    assert {1} == set(answers)
    assert {("stays", "here"), ("pack", "s19")} == listed_packs(database)


def read_until_last(database: Path, answers: list[int]) -> None:
    with closing(Vocabulary(database)) as vocabulary:
        while not vocabulary.written("pack", "s19word7"):
            vocabulary.near("stays", f"hereword{len(answers) % 2000}", 5)
            answers.append(len(vocabulary.written("stays", "hereword77")))
