"""Files that nothing uses go after thirty days on which the box ran, and nothing else does."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.creations import change_state, erase, keep_draft, new_creation, save_version
from ideascube.box_db.database import box_database, transaction
from ideascube.box_media.addresses import made_folder, media_folder
from ideascube.box_media.clearing import DAYS, GONE, MediaKeeper
from ideascube.box_media.model import Media, State
from ideascube.box_media.store import load_media
from ideascube.creations.model import Fields, MediaUse, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Person, Role
from tests.support.media import bring, made_of, media_now
from tests.support.shared import shared

AMINA = Person(7, "Amina", Role.MEDIATOR)


class Box:
    """A box that is switched on once a day."""

    def __init__(self, data: DataFolder) -> None:
        self._days = count()
        self._keeper = MediaKeeper(data, lambda: f"day {next(self._days)}")

    def run(self, days: int) -> None:
        for _ in range(days):
            self._keeper.look()


@pytest.fixture
def box(data: DataFolder) -> Box:
    return Box(data)


def is_there(data: DataFolder, media: Media) -> bool:
    with box_database(data.root / "box.db") as connection:
        row = load_media(connection, media.id)
    assert (row is not None) == media_folder(data, media.id).exists()
    return row is not None


def fields(*media: Media) -> Fields:
    used = tuple(MediaUse(each.id, "inside") for each in media)
    return Fields(kind="article", language="en", texts={"en": Words("Well")}, media=used)


def test_a_file_that_nothing_uses_goes_after_thirty_days(data: DataFolder, box: Box):
    media = bring(data, shared("media/basic.srt")).media
    box.run(DAYS)
    almost = is_there(data, media)
    box.run(2)

    assert (True, False) == (almost, is_there(data, media))
    assert [] == list((data.media / "working").glob("*"))


def test_what_an_earlier_version_or_something_withdrawn_uses_stays(data: DataFolder, box: Box, tmp_path: Path):
    kept = [bring(data, file).media for file in (shared("media/basic.srt"), shared("media/example.mp3"))]
    with box_database(data.root / "box.db") as connection, transaction(connection):
        creation = new_creation(connection, fields(kept[0]), AMINA)
        save_version(connection, creation, 1, fields(), AMINA)
        withdrawn = new_creation(connection, fields(kept[1]), AMINA)
        change_state(connection, withdrawn, Deed.PUBLISH, 1)
        change_state(connection, withdrawn, Deed.WITHDRAW, 1)
    box.run(2 * DAYS)

    assert [True, True] == [is_there(data, media) for media in kept]

    with box_database(data.root / "box.db") as connection, transaction(connection):
        erase(connection, withdrawn)
    box.run(DAYS)
    almost = is_there(data, kept[1])
    box.run(2)

    assert (True, False, True) == (almost, is_there(data, kept[1]), is_there(data, kept[0]))


def test_what_somebody_is_writing_and_did_not_save_counts(data: DataFolder, box: Box):
    media = bring(data, shared("media/basic.srt")).media
    with box_database(data.root / "box.db") as connection, transaction(connection):
        creation = new_creation(connection, fields(), AMINA)
        keep_draft(connection, creation, AMINA.id, "page", 1, 1, fields(media))
    box.run(2 * DAYS)

    assert is_there(data, media)


def test_a_clock_that_jumps_makes_no_days(data: DataFolder):
    media = bring(data, shared("media/basic.srt")).media
    days = iter(["1970-01-01", "2041-06-01", "2041-06-01", "1970-01-01"])
    keeper = MediaKeeper(data, lambda: next(days))
    for _ in range(4):
        keeper.look()

    assert is_there(data, media)


def test_folders_that_no_row_knows_go_and_uploads_on_their_way_stay(data: DataFolder, box: Box):
    bring(data, shared("media/basic.srt"))
    stranger = data.media / "ab" / ("ab" * 32)
    stranger.mkdir(parents=True)
    (data.media / "receiving").mkdir(exist_ok=True)
    (data.media / "receiving" / "a.part").touch()
    box.run(1)

    assert not stranger.exists()
    assert (data.media / "receiving" / "a.part").exists()


def test_a_file_that_somebody_deleted_from_the_disk_is_said(data: DataFolder, box: Box):
    media = made_of(data, shared("media/basic.srt"))
    (made_folder(data, media.id) / "subtitles.vtt").unlink()
    (made_folder(data, media.id) / "words.txt").unlink()
    made_folder(data, media.id).rmdir()
    box.run(1)
    found = media_now(data, media.id)

    assert (State.FAILED, GONE) == (found.state, found.problem)
