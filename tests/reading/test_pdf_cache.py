"""The folder of what was made of PDFs: bounded, whole at any moment, least used first out."""

from __future__ import annotations

import os
import time
from pathlib import Path

from ideascube.reading.pdf_cache import PdfCache, default_room, mark_used


def put(cache: PdfCache, name: str, size: int, age: float) -> Path:
    file = cache.folder / name
    cache.put(file, bytes(size))
    os.utime(file, (time.time() - age,) * 2)
    return file


def test_what_nobody_looked_at_for_longest_goes_first(tmp_path: Path):
    cache = PdfCache(tmp_path / "pdf", room=1000)
    old = put(cache, "a/1-800.webp", 400, age=500)
    newer = put(cache, "b/1-800.webp", 400, age=100)
    last = put(cache, "b/2-800.webp", 300, age=0)

    assert (False, True, True) == (old.exists(), newer.exists(), last.exists())
    assert not old.parent.exists()


def test_the_bound_holds_after_a_new_start_too(tmp_path: Path):
    before = put(PdfCache(tmp_path / "pdf", room=1000), "a/1-800.webp", 700, age=500)
    after = put(PdfCache(tmp_path / "pdf", room=1000), "a/2-800.webp", 700, age=0)

    assert (False, True) == (before.exists(), after.exists())


def test_one_that_is_larger_than_all_room_is_there_for_who_asked(tmp_path: Path):
    assert put(PdfCache(tmp_path / "pdf", room=100), "a/1-800.webp", 700, age=0).exists()


def test_half_a_file_of_a_process_that_was_ended_is_cleared_away(tmp_path: Path):
    cache = PdfCache(tmp_path / "pdf", room=1000)
    half = cache.room_for(cache.folder / "a" / "copy.pdf")
    half.write_bytes(b"half")
    PdfCache(tmp_path / "pdf", room=1000)

    assert not half.exists()


def test_a_use_is_written_down_now_and_then(tmp_path: Path):
    cache = PdfCache(tmp_path / "pdf", room=1000)
    long_ago, just_now = put(cache, "a/1.json", 1, age=90_000), put(cache, "a/2.json", 1, age=60)
    before = just_now.stat().st_mtime
    mark_used(long_ago)
    mark_used(just_now)

    assert time.time() - long_ago.stat().st_mtime < 60
    assert before == just_now.stat().st_mtime


def test_the_room_follows_the_disk_within_bounds(tmp_path: Path):
    assert 32 * 1024 * 1024 <= default_room(tmp_path) <= 512 * 1024 * 1024
