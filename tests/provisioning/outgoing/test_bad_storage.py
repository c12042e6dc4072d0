"""Storages that refuse, keep half, lose answers, or say that they kept what they did not: in the end all is there."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from content_packs.box_key import box_key
from content_packs.store.data_folder import DataFolder
from provisioning.hub.collect.collecting import Collector
from provisioning.hub.collect.record import read_record
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.sending import Sending, send_parcels
from provisioning.trust.catalogue import Catalogue, EnrolledBox
from tests.support.outboxes import BadStorage, MemoryStorage, add_parcel, noise


async def no_pause(seconds: float) -> None:
    pass


async def collected(files: dict[str, bytes], data: DataFolder, folder: Path) -> dict[str, str]:
    """How the hub's editor finds each parcel; the box is told by the receipt."""
    key = box_key(data.keys)
    catalogue = Catalogue(boxes=(EnrolledBox(id=key.id, key=key.public.hex()),))
    collector = Collector(Asking(MemoryStorage(files)), catalogue, folder, read_record(folder), "2026-11-24")
    return {row.sent.parcel.key: row.standing for row in (await collector.collect()).rows}


@pytest.mark.parametrize("seed", range(25))
async def test_all_arrives_whatever_the_storage_does(tmp_path: Path, seed: int) -> None:
    data = DataFolder(tmp_path / "box")
    chance = random.Random(seed)
    for number in range(4):
        contents = (noise(seed * 100 + number * 10 + each, chance.randrange(1, 150_000)) for each in range(3))
        add_parcel(data, "creation", f"aa.{number}", {f"{each}.bin": content for each, content in enumerate(contents)})
    badness = chance.choice((0.1, 0.3, 0.5))
    files: dict[str, bytes] = {}
    storage = BadStorage(seed, badness, files)
    for _ in range(60):
        await send_parcels(data, storage, Sending(attempts=2, pause=no_pause, rate=chance.choice((0, 50_000, 10**6))))
        standings = await collected(files, data, tmp_path / "collected")
        if len(standings) == 4 and set(standings.values()) == {"new"}:
            break

    arrived = list((tmp_path / "collected/files").iterdir())
    assert {f"creation.aa.{number}": "new" for number in range(4)} == standings
    assert 12 == len(arrived)
    assert [path.name for path in arrived] == [hashlib.sha256(path.read_bytes()).hexdigest() for path in arrived]
    assert 0 == storage.sent_again
