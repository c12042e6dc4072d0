"""What leaves a box: nothing is sent twice, the signed list comes last, and whatever fails, it goes on later."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.box_key import box_key
from content_packs.errors import Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.manifest import Manifest, manifest_path, read_manifest
from provisioning.outgoing.pages import Sent, read_page
from provisioning.outgoing.sending import HowFar, Outcome, Sending, send_parcels
from provisioning.storage import Storage, open_storage
from tests.support.hub_places import allow, bucket, s3_server, webdav
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


async def listed(data: DataFolder, storage: Storage, route: str = "manifest") -> tuple[Manifest, dict[str, Sent]]:
    """The manifest that lies there, and its parcels by their keys."""
    box = box_key(data.keys).id
    manifest = read_manifest(await storage.get(manifest_path(box, route), 10**6), box)
    pages = [await read_pages(Asking(storage), page) for page in manifest.pages]
    return manifest, {sent.parcel.key: sent for page in pages for sent in read_page(page)}


async def content(storage: Storage, sent: Sent, name: str) -> bytes:
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
    after = len(storage.puts)
    await send_parcels(data, storage, sending())

    _, parcels = await listed(data, storage)
    assert after == len(storage.puts)
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


@pytest.fixture(params=["s3", "webdav"])
def place(request: pytest.FixtureRequest, data: DataFolder, tmp_path: Path) -> Iterator[str]:
    """The address of an empty hub that the box may write to."""
    if request.param == "s3":
        with s3_server() as server:
            yield bucket(server)
    else:
        (tmp_path / "root").mkdir()
        with webdav(tmp_path / "root", tmp_path / "nginx") as address:
            allow(data.keys, address)
            yield f"{address}/hub"


async def test_object_stores_and_web_servers_get_the_same(data: DataFolder, place: str) -> None:
    film = noise(1, 2_500_000)
    add_parcel(data, "creation", "aa.film", {"film.webm": film})
    async with open_storage(place, data.keys) as storage:
        first = await send_parcels(data, storage, sending(rate=10**6))
        again = await send_parcels(data, storage, sending(rate=10**6))

        _, parcels = await listed(data, storage)
        found = await content(storage, parcels["creation.aa.film"], "film.webm")

    assert (None, None) == (first.ended_by, again.ended_by)
    assert film == found
    assert 0 == again.far.objects


async def test_a_file_that_is_not_what_it_was_stops_its_parcel_alone(data: DataFolder) -> None:
    add_parcel(data, "creation", "aa.1", {"gone.webp": noise(1, 10_000)})
    add_parcel(data, "creation", "aa.2", {"changed.webp": noise(2, 10_000)})
    add_parcel(data, "creation", "aa.3", {"right.webp": noise(3, 10_000)})
    by_content = {path.read_bytes(): path for path in (data.outbox / "files").iterdir()}
    gone, changed = by_content[noise(1, 10_000)], by_content[noise(2, 10_000)]
    gone.unlink()
    changed.write_bytes(noise(4, 10_000))
    (data.outbox / "parcels" / "creation.aa.4.json").write_text('{"format": 1, "kind": "creation"}')
    add_parcel(data, "creation", "aa.5", {"a.webp": b"a"}, files=[
        {"name": "key", "path": "keys/box.key", "size": 32, "sha256": "0" * 64},
    ])  # fmt: skip
    storage = MemoryStorage()

    outcome = await send_parcels(data, storage, sending())

    _, parcels = await listed(data, storage)
    assert ["creation.aa.3"] == list(parcels)
    assert outcome.ended_by is None
    assert [
        "A parcel is not as it should be: Object missing required field `id`. It is left where it is.",
        "What changed.webp belongs to waits, since changed.webp was changed.",
        "What gone.webp belongs to waits, since gone.webp is not there any more.",
        "What key belongs to waits, since key of a parcel lies at “keys/box.key”, from where nothing is sent.",
    ] == sorted(outcome.waiting)


async def test_a_file_that_changes_meanwhile_waits_and_is_sent_the_next_time(data: DataFolder) -> None:
    add_parcel(data, "creation", "aa.1", {"film.webm": noise(1, 200_000)})
    (path,) = (data.outbox / "files").iterdir()
    storage = MemoryStorage()

    def changes(far: HowFar) -> None:
        if far.objects == 2:
            path.write_bytes(noise(2, 200_000))

    first = await send_parcels(data, storage, sending(tell=changes))
    path.write_bytes(noise(1, 200_000))
    second = await send_parcels(data, storage, sending())

    _, parcels = await listed(data, storage)
    assert ["What film.webm belongs to waits, since film.webm was changed meanwhile."] == first.waiting
    assert noise(1, 200_000) == await content(storage, parcels["creation.aa.1"], "film.webm")
    assert len(storage.puts) == len(set(storage.puts))
    assert [] == second.waiting


async def test_what_is_small_and_precious_is_listed_before_the_film_has_arrived(data: DataFolder) -> None:
    add_parcel(data, "collection", "tales", {"tales.zim": noise(1, 3_000_000)})
    add_parcel(data, "creation", "aa.text", {"creation.json": b"{}"})
    add_parcel(data, "creation", "aa.gone", {}, state="withdrawn")
    storage = MemoryStorage()

    how = sending(may_go_on=ends_after(storage, 20), clock=lambda: 0.0)
    outcome = await send_parcels(data, storage, how)

    _, parcels = await listed(data, storage)
    assert "The budget of the day is spent." == str(outcome.ended_by)
    assert {"creation.aa.text", "creation.aa.gone"} == set(parcels)


async def test_a_hub_that_was_emptied_gets_everything_again(data: DataFolder) -> None:
    add_parcel(data, "creation", "aa.1", {"film.webm": noise(1, 50_000)})
    storage = MemoryStorage()
    await send_parcels(data, storage, sending())
    storage.files.clear()

    await send_parcels(data, storage, sending())

    _, parcels = await listed(data, storage)
    assert noise(1, 50_000) == await content(storage, parcels["creation.aa.1"], "film.webm")


async def test_a_receipt_without_end_stops_nothing(data: DataFolder) -> None:
    add_parcel(data, "creation", "aa.1", {"film.webm": noise(1, 50_000)})
    storage = MemoryStorage({f"inbox/{box_key(data.keys).id}/receipt.json": b" " * 2_000_000})

    outcome = await send_parcels(data, storage, sending())

    assert (None, 50_000) == (outcome.ended_by, outcome.far.bytes)
