"""Publishing to a hub as the command does it: what is sent, what is not sent twice, what an interruption leaves."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content_packs.errors import BadInput, Busy, Unfinished
from content_packs.store.data_folder import DataFolder
from content_packs.store.from_delta import install_delta
from content_packs.store.install import install_pack
from content_packs.store.options import Options
from ideascube.cli import main
from provisioning.hub import change_catalogue, with_parcels
from provisioning.hub.claim import CLAIM
from provisioning.hub.packs import ReadyPack, clear_kept, make_ready, publish
from provisioning.hub.publishing import publishing
from provisioning.hub.sent_files import KEPT_FOR, SentFiles
from provisioning.storage import open_storage
from provisioning.trust import Catalogue, offers
from tests.support.faults import KILLED, run_killed, run_recorded
from tests.support.hub_places import allow, bucket, s3_server, webdav
from tests.support.hubs import Organisation, TrustingBox, found, ids
from tests.support.zims import make_zim


def ideascube(data: DataFolder, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--data", str(data.root), *map(str, arguments)])


def fingerprint_in(output: str) -> str:
    """What stands on a line of its own."""
    (found,) = re.findall(r"^ +((?:\d+:)?[0-9a-f]{64})$", output, re.MULTILINE)
    return str(found)


def page(number: int, changed: str) -> str:
    words = " ".join(str(number * each) for each in range(60))
    return f"<html><head><title>Page {number}</title></head><body>{changed}{words}</body></html>"


def village(path: Path, date: str, pages: int = 300, changed: str = "") -> Path:
    """A pack of many pages, one of which may be changed."""
    texts = {
        f"page{number}.html": (
            "text/html",
            page(number, changed if number == 7 else ""),
        )
        for number in range(pages)
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    return make_zim(path, texts, main="page0.html", title="Village", Name="village", Date=date)


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same pack on two days, each called `village.zim`."""
    folder = tmp_path_factory.mktemp("versions")
    return [
        village(folder / "1" / "village.zim", "2026-11-01"),
        village(folder / "2" / "village.zim", "2026-11-02", changed="Clean water"),
    ]


@pytest.fixture(params=["folder", "s3", "webdav"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An empty place: its address for the publisher, and for boxes."""
    (tmp_path / "root").mkdir()
    if request.param == "folder":
        yield str(tmp_path / "root" / "hub"), str(tmp_path / "root" / "hub")
    elif request.param == "s3":
        with s3_server() as server:
            url = bucket(server)
            yield url, url
    else:
        with webdav(tmp_path / "root", tmp_path / "nginx") as address:
            allow(tmp_path / "operator" / "keys", address)
            yield f"{address}/hub", f"{address}/open/hub"


def test_from_init_to_a_box_by_a_delta(place: tuple[str, str], versions: list[Path], tmp_path: Path):
    writing, reading = place
    operator = DataFolder(tmp_path / "operator")

    made = ideascube(operator, "hub", "init", "--name", "A library", writing)
    first = ideascube(operator, "hub", "publish", versions[0])
    second = ideascube(operator, "hub", "publish", versions[1])
    listed = ideascube(operator, "hub", "list")

    assert (0, 0, 0, 0) == (made.exit_code, first.exit_code, second.exit_code, listed.exit_code), second.output
    assert "village  2026-11-02" in listed.output
    assert "1 delta  Village" in listed.output
    box = TrustingBox(DataFolder(tmp_path / "box"))
    asyncio.run(_box_follows(box, reading, fingerprint_in(made.output), versions, tmp_path))


async def _box_follows(box: TrustingBox, url: str, root: str, versions: list[Path], tmp_path: Path) -> None:
    await box.begin(url, root)
    catalogue, _ = Catalogue.from_bytes((await box.refresh(url)).content)
    (pack,) = catalogue.packs
    box.data.create()
    install_pack(versions[0], box.data)
    async with open_storage(url) as storage:
        file = tmp_path / "arrived.delta"
        file.write_bytes(await storage.get(pack.deltas[0].path, pack.deltas[0].size))
        whole = await storage.get(pack.path, pack.manifest.size)
        pieces = await storage.get(pack.pieces.path if pack.pieces else "", 32)

    installed = await asyncio.to_thread(install_delta, file, box.data, Options())

    assert installed.replaced
    assert versions[1].read_bytes() == whole
    assert 32 == len(pieces)
    assert file.stat().st_size * 2 < len(whole)


@pytest.fixture
async def library(tmp_path: Path) -> Organisation:
    return await found(tmp_path / "operator", str(tmp_path / "hub"))


@pytest.fixture
async def box(tmp_path: Path, library: Organisation) -> TrustingBox:
    trusting = TrustingBox(DataFolder(tmp_path / "box"))
    await trusting.begin(library.url, library.root)
    return trusting


async def sent_by(library: Organisation, *packs: Path) -> list[str]:
    sent: list[str] = []
    ready = [make_ready(library.data, str(pack), 3, lambda sentence: None, lambda done, total: None) for pack in packs]
    async with publishing(library.hub, lambda path, size: sent.append(path)) as session:
        await publish(session, ready)
    return [path.rpartition(".")[2] for path in sent]


async def test_nothing_is_sent_twice(library: Organisation, versions: list[Path]):
    assert ["pieces", "zim"] == await sent_by(library, versions[0])
    assert [] == await sent_by(library, versions[0])
    assert ["delta", "pieces", "zim"] == await sent_by(library, versions[1])


async def test_a_pack_of_the_store_is_published_by_its_id(
    library: Organisation, box: TrustingBox, versions: list[Path]
):
    library.data.create()
    install_pack(versions[0], library.data)

    await library.publish("village")

    assert ["village"] == ids(await box.refresh(library.url))


async def test_files_that_kiwix_dates_are_versions_of_one_pack(library: Organisation, tmp_path: Path):
    for month in ("10", "11"):
        path = tmp_path / f"medicine_fr_all_2026-{month}.zim"
        catalogue = await library.publish(village(path, f"2026-{month}-01", changed=month))

    (pack,) = catalogue.packs
    assert ("medicine_fr_all", "2026-11-01", 1) == (pack.id, pack.manifest.date, len(pack.deltas))


async def test_a_pack_in_layers_is_published_as_one_file_and_once(
    library: Organisation, box: TrustingBox, versions: list[Path], tmp_path: Path
):
    from content_packs.delta import write_delta
    from content_packs.zim.archive import ZimArchive
    from content_packs.zim.stack import open_stack

    library.data.create()
    install_pack(versions[0], library.data)
    write_delta(open_stack(versions[0], ()), ZimArchive(versions[1]), tmp_path / "x.delta")
    install_delta(tmp_path / "x.delta", library.data, Options())

    catalogue = await library.publish("village")
    again = await library.publish("village")

    (pack,) = catalogue.packs
    made = ZimArchive(tmp_path / "hub" / pack.path)
    assert b"Clean water" in made.page_bytes("page7.html")
    assert (pack.sha256, pack.path) == (again.packs[0].sha256, again.packs[0].path)


async def test_a_delta_that_saves_little_is_not_kept(library: Organisation, tmp_path: Path):
    for day, name in (("2026-11-01", "one"), ("2026-11-02", "two")):
        content = {f"{name}.bin": ("application/octet-stream", os.urandom(200_000))}
        path = tmp_path / day / "noise.zim"
        path.parent.mkdir()
        await library.publish(make_zim(path, content, title="Noise", Name="noise", Date=day))

    async with publishing(library.hub) as session:
        assert () == session.catalogue.packs[0].deltas


def test_an_older_version_is_not_published_by_mistake(library: Organisation, versions: list[Path]):
    ideascube(library.data, "hub", "publish", versions[1])

    refused = ideascube(library.data, "hub", "publish", versions[0])
    done = ideascube(library.data, "hub", "publish", "--older", versions[0])

    assert 2 == refused.exit_code
    assert "give --older to publish it all the same" in refused.output
    assert 0 == done.exit_code


def test_a_withdrawn_pack_is_named_until_a_newer_one_comes(tmp_path: Path, library: Organisation, versions: list[Path]):
    ideascube(library.data, "hub", "publish", versions[0])

    gone = ideascube(library.data, "hub", "withdraw", "village", "--reason", "wrong doses")
    listed = ideascube(library.data, "hub", "list")
    unknown = ideascube(library.data, "hub", "withdraw", "village")
    ideascube(library.data, "hub", "publish", versions[1])

    assert 0 == gone.exit_code
    assert "village  withdrawn up to 2026-11-01  wrong doses" in listed.output
    assert 2 == unknown.exit_code
    assert "1 delta" in ideascube(library.data, "hub", "list").output


def test_boxes_are_enrolled_and_taken_off_again(library: Organisation):
    key = "5a" * 32

    wrong = ideascube(library.data, "hub", "enrol", "not a key")
    enrolled = ideascube(library.data, "hub", "enrol", key, "--name", "Camp 1")
    listed = ideascube(library.data, "hub", "list")
    removed = ideascube(library.data, "hub", "enrol", "--remove", key)

    assert (2, 0, 0) == (wrong.exit_code, enrolled.exit_code, removed.exit_code)
    assert "Camp 1" in listed.output
    assert "Camp 1" not in ideascube(library.data, "hub", "list").output


async def test_parcels_take_the_place_of_earlier_ones(library: Organisation, box: TrustingBox):
    def parcel(name: str, version: str) -> dict[str, str]:
        return {"kind": "creation", "id": name, "version": version}

    await change_catalogue(library.hub, partial(with_parcels, parcels=[parcel("A.1", "x"), parcel("A.2", "x")]))
    await change_catalogue(library.hub, partial(with_parcels, parcels=[parcel("A.1", "y")]))

    catalogue, _ = Catalogue.from_bytes((await box.refresh(library.url)).content)
    assert [parcel("A.2", "x"), parcel("A.1", "y")] == list(catalogue.creations)


def test_a_damaged_pack_is_not_signed(library: Organisation, versions: list[Path], tmp_path: Path):
    content = bytearray(versions[0].read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "damaged.zim").write_bytes(content)

    refused = ideascube(library.data, "hub", "publish", tmp_path / "damaged.zim")

    assert 3 == refused.exit_code
    assert "damaged.zim is damaged" in refused.output
    assert "Traceback" not in refused.output


# Two at once


async def test_of_two_publishers_the_second_is_refused_and_nothing_is_lost(
    library: Organisation, box: TrustingBox, versions: list[Path], tmp_path: Path
):
    shutil.copytree(library.data.root, tmp_path / "colleague")
    colleague = Organisation(DataFolder(tmp_path / "colleague"), library.url, library.root)

    async with publishing(library.hub) as session:
        with pytest.raises(Busy, match=r"publishes to .* since 20"):
            await colleague.publish(versions[0])
        await session.commit(replace(session.catalogue, aliases={"old": "new"}))
    await colleague.publish(versions[0])

    read = await box.refresh(library.url)
    assert ["village"] == ids(read)
    assert {"old": "new"} == Catalogue.from_bytes(read.content)[0].aliases


async def test_of_two_commands_here_the_second_waits_for_another_time(library: Organisation):
    async with publishing(library.hub):
        with pytest.raises(Busy, match="Another command publishes to this hub"):
            await change_catalogue(library.hub, lambda before: before)


async def test_where_a_claim_was_taken_away_the_later_one_gives_up(
    library: Organisation, versions: list[Path], tmp_path: Path
):
    shutil.copytree(library.data.root, tmp_path / "colleague")
    colleague = Organisation(DataFolder(tmp_path / "colleague"), library.url, library.root)

    async with publishing(library.hub) as session:
        assert 0 == (await asyncio.to_thread(ideascube, colleague.data, "hub", "unlock")).exit_code
        await colleague.publish(versions[0])
        with pytest.raises(Busy, match="nothing of theirs is lost"):
            await session.commit(session.catalogue)

    async with publishing(library.hub) as session:
        assert ["village"] == [pack.id for pack in session.catalogue.packs]


async def test_a_claim_that_a_crash_left_is_ones_own(library: Organisation):
    async with publishing(library.hub) as session:
        claim = await session.storage.get(CLAIM, 1000)
    async with open_storage(library.url) as storage:
        await storage.put(CLAIM, claim)

    await change_catalogue(library.hub, lambda before: before)

    async with open_storage(library.url) as storage:
        assert not await storage.exists(CLAIM)


# Interrupted


async def test_what_had_arrived_before_the_line_was_cut_is_not_sent_again(
    library: Organisation, box: TrustingBox, versions: list[Path]
):
    await library.publish(versions[0])
    ready = make_ready(library.data, str(versions[1]), 3, lambda sentence: None, lambda done, total: None)
    tried: list[str] = []

    def cut(path: str, size: int) -> None:
        tried.append(path)
        if path.endswith(".zim"):
            raise Unfinished("The line is gone.")

    with pytest.raises(Unfinished):
        async with publishing(library.hub, cut) as session:
            await publish(session, [ready])
    assert ["village"] == ids(await box.refresh(library.url))

    assert ["delta", "pieces", "zim"] == [path.rpartition(".")[2] for path in tried]
    assert ["zim"] == await sent_by(library, versions[1])


def test_killed_at_any_write_the_hub_is_as_before_or_as_after(
    tmp_path: Path, library: Organisation, box: TrustingBox, versions: list[Path]
):
    hub, scratch = tmp_path / "hub", tmp_path / "scratch"
    asyncio.run(library.publish(versions[0]))
    ready = make_ready(library.data, str(versions[1]), 0, lambda sentence: None, lambda done, total: None)
    saved = [shutil.copytree(folder, tmp_path / f"saved-{folder.name}") for folder in (hub, library.data.root)]

    def publish_it() -> None:
        asyncio.run(_publish(library, ready))

    def state() -> str:
        """The version that a box sees that sees the hub for the first time."""
        shutil.rmtree(box.folder)
        asyncio.run(box.begin(library.url, library.root))
        catalogue, _ = Catalogue.from_bytes(asyncio.run(box.refresh(library.url)).content)
        return catalogue.packs[0].manifest.date

    recorded = run_recorded(publish_it, hub, scratch)
    assert 0 == recorded.status, recorded.output
    seen = []
    for number in range(len(recorded.changes)):
        for copy, folder in zip(saved, (hub, library.data.root), strict=True):
            shutil.rmtree(folder)
            shutil.copytree(copy, folder)
        assert KILLED == run_killed(publish_it, hub, scratch, number).status
        seen.append(state())
        if number % 10 == 0:
            assert 0 == run_recorded(publish_it, hub, scratch).status
            assert "2026-11-02" == state()

    assert ["2026-11-01", "2026-11-02"] == list(dict.fromkeys(seen))


async def _publish(library: Organisation, ready: ReadyPack) -> None:
    async with publishing(library.hub) as session:
        await publish(session, [ready])


# Keys


def test_keys_are_for_their_owner_alone(library: Organisation):
    for name in ("root.pem", "publish.pem"):
        assert 0o600 == (library.hub.keys / name).stat().st_mode & 0o777


@pytest.mark.parametrize("root", [[], ["--root"]], ids=["publishing", "both"])
async def test_boxes_follow_new_keys(
    root: list[str], library: Organisation, box: TrustingBox, versions: list[Path], tmp_path: Path
):
    await library.publish(versions[0])
    await box.refresh(library.url)
    old = (library.hub.keys / "publish.pem").read_bytes()

    done = await asyncio.to_thread(ideascube, library.data, "hub", "rotate", *root)
    await library.publish(versions[1])

    assert 0 == done.exit_code, done.output
    assert (library.hub.keys / "publish.pem").read_bytes() != old
    assert ["village"] == ids(await box.refresh(library.url))
    newcomer = TrustingBox(DataFolder(tmp_path / "newcomer"))
    await newcomer.begin(library.url, fingerprint_in(done.output))
    assert ["village"] == ids(await newcomer.refresh(library.url))


async def test_who_has_the_old_key_publishes_no_more(library: Organisation, versions: list[Path], tmp_path: Path):
    shutil.copytree(library.data.root, tmp_path / "thief")
    await asyncio.to_thread(ideascube, library.data, "hub", "rotate")

    with pytest.raises(BadInput, match="None of the hub's keys is here"):
        await Organisation(DataFolder(tmp_path / "thief"), library.url, library.root).publish(versions[0])


def test_root_keys_in_a_drawer(tmp_path: Path, versions: list[Path]):
    data, sticks = DataFolder(tmp_path / "operator"), [tmp_path / "stick-1", tmp_path / "stick-2", tmp_path / "stick-3"]
    options = [word for stick in sticks for word in ("--root-keys", stick)]

    made = ideascube(data, "hub", "init", *options, "--threshold", 2, tmp_path / "hub")
    for stick in sticks:
        stick.rename(stick.with_suffix(".away"))
    published = ideascube(data, "hub", "publish", versions[0])
    alone = ideascube(data, "hub", "rotate")
    for stick in sticks[:2]:
        stick.with_suffix(".away").rename(stick)
    two = ideascube(data, "hub", "rotate")

    assert (0, 0, 2, 0) == (made.exit_code, published.exit_code, alone.exit_code, two.exit_code), two.output
    assert not (data.keys / "hub" / "root.pem").exists()
    assert "2 root keys are wanted and 0 are here" in alone.output


def test_a_hub_is_not_made_over_another(tmp_path: Path, library: Organisation):
    again = ideascube(library.data, "hub", "init", tmp_path / "hub2")
    over = ideascube(DataFolder(tmp_path / "other"), "hub", "init", library.url)

    assert (2, 2) == (again.exit_code, over.exit_code)
    assert "has a hub already" in again.output
    assert "is a hub already" in over.output


def test_without_a_hub_it_is_said_how_to_make_one(tmp_path: Path):
    refused = ideascube(DataFolder(tmp_path), "hub", "publish")

    assert 2 == refused.exit_code
    assert "make one with `ideascube hub init URL`" in refused.output


async def test_a_wrong_clock_signs_nothing(library: Organisation, monkeypatch: pytest.MonkeyPatch):
    from provisioning.hub import publishing as module
    from provisioning.trust import Clock
    from tests.support.hubs import day

    class Stopped(Clock):
        @classmethod
        def now(cls) -> Clock:
            return Clock(day("1970-01-01"))

    monkeypatch.setattr(module, "Clock", Stopped)

    with pytest.raises(BadInput, match=r"This machine's clock says 1970-01-01.*set the clock"):
        await change_catalogue(library.hub, lambda before: before)


async def test_a_clock_of_2032_is_cured_by_the_next_publication(
    library: Organisation, box: TrustingBox, monkeypatch: pytest.MonkeyPatch
):
    from provisioning.hub import publishing as module
    from provisioning.trust import Clock
    from tests.support.hubs import day

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return day("2032-01-01")

    with monkeypatch.context() as patched:
        patched.setattr(module, "datetime", Ahead)
        await change_catalogue(library.hub, lambda before: before)
    await box.refresh(library.url)
    with pytest.raises(BadInput, match="hub publish --trust-clock"):
        await change_catalogue(library.hub, lambda before: before)

    done = await asyncio.to_thread(ideascube, library.data, "hub", "publish", "--trust-clock")

    assert 0 == done.exit_code, done.output
    assert () == (await box.refresh(library.url, Clock.now())).warnings


# Files that nothing names


async def test_what_is_replaced_stays_for_who_is_fetching_it_and_goes_later(
    library: Organisation, versions: list[Path], tmp_path: Path
):
    await library.publish(versions[0])
    await library.publish(versions[1])
    files = tmp_path / "hub" / "packs" / "village"
    assert 4 == len(list(files.iterdir()))

    _pass_days(library, KEPT_FOR + timedelta(days=1))
    await change_catalogue(library.hub, lambda before: before)

    assert 2 == len(list(files.iterdir()))
    assert ["1.root.json"] == [path.name for path in (tmp_path / "hub" / "metadata").glob("*.root.json")]
    async with publishing(library.hub) as session:
        for path in session.named():
            assert await session.storage.exists(path)


def _pass_days(library: Organisation, days: timedelta) -> None:
    import json

    path = library.data.hub / "sent.json"
    seen = {name: str(date.fromisoformat(day) - days) for name, day in json.loads(path.read_bytes()).items()}
    path.write_text(json.dumps(seen))


def test_a_damaged_list_of_sent_files_deletes_nothing(tmp_path: Path):
    (tmp_path / "sent.json").write_bytes(b"{")

    assert [] == SentFiles(tmp_path).unused()


async def test_only_as_many_versions_are_kept_as_deltas_are_made_from(library: Organisation, tmp_path: Path):
    for number in range(1, 5):
        path = village(tmp_path / str(number) / "village.zim", f"2026-11-0{number}", 3, changed=str(number))
        ready = make_ready(library.data, str(path), 2, lambda sentence: None, lambda done, total: None)
        clear_kept(library.data, ready, 2)

    kept = sorted(path.name[:18] for path in (library.data.hub / "packs" / "village").iterdir())
    assert ["village_2026-11-02", "village_2026-11-03", "village_2026-11-04"] == kept


def test_mirrors_are_published(library: Organisation, versions: list[Path]):
    done = ideascube(library.data, "hub", "publish", "--mirror", "https://mirror.example/hub", versions[0])

    catalogue = asyncio.run(_catalogue(library))

    assert 0 == done.exit_code
    assert ("https://mirror.example/hub",) == catalogue.mirrors
    assert 2 == len(offers("library", catalogue, lambda path: f"https://hub.example/{path}")[0].addresses)


async def _catalogue(library: Organisation) -> Catalogue:
    async with publishing(library.hub) as session:
        return session.catalogue
