"""What becomes of real files of each kind."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.box_facts import ORIGINALS, set_fact
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.jobs import last_job
from ideascube.box_media.addresses import made_folder, media_folder
from ideascube.box_media.converting import DROPPED
from ideascube.box_media.model import Kind, Role, State
from ideascube.box_media.store import CONVERT
from tests.box_media.files import jpeg
from tests.support.media import bring, converted, do_all, made_of, media_now
from tests.support.shared import shared

M, P, S, W = Role.MAIN, Role.POSTER, Role.SMALL, Role.WORDS
PICTURES = {P: "poster.webp", S: "small.webp"}


@pytest.mark.parametrize(
    ("file", "kind", "made"),
    [
        ("example.mp3", Kind.AUDIO, {M: "sound.mp3"}),
        ("sample_doc_with_toc.pdf", Kind.DOCUMENT, {M: "document.pdf", **PICTURES, W: "words.txt"}),
        ("testdocument.epub", Kind.BOOK, {M: "book.epub", **PICTURES, W: "words.txt"}),
        ("basic.srt", Kind.SUBTITLES, {M: "subtitles.vtt", W: "words.txt"}),
    ],
)
def test_real_files_become_what_every_phone_shows(data: DataFolder, file: str, kind: Kind, made: dict[Role, str]):
    media = made_of(data, shared(f"media/{file}"))
    sizes = {path.name: path.stat().st_size for path in made_folder(data, media.id).iterdir()}

    assert (State.READY, "", kind) == (media.state, media.problem, media.kind)
    assert made == {each.role: each.name for each in media.made.files}
    assert sizes == {each.name: each.size for each in media.made.files}
    assert [] == list((data.media / "working").iterdir())


def test_a_film_is_as_large_as_phones_play(data: DataFolder):
    media = converted(data, shared("media/high_res_sample.mp4"))
    main = media.main

    assert {M: "film.mp4", **PICTURES} == {each.role: each.name for each in media.made.files}
    assert main is not None
    assert (854, 480, "video/mp4") == (main.width, main.height, main.mimetype)
    assert 1.0 == pytest.approx(main.duration, abs=0.1)


@pytest.mark.parametrize(
    ("side", "made"),
    [
        (3000, {M: (960, "picture.jpg"), S: (320, "small.jpg"), Role.LARGE: (1920, "large.jpg")}),
        (1200, {M: (960, "picture.jpg"), S: (320, "small.jpg"), Role.LARGE: (1200, "large.jpg")}),
        (500, {M: (500, "picture.jpg"), S: (320, "small.jpg")}),
        (100, {M: (100, "picture.jpg"), S: (100, "small.jpg")}),
    ],
)
def test_pictures_have_the_sizes_of_screens(data: DataFolder, tmp_path: Path, side: int, made: dict[Role, object]):
    (tmp_path / "a.jpg").write_bytes(jpeg(side))
    media = made_of(data, tmp_path / "a.jpg")

    assert made == {each.role: (each.width, each.name) for each in media.made.files}


def test_what_came_is_dropped_where_the_operator_wants_it(data: DataFolder):
    with box_database(data.root / "box.db") as connection, transaction(connection):
        set_fact(connection, ORIGINALS, DROPPED)
    media = made_of(data, shared("media/basic.srt"))

    assert (State.READY, "") == (media.state, media.original)
    assert ["made"] == [path.name for path in media_folder(data, media.id).iterdir()]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 48 MB, as a full card would be."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may make a small disk (mount)")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_waited_for_with_the_reason_and_what_came_is_kept(tiny_disk: Path, tmp_path: Path):
    data = DataFolder(tiny_disk / "data")
    data.create()
    media = bring(data, shared("media/basic.srt")).media
    do_all(data)
    waiting = media_now(data, media.id)
    with box_database(data.root / "box.db") as connection:
        job = last_job(connection, CONVERT, media.id)

    assert State.WAITING is waiting.state
    assert job is not None
    assert "There is no room to make this ready for phones: it goes on when something was removed." == job.problem
    assert (media_folder(data, media.id) / media.original).exists()

    subprocess.run(["mount", "-o", "remount,size=200m", tiny_disk], check=True)
    do_all(data)

    assert State.READY is media_now(data, media.id).state
