"""Manifests inside of real ZIM files: what the store makes of them, be they right, damaged or lying."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_packs.manifest import Manifest
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.leaving import remove_pack
from content_packs.store.library import Library, load_library, save_library
from content_packs.store.scan import describe_file, scan_store
from tests.support.zims import make_zim

PAGE: dict[str, tuple[str, str | bytes | Path]] = {"a.html": ("text/html", "<html><title>A</title></html>")}


def pack(path: Path, manifest: dict[str, object] | str | None = None) -> Path:
    text = manifest if isinstance(manifest, str) else json.dumps(manifest)
    return make_zim(path, PAGE, main="a.html", title="By metadata", **({} if manifest is None else {"Manifest": text}))


def described(path: Path) -> Manifest:
    manifest = describe_file(path).manifest
    assert manifest is not None
    return manifest


def test_a_manifest_says_id_and_title(tmp_path: Path) -> None:
    file = pack(tmp_path / "file.zim", {"format": 1, "id": "water", "title": {"fr": "Eau"}, "languages": ["fr"]})

    assert ("water", "water", "Eau", "Tests") == (
        describe_file(file).id,
        described(file).id,
        described(file).title,
        described(file).creator,
    )


@pytest.mark.parametrize(
    "manifest",
    [None, "", "{", "[]", "[" * 100_000, "x" * 2_000_000, '{"id": "../x", "title": 5}', '{"format": 2, "id": "new"}'],
    ids=lambda manifest: str(manifest)[:20],
)
def test_without_a_manifest_that_can_be_read_the_metadata_hold(tmp_path: Path, manifest: str | None) -> None:
    found = described(pack(tmp_path / "Été+1.zim", manifest))

    assert ("eteplus1", "By metadata") == (found.id, found.title)


def test_a_manifest_cannot_lie_about_the_file_it_is_in(tmp_path: Path) -> None:
    lies = {
        "size": 5,
        "hashes": {"sha256": "0" * 64},
        "layers": [{"file": "other.zim", "size": 1, "sha256": "0" * 64}],
        "zim": {"uuid": "another", "articles": 10**9},
    }
    honest, lying = pack(tmp_path / "honest.zim"), pack(tmp_path / "lying.zim", lies)

    found = described(lying)

    assert (0, None, ()) == (found.size, found.hashes, found.layers)
    assert (described(honest).zim.articles, described(honest).zim.media) == (found.zim.articles, found.zim.media)
    assert "another" != found.zim.uuid


def test_unknown_fields_reach_the_librarys_file_and_come_back(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    pack(tmp_path / "packs" / "a.zim", {"id": "a", "title": {"en": "A"}, "mood": {"calm": [1, 2]}})

    save_library(scan_store(tmp_path / "packs", Library()), tmp_path / "library.json")
    [record] = load_library(tmp_path / "library.json").packs

    assert record.manifest is not None
    assert {"mood": {"calm": [1, 2]}} == record.manifest.more


def test_a_file_cannot_take_a_packs_place_by_claiming_its_id(tmp_path: Path) -> None:
    pack(tmp_path / "aaa.zim", {"id": "water", "title": {"en": "Not water"}})
    pack(tmp_path / "water.zim")

    library = scan_store(tmp_path, Library())

    assert ["water.zim"] == [record.files[0] for record in library.shown]
    assert ["aaa.zim has the same id as water.zim (“water”): remove one of them."] == [
        record.problem for record in library.broken
    ]
    assert library.shown[0] == library.get("water")


def test_a_pack_is_installed_and_removed_under_the_id_of_its_manifest(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.create()
    source = pack(tmp_path / "file.zim", {"id": "water", "title": {"en": "Water"}, "aliases": ["eau"]})
    installed = install_pack(source, data)

    assert (installed.id, [record.id for record in scan_store(data.packs, Library()).shown]) == ("water", ["water"])
    assert remove_pack("eau", data).id == "water"
    assert list(data.packs.rglob("*.zim")) == []
