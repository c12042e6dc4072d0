"""What is read of a real store, and that a real delta's base is recognised in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from content_packs.delta import write_delta
from content_packs.delta.container import Delta
from content_packs.store.data_folder import DataFolder
from content_packs.store.from_delta import install_delta
from content_packs.store.install import install_pack
from content_packs.store.library import Library, save_library
from content_packs.store.options import USUAL
from content_packs.store.origin import Origin
from content_packs.store.scan import scan_store
from content_packs.zim.archive import ZimArchive
from provisioning.offers import DeltaOffer, Offer
from provisioning.planning import Do, plan
from provisioning.planning.holdings import read_holdings, read_space
from provisioning.planning.wishes import Wishes
from tests.support.zims import make_zim


def edition(path: Path, words: str, date: str) -> Path:
    page = f"<html><body><h1>Wells</h1><p>{words}</p></body></html>"
    make_zim(path, {"index.html": ("text/html", page)}, main="index.html", title="Wells", language="eng", Date=date)
    return path


def scanned(data: DataFolder) -> Library:
    """What a running box shows, written where it writes it."""
    library = scan_store(data.packs, Library())
    save_library(library, data.library_file)
    return library


def offered(new: Path, delta: Path) -> Offer:
    """As a hub offers a version with a delta from the one before."""
    record = scan_store(new.parent, Library()).get(new.stem)
    with Delta(delta) as opened:
        described = opened.description()
    made = DeltaOffer(described.base, (), delta.stat().st_size, "1" * 64, described.stored, described.text)
    manifest = replace(record.manifest, id="wells")
    return Offer("hub", manifest, (), new.stat().st_size + 10**6, is_signed=True, deltas=(made,))


def test_a_pack_is_updated_by_the_delta_for_what_is_here_and_then_is_up_to_date(tmp_path: Path):
    old, new = edition(tmp_path / "wells.zim", "Clean.", "2026-09-01"), tmp_path / "new" / "wells.zim"
    new.parent.mkdir()
    edition(new, "Clean and deep.", "2026-10-01")
    delta = tmp_path / "wells.delta"
    write_delta(ZimArchive(old), ZimArchive(new), delta)
    offer = offered(new, delta)
    data = DataFolder(tmp_path / "data")
    data.create()
    install_pack(old, data, replace(USUAL, origin=Origin("hub", signed=True)))
    before = read_holdings(data, scanned(data))

    first = plan(Wishes(), before, [offer], space=read_space(data, None))
    install_delta(delta, data, USUAL)
    after = read_holdings(data, scanned(data))
    second = plan(Wishes(), after, [offer], space=read_space(data, None))

    assert [("wells", "hub", True, old.stat().st_size, ())] == [
        (each.id, each.catalogue, each.is_signed, each.base, each.layers) for each in before
    ]
    assert [(Do.DELTA, delta.stat().st_size)] == [(step.do, step.bytes) for step in first.steps]
    assert [1] == [len(each.layers) for each in after]
    assert [0] == [each.previous for each in after]  # the base belongs to both versions
    assert [Do.FLATTEN] == [step.do for step in second.steps]  # it is so small that one layer is much beside it
    assert ["current"] == [each.code for each in second.left_out]


def test_the_reserve_of_box_yml_is_kept_free(tmp_path: Path):
    data = DataFolder(tmp_path)
    data.create()

    assert 123 == read_space(data, 123).reserve
    assert 0 < read_space(data, None).reserve <= 500_000_000
