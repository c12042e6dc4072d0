"""A hub, a mirror or a stick in the hands of somebody else: refused with a sentence, recorded, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from content_packs.errors import Refused, Unfinished
from provisioning.decisions import read_decisions
from provisioning.storage import open_storage
from provisioning.trust import Clock, refresh_noted
from provisioning.trust.catalogue import PACKED_LIMIT
from provisioning.trust.kept import Kept
from tests.support.hubs import TrustingBox, found, ids


async def refused(box: TrustingBox, hub: Path | str) -> str:
    """The sentence with which the box refuses what it reads there; what it has stays as it was."""
    before = Kept(box.folder).catalogue()
    async with open_storage(str(hub)) as storage:
        with pytest.raises(Refused) as raised:
            await refresh_noted("library", storage, box.data, Clock.now())
    assert before == Kept(box.folder).catalogue()
    assert [str(raised.value)] == [each.sentence for each in read_decisions(box.data.sync).refused]
    assert ["library"] == [each.about for each in read_decisions(box.data.sync).refused]
    return str(raised.value)


async def test_old_metadata_are_refused(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[2]))

    assert "timestamp.json of the catalogue library is older than what this box has seen" in await refused(
        box, states[1]
    )
    assert ["a", "b", "c"] == ids(await box.refresh(str(states[2])))


async def test_an_old_stick_does_not_forget_what_is_new(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[0]))
    await box.refresh(str(states[2]))

    await refused(box, states[0])

    assert ["a", "b", "c"] == ids(await box.refresh(str(states[2])))


@pytest.mark.parametrize("role", ["snapshot", "targets"])
async def test_parts_of_two_publications_do_not_mix(states: list[Path], box: TrustingBox, role: str):
    shutil.copyfile(states[1] / "metadata" / f"3.{role}.json", states[2] / "metadata" / f"4.{role}.json")

    assert f"{role}.json of the catalogue library is not the one that belongs to the rest" in await refused(
        box, states[2]
    )


async def test_a_newer_timestamp_does_not_bring_an_older_snapshot(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[2]))
    shutil.copyfile(states[1] / "metadata" / "timestamp.json", states[2] / "metadata" / "timestamp.json")

    assert "older than what this box has seen" in await refused(box, states[2])


async def test_metadata_by_other_keys_are_refused(states: list[Path], box: TrustingBox, zims: Path, tmp_path: Path):
    other = await found(tmp_path / "other", str(tmp_path / "other-hub"))
    await other.publish(zims / "b.zim")

    assert "timestamp.json of the catalogue library is not signed by the keys that this box trusts" in await refused(
        box, tmp_path / "other-hub"
    )


async def test_a_root_that_names_itself_is_refused(states: list[Path], box: TrustingBox, tmp_path: Path):
    from datetime import UTC, datetime, timedelta

    from securesystemslib.signer import CryptoSigner
    from tuf.api.metadata import Metadata, Root

    thief = CryptoSigner.generate_ed25519()
    root = Metadata[Root].from_file(str(states[2] / "metadata" / "1.root.json")).signed
    root.version, root.expires = 2, datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
    for role in ("root", "timestamp", "snapshot", "targets"):
        root.add_key(thief.public_key, role)
    made = Metadata(root)
    made.sign(thief)
    made.to_file(str(states[2] / "metadata" / "2.root.json"))

    assert "root.json of the catalogue library is not signed by the keys that this box trusts" in await refused(
        box, states[2]
    )


async def test_another_catalogue_of_the_same_length_is_refused(states: list[Path], box: TrustingBox):
    (catalogue,) = (path for path in (states[0] / "targets").iterdir() if path.stat().st_size > 100)
    before = catalogue.read_bytes()
    catalogue.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))

    assert "is not the one that was signed" in await refused(box, states[0])

    catalogue.write_bytes(before)
    assert ["a"] == ids(await box.refresh(str(states[0])))


async def test_swapped_catalogues_are_refused(states: list[Path], box: TrustingBox):
    by_size = sorted((states[2] / "targets").iterdir(), key=lambda path: path.stat().st_size)
    shutil.copyfile(by_size[0], by_size[-1])

    assert "has another length than was signed" in await refused(box, states[2])


async def served(root: Path, change: Callable[[str, bytes], bytes | None]) -> TestServer:
    """The hub below `root`, whose files somebody changes on their way; None: they never end."""

    async def answer(request: web.Request) -> web.StreamResponse:
        path = root / request.match_info["path"]
        if not path.is_file():
            raise web.HTTPNotFound
        content = change(path.name, path.read_bytes())
        if content is not None:
            return web.Response(body=content)
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" " * 65536)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    return server


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("2.root.json", "longer than the 65536 bytes"),
        ("timestamp.json", "longer than the 16384 bytes"),
        ("4.snapshot.json", "longer than the 65536 bytes"),
        ("4.targets.json", "longer than the 65536 bytes"),
        (".catalogue.json.gz", "is not the one that was signed"),
    ],
)
async def test_what_has_no_end_is_refused(states: list[Path], box: TrustingBox, file: str, sentence: str):
    (states[2] / "metadata" / "2.root.json").write_bytes(b"") if file == "2.root.json" else None
    server = await served(states[2], lambda name, content: None if name.endswith(file) else content)

    try:
        assert sentence in await refused(box, str(server.make_url("/")))
    finally:
        await server.close()
    assert all(path.stat().st_size <= PACKED_LIMIT for path in box.folder.iterdir())


async def test_a_network_to_log_in_to_is_no_attack(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[0]))
    server = await served(states[2], lambda name, content: b"<html>Welcome to the airport</html>")

    try:
        async with open_storage(str(server.make_url("/"))) as storage:
            with pytest.raises(Unfinished, match="is there a page to log in to first"):
                await refresh_noted("library", storage, box.data, Clock.now())
    finally:
        await server.close()
    assert () == read_decisions(box.data.sync).refused


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"signed":{},"signatures":[]}', b"\xff\xfe", b"[" * 9000])
async def test_rubbish_is_one_sentence(states: list[Path], box: TrustingBox, content: bytes):
    await box.refresh(str(states[0]))
    (states[2] / "metadata" / "timestamp.json").write_bytes(content)

    with pytest.raises((Refused, Unfinished)):
        await box.refresh(str(states[2]))
    (states[2] / "metadata" / "timestamp.json").write_bytes((states[1] / "metadata" / "timestamp.json").read_bytes())
    assert ["a", "b"] == ids(await box.refresh(str(states[2])))
