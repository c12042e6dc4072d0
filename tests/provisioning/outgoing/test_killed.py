"""Killed at any write while it sends, or takes in: it goes on from there, and sends nothing again that it had noted."""

from __future__ import annotations

import asyncio
import json
import math
import shutil
from pathlib import Path

import pytest

from content_packs.box_key import box_key
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.incoming import Incoming, not_taken, take_from_stick
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.manifest import manifest_path, read_manifest
from provisioning.outgoing.objects import object_path
from provisioning.outgoing.pages import read_page
from provisioning.outgoing.sending import Sending, send_parcels
from provisioning.outgoing.sent import SentNote
from provisioning.storage import open_storage
from tests.support.faults import KILLED, Change, run_killed, run_recorded
from tests.support.outboxes import add_parcel, noise


def send(root: Path, route: str = "manifest") -> None:
    async def sent() -> None:
        async with open_storage(str(root / "hub")) as storage:
            how = Sending(route=route, rate=math.inf if route == "carried" else 0)
            outcome = await send_parcels(DataFolder(root / "box"), storage, how)
            assert outcome.ended_by is None

    asyncio.run(sent())


def listed(root: Path) -> dict[str, list[str]]:
    """By the keys of the parcels that the list at the hub has, the objects of their files, which are there."""

    async def read() -> dict[str, list[str]]:
        async with open_storage(str(root / "hub")) as storage:
            box = box_key(root / "box" / "keys").id
            manifest = read_manifest(await storage.get(manifest_path(box, "manifest"), 10**6), box)
            pages = [read_page(await read_pages(Asking(storage), page)) for page in manifest.pages]
            return {
                sent.parcel.key: [part.name for parts in sent.segments.values() for part in parts]
                for page in pages
                for sent in page
            }

    return asyncio.run(read())


def noted(root: Path) -> dict[Path, int]:
    """The objects that the box knows to be at the hub, and their inodes, which change where they are put again."""
    return {
        root / "hub" / object_path(name): (root / "hub" / object_path(name)).stat().st_ino
        for path in (root / "box" / "sync" / "sent").glob("*.jsonl")
        for name in SentNote(path).objects
    }


def writes(changes: list[Change]) -> list[int]:
    """All but flushes: killed before one is killed after what stands before it."""
    return [at for at, change in enumerate(changes) if change.call not in ("fsync", "fdatasync")]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("start")
    (root / "hub").mkdir()
    data = DataFolder(root / "box")
    data.create()
    add_parcel(data, "creation", "aa.1", {"film.webm": noise(1, 33_000)})
    return root


def test_a_killed_sending_goes_on(start: Path, tmp_path: Path) -> None:
    def fresh() -> Path:
        shutil.rmtree(tmp_path / "place", ignore_errors=True)
        return Path(shutil.copytree(start, tmp_path / "place"))

    whole = run_recorded(lambda: send(tmp_path / "place"), fresh(), tmp_path / "scratch")
    expected = listed(tmp_path / "place")

    assert (0, "") == (whole.status, whole.output)
    for at in writes(whole.changes):
        root = fresh()
        killed = run_killed(lambda: send(root), root, tmp_path / "scratch", at)  # noqa: B023
        known = noted(root)
        send(root)
        assert KILLED == killed.status
        assert expected == listed(root), whole.changes[at]
        assert known == {path: path.stat().st_ino for path in known}, whole.changes[at]


def take(root: Path, keys: dict[str, str]) -> Incoming:
    async def taken() -> Incoming:
        async with open_storage(str(root / "hub")) as storage:
            return await take_from_stick(DataFolder(root / "sister"), storage, keys, "0" * 16)

    return asyncio.run(taken())


def test_a_killed_taking_in_goes_on_and_no_parcel_comes_before_its_files(start: Path, tmp_path: Path) -> None:
    data = DataFolder(Path(shutil.copytree(start, tmp_path / "sent")) / "box")
    key = box_key(data.keys)
    (data.outbox / "parcels" / "creation.aa.1.json").unlink()
    add_parcel(data, "creation", f"{key.id}.1", {"film.webm": noise(1, 40_000), "creation.json": b"{}"})
    send(tmp_path / "sent", "carried")

    def fresh() -> Path:
        shutil.rmtree(tmp_path / "place", ignore_errors=True)
        return Path(shutil.copytree(tmp_path / "sent", tmp_path / "place"))

    def check(root: Path) -> int:
        inbox = DataFolder(root / "sister").inbox
        parcels = list(inbox.glob("parcels/*.json"))
        sizes = {path.stat().st_size for path in inbox.glob("files/[!.]*")}
        assert not parcels or {2, 40_000} == sizes
        return len(parcels)

    keys = {key.id: key.public.hex()}
    root = fresh()
    whole = run_recorded(lambda: take(root, keys), root / "sister", tmp_path / "scratch")

    assert 0 == whole.status, whole.output
    assert 1 == check(root)
    for at in writes(whole.changes):
        root = fresh()
        run_killed(lambda: take(root, keys), root / "sister", tmp_path / "scratch", at)  # noqa: B023
        check(root)
        assert [] == take(root, keys).problems
        assert 1 == check(root)


def test_what_came_by_a_stick_comes_once_more_when_it_is_accepted(start: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(start, tmp_path / "place"))
    key = box_key(root / "box" / "keys")
    add_parcel(DataFolder(root / "box"), "creation", f"{key.id}.1", {"creation.json": b"{}"})
    send(root, "carried")
    sync = DataFolder(root / "sister").sync

    first, second = (take(root, {key.id: key.public.hex()}).taken for _ in range(2))

    assert [f"{key.id}.creation.{key.id}.1"] == first
    assert [] == second
    document = json.loads((root / "sister" / "inbox" / "parcels" / f"{first[0]}.json").read_text())
    accepted = {"box": key.id, "id": document["id"], "version": document["version"], "page": ["0" * 32]}
    assert [document["version"]] == [each.version for each in not_taken(sync, [accepted], "0" * 16)]


def test_what_a_box_that_nobody_enrolled_put_on_a_stick_stays_there(start: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(start, tmp_path / "place"))
    box = box_key(root / "box" / "keys").id
    send(root, "carried")

    unknown, with_another_key = take(root, {}), take(root, {box: "0" * 64})

    assert ([box], [box]) == (unknown.unknown, with_another_key.unknown)
    assert not (root / "sister" / "inbox").exists()
