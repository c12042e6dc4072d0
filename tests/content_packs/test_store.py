"""Packs come into the store and leave it by the command: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.errors import BrokenPack, NoSpace
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.library import Library, load_library, save_library
from content_packs.store.options import Options
from content_packs.store.scan import scan_store
from tests.support.box import ideascube
from tests.support.faults import KILLED, ideascube_command, run_killed, run_recorded
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
    """Every file of the store, below its folder."""
    return {str(path.relative_to(store)) for path in store.rglob("*") if path.is_file()}


def only(folder: Path) -> Path:
    """The one ZIM file of an installed pack."""
    (found,) = folder.rglob("*.zim")
    return found


def test_a_pack_is_linked_and_named_as_kiwix_would(store: Path, pack: Path) -> None:
    result = run(store, "install", pack)

    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "etoile_duplussud is installed.")
    assert listed(store) == {f"installed/etoile_duplussud/1/{pack.name}", "installed/etoile_duplussud/pack.json"}
    assert only(store).samefile(pack)
    assert "etoile_duplussud" in run(store, "list").stdout
    assert "Test" in run(store, "show", "etoile_duplussud").stdout


def test_move_leaves_nothing_behind(store: Path, pack: Path) -> None:
    run(store, "install", "--move", pack)

    assert not pack.exists()
    assert only(store).name == pack.name


def test_a_split_pack_comes_with_all_its_parts_and_leaves_with_them(store: Path) -> None:
    first = shared(SPLIT)
    run(store, "install", first)

    assert len([name for name in listed(store) if ".zima" in name]) == 3

    run(store, "remove", first.stem)

    assert listed(store) == set()


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


@pytest.mark.parametrize("folder", ["nons", "withns", "packages"])
def test_every_broken_file_is_refused_in_a_sentence(tmp_path: Path, folder: str) -> None:
    data = DataFolder(tmp_path / "data")
    data.create()
    if folder == "packages":
        with zipfile.ZipFile(shared("zim/bad/packages/wikipedia_tum_all_nopic_2015-09.zip")) as package:
            package.extractall(tmp_path / "unpacked")
    files = sorted((tmp_path / "unpacked" if folder == "packages" else shared("zim/bad") / folder).rglob("*.zim"))

    assert files
    for path in files:
        with pytest.raises(BrokenPack, match=path.stem):
            install_pack(path, data)
    assert listed(data.packs) == set()


def test_a_byte_that_fell_over_is_noticed(store: Path, pack: Path, tmp_path: Path) -> None:
    run(store, "install", pack)
    damaged = tmp_path / "other" / pack.name
    damaged.parent.mkdir()
    content = bytearray(pack.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    result = run(store, "install", damaged)

    assert result.returncode == 3
    assert "checksum" in result.stderr
    assert only(store).samefile(pack)


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
    result = ideascube("--data", tiny_disk, "pack", "install", "--reserve", "16", big)

    assert result.returncode == 4
    assert "big.zim needs" in result.stderr
    assert ideascube("--data", tiny_disk, "pack", "install", "--reserve", "1", big).returncode == 0
    assert "big" in ideascube("--data", tiny_disk, "pack", "remove", "big").stdout
    assert listed(tiny_disk / "packs") == set()


def test_a_disk_that_fills_up_meanwhile_loses_nothing(tiny_disk: Path, tmp_path: Path) -> None:
    """The room is there when the copy begins, and taken by somebody else before it ends."""
    packs = tiny_disk / "packs"
    old = make_zim(tmp_path / "news.zim", {"a.html": ("text/html", "<html><body>old")}, main="a.html")
    assert ideascube("--data", tiny_disk, "pack", "install", old).returncode == 0
    before = listed(packs)
    (tmp_path / "new").mkdir()
    film = {"a.html": ("text/html", "<html><body>new"), "film": ("video/webm", os.urandom(6_000_000))}
    new = make_zim(tmp_path / "new" / "news.zim", film, main="a.html")

    result = install_while_filling(new, DataFolder(tiny_disk), tiny_disk / "hog")

    assert "became full" in result
    assert listed(packs) == before
    assert only(packs).read_bytes() == old.read_bytes()


def install_while_filling(new: Path, data: DataFolder, hog: Path) -> str:
    def fill(done: int, _total: int) -> None:
        if not hog.exists() and done < new.stat().st_size:
            hog.write_bytes(bytes(shutil.disk_usage(data.packs).free - 4096))

    with pytest.raises(NoSpace) as error:
        install_pack(new, data, Options(reserve=0), fill)
    return str(error.value)


@pytest.fixture
def editions(tmp_path: Path) -> list[Path]:
    """Three versions of a film of 6 MB, on another disk than the store's."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}").mkdir()
    return [film_of(tmp_path / f"{number}" / "film.zim", f"2026-0{number}-01") for number in (1, 2, 3)]


def film_of(path: Path, date: str) -> Path:
    return make_zim(path, {"film": ("video/webm", os.urandom(6_000_000))}, Date=date)


@pytest.mark.parametrize(("has_served", "kept"), [(True, ["2", "3"]), (False, ["1", "2"])])
def test_a_version_makes_room_once_its_successor_has_served(
    tiny_disk: Path, editions: list[Path], has_served: bool, kept: list[str]
) -> None:
    """Of 24 MB two versions take 12; a third one needs 6, and 10 are to stay free."""
    data = DataFolder(tiny_disk)
    data.create()
    install_pack(editions[0], data, Options(reserve=0))
    install_pack(editions[1], data, Options(reserve=0))
    if has_served:
        save_library(scan_store(data.packs, Library()), data.library_file)
    result = ideascube("--data", tiny_disk, "pack", "install", "--reserve", "10", editions[2])

    assert result.returncode == (0 if has_served else NoSpace.exit_code)
    assert sorted(path.parent.name for path in data.packs.rglob("film.zim")) == kept


@pytest.mark.timeout(300)
def test_making_room_can_be_killed_at_any_change(tiny_disk: Path, editions: list[Path], tmp_path: Path) -> None:
    """Then the version that was not needed may be gone, and nothing else."""
    data = DataFolder(tiny_disk)
    data.create()

    def start_anew() -> None:
        shutil.rmtree(data.packs)
        data.create()
        for zim in editions[:2]:
            install_pack(zim, data, Options(reserve=0))
        save_library(scan_store(data.packs, Library()), data.library_file)

    def versions() -> tuple[str, str | None]:
        (record,) = scan_store(data.packs, load_library(data.library_file)).packs
        assert record.problem is None
        return record.version, record.previous

    command = ideascube_command("--data", tiny_disk, "pack", "install", "--reserve", "10", editions[2])
    one, two, three = (f"2026-0{number}-01" for number in (1, 2, 3))
    start_anew()
    done = run_recorded(command, data.packs, tmp_path / "scratch")

    assert (done.status, versions()) == (0, (three, two))
    seen = set()
    for number in range(len(done.changes)):
        start_anew()
        assert run_killed(command, data.packs, tmp_path / "scratch", number).status == KILLED
        seen.add(versions())
        assert run_recorded(command, data.packs, tmp_path / "scratch").status == 0
        assert versions() == (three, two)
    assert seen == {(two, one), (two, None), (three, two)}


def test_a_pack_can_be_removed_from_a_full_disk(tiny_disk: Path, tmp_path: Path) -> None:
    first = shared(SPLIT)
    (tiny_disk / "packs").mkdir()
    for part in sorted(first.parent.glob(f"{first.stem}.zima?")):
        shutil.copyfile(part, tiny_disk / "packs" / part.name)
    news = make_zim(tmp_path / "news.zim", {"a.html": ("text/html", "<html><body>old")}, main="a.html")
    assert ideascube("--data", tiny_disk, "pack", "install", news).returncode == 0
    fill_up(tiny_disk / "hog")

    assert "is removed" in ideascube("--data", tiny_disk, "pack", "remove", first.stem).stdout
    assert "is removed" in ideascube("--data", tiny_disk, "pack", "remove", "news").stdout
    assert listed(tiny_disk / "packs") == set()


def test_a_disk_that_cannot_be_written_is_said_in_a_sentence(tiny_disk: Path, tmp_path: Path) -> None:
    news = make_zim(tmp_path / "news.zim", {"a.html": ("text/html", "<html><body>old")}, main="a.html")
    assert ideascube("--data", tiny_disk, "pack", "install", news).returncode == 0
    before = listed(tiny_disk / "packs")
    subprocess.run(["mount", "-o", "remount,ro", tiny_disk], check=True)
    other = make_zim(tmp_path / "other.zim", {"a.html": ("text/html", "<html><body>other")}, main="a.html")

    for arguments in (("install", other), ("remove", "news")):
        result = ideascube("--data", tiny_disk, "pack", *arguments)

        assert (result.returncode, len(result.stderr.splitlines())) == (5, 1)
    assert listed(tiny_disk / "packs") == before
    assert "news" in ideascube("--data", tiny_disk, "pack", "list").stdout


def fill_up(hog: Path) -> None:
    with hog.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
