"""`/download/ID.zim.meta4`: programs that know Metalink fetch a pack from the box, and notice what is wrong with it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.delta import write_delta
from content_packs.manifest.hashes import hash_file
from content_packs.metalink import Metalink, read_metalink
from content_packs.store.data_folder import DataFolder
from content_packs.store.from_delta import install_delta
from content_packs.store.install import install_pack
from content_packs.store.options import Options
from content_packs.zim.archive import ZimArchive
from tests.content_packs.test_layers import FIRST, SECOND
from tests.kiwix.peers import ODD, PACKS, entries_by_id, kiwix_serve_library
from tests.support.box import Box, eventually, request, running_box
from tests.support.shared import program
from tests.support.versions import write_version
from tests.support.zims import make_zim

SPLIT = "wikibooks_new"


def metalink(box: Box, pack: str) -> Metalink:
    """The pack's, once its sums are made."""
    address = f"/download/{pack}.zim.meta4"
    eventually(lambda: b"<pieces" in box.get(address).body)
    return read_metalink(box.get(address).body)


def aria2c(address: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        program("aria2c"),
        "--console-log-level=error",
        "--no-conf",
        "--max-tries=1",
        f"--dir={folder}",
        *options,
        address,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("pack", PACKS)
def test_it_says_size_sums_and_address(box: Box, pack: str) -> None:
    size, hashes = hash_file(next(iter(sorted(box.packs.glob(f"{pack}.zim*")))))

    link = metalink(box, pack)

    assert (f"{pack}.zim", size, hashes.sha256) == (link.name, link.size, link.sha256)
    assert (f"{box.url}/download/{pack}.zim",) == link.addresses
    assert link.pieces is not None
    assert ("sha256", 1024 * 1024) == (link.pieces.algorithm, link.pieces.length)
    assert hashes.pieces == tuple(digest.hex() for digest in link.pieces.digests)


def test_its_address_is_the_one_by_which_the_box_is_reached(box: Box) -> None:
    answer = box.get(f"/download/{ODD}.zim.meta4", Host=f"box.lan:{box.port}")

    assert (f"http://box.lan:{box.port}/download/{ODD}.zim",) == read_metalink(answer.body).addresses
    assert "application/metalink4+xml" == answer.headers["Content-Type"]
    assert f'filename="{ODD}.zim.meta4"' in answer.headers["Content-Disposition"]


def test_who_has_it_gets_304(box: Box) -> None:
    metalink(box, ODD)
    tag = box.get(f"/download/{ODD}.zim.meta4").headers["ETag"]

    assert 304 == box.get(f"/download/{ODD}.zim.meta4", If_None_Match=tag).status


@pytest.mark.parametrize("name", ["nothing.zim.meta4", ".zim.meta4", f"{ODD}.meta4", f"{ODD}.zim.meta4.meta4"])
def test_what_is_not_there(box: Box, name: str) -> None:
    assert 404 == box.get(f"/download/{name}").status


def test_aria2_fetches_from_a_catalogue_what_kiwix_then_serves(box: Box, tmp_path: Path) -> None:
    metalink(box, SPLIT)
    (link,) = (
        link.get("href") or ""
        for entry in entries_by_id(box.get("/catalog/v2/entries?count=-1").body).values()
        for link in entry.findall("link")
        if f"/{SPLIT}.zim" in (link.get("href") or "")
    )

    fetched = aria2c(link, tmp_path)
    library = tmp_path / "library.xml"
    managed = [program("kiwix-manage"), library, "add", tmp_path / f"{SPLIT}.zim"]
    subprocess.run(managed, check=True, capture_output=True)

    assert link.endswith(f"/download/{SPLIT}.zim.meta4")
    assert 0 == fetched.returncode
    with kiwix_serve_library(library) as kiwix:
        assert box.get(f"/raw/{SPLIT}/meta/Title").body == request(f"{kiwix}/raw/{SPLIT}/meta/Title").body


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box with a pack in layers, and one that is a whole file."""
    work = tmp_path_factory.mktemp("changing")
    data = DataFolder(work / "data")
    data.create()
    old = write_version(work / "layered.zim", FIRST.dated("2026-01-01"))
    new = write_version(work / "new.zim", SECOND.dated("2026-02-01"))
    write_delta(ZimArchive(old), ZimArchive(new), work / "d.delta")
    install_pack(old, data)
    install_delta(work / "d.delta", data, Options())
    make_zim(data.packs / "whole.zim", {"a.html": ("text/html", "<html>a"), "b": ("video/mp4", bytes(3_000_000))})
    with running_box(data.root) as box:
        box.wait_for("whole")
        box.wait_for("layered")
        yield box


def test_a_pack_in_layers_is_no_one_file(changing: Box) -> None:
    feed = entries_by_id(changing.get("/catalog/v2/entries?count=-1").body)
    links = [link for entry in feed.values() for link in entry.findall("link")]

    assert 404 == changing.get("/download/layered.zim.meta4").status
    assert [f"{changing.url}/download/whole.zim.meta4"] == [
        link.get("href") for link in links if link.get("type") == "application/x-zim"
    ]


def test_sums_follow_the_file_and_damage_is_noticed(changing: Box, tmp_path: Path) -> None:
    pieces = metalink(changing, "whole").pieces
    assert pieces is not None
    (kept,) = (changing.data / "cache/sums").iterdir()
    kept.write_bytes(kept.read_bytes().replace(pieces.digests[-1].hex().encode(), b"0" * 64))
    refused = aria2c(f"{changing.url}/download/whole.zim.meta4", tmp_path / "1")

    newer = make_zim(tmp_path / "newer.zim", {"a.html": ("text/html", "<html>newer")})
    newer.replace(changing.packs / "whole.zim")
    eventually(lambda: metalink(changing, "whole").size == (changing.packs / "whole.zim").stat().st_size)
    fetched = aria2c(f"{changing.url}/download/whole.zim.meta4", tmp_path / "2")

    assert "Invalid checksum index=2" in refused.stdout
    assert (1, 0) == (refused.returncode, fetched.returncode)
    assert (changing.packs / "whole.zim").read_bytes() == (tmp_path / "2/whole.zim").read_bytes()
    eventually(lambda: not kept.exists())
