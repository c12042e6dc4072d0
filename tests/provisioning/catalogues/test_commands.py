"""`ideascube catalog …` as an operator types it."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.library import Library, save_library
from content_packs.store.scan import scan_store
from ideascube.cli import main
from tests.provisioning.catalogues.feeds import Kiwix, entry, serving
from tests.support.faults import KILLED, Command, ideascube_command, run_killed, run_recorded
from tests.support.zims import make_zim

WIDTH = 80


def catalog(data: DataFolder, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["catalog", str(arguments[0]), "--data", str(data.root), *map(str, arguments[1:])])


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    make_zim(folder / "maji.zim", {"a": ("text/html", "x")}, title="Maji sáfi", language="swa", Tags="_category:ted")
    make_zim(folder / "eau.zim", {"a": ("text/html", "x")}, title="L’eau et la santé " * 5, language="fra")
    return folder


def test_a_catalogue_is_added_listed_searched_refreshed_and_removed(data: DataFolder, stick: Path) -> None:
    added = catalog(data, "add", "stick", stick, "--unsigned")
    listed = catalog(data, "list")
    make_zim(stick / "new.zim", {"a": ("text/html", "x")}, title="Mpya")
    asked = catalog(data, "refresh", "stick")
    found = catalog(data, "search", "SANTE")
    removed = catalog(data, "remove", "stick")

    assert [0] * 5 == [each.exit_code for each in (added, listed, asked, found, removed)]
    assert "not signed: what it offers is marked so" in added.output
    assert "stick: 2 packs, 2 of them new." in added.output
    assert "stick  2 packs, not signed, asked on 20" in listed.output
    assert "stick: 3 packs, 1 of them new." in asked.output
    assert found.output.startswith("eau  L’eau et la santé")
    assert "There is no catalogue here yet" in catalog(data, "list").output
    assert "Nothing was found" in catalog(data, "search").output
    assert [] == list((data.sync / "catalogues").iterdir())


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["eau", "maji"]),
        (["maji safi"], ["maji"]),
        (["saf"], ["maji"]),
        (["afi"], []),
        (["--language", "swa"], ["maji"]),
        (["--language", "fr", "--language", "sw"], ["eau", "maji"]),
        (["--kind", "film"], ["maji"]),
        (["--kind", "film", "eau"], []),
        (["--catalogue", "stick", "santé l'eau"], ["eau"]),
    ],
)
def test_what_a_search_finds(data: DataFolder, stick: Path, arguments: list[str], ids: list[str]) -> None:
    catalog(data, "add", "stick", stick, "--unsigned")

    assert ids == [each["id"] for each in json.loads(catalog(data, "search", "--json", *arguments).output)]


def test_a_found_pack_says_all_that_matters_in_80_columns(data: DataFolder, stick: Path) -> None:
    install_pack(stick / "eau.zim", data)
    save_library(scan_store(data.packs, Library()), data.library_file)
    catalog(data, "add", "stick", stick, "--unsigned")

    lines = catalog(data, "search", "eau").output.splitlines()

    assert 2 == len(lines)
    assert all(len(line) <= WIDTH for line in lines)
    for word in ("2026-11-23", "kB", "fr", "website", "stick", "not signed", "installed"):
        assert word in lines[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "stick", "STICK"], "--unsigned"),
        (["add", "stick", "STICK", "--root", "ab" * 32], "no signed catalogue"),
        (["add", "Kiwix Library", "STICK", "--unsigned"], "small letters"),
        (["add", "../x", "STICK", "--unsigned"], "small letters"),
        (["add", "stick", "STICK", "--unsigned", "--language", "Frenchish!"], "no language"),
        (["add", "stick", "/nowhere/at/all", "--unsigned"], "plug in"),
        (["add", "stick", "http://192.168.1.1/", "--unsigned"], "--plain-http"),
        (["add", "stick", "http://library.example.org/", "--unsigned", "--plain-http"], "https://"),
        (["add", "stick", "gopher://x/", "--unsigned"], "https://"),
        (["remove", "nothing"], "catalog list"),
        (["refresh", "nothing"], "catalog list"),
        (["search", "--catalogue", "nothing", "x"], "catalog list"),
        (["accept", "nothing", "x"], "catalog list"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(data: DataFolder, stick: Path, arguments: list[str], says: str) -> None:
    result = catalog(data, *(str(stick) if each == "STICK" else each for each in arguments))

    assert 2 == result.exit_code
    assert 1 == len(result.output.splitlines())
    assert says in result.output
    assert not (data.sync / "catalogues.json").exists()


def test_a_name_is_given_once(data: DataFolder, stick: Path) -> None:
    catalog(data, "add", "stick", stick, "--unsigned")

    result = catalog(data, "add", "stick", stick, "--unsigned")

    assert 2 == result.exit_code
    assert "already" in result.output


def test_one_catalogue_that_fails_does_not_hold_up_the_others(data: DataFolder, stick: Path, tmp_path: Path) -> None:
    other = shutil.copytree(stick, tmp_path / "other")
    for name, folder in (("first", other), ("second", stick)):
        catalog(data, "add", name, folder, "--unsigned")
    shutil.rmtree(other)

    result = catalog(data, "refresh")
    listed = json.loads(catalog(data, "list", "--json").output)

    assert 8 == result.exit_code
    assert "second: 2 packs" in result.output
    assert "plug in" in listed["catalogues"][0]["failed"]
    assert 2 == listed["catalogues"][0]["packs"]


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 1000])
def test_a_damaged_cache_is_made_anew(data: DataFolder, stick: Path, damage: bytes) -> None:
    catalog(data, "add", "stick", stick, "--unsigned")
    (data.sync / "catalogues" / "stick.db").write_bytes(damage)

    assert 0 == catalog(data, "search", "maji").exit_code
    assert "stick: 2 packs, 2 of them new." in catalog(data, "refresh").output


def test_a_cache_that_breaks_while_it_is_read_is_thrown_away(data: DataFolder, stick: Path) -> None:
    catalog(data, "add", "stick", stick, "--unsigned")
    path = data.sync / "catalogues" / "stick.db"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))

    result = catalog(data, "search", "maji")

    assert 1 == result.exit_code
    assert "ideascube catalog refresh" in result.output
    assert "stick: 2 packs, 2 of them new." in catalog(data, "refresh").output


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 99, "catalogues": []}', b'{"catalogues": [1]}'])
def test_a_damaged_list_of_catalogues_is_not_written_over(data: DataFolder, stick: Path, damage: bytes) -> None:
    data.sync.mkdir()
    (data.sync / "catalogues.json").write_bytes(damage)

    result = catalog(data, "add", "stick", stick, "--unsigned")

    assert 2 == result.exit_code
    assert "catalogues.json" in result.output
    assert damage == (data.sync / "catalogues.json").read_bytes()


def test_killed_at_any_write_an_addition_happened_or_did_not(data: DataFolder, stick: Path, tmp_path: Path) -> None:
    def add() -> Command:
        return ideascube_command("catalog", "add", "--data", data.root, "stick", stick, "--unsigned")

    changes = run_recorded(add(), data.sync, tmp_path / "scratch").changes
    for at in range(len(changes)):
        shutil.rmtree(data.sync)
        killed = run_killed(add(), data.sync, tmp_path / "scratch", at)
        was_added = "stick" in catalog(data, "list").output
        again = catalog(data, "refresh" if was_added else "add", "stick", *([] if was_added else [stick, "--unsigned"]))

        assert KILLED == killed.status
        assert 0 == again.exit_code, again.output
        assert 2 == len(json.loads(catalog(data, "search", "--json").output))


async def test_what_waits_is_shown_with_what_to_do_and_decided(data: DataFolder) -> None:
    kiwix = Kiwix([entry("a", size=9_000_000, articles=500)])
    async with serving(kiwix.answer) as address:
        options = ("--unsigned", "--plain-http")
        first = await asyncio.to_thread(catalog, data, "add", "kiwix", address, *options)
        kiwix.entries = [entry("a", size=3_000_000, articles=100)]
        second = await asyncio.to_thread(catalog, data, "refresh")
    listed = catalog(data, "list").output
    refused = catalog(data, "refuse", "kiwix", "a_maxi")
    accepted = catalog(data, "accept", "kiwix", "a_maxi")

    assert "1 pack, 1 of them new" in first.output
    assert "Waiting for you: 1" in second.output
    assert "kiwix a_maxi  waits for you: “A” has 3.0 MB where it had 9.0 MB, 100 entries where it had 500" in listed
    assert "`ideascube catalog accept kiwix a_maxi`" in listed
    assert "Refused, what was there stays" in refused.output
    assert "Accepted" in accepted.output
    assert "waits" not in catalog(data, "list").output
