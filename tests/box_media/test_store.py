"""Files are taken in by their hash: once, durably, whatever they are called."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.jobs import last_job
from ideascube.box_db.media import make_failed
from ideascube.box_media.addresses import media_folder
from ideascube.box_media.model import Kind, State
from ideascube.box_media.store import CONVERT, Taken, examine, load_media, remove, take_in

AMINA = 7


@contextmanager
def writing(data: DataFolder) -> Iterator[sqlite3.Connection]:
    with box_database(data.root / "box.db") as connection, transaction(connection):
        yield connection


def received(data: DataFolder, colour: str = "red", name: str = "upload.part") -> Path:
    path = data.media / name
    Image.new("RGB", (40, 30), colour).save(path, "PNG")
    return path


def bring(data: DataFolder, path: Path, name: str = "well.png", person: int = AMINA) -> Taken:
    arrived = examine(path, name)
    with writing(data) as connection:
        taken = take_in(connection, data, path, arrived, person)
    path.unlink(missing_ok=True)
    return taken


def test_a_file_lies_where_its_hash_says_and_waits_to_be_converted(data: DataFolder):
    path = received(data)
    content = path.read_bytes()

    media, is_new = bring(data, path)

    assert is_new
    assert (sha256(content).hexdigest(), Kind.PICTURE, "well.png") == (media.id, media.kind, media.name)
    assert (len(content), "image/png", AMINA, State.WAITING) == (media.size, media.mimetype, media.by, media.state)
    assert content == (data.media / media.id[:2] / media.id / "original.png").read_bytes()
    with writing(data) as connection:
        job = last_job(connection, CONVERT, media.id)
    assert job is not None


def test_the_same_bytes_are_the_same_file_whatever_their_name(data: DataFolder):
    first = bring(data, received(data))
    second = bring(data, received(data, name="another.part"), name="IMG_0001.png", person=8)

    assert (first.media.id, False) == (second.media.id, second.is_new)
    assert ("well.png", AMINA) == (second.media.name, second.media.by)


def test_a_file_that_failed_is_tried_again_when_it_comes_again(data: DataFolder):
    media = bring(data, received(data)).media
    with writing(data) as connection:
        make_failed(connection, media.id, "It was damaged.")

    again = bring(data, received(data, name="another.part"))

    assert (State.WAITING, "") == (again.media.state, again.media.problem)


def test_what_a_deed_did_that_did_not_end_is_done_again(data: DataFolder):
    path = received(data)
    arrived = examine(path, "well.png")
    with pytest.raises(KeyboardInterrupt), writing(data) as connection:
        take_in(connection, data, path, arrived, AMINA)
        raise KeyboardInterrupt

    assert path.exists()
    assert bring(data, path).is_new


def test_a_file_that_is_removed_is_gone_with_its_job(data: DataFolder):
    media = bring(data, received(data)).media
    with writing(data) as connection:
        remove(connection, data, media.id)
        gone = load_media(connection, media.id), last_job(connection, CONVERT, media.id)

    assert (None, None) == gone
    assert not media_folder(data, media.id).exists()


def test_names_are_one_line_without_folders(data: DataFolder):
    media = bring(data, received(data), name="C:\\photos\\../a\x00\nb\u2028.png").media

    assert "a b .png" == media.name
