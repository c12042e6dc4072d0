"""Catalogues, hubs and sticks of people who mean no good, or that lie behind a password."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from provisioning.catalogues import open_web
from provisioning.catalogues.signed import begin
from provisioning.catalogues.sources import SIGNED, Source, add_source
from provisioning.decisions import read_decisions
from tests.provisioning.syncing.conftest import Field, pack_file
from tests.provisioning.syncing.running import SyncingBox
from tests.support.hub_places import allow, webdav
from tests.support.hubs import Organisation, found
from tests.support.outboxes import add_parcel
from tests.support.zims import make_zim


def pretender(path: Path, aliases: tuple[str, ...]) -> Path:
    """A pack of its own name that says it was called otherwise."""
    manifest = {"format": 1, "id": "evil", "title": {"en": "Evil"}, "date": "2026-11-01", "aliases": aliases}
    entries = {"index.html": ("text/html", "<html><body>evil</body></html>")}
    return make_zim(path, entries, main="index.html", Manifest=json.dumps(manifest), Date="2026-11-01")


async def another(field: Field) -> Organisation:
    (field.root / "theirs").mkdir()
    return await found(field.root / "another", str(field.root / "theirs"))


async def add(box: SyncingBox, name: str, organisation: Organisation) -> None:
    source = Source(name, organisation.url, SIGNED, organisation.root, plain_http=True)
    async with open_web() as web:
        await begin(source, box.data, web)
    add_source(box.data, source)


async def test_another_organisation_takes_no_pack_over_by_its_name_or_by_an_alias(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    other = await another(field)
    theirs = pack_file(field.root / "theirs.zim", "tales", 1000, "9", "2026-11-01")
    await other.publish(theirs, pretender(field.root / "evil.zim", ("tales",)))
    box = await field.box("box", "packs: [tales, evil]\n")
    await box.sync()
    await add(box, "other", other)

    await box.sync()

    assert {"tales": "1"} == box.packs
    assert ["evil"] == [each.about for each in read_decisions(box.data.sync).refused]


async def test_a_hub_may_lie_behind_a_password(field: Field) -> None:
    folder = field.root / "closed"
    folder.mkdir()
    with webdav(folder, field.root / "dav") as url:
        allow(field.root / "closed-organisation" / "keys", url)
        closed = await found(field.root / "closed-organisation", url)
        await closed.publish(field.pack("tales"))
        box = SyncingBox.made(field.root / "box", "packs: ['*']\n")
        allow(box.data.keys, url)
        await add(box, "closed", closed)

        await box.sync(probe="")

    assert {"tales": "1"} == box.packs


async def test_a_password_in_an_address_is_in_no_state_and_no_sentence(field: Field) -> None:
    await field.organisation.publish(field.pack("tales"))
    box = await field.box("box")
    add_parcel(box.data, "creation", "aa.1", {"creation.json": b"{}"})
    secret = field.url.replace("//", "//anna:s3cr3t@")

    there = await box.sync(source=secret, probe="")
    nowhere = await box.sync(target=secret + "/nowhere", probe="")

    assert [field.url, field.url + "/nowhere"] == [there.state.source, nowhere.state.target]
    assert nowhere.state.problems
    assert "s3cr3t" not in repr((there.state, nowhere.state, box.watcher))


@pytest.mark.parametrize("link", ["ideascube/packs", "ideascube/.arriving", "ideascube/.arriving/KEY/data"])
async def test_nothing_is_written_through_links_of_a_stick(field: Field, link: str) -> None:
    sha256 = (await field.organisation.publish(field.pack("tales"))).packs[0].sha256
    carrier, stick, mine = await field.box("carrier"), field.root / "stick", field.root / "mine"
    mine.mkdir()
    (mine / "letter").write_text("Dear Anna")
    place = stick / link.replace("KEY", sha256[:32])
    place.parent.mkdir(parents=True)
    place.symlink_to(mine / "letter" if place.name == "data" else mine)

    result = await carrier.sync(source=field.url, target=str(stick))

    assert ["letter"] == [each.name for each in mine.iterdir()]
    assert "Dear Anna" == (mine / "letter").read_text()
    assert result.state.problems


async def test_a_pipe_in_place_of_a_file_keeps_nobody_waiting(field: Field) -> None:
    sha256 = (await field.organisation.publish(field.pack("tales"))).packs[0].sha256
    carrier, stick = await field.box("carrier"), field.root / "stick"
    arriving = stick / "ideascube" / ".arriving" / sha256[:32]
    arriving.mkdir(parents=True)
    os.mkfifo(arriving / "journal")

    result = await carrier.sync(source=field.url, target=str(stick))

    assert "done" == result.state.result
