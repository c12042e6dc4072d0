"""What leaves a box: nothing is sent twice, the signed list comes last, and whatever fails, it goes on later."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from content_packs.box_key import box_key
from content_packs.errors import Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.manifest import Manifest, Sent, manifest_path, read_manifest, read_page
from provisioning.outgoing.sending import Outcome, Sending, send_parcels
from tests.support.outboxes import MemoryStorage, add_parcel, noise


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    data = DataFolder(tmp_path / "box")
    data.create()
    return data


async def no_pause(seconds: float) -> None:
    pass


def sending(**given: object) -> Sending:
    return Sending(pause=no_pause, **given)  # type: ignore[arg-type]


async def listed(data: DataFolder, storage: MemoryStorage, route: str = "manifest") -> tuple[Manifest, dict[str, Sent]]:
    """The manifest that lies there, and its parcels by their keys."""
    box = box_key(data.keys).id
    manifest = read_manifest(storage.files[manifest_path(box, route)], box)
    pages = [await read_pages(Asking(storage), page) for page in manifest.pages]
    return manifest, {sent.parcel.key: sent for page in pages for sent in read_page(page)}


async def content(storage: MemoryStorage, sent: Sent, name: str) -> bytes:
    """The file of the parcel, put together again."""
    sha256 = next(file.sha256 for file in sent.parcel.files if file.name == name)
    found = b""
    for segment in sent.segments[sha256]:
        held = await Asking(storage).get_object(segment.name)
        assert held is not None
        found += held[segment.at : segment.at + segment.length]
    return found


async def test_what_was_shared_arrives_as_it_was_the_list_last(data: DataFolder) -> None:
    film = noise(1, 3_000_000)
    add_parcel(data, "creation", "aa.film", {"film.webm": film, "creation.json": b'{"format": 1}'})
    add_parcel(data, "creation", "aa.song", {"song.opus": noise(2, 9_000)})
    storage = MemoryStorage()

    outcome = await send_parcels(data, storage, sending(rate=math.inf))

    manifest, parcels = await listed(data, storage)
    assert outcome.ended_by is None
    assert manifest.counter == outcome.counter
    assert manifest_path(box_key(data.keys).id, "manifest") == storage.puts[-1]
    assert {"creation.aa.film", "creation.aa.song"} == set(parcels)
    assert film == await content(storage, parcels["creation.aa.film"], "film.webm")
    assert noise(2, 9_000) == await content(storage, parcels["creation.aa.song"], "song.opus")
    assert all(len(stored) <= 1024 * 1024 + 1 for stored in storage.files.values())
    assert (outcome.far.bytes, outcome.far.objects) == (outcome.far.bytes_total, outcome.far.objects_total)


async def test_nothing_is_sent_or_said_again(data: DataFolder) -> None:
    add_parcel(data, "creation", "aa.film", {"film.webm": noise(1, 300_000)})
    storage = MemoryStorage()
    await send_parcels(data, storage, sending())
    storage.puts.clear()

    await send_parcels(data, storage, sending())

    assert [] == storage.puts


async def test_where_the_note_is_lost_the_storage_is_asked(data: DataFolder) -> None:
    add_parcel(data, "creation", "aa.film", {"film.webm": noise(1, 300_000)})
    storage = MemoryStorage()
    await send_parcels(data, storage, sending())
    add_parcel(data, "creation", "aa.long", {"long.webm": noise(2, 400_000)})
    cut_off = sending(may_go_on=ends_after(storage, len(storage.puts) + 5))
    await send_parcels(data, storage, cut_off)
    for note in (data.sync / "sent").iterdir():
        note.unlink()
    before = set(storage.puts)
    storage.puts.clear()

    await send_parcels(data, storage, sending(rate=math.inf))

    _, parcels = await listed(data, storage)
    assert not {path for path in storage.puts if path.startswith("objects/")} & before
    assert noise(2, 400_000) == await content(storage, parcels["creation.aa.long"], "long.webm")


def ends_after(storage: MemoryStorage, puts: int) -> object:
    def may_go_on() -> None:
        if len(storage.puts) >= puts:
            raise Unfinished("The budget of the day is spent.")

    return may_go_on


async def test_a_list_goes_on_from_the_number_of_the_one_that_lies_there(data: DataFolder) -> None:
    storage = MemoryStorage()
    for number in range(3):
        add_parcel(data, "creation", f"aa.{number}", {"a.webp": noise(number, 20_000)})
        outcome: Outcome = await send_parcels(data, storage, sending())
    (data.keys / "outgoing.json").write_text('{"counter": 1}')  # an older backup was brought back
    for note in (data.sync / "sent").iterdir():
        note.unlink()
    add_parcel(data, "creation", "aa.new", {"a.webp": noise(7, 20_000)})

    after = await send_parcels(data, storage, sending())

    assert outcome.counter + 1 == after.counter
