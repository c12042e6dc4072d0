"""An editor collects what boxes sent to a hub: the commands, a hub in a folder, real packs."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import math
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import ideascube.cli
from content_packs.box_key import box_key
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.incoming import Incoming, take_accepted
from provisioning.outgoing.sending import Outcome, Sending, send_parcels
from provisioning.storage import open_storage
from provisioning.trust.catalogue import Catalogue
from tests.support.faults import KILLED, ideascube_command, run_killed, run_recorded
from tests.support.outboxes import add_parcel, noise
from tests.support.zims import make_zim


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack as a box publishes it, with a film in it."""
    folder = tmp_path_factory.mktemp("collection")
    manifest = {"format": 1, "id": "village-tales", "title": {"en": "Village tales"}, "version": "1"}
    return make_zim(
        folder / "village-tales.zim",
        {
            "index.html": ("text/html", "<html><head><title>Tales</title></head><body>Tales of Musa</body></html>"),
            "film.webm": ("video/webm", noise(3, 300_000)),
        },
        main="index.html", Manifest=json.dumps(manifest), License="CC-BY-4.0",
    )  # fmt: skip


class Place:
    """An editor's data folder with a hub, and boxes that send to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hub = root / "hub"
        self.editor = DataFolder(root / "editor")
        self.run("init", str(self.hub), code=0)

    def box(self, name: str) -> DataFolder:
        data = DataFolder(self.root / name)
        data.create()
        return data

    def run(self, *arguments: str, code: int | None = 0) -> Result:
        result = CliRunner().invoke(ideascube.cli.main, ["--data", str(self.editor.root), "hub", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert code is None or result.exit_code == code, result.output
        return result

    def collect(self, *arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("collect", "--json", *arguments).stdout)
        return found

    def standings(self, *arguments: str) -> dict[str, str]:
        return {each["name"]: each["standing"] for each in self.collect(*arguments)["parcels"]}

    def send(self, data: DataFolder, **how: Any) -> Outcome:
        async def send() -> Outcome:
            async with open_storage(str(self.hub)) as storage:
                return await send_parcels(data, storage, Sending(**how))

        return asyncio.run(send())

    def catalogue(self) -> Catalogue:
        path = max((self.hub / "targets").iterdir(), key=lambda each: each.stat().st_mtime_ns)
        return Catalogue.from_bytes(path.read_bytes())[0]

    def take(self, data: DataFolder, **how: Any) -> Incoming:
        async def take() -> Incoming:
            async with open_storage(str(self.hub)) as storage:
                return await take_accepted(data, storage, self.catalogue().creations, box_key(data.keys).id, **how)

        return asyncio.run(take())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def share(data: DataFolder, name: str, content: bytes = b"{}", **fields: Any) -> str:
    """A creation of this box in its outbox; its name for all boxes."""
    creation = f"{box_key(data.keys).id}.{name}"
    about = {"box_name": data.root.name, "name": creation, "ancestors": fields.pop("ancestors", []), "document": ""}
    add_parcel(data, "creation", creation, {"creation.json": content}, about=about, **fields)
    return creation


def publish(data: DataFolder, pack: Path, **fields: Any) -> None:
    """A collection in the outbox, as it lies in the box's store."""
    target = data.packs / "installed" / "village-tales" / "1" / pack.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack.read_bytes())
    add_parcel(data, "collection", "village-tales", {pack.name: target}, **fields)


def test_a_box_is_enrolled_before_anything_of_it_is_read(place: Place) -> None:
    data = place.box("kakuma")
    creation = share(data, "film", noise(1, 100_000))
    place.send(data)
    box = box_key(data.keys).id

    before = place.collect()
    after = place.standings("--enrol", box)

    assert ([], [box]) == (before["parcels"], [each["box"] for each in before["unknown"]])
    assert {f"{box}.creation.{creation}": "new"} == after


def test_an_accepted_creation_reaches_the_inbox_of_sister_boxes_once(place: Place) -> None:
    sender, sister = place.box("kakuma"), place.box("dadaab")
    creation = share(sender, "film", noise(1, 100_000))
    place.send(sender)
    box = box_key(sender.keys).id
    place.collect("--enrol", box, "--accept", f"{box}.creation.{creation}")

    first, again, own = place.take(sister), place.take(sister), place.take(sender)

    parcel = json.loads((sister.inbox / "parcels" / f"{box}.creation.{creation}.json").read_bytes())
    assert [f"{box}.creation.{creation}"] == first.taken
    assert noise(1, 100_000) == (sister.inbox / "files" / parcel["files"][0]["sha256"]).read_bytes()
    assert parcel["accepted"] is True
    assert [] == again.taken == own.taken == first.problems


def test_what_has_no_room_or_too_long_a_name_stays_out_and_the_others_come(place: Place) -> None:
    sender, sister = place.box("kakuma"), place.box("dadaab")
    for name, size in (("film", 100_000), ("tale", 100), ("x" * 200, 100)):
        share(sender, name, noise(1, size))
    place.send(sender)
    box = box_key(sender.keys).id
    place.collect("--enrol", box)
    place.collect("--accept-all-from", box)

    came = place.take(sister, room=50_000)

    assert [f"{box}.creation.{box}.tale"] == came.taken
    assert "has no room" in str(came.ended_by)
    assert 1 == len(came.problems)


def test_a_collection_becomes_a_pack_and_leaves_when_its_box_withdraws_it(place: Place, collection: Path) -> None:
    data = place.box("kakuma")
    publish(data, collection)
    place.send(data)
    box = box_key(data.keys).id
    accepted = place.standings("--enrol", box, "--accept-all-from", box)
    published = place.catalogue()

    add_parcel(data, "collection", "village-tales", {}, state="withdrawn")
    place.send(data)
    after = place.standings()

    assert {f"{box}.collection.village-tales": "accepted"} == accepted
    assert collection.read_bytes() == (place.hub / published.packs[0].path).read_bytes()
    assert {f"{box}.collection.village-tales": "withdrawn"} == after
    assert ((), ["village-tales"]) == (place.catalogue().packs, [each.id for each in place.catalogue().withdrawn])


def test_versions_of_two_boxes_are_both_carried_until_one_was_made_of_the_other(place: Place) -> None:
    first, second = place.box("kakuma"), place.box("dadaab")
    creation = share(first, "tale", b'{"text": 1}', version="a2")
    add_parcel(
        second, "creation", creation, {"creation.json": b'{"text": 2}'}, version="b2", about={"ancestors": ["a1"]}
    )
    boxes = [box_key(data.keys).id for data in (first, second)]
    place.send(first)
    place.send(second)
    place.collect("--enrol", boxes[0], "--enrol", boxes[1], "--accept-all-from", boxes[0])
    warnings = [each["warning"] for each in place.collect()["parcels"] if each["box"] == boxes[1]]
    place.collect("--accept-all-from", boxes[1])
    both = {(each["box"], each["version"]) for each in place.catalogue().creations}

    add_parcel(
        second, "creation", creation, {"creation.json": b'{"text": 3}'}, version="b3",
        about={"ancestors": ["b2", "a2", "a1"]},
    )  # fmt: skip
    place.send(second)
    place.collect("--accept-all-from", boxes[1])

    assert [f"the box {boxes[0]} has changed it too: boxes will get both"] == warnings
    assert {(boxes[0], "a2"), (boxes[1], "b2")} == both
    assert [(boxes[1], "b3")] == [(each["box"], each["version"]) for each in place.catalogue().creations]


def test_a_creation_that_its_box_took_back_is_taken_back_everywhere(place: Place) -> None:
    sender, sister = place.box("kakuma"), place.box("dadaab")
    creation = share(sender, "film", noise(1, 20_000))
    place.send(sender)
    box = box_key(sender.keys).id
    place.collect("--enrol", box, "--accept-all-from", box)
    place.take(sister)
    add_parcel(sender, "creation", creation, {}, state="withdrawn", version="2")

    place.send(sender)
    place.collect()
    came = place.take(sister)

    parcel = json.loads((sister.inbox / "parcels" / f"{box}.creation.{creation}.json").read_bytes())
    assert [f"{box}.creation.{creation}"] == came.taken
    assert ("withdrawn", []) == (parcel["state"], parcel["files"])


def test_a_pack_of_the_organisation_is_not_replaced_by_the_way(place: Place, collection: Path) -> None:
    data = place.box("kakuma")
    place.run("publish", str(collection))
    publish(data, collection)
    place.send(data)
    box = box_key(data.keys).id

    (found,) = place.collect("--enrol", box, "--accept-all-from", box)["parcels"]

    assert ("new", "it would take the place of a pack of your organisation") == (found["standing"], found["warning"])


def test_a_damaged_pack_cannot_be_accepted(place: Place, collection: Path, tmp_path: Path) -> None:
    data = place.box("kakuma")
    broken = tmp_path / "village-tales.zim"
    content = bytearray(collection.read_bytes())
    content[len(content) // 2] ^= 0xFF
    broken.write_bytes(content)
    publish(data, broken)
    place.send(data)
    box = box_key(data.keys).id

    result = place.run("collect", "--enrol", box, "--accept", f"{box}.collection.village-tales", code=2)

    assert "cannot be accepted: it is broken. The pack of the collection village-tales is damaged" in result.output
    assert () == place.catalogue().packs


def test_what_is_missing_or_altered_at_the_hub_is_sent_again(place: Place) -> None:
    data = place.box("kakuma")
    share(data, "film", noise(1, 100_000))
    place.send(data)
    box = box_key(data.keys).id
    objects = sorted((place.hub / "objects").glob("*/*"), key=lambda path: path.stat().st_size)
    objects[-1].unlink()
    objects[-2].write_bytes(b"\0something else")

    before = list(place.standings("--enrol", box).values())
    place.send(data)
    after = list(place.standings().values())

    assert (["incomplete"], ["new"]) == (before, after)


def test_an_old_list_and_a_foreign_one_are_refused_and_recorded(place: Place) -> None:
    data, other = place.box("kakuma"), place.box("dadaab")
    share(data, "one")
    place.send(data)
    box = box_key(data.keys).id
    lists = place.hub / "inbox" / box / "manifest.json"
    old = lists.read_bytes()
    share(data, "two", b"{ }")
    place.send(data)
    place.collect("--enrol", box)
    share(other, "three")
    place.send(other)

    lists.write_bytes(old)
    rolled_back = place.collect()["problems"]
    lists.write_bytes((place.hub / "inbox" / box_key(other.keys).id / "manifest.json").read_bytes())
    foreign = place.collect()["problems"]

    refused = json.loads(place.run("report", "--json").stdout)["refused"]
    assert [f"The list of the box {box} has the number 1, and 2 was seen already"] == [
        problem.split(":")[0] for problem in rolled_back
    ]
    assert [f"The manifest of the box {box} is not signed by that box: it is refused."] == foreign
    assert [*rolled_back, *foreign] == [each["why"] for each in refused]


def test_a_stick_that_was_collected_counts_as_sent_and_one_that_was_lost_does_not(place: Place, tmp_path: Path) -> None:
    data = place.box("kakuma")
    share(data, "film", noise(1, 200_000))
    (tmp_path / "stick").mkdir()

    async def put(folder: Path, route: str) -> Outcome:
        async with open_storage(str(folder)) as storage:
            return await send_parcels(data, storage, Sending(route=route, rate=math.inf if route == "carried" else 0))

    asyncio.run(put(tmp_path / "stick", "carried"))
    shutil.copytree(tmp_path / "stick", place.hub, dirs_exist_ok=True)
    found = place.standings("--enrol", box_key(data.keys).id)
    share(data, "song", noise(2, 50_000))
    (tmp_path / "lost").mkdir()
    lost = asyncio.run(put(tmp_path / "lost", "carried"))

    sent = asyncio.run(put(place.hub, "manifest"))

    assert ["new"] == list(found.values())
    assert 250_000 == lost.far.bytes
    assert 50_000 == sent.far.bytes
    assert ["new", "new"] == list(place.standings().values())


def test_the_report_sums_what_boxes_counted(place: Place) -> None:
    for number, name in enumerate(("=kakuma", "=dadaab"), 1):
        data = place.box(name)
        about = {
            "box_name": name, "days": 10 * number, "packs": 5, "creations": {"film": 6, "text": number},
            "unfound": [{"text": "malaria", "days": 5, "results": 0}], "courses": "many",
        }  # fmt: skip
        add_parcel(data, "counters", "box", {}, about=about)
        share(data, "film", noise(number, 1_000))
        place.send(data)
        place.collect("--enrol", box_key(data.keys).id)

    report = json.loads(place.run("report", "--json").stdout)
    table = list(csv.DictReader(io.StringIO(place.run("report", "--csv").stdout)))

    assert {"boxes": 2, "parcels": 2, "bytes": 2_000, "waiting": 2, "creations": 15, "days": 30, "packs": 10} == {
        name: value for name, value in report["total"].items() if value
    }
    assert [{"text": "malaria", "days": 10}] == report["unfound"]
    assert ["'=kakuma", "'=dadaab"] == sorted((each["name"] for each in table[:2]), reverse=True)
    assert ("all", "30") == (table[2]["box"], table[2]["days"])
    assert "2 boxes, 2 things, 2 kB, 2 waiting." in place.run("report").stdout


def test_objects_that_nothing_needs_leave_after_half_a_year(place: Place) -> None:
    data = place.box("kakuma")
    creation = share(data, "film", noise(1, 50_000))
    place.send(data)
    place.collect("--enrol", box_key(data.keys).id)
    before = set((place.hub / "objects").glob("*/*"))
    share(data, "film", noise(2, 50_000), version="2")
    place.send(data)
    place.collect()
    record = place.editor.hub / "collected" / "record.json"

    unneeded = json.loads(record.read_bytes())["unneeded"]
    record.write_bytes(record.read_bytes().replace(next(iter(unneeded.values())).encode(), b"2025-01-01"))
    place.collect()

    left = set((place.hub / "objects").glob("*/*"))
    assert set(unneeded) == {path.name for path in before - left}
    assert place.standings() == {f"{box_key(data.keys).id}.creation.{creation}": "new"}


def test_a_killed_collection_goes_on(place: Place, collection: Path, tmp_path: Path) -> None:
    data = place.box("kakuma")
    publish(data, collection)
    share(data, "film", noise(1, 20_000))
    place.send(data)
    box = box_key(data.keys).id
    place.collect("--enrol", box)
    shutil.rmtree(place.editor.hub / "collected")
    start = tmp_path / "start"
    for name in ("hub", "editor"):
        shutil.copytree(tmp_path / name, start / name, copy_function=shutil.copy2)

    def fresh() -> None:
        for name in ("hub", "editor"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(start / name, tmp_path / name)

    command = ideascube_command("--data", place.editor.root, "hub", "collect", "--accept-all-from", box)
    for root in (place.hub, place.editor.hub):
        fresh()
        whole = run_recorded(command, root, tmp_path.with_name("scratch"))
        assert 0 == whole.status, whole.output
        for at in chosen_changes(len(whole.changes)):
            fresh()
            killed = run_killed(command, root, tmp_path.with_name("scratch"), at)
            assert KILLED == killed.status
            assert {"accepted"} == set(place.standings("--accept-all-from", box).values()), whole.changes[at]
            (pack,) = place.catalogue().packs
            assert collection.read_bytes() == (place.hub / pack.path).read_bytes()


def chosen_changes(count: int) -> list[int]:
    """Some of them, other ones in each part of the work: each costs a second."""
    chance = random.Random(count)
    return sorted(chance.sample(range(count), min(3, count)))
