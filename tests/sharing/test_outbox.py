"""What else lies ready to leave: collections as packs, counters; and what was lost is written again."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from content_packs.manifest import Manifest
from content_packs.store.library import NOBODY, Library, PackRecord
from ideascube.box_db.collections import (
    add_collection,
    add_members,
    begin_edition,
    set_state,
    withdraw_editions,
)
from ideascube.box_db.database import box_database
from ideascube.box_db.days import count_day
from ideascube.box_db.unfound import Unfound
from ideascube.collecting.model import About, Collection, Member
from ideascube.collecting.publishing import publish_collection, withdraw_collection
from ideascube.sharing.counters import counters_parcel, searches
from ideascube.sharing.outbox_keeper import OutboxKeeper
from tests.creations.making import fields
from tests.sharing.boxes import SharingBox, a_box, name_on

TALES = Collection(
    "abcdefghij", "tales-abcdefghij", "open", "en", {"en": About("Tales", "Told here")}, "CC-BY-4.0", "", 1, ()
)


@pytest.fixture
def box(tmp_path: Path) -> SharingBox:
    return a_box(tmp_path, "Agadez")


def publish(box: SharingBox, *creations: str) -> None:
    """The next edition, as the job makes it."""
    box.do(add_members, TALES.id, [Member("creation", each) for each in creations])
    edition = box.do(begin_edition, TALES.id, "2026-11-24")
    publish_collection({"about": TALES.id, "number": edition.number}, lambda done, total: None, box.data)


def parcel_of(box: SharingBox) -> dict[str, Any]:
    box.pack()
    return box.parcels()["collection.tales-abcdefghij.json"]


def test_the_newest_edition_leaves_as_its_pack_until_the_collection_is_withdrawn(box: SharingBox):
    box.do(add_collection, TALES)
    box.pack()
    unpublished = [*box.parcels()]
    publish(box, box.published(fields("The hare")))
    first = parcel_of(box)
    publish(box, box.published(fields("The lion")))
    second = parcel_of(box)
    files = [hashlib.sha256((box.data.root / each["files"][0]["path"]).read_bytes()) for each in (first, second)]
    box.do(set_state, TALES.id, "withdrawn")
    box.do(withdraw_editions, TALES.id)
    withdraw_collection({"about": TALES.id}, lambda done, total: None, box.data)
    last = parcel_of(box)

    assert ["counters.box.json"] == unpublished
    assert ["2026-11-24.1", "2026-11-24.2"] == [first["version"], second["version"]]
    assert [each.hexdigest() for each in files] == [each["files"][0]["sha256"] for each in (first, second)]
    assert ("tales-abcdefghij", {"en": "Tales"}, "CC-BY-4.0") == (first["id"], first["title"], first["licence"])
    assert ("withdrawn", []) == (last["state"], last["files"])


def test_a_folder_that_somebody_threw_away_is_written_again_as_it_was(box: SharingBox):
    creation = box.shared()
    box.pack()
    before = box.parcels()
    document = before[f"creation.{name_on(box, creation)}.json"]["files"][0]["path"]

    shutil.rmtree(box.data.outbox)
    OutboxKeeper(box.data).look(Library())

    assert before == box.parcels()
    assert (box.data.root / document).is_file()


def test_what_is_no_longer_shared_takes_its_files_with_it(box: SharingBox):
    creation = box.shared()
    box.pack()
    box.share(creation, is_shared=False)
    box.pack()

    assert [] == [*(box.data.outbox / "files").iterdir()]


def test_counters_say_no_number_below_five_and_no_hidden_pack(box: SharingBox):
    for number in range(5):
        box.published(fields(f"Article {number}"))
    box.published(fields("One notice", kind="notice"))
    box.published(fields("For staff", audience="staff"))
    packs = [record(f"pack-{number}") for number in range(6)] + [record("hidden", shown_to=NOBODY)]

    with box_database(box.data.root / "box.db") as connection:
        for day in range(7):
            count_day(connection, f"day {day}")

    about = box.do(counters_parcel, Library(tuple(packs))).about

    assert {"box_name": "Agadez", "days": 7, "packs": 6, "creations": {"article": 5}} == about


def record(pack: str, **more: Any) -> PackRecord:
    return PackRecord(pack, (f"{pack}.zim",), 1, "stamp", manifest=Manifest(id=pack, titles={"en": pack}), **more)


def test_searches_are_told_that_five_days_had_the_most_frequent_first():
    often = [Unfound(f"text {number}", 60 - number, 0) for number in range(60)]

    told = searches([*often, Unfound("Mariam's phone number", 4, 0), Unfound("long " * 100, 5, 2)])

    assert 50 == len(told)
    assert {"text": "text 0", "days": 60, "results": 0} == told[0]
    assert "Mariam's phone number" not in {each["text"] for each in told}
    assert 100 >= max(len(str(each["text"])) for each in searches([Unfound("long " * 100, 5, 2)]))
