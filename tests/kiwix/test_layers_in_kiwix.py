"""A layer is a ZIM file: Debian's tools find it sound, and Kiwix opens it and finds in it what changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from content_packs.delta import flatten, make_layer, write_delta
from content_packs.zim.archive import ZimArchive
from content_packs.zim.stack import open_stack
from tests.content_packs.test_layers import FIRST, SECOND
from tests.kiwix.peers import kiwix_serve
from tests.support.box import request
from tests.support.shared import program
from tests.support.versions import write_version

COMPLETE = {"Creator": "Tests", "Publisher": "Tests", "Name": "test"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with layer.zim, and flat.zim, which is what the layer and its base are together."""
    folder, work = tmp_path_factory.mktemp("kiwix"), tmp_path_factory.mktemp("work")
    old = write_version(work / "old.zim", FIRST.dated("2026-01-01", **COMPLETE))
    new = write_version(work / "new.zim", SECOND.dated("2026-02-01", **COMPLETE))
    write_delta(ZimArchive(old), ZimArchive(new), work / "d.delta")
    make_layer(ZimArchive(old), work / "d.delta", folder / "layer.zim")
    flatten(open_stack(old, [folder / "layer.zim"]), folder / "flat.zim")
    return folder


@pytest.mark.parametrize("name", ["layer.zim", "flat.zim"])
def test_zimcheck_finds_it_sound(files: Path, name: str) -> None:
    """All that it checks but links, which in a layer lead to what is below it."""
    checks = ["--checksum", "--integrity", "--metadata", "--favicon", "--main", "--url_external", "--redirect_loop"]
    done = subprocess.run([program("zimcheck"), *checks, files / name], capture_output=True, text=True, check=False)

    assert "[ERROR]" not in done.stdout + done.stderr
    assert "Overall Test Status: Pass" in done.stdout


def test_zimdump_lists_what_changed(files: Path) -> None:
    done = subprocess.run([program("zimdump"), "list", files / "layer.zim"], capture_output=True, text=True, check=True)

    assert {"index.html", "water.html", "new.html", "was-redirect.html", "second.webm"} <= set(done.stdout.splitlines())
    assert "picture.png" in done.stdout
    assert "accents" not in done.stdout


def test_kiwix_opens_it_and_finds_what_changed(files: Path) -> None:
    with kiwix_serve(files) as kiwix:
        pages = {pack: request(f"{kiwix}/raw/{pack}/content/water.html") for pack in ("layer", "flat")}
        found = request(f"{kiwix}/search?books.name=layer&pattern=flamingo").text
        suggested = request(f"{kiwix}/suggest?content=layer&term=new").json()

    assert {SECOND.entries["water.html"].content} == {page.body for page in pages.values()}  # type: ignore[union-attr]
    assert "new.html" in found
    assert "new.html" in [line.get("path") for line in suggested]
