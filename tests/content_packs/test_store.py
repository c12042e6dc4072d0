"""Packs come into the store and leave it by the command: whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.box import ideascube
from tests.support.shared import shared
from tests.support.zims import make_zim

SPLIT = "zim/good/nons/wikibooks_be_all_nopic_2017-02_splitted.zimaa"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "packs"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_zim(tmp_path / "Étoile du+Sud.zim", {"a.html": ("text/html", "<html><body>Star")}, main="a.html")


def run(store: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return ideascube("--data", store.parent, "pack", *arguments)


def listed(store: Path) -> set[str]:
    return {path.name for path in store.iterdir()} if store.exists() else set()


def test_a_pack_is_linked_and_named_as_kiwix_would(store: Path, pack: Path) -> None:
    result = run(store, "install", pack)

    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "etoile_duplussud is installed.")
    assert (store / pack.name).samefile(pack)
    assert "etoile_duplussud" in run(store, "list").stdout
    assert "Test" in run(store, "show", "etoile_duplussud").stdout


def test_move_leaves_nothing_behind(store: Path, pack: Path) -> None:
    run(store, "install", "--move", pack)

    assert not pack.exists()
    assert listed(store) == {pack.name}


def test_a_split_pack_comes_with_all_its_parts_and_leaves_with_them(store: Path) -> None:
    first = shared(SPLIT)
    run(store, "install", first)

    assert len(listed(store)) == 3

    run(store, "remove", first.stem)

    assert listed(store) == set()


def test_a_newer_file_takes_the_place_of_the_older(store: Path, pack: Path, tmp_path: Path) -> None:
    run(store, "install", "--move", pack)
    newer = make_zim(tmp_path / pack.name, {"b.html": ("text/html", "<html><body>Newer")}, main="b.html")
    result = run(store, "install", newer)

    assert result.stdout.splitlines()[-1] == "etoile_duplussud is replaced."
    assert (store / pack.name).samefile(newer)


@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        ("zim/bad/nons/invalid.smaller_than_header.zim", 3, "too short to be a ZIM file"),
        ("zim/bad/nons/invalid.outofbounds_clusterptrpos.zim", 3, "cannot be opened"),
        ("media/basic.srt", 2, "is not a pack"),
    ],
)
def test_what_is_no_good_is_refused_in_a_sentence(store: Path, file: str, code: int, words: str) -> None:
    result = run(store, "install", shared(file))

    assert result.returncode == code
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert listed(store) == set()


def test_a_damaged_file_is_refused_and_the_old_one_stays(store: Path, pack: Path, tmp_path: Path) -> None:
    run(store, "install", "--move", pack)
    good = (store / pack.name).read_bytes()
    damaged = tmp_path / pack.name
    damaged.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    result = run(store, "install", damaged)

    assert result.returncode == 3
    assert "checksum" in result.stderr
    assert (store / pack.name).read_bytes() == good


def test_another_file_with_the_same_id_is_refused(store: Path, pack: Path, tmp_path: Path) -> None:
    run(store, "install", pack)
    twin = shutil.copyfile(pack, tmp_path / "etoile duplusSud.zim")
    result = run(store, "install", twin)

    assert result.returncode == 2
    assert "is here already" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"), [(("install", "/nowhere/x.zim"), "no file"), (("remove", "x"), "no pack")]
)
def test_what_is_not_there(store: Path, arguments: tuple[str, ...], words: str) -> None:
    store.mkdir(parents=True)
    result = run(store, *arguments)

    assert result.returncode == 2
    assert words in result.stderr.lower()


def test_removing_frees_the_name(store: Path, pack: Path) -> None:
    run(store, "install", pack)

    assert "is removed" in run(store, "remove", "etoile_duplussud").stdout
    assert run(store, "list").stdout.startswith("There is no pack")
    assert pack.exists()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB, as a full card would be."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root may make a small disk (mount)")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_without_room_is_said_before_anything_is_written(tiny_disk: Path, tmp_path: Path) -> None:
    film = {"film": ("video/webm", os.urandom(12_000_000))}
    big = make_zim(tmp_path / "big.zim", film, title="Big")
    result = ideascube("--data", tiny_disk, "pack", "install", big)

    assert result.returncode == 4
    assert "big.zim needs" in result.stderr
    assert listed(tiny_disk / "packs") == set()


def test_a_disk_that_fills_up_meanwhile_loses_nothing(tiny_disk: Path, tmp_path: Path) -> None:
    """The room is there when the copy begins, and taken by somebody else before it ends."""
    packs = tiny_disk / "packs"
    old = make_zim(tmp_path / "news.zim", {"a.html": ("text/html", "<html><body>old")}, main="a.html")
    assert ideascube("--data", tiny_disk, "pack", "install", old).returncode == 0
    kept = (packs / "news.zim").read_bytes()
    (tmp_path / "new").mkdir()
    film = {"a.html": ("text/html", "<html><body>new"), "film": ("video/webm", os.urandom(6_000_000))}
    new = make_zim(tmp_path / "new" / "news.zim", film, main="a.html")

    result = install_while_filling(new, packs, tiny_disk / "hog")

    assert "became full" in result
    assert (packs / "news.zim").read_bytes() == kept
    assert listed(packs) == {"news.zim"}


def install_while_filling(new: Path, packs: Path, hog: Path) -> str:
    from content_packs.errors import NoSpace
    from content_packs.store.install import install_pack

    def fill(done: int, _total: int) -> None:
        if not hog.exists() and done < new.stat().st_size:
            hog.write_bytes(bytes(shutil.disk_usage(packs).free - 4096))

    with pytest.raises(NoSpace) as error:
        install_pack(new, packs, verify=lambda path: None, progress=fill)
    return str(error.value)
