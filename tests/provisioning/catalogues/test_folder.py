"""A folder or a stick full of ZIM files as a catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import Source, offers
from provisioning.catalogues.sources import FOLDER, add_source
from tests.provisioning.catalogues.feeds import refreshed
from tests.support.zims import make_zim


@pytest.fixture
def stick(tmp_path: Path, data: DataFolder) -> Source:
    folder = tmp_path / "stick"
    (folder / "more").mkdir(parents=True)
    make_zim(folder / "maji_2026-10.zim", {"a": ("text/html", "x")}, title="Maji", language="swa", Name="maji")
    shutil.copyfile(folder / "maji_2026-10.zim", folder / "more" / "Eau potable.zim")
    (folder / "._maji_2026-10.zim").write_bytes(b"of a Mac")
    (folder / "broken.zim").write_bytes(b"ZIM\x04 no more")
    (folder / "photo.jpg").write_bytes(b"photo")
    source = Source("stick", str(folder), FOLDER)
    add_source(data, source)
    return source


async def test_its_packs_are_offered_and_what_is_broken_is_named(stick: Source, data: DataFolder) -> None:
    done = await refreshed(stick, data)

    eau, maji = offers(data)
    file = Path(stick.url) / "maji_2026-10.zim"
    assert ("eau_potable", "maji") == (eau.id, maji.id)
    assert ("Maji", file.stat().st_size, True, (file.as_uri(),)) == (
        maji.manifest.title, maji.size, maji.is_exact, maji.addresses,
    )  # fmt: skip
    assert ["broken.zim"] == [problem.split()[0] for problem in done.problems]


async def test_only_what_is_new_is_opened(stick: Source, data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    from provisioning.catalogues import folder

    await refreshed(stick, data)
    opened: list[str] = []
    real = folder.describe_found
    monkeypatch.setattr(folder, "describe_found", lambda found: (opened.append(found.paths[0].name), real(found))[1])
    make_zim(Path(stick.url) / "mpya.zim", {"a": ("text/html", "x")})
    again = await refreshed(stick, data)

    assert (3, 1) == (again.count, again.new)
    assert ["broken.zim", "mpya.zim"] == opened


async def test_a_stick_that_was_taken_out_loses_nothing(stick: Source, data: DataFolder) -> None:
    await refreshed(stick, data)
    shutil.rmtree(stick.url)

    with pytest.raises(BadInput, match="plug in"):
        await refreshed(stick, data)
    assert 2 == len(list(offers(data)))


async def test_parts_of_one_pack_are_one_offer_that_says_how_to_take_it(data: DataFolder, tmp_path: Path) -> None:
    whole = make_zim(tmp_path / "whole.zim", {"a": ("text/html", "x" * 1000)}).read_bytes()
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "p.zimaa").write_bytes(whole[:5000])
    (folder / "p.zimab").write_bytes(whole[5000:])
    source = Source("parts", str(folder), FOLDER)
    add_source(data, source)

    await refreshed(source, data)

    (offer,) = offers(data)
    assert (len(whole), True) == (offer.size, "pack install" in offer.unfit)
