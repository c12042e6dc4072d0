"""What the box hands out, in the hands of Kiwix's own programs: to them, a downloaded pack is a ZIM file like any."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.kiwix.peers import ODD, entries_by_id, kiwix_serve, kiwix_serve_library
from tests.support.box import Box, request
from tests.support.shared import program


def run(*command: object) -> str:
    """What a program prints; it must end well."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def downloaded(box: Box, pack: str, folder: Path) -> Path:
    path = folder / f"{pack}.zim"
    path.write_bytes(box.get(f"/download/{pack}.zim").body)
    return path


@pytest.mark.parametrize("pack", ["wikibooks_new", "wikibooks_old", "wikipedia_en_ray_charles"])
def test_zimcheck_finds_the_file_whole(box: Box, tmp_path: Path, pack: str) -> None:
    path = downloaded(box, pack, tmp_path)

    assert "Pass" in run(program("zimcheck"), "--integrity", path)


def test_zimcheck_finds_the_checksum_right_in_what_newer_libzims_write(box: Box, tmp_path: Path) -> None:
    """Debian's zimcheck knows the integrity of files only as its own libzim 8 writes them."""
    path = downloaded(box, ODD, tmp_path)

    assert "Pass" in run(program("zimcheck"), "--checksum", path)


@pytest.mark.parametrize("pack", ["wikibooks_new", "wikibooks_old"])
def test_zimdump_lists_a_split_pack_like_its_parts(box: Box, tmp_path: Path, pack: str) -> None:
    path = downloaded(box, pack, tmp_path)
    listed = run(program("zimdump"), "list", path)

    assert listed == run(program("zimdump"), "list", box.packs / f"{pack}.zim")
    assert len(listed.splitlines()) > 50


def test_kiwix_search_finds_in_it(box: Box, tmp_path: Path) -> None:
    path = downloaded(box, "wikipedia_en_ray_charles", tmp_path)

    assert "Ray Charles" in run(program("kiwix-search"), path, "ray charles")


def test_kiwix_manage_takes_it_with_its_address_and_kiwix_serve_passes_that_on(box: Box, tmp_path: Path) -> None:
    """A Kiwix server that mirrors the box sends people back to it for downloads."""
    path = downloaded(box, "wikipedia_en_ray_charles", tmp_path)
    address = f"{box.url}/download/wikipedia_en_ray_charles.zim"
    library = tmp_path / "library.xml"
    run(program("kiwix-manage"), library, "add", path, f"--url={address}")

    assert "Ray Charles" in run(program("kiwix-manage"), library, "show")
    with kiwix_serve_library(library) as kiwix:
        (entry,) = entries_by_id(request(f"{kiwix}/catalog/v2/entries").body).values()
    (link,) = (link for link in entry.findall("link") if link.get("type") == "application/x-zim")
    assert link.get("href") == address
    # kiwix-serve knows sizes in KiB
    assert abs(int(link.get("length") or 0) - path.stat().st_size) < 1024


def test_kiwix_serve_serves_it_like_the_box(box: Box, tmp_path: Path) -> None:
    downloaded(box, "wikibooks_new", tmp_path)
    with kiwix_serve(tmp_path) as kiwix:
        theirs = request(f"{kiwix}/raw/wikibooks_new/meta/Title")

    assert theirs.body == box.get("/raw/wikibooks_new/meta/Title").body == b"Wikibooks"
