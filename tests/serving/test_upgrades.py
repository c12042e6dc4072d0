"""Packs are upgraded, rolled back and removed while people read: nobody is cut off, and everybody soon has the new."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.box import Box, eventually, ideascube, running_box
from tests.support.zims import make_zim

FILM = 24 * 1024 * 1024  # bytes: more than all buffers on the way to a reader


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of one pack, as Kiwix dates them."""
    folder = tmp_path_factory.mktemp("films")
    old, new = (film_pack(folder, month) for month in ("2026-10", "2026-11"))
    return old, new


def film_pack(folder: Path, month: str) -> Path:
    pages: dict[str, tuple[str, str | bytes | Path]] = {
        "index.html": ("text/html", f"<html><body>Films of {month}</body></html>"),
        "film": ("video/webm", os.urandom(FILM)),
    }
    identity = {"Name": "films_fr", "Date": f"{month}-01"}
    return make_zim(folder / f"films_fr_{month}.zim", pages, main="index.html", title="Films", **identity)


@pytest.fixture
def box(tmp_path: Path, films: tuple[Path, Path]) -> Iterator[Box]:
    """A running box with the older films installed."""
    assert run(tmp_path, "install", films[0]).returncode == 0
    with running_box(tmp_path) as box:
        box.wait_for(OLD)
        yield box


OLD, NEW = "films_fr_2026-10", "films_fr_2026-11"


def run(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return ideascube("--data", data, "pack", *arguments)


@contextmanager
def watching(box: Box) -> Iterator[http.client.HTTPResponse]:
    """A film that has begun, on a connection that takes no more than what is read."""
    with closing(http.client.HTTPConnection("127.0.0.1", box.content_port, timeout=30)) as connection:
        connection.request("GET", f"/content/{OLD}/film")
        yield connection.getresponse()


def shows(box: Box, month: str) -> bool:
    """Whether every worker shows the films of this month."""
    return all(month in box.content(f"/content/{OLD}/index.html").text for _ in range(8))


def test_a_film_runs_to_its_end_while_its_pack_is_upgraded(box: Box, films: tuple[Path, Path]) -> None:
    film = box.content(f"/content/{OLD}/film").body
    with watching(box) as answer:
        begun = answer.read(100_000)
        assert run(box.data, "install", films[1]).returncode == 0
        eventually(lambda: shows(box, "2026-11"))

        assert film == begun + answer.read()
    assert box.content(f"/content/{OLD}/film").body != film


def test_a_film_runs_to_its_end_while_its_pack_is_removed(box: Box) -> None:
    film = box.content(f"/content/{OLD}/film").body
    with watching(box) as answer:
        begun = answer.read(100_000)
        assert run(box.data, "remove", OLD).returncode == 0
        box.wait_without(OLD)

        assert film == begun + answer.read()
    assert list((box.packs / "installed").iterdir()) == []


def test_a_version_comes_back(box: Box, films: tuple[Path, Path]) -> None:
    run(box.data, "install", films[1])
    eventually(lambda: shows(box, "2026-11"))
    run(box.data, "rollback", OLD)

    eventually(lambda: shows(box, "2026-10"))


def test_other_names_lead_to_the_pack(box: Box, films: tuple[Path, Path]) -> None:
    run(box.data, "install", films[1])
    eventually(lambda: shows(box, "2026-11"))
    eventually(lambda: all(box.get(f"/packs/{NEW}").status == 302 for _ in range(8)))

    for address, target in [
        (f"/packs/{NEW}", f"/packs/{OLD}"),
        (f"/raw/{NEW}/content/a%20b%3F?x=1", f"/raw/{OLD}/content/a%20b%3F?x=1"),
        (f"/raw/{NEW}/meta/Title", f"/raw/{OLD}/meta/Title"),
        (f"/download/{NEW}.zim", f"/download/{OLD}.zim"),
        (f"/download/{NEW}", f"/download/{OLD}"),
        (f"/content/{NEW}", f"/content/{OLD}"),
        (f"/packs/{NEW}/illustration?v=1", f"/packs/{OLD}/illustration?v=1"),
    ]:
        assert (box.get(address).status, box.get(address).headers["Location"]) == (302, target)
    page = box.content(f"/content/{NEW}/index.html?x=1")
    assert (page.status, page.headers["Location"]) == (302, f"/content/{OLD}/index.html?x=1")
    assert box.get(f"/random?content={NEW}").headers["Location"].endswith(f"/content/{OLD}/index.html")
    assert box.get(f"/search?q=films&pack={NEW}&format=json").json()["results"][0]["pack"] == OLD
    assert "films_fr_2026-11.zim" in box.get(f"/download/{OLD}", Range="bytes=0-1").headers["Content-Disposition"]
    assert box.get("/packs/films_fr_2026-12").status == 404


def test_a_version_that_cannot_be_opened_is_named_and_the_one_before_shown(box: Box, films: tuple[Path, Path]) -> None:
    run(box.data, "install", films[1])
    eventually(lambda: shows(box, "2026-11"))
    (stored,) = box.packs.rglob("films_fr_2026-11.zim")
    content = stored.read_bytes()
    stored.unlink()
    stored.write_bytes(content[:1000])

    eventually(lambda: shows(box, "2026-10"))
    (problem,) = eventually(lambda: box.get("/health").json()["problems"])
    assert f"`ideascube pack rollback {OLD}`" in problem["problem"]


def test_what_a_crash_left_is_cleared_when_the_box_starts(tmp_path: Path, films: tuple[Path, Path]) -> None:
    run(tmp_path, "install", films[0])
    orphan = tmp_path / "packs" / "installed" / "gone" / "1"
    orphan.mkdir(parents=True)
    (orphan / "gone.zim").write_bytes(b"half")
    half = tmp_path / "packs" / "installed" / OLD / "2"
    half.mkdir()
    (half / "films_fr_2026-11.zim").write_bytes(b"half")
    with running_box(tmp_path) as box:
        box.wait_for(OLD)

        eventually(lambda: not orphan.parent.exists() and not half.exists())
        assert box.content(f"/content/{OLD}/index.html").status == 200
