"""An editor collects what boxes sent to a hub: the commands, a hub in a folder, real packs."""

from __future__ import annotations

import asyncio
import json
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

    def take(self, data: DataFolder) -> Incoming:
        async def take() -> Incoming:
            async with open_storage(str(self.hub)) as storage:
                return await take_accepted(data, storage, self.catalogue().creations, box_key(data.keys).id)

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
