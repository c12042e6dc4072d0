"""Thirty phones on one film at once: each gets its bytes, out of the file, for little memory and no process more."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ideascube.commands.demo import SOURCES
from tests.support.box import Box, eventually, request, resident_memory, running_box
from tests.support.zims import make_zim

FILM = SOURCES / "washing-hands-film" / "washing-hands.mp4"
ADDRESS = "/raw/hands/content/washing-hands.mp4"
VIEWERS = 30
PIECE = 300_000  # bytes that a phone asks for at a time


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("viewers")
    pack = make_zim(folder / "hands.zim", {"washing-hands.mp4": ("video/mp4", FILM)})
    with running_box(folder / "box", pack) as running:
        running.wait_for("hands")
        yield running


def test_thirty_watch_one_film(box: Box) -> None:
    assert watched(box, 0) == (digest(FILM.read_bytes()), {206})
    before = processes_and_memory(box)

    with ThreadPoolExecutor(VIEWERS) as viewers:
        seen = list(viewers.map(lambda viewer: watched(box, viewer), range(VIEWERS)))

    after = processes_and_memory(box)
    assert {digest(FILM.read_bytes())} == {film for film, _ in seen}
    assert {206} == set().union(*(statuses for _, statuses in seen))
    assert before[0] == after[0]
    assert after[1] - before[1] < VIEWERS * 1024 * 1024


def test_who_leaves_in_the_middle_holds_up_nobody(box: Box) -> None:
    for _ in range(VIEWERS):
        with socket.create_connection(("127.0.0.1", box.port)) as phone:
            phone.sendall(f"GET {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1:{box.port}\r\n\r\n".encode())
            assert phone.recv(1000).startswith(b"HTTP/1.1 200")

    assert watched(box, 1) == (digest(FILM.read_bytes()), {206})


def test_a_film_that_is_taken_off_the_box_is_missed_in_one_sentence(box: Box) -> None:
    (box.packs / "hands.zim").rename(box.packs / "hands.gone")
    box.wait_without("hands")

    answer = eventually(lambda: request(f"{box.url}{ADDRESS}"))
    page = box.get("/watch/hands/washing-hands.mp4")

    assert (404, "There is no pack “hands” on this box.") == (answer.status, answer.text)
    assert (404, True) == (page.status, 'href="/"' in page.text)


def watched(box: Box, viewer: int) -> tuple[str, set[int]]:
    """The film's digest as one phone gets it, piece by piece, beginning in the middle as who seeks does."""
    size = FILM.stat().st_size
    places = list(range(0, size, PIECE))
    film, statuses = bytearray(size), set()
    for place in places[viewer % len(places) :] + places[: viewer % len(places)]:
        answer = box.get(ADDRESS, Range=f"bytes={place}-{min(place + PIECE, size) - 1}")
        film[place : place + PIECE] = answer.body
        statuses.add(answer.status)
    return digest(bytes(film)), statuses


def processes_and_memory(box: Box) -> tuple[int, int]:
    """How many the box runs (without what the jobs process starts to index), and the bytes of those that answer."""
    return len(box.processes()), sum(map(resident_memory, box.processes("web worker")))


def digest(film: bytes) -> str:
    return hashlib.sha256(film).hexdigest()
