"""A pack's record says which catalogue the pack came from, and whether that was signed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.library import Library, PackRecord, load_library, save_library
from content_packs.store.options import Options
from content_packs.store.origin import Origin
from content_packs.store.scan import scan_store
from tests.support.box import ideascube
from tests.support.zims import make_zim

KIWIX = Origin("kiwix")
OURS = Origin("our hub", signed=True)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def zim(folder: Path, text: str = "Star") -> Path:
    folder.mkdir(exist_ok=True)
    return make_zim(folder / "star.zim", {"a.html": ("text/html", f"<html><body>{text}")}, main="a.html")


def shown(data: DataFolder) -> PackRecord:
    record = scan_store(data.packs, load_library(data.library_file)).get("star")
    assert record is not None
    return record


def test_it_is_kept_with_the_version_that_came_from_there(data: DataFolder, tmp_path: Path) -> None:
    install_pack(zim(tmp_path / "1"), data, Options(origin=KIWIX))
    first = shown(data).origin
    save_library(Library((shown(data),)), data.library_file)  # it served, so that it is kept

    install_pack(zim(tmp_path / "2", "Another"), data, Options(origin=OURS))
    second = shown(data).origin
    ideascube("--data", data.root, "pack", "rollback", "star")

    assert (KIWIX, OURS, KIWIX) == (first, second, shown(data).origin)


def test_what_a_person_brings_has_none(data: DataFolder, tmp_path: Path) -> None:
    install_pack(zim(tmp_path / "1"), data)

    assert shown(data).origin is None


@pytest.mark.parametrize(
    ("before", "after", "known"), [(None, KIWIX, KIWIX), (KIWIX, OURS, OURS), (OURS, KIWIX, OURS), (OURS, None, OURS)]
)
def test_the_same_file_again_makes_it_better_known_and_never_worse(
    data: DataFolder, tmp_path: Path, before: Origin | None, after: Origin | None, known: Origin
) -> None:
    file = zim(tmp_path / "1")

    install_pack(file, data, Options(origin=before))
    again = install_pack(file, data, Options(origin=after))

    assert (True, known) == (again.unchanged, shown(data).origin)


def test_nonsense_in_the_record_hides_no_pack(data: DataFolder, tmp_path: Path) -> None:
    install_pack(zim(tmp_path / "1"), data, Options(origin=KIWIX))
    record = data.packs / "installed/star/pack.json"
    document = json.loads(record.read_text())

    for nonsense in ("kiwix", {"catalogue": 3}, {"catalogue": ""}, {"catalogue": "x" * 201}, [KIWIX.to_json()]):
        document["current"]["origin"] = nonsense
        record.write_text(json.dumps(document))

        assert shown(data).origin is None


def test_the_command_says_it(data: DataFolder, tmp_path: Path) -> None:
    install_pack(zim(tmp_path / "1"), data, Options(origin=KIWIX))

    said = ideascube("--data", data.root, "pack", "show", "star").stdout.splitlines()
    listed = ideascube("--data", data.root, "pack", "list").stdout

    assert ["origin       kiwix, not signed"] == [line for line in said if line.startswith("origin")]
    assert "(from kiwix, not signed)" in listed
