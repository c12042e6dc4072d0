"""Whenever it is killed: what goes out and what comes in are whole afterwards, and there once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content_packs.store.library import Library
from ideascube.creations.model import MediaUse
from ideascube.sharing.inbox_keeper import InboxKeeper
from ideascube.sharing.outbox_keeper import OutboxKeeper
from tests.box_media.files import jpeg
from tests.creations.making import fields
from tests.sharing.boxes import SharingBox, a_box, bring, name_on
from tests.support.faults import KILLED, run_killed, run_recorded
from tests.support.media import made_of


@pytest.fixture
def sender(tmp_path: Path) -> SharingBox:
    return a_box(tmp_path, "Agadez")


def with_picture(box: SharingBox, folder: Path) -> str:
    (folder / "well.jpg").write_bytes(jpeg())
    media = made_of(box.data, folder / "well.jpg")
    return box.shared(fields(media=(MediaUse(media.id, "cover"),)))


def copy_of(box: SharingBox, place: Path) -> SharingBox:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(box.data.root, place)
    return SharingBox(type(box.data)(place))


def test_what_goes_out_is_whole_after_a_kill_at_every_write(sender: SharingBox, tmp_path: Path):
    creation = with_picture(sender, tmp_path)
    whole = copy_of(sender, tmp_path / "whole")
    there = run_recorded(lambda: OutboxKeeper(whole.data).look(Library()), whole.data.root, tmp_path / "scratch")

    assert len(there.changes) > 8
    for at in range(len(there.changes)):
        box = copy_of(sender, tmp_path / "cut")
        run = run_killed(lambda box=box: OutboxKeeper(box.data).look(Library()), box.data.root, tmp_path / "s", at)  # type: ignore[misc]
        assert KILLED == run.status
        box.pack()
        assert whole.parcels() == box.parcels()
        assert files_in(whole) == files_in(box)
        assert 1 == len(box.parcels()[f"creation.{name_on(sender, creation)}.json"]["files"]) - 1


def files_in(box: SharingBox) -> dict[str, bytes]:
    """But for what a later look clears away: names that begin with a dot."""
    folder = box.data.outbox / "files"
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_what_comes_in_is_there_once_after_a_kill_at_every_write(sender: SharingBox, tmp_path: Path):
    creation = with_picture(sender, tmp_path)
    receiver = a_box(tmp_path, "Bria")
    bring(sender, receiver)
    whole = copy_of(receiver, tmp_path / "whole")
    there = run_recorded(lambda: look_often(whole), whole.data.root, tmp_path / "scratch")

    assert len(there.changes) > 8
    for at in range(len(there.changes)):
        box = copy_of(receiver, tmp_path / "cut")
        run = run_killed(lambda box=box: look_often(box), box.data.root, tmp_path / "s", at)  # type: ignore[misc]
        assert KILLED == run.status
        box.take_in()
        found = box.newest(box.here(name_on(sender, creation)))
        media = box.data.media / found.media[0].media[:2] / found.media[0].media
        assert (1, 1, []) == (counted(box), found.version, [*(box.data.inbox / "parcels").iterdir()])
        assert (media / "original.jpg").is_file()


def look_often(box: SharingBox) -> None:
    keeper = InboxKeeper(box.data)
    for _ in range(5):
        keeper.look()


def counted(box: SharingBox) -> int:
    return int(box.do(lambda connection: connection.execute("SELECT count(*) FROM creation").fetchone()[0]))
