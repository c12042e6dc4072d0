"""Whole runs: a real hub on a real web server, real packs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from aiohttp import web

from content_packs.box_key import box_key
from content_packs.errors import BadInput, Busy
from provisioning.decisions import read_decisions
from provisioning.hub.changes import without_pack
from provisioning.hub.publishing import change_catalogue
from provisioning.planning.affording import SMALL
from provisioning.syncing.run import sync_lock
from provisioning.syncing.spent import read_spent
from provisioning.syncing.state import read_state
from tests.provisioning.syncing.conftest import Field
from tests.provisioning.syncing.running import SyncingBox
from tests.provisioning.syncing.test_link import served as answering
from tests.support.outboxes import add_parcel


async def test_what_is_wanted_comes_once_and_newer_versions_follow(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"), field.pack("songs"))
    box = await field.box("box")

    first = await box.sync()
    second = await box.sync()
    await field.organisation.publish(field.pack("tales", version="2", date="2026-02-01"))
    third = await box.sync()

    assert ["done", "nothing", "done"] == [each.state.result for each in (first, second, third)]
    assert {"tales": "2", "songs": "1"} == box.packs
    assert second.setting.pace.meter.incoming < 1000, "one small file says that nothing is new"
    assert [] == third.state.problems
    assert [] == list(box.data.arriving.iterdir())


async def test_a_dry_run_says_what_would_be_done_and_asks_nobody(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    box = await field.box("box")
    await box.sync(budget=6000)

    planned = await box.sync(dry_run=True)

    assert ["tales"] == [step.id for step in planned.plan.steps]
    assert 0 == planned.setting.pace.meter.incoming
    assert {} == box.packs


async def test_what_a_budget_does_not_allow_today_goes_on_without_loss(field: Field) -> None:
    await field.organisation.publish(field.pack("film", size=600_000))
    box = await field.box("box")
    runs = 0
    while "film" not in box.packs:
        last = await box.sync(budget=200_000)
        runs += 1
        assert runs < 9
        assert last.setting.pace.meter.incoming <= 200_000, "no request asks for more than is left"

    spent = sum(day.total for day in read_spent(box.data.sync).days.values())
    assert 2 <= runs
    assert "done" == last.state.result
    assert spent < 1.05 * 660_000


async def test_the_budget_of_a_day_holds_from_run_to_run(field: Field) -> None:
    await field.organisation.publish(field.pack("film", size=600_000))
    box = await field.box("box", "packs: ['*']\nbudget: {day: 300kB}\n")

    await box.sync()
    second = await box.sync()

    assert 8 == second.code
    assert second.setting.pace.meter.incoming < 1000
    assert 0 == second.state.budget.left
    assert {} == box.packs


async def test_one_pack_that_fails_leaves_the_others_going(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"), field.pack("songs"))
    broken = next((field.folder / "packs" / "songs").glob("*.zim"))
    broken.write_bytes(bytes(broken.stat().st_size))
    box = await field.box("box")

    result = await box.sync()

    assert {"tales": "1"} == box.packs
    assert "failed" == result.state.result
    assert 3 == result.code
    assert [("refused", "songs")] == [(each.code, each.about) for each in read_decisions(box.data.sync).refused]
    assert ["done", "failed"] == sorted(step.state for step in result.state.steps)


async def test_only_one_sync_runs(field: Field) -> None:
    box = await field.box("box")

    with sync_lock(box.data), pytest.raises(Busy, match="runs already"):
        await box.sync()


async def test_a_mistake_in_box_yml_is_said_with_its_line(field: Field) -> None:
    box = await field.box("box", "packs:\n  - id: x\n    priority: 12\n")

    with pytest.raises(BadInput, match="line 3"):
        await box.sync()

    assert ["wishes"] == [problem.code for problem in read_state(box.data.sync).problems]


async def test_a_login_page_is_named_and_nothing_is_fetched(field: Field) -> None:
    async def login(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://login.example/"})

    async with answering(login) as portal:
        box = await field.box("box")
        field.folder.rename(field.root / "away")  # what lies behind the portal
        result = await (await moved(box, portal)).sync(probe=f"{portal}/nm")

    assert ["portal"] == [problem.code for problem in result.state.problems]
    assert "login.example" in result.state.problems[0].sentence
    assert (8, 0) == (result.code, result.setting.pace.meter.incoming)


async def moved(box: SyncingBox, url: str) -> SyncingBox:
    """The same box, for which the hub lies elsewhere."""
    path = box.data.sync / "catalogues.json"
    document = json.loads(path.read_text())
    document["catalogues"][0]["url"] = url
    path.write_text(json.dumps(document))
    return box


async def test_without_a_link_it_says_so_and_keeps_what_it_knew(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    box = await field.box("box")
    await box.sync()

    result = await (await moved(box, "http://127.0.0.1:9")).sync()

    assert ["no-link"] == [problem.code for problem in result.state.problems]
    assert result.state.last_success
    assert {"tales": "1"} == box.packs


async def test_a_stick_with_a_copy_of_the_hub_serves_without_internet(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    box = await field.box("box")
    shutil.copytree(field.folder, field.root / "stick" / "ideascube")
    field.folder.rename(field.root / "away")

    result = await box.sync(source=str(field.root / "stick"))

    assert "done" == result.state.result
    assert {"tales": "1"} == box.packs
    assert {} == read_spent(box.data.sync).days


async def test_an_old_copy_of_the_hub_still_gives_what_is_wanted(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    shutil.copytree(field.folder, field.root / "stick" / "ideascube")
    await field.organisation.publish(field.pack("songs"))
    box = await field.box("box", "packs: [songs]\n")
    await box.sync()
    box.data.wishes.write_text("packs: ['*']\n")

    await box.sync(source=str(field.root / "stick"))

    assert {"tales": "1", "songs": "1"} == box.packs


async def test_a_hostile_stick_is_refused_and_recorded(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    box = await field.box("box")
    shutil.copytree(field.folder, field.root / "stick" / "ideascube")
    hostile = next((field.root / "stick" / "ideascube" / "packs" / "tales").glob("*.zim"))
    hostile.write_bytes(hostile.read_bytes()[:-100] + bytes(100))

    result = await box.sync(source=str(field.root / "stick"))

    assert {} == box.packs
    assert "failed" == result.state.result
    assert ["tales"] == [each.about for each in read_decisions(box.data.sync).refused]


async def test_a_place_that_nobody_added_is_refused_with_what_to_do(field: Field, tmp_path: Path) -> None:
    box = SyncingBox.made(tmp_path / "box", "packs: ['*']\n")

    with pytest.raises(BadInput, match="ideascube catalog add"):
        await box.sync(source=str(field.folder))
    with pytest.raises(BadInput, match="ideascube catalog add"):
        await box.sync(source=str(tmp_path))


async def test_what_the_organisation_withdraws_leaves(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"), field.pack("songs"))
    box = await field.box("box")
    await box.sync()
    await change_catalogue(field.organisation.hub, lambda catalogue: without_pack(catalogue, "tales", "2026-11-24"))

    result = await box.sync()

    assert {"songs": "1"} == box.packs
    assert "done" == result.state.result


async def test_a_hub_is_carried_on_a_stick_and_what_boxes_made_is_carried_back(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"), field.pack("songs"))
    stick = field.root / "stick"
    stick.mkdir()
    carrier = await field.box("carrier", "packs: [tales]\n")
    box = await field.box("box")
    add_parcel(box.data, "creation", f"{box_key(box.data.keys).id}.1", {"creation.json": b"{}"})

    carried = await carrier.sync(source=field.url, target=str(stick))
    exchanged = await box.sync(source=str(stick), target=str(stick))
    back = await carrier.sync(source=str(stick), target=str(field.folder))
    again = await carrier.sync(source=str(stick), target=str(field.folder))

    assert ["done", "done", "done", "nothing"] == [each.state.result for each in (carried, exchanged, back, again)]
    assert {"tales": "1"} == box.packs
    assert {} == carrier.packs
    listed = field.folder / "inbox" / box_key(box.data.keys).id / "carried.json"
    assert listed.is_file()
    assert not list(stick.rglob(".arriving/*"))


async def test_a_stick_that_is_not_there_is_named(field: Field) -> None:
    box = await field.box("box")

    result = await box.sync(target=str(field.root / "media" / "stick"))

    assert "plug the stick in" in result.state.problems[0].sentence
    assert 2 == result.code


async def test_now_waits_for_no_readers(field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioning.syncing.run.count_readers", lambda: 9)
    await field.organisation.publish(field.pack("film", size=SMALL + 1))
    box = await field.box("box", "packs: ['*']\nreaders: 5\n")

    waits, now = await box.sync(), await box.sync(now=True)

    assert ["readers"] == [each.code for each in waits.state.left_out]
    assert "done" == now.state.result
    assert {"film": "1"} == box.packs
