"""A film larger than a box's memory may be: seeking reads only what is sent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.box import Box, resident_memory, running_box
from tests.support.zims import make_zim

GIB = 1024**3
MIB = 1024**2
SIZE = 2 * GIB + 64 * MIB  # beyond what 31 bits can count
PLACES = [0, MIB + 1, 2 * GIB - 5, 2 * GIB + 12345, SIZE - 1000]


def mark(place: int) -> bytes:
    return f"here is byte {place:012}".encode()


@pytest.fixture(scope="module")
def film_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box with a film of more than 2 GiB that is empty but for a mark at each of some places."""
    folder = tmp_path_factory.mktemp("film")
    if shutil.disk_usage(folder).free < 3 * SIZE:
        pytest.skip("less than 7 GiB of disk are free for a film of 2 GiB")
    source = folder / "film.webm"
    with source.open("wb") as file:
        file.truncate(SIZE)
        for place in PLACES:
            file.seek(place)
            file.write(mark(place))
    box = Box(folder / "box")
    box.packs.mkdir(parents=True)
    make_zim(box.packs / "film.zim", {"film": ("video/webm", source)}, title="Film")
    with running_box(box.data) as running:
        running.wait_for("film")
        yield running
    shutil.rmtree(folder)


def seek(box: Box, place: int, length: int) -> bytes:
    answer = box.content("/content/film/film", Range=f"bytes={place}-{place + length - 1}")

    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {place}-{place + len(answer.body) - 1}/{SIZE}"
    return answer.body


def test_seeking_gives_the_right_bytes(film_box: Box) -> None:
    for place in PLACES:
        assert seek(film_box, place, 25) == mark(place)


def test_seeking_takes_little_memory(film_box: Box) -> None:
    workers = film_box.processes("web worker")
    seek(film_box, 0, MIB)
    before = sum(map(resident_memory, workers))

    with ThreadPoolExecutor(8) as viewers:
        pieces = viewers.map(lambda number: len(seek(film_box, number * 64 * MIB, 4 * MIB)), range(32))

    assert set(pieces) == {4 * MIB}
    assert sum(map(resident_memory, workers)) - before < 32 * MIB


def test_the_whole_pack_can_be_taken_away_from_any_byte_on(film_box: Box) -> None:
    pack = film_box.packs / "film.zim"
    answer = film_box.get("/download/film", Range="bytes=-20")

    assert answer.status == 206
    assert answer.headers["Content-Range"].endswith(f"/{pack.stat().st_size}")
    with pack.open("rb") as file:
        file.seek(-20, 2)
        assert answer.body == file.read()
