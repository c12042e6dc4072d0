"""The eight catalogues that old Ideascube's boxes fetched, as they were published."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.importers.catalogs import read_catalog
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import known_aliases, names_of, offers, offers_called
from provisioning.catalogues.sources import YAML, Source, add_source
from tests.provisioning.catalogues.feeds import refreshed
from tests.support.shared import shared

NAMES = (
    "bibliotecamovil", "bukavu", "kb-demo-usa", "kiwix", "omeka", "osmaps", "static-sites", "warc-websites",
)  # fmt: skip


def catalogue(name: str) -> Path:
    return shared(f"catalogs/ideascube-{name}.yml")


async def added(name: str, data: DataFolder) -> None:
    source = Source(name, str(catalogue(name)), YAML)
    add_source(data, source)
    await refreshed(source, data)


async def test_every_package_that_old_fleets_name_leads_to_an_offer(data: DataFolder) -> None:
    for name in NAMES:
        await added(name, data)

    there = list(offers(data))
    names = {name for offer in there for name in names_of(offer)} | known_aliases(data.sync).keys()
    entries = [entry for name in NAMES for entry in read_catalog(catalogue(name)).entries]
    assert 1279 == len(entries)
    assert [] == [entry.id for entry in entries if entry.id not in names]
    assert ["wikipedia_mg_all_novid"] == [each.id for each in offers_called("wikipedia_mg_all", there, {})]


async def test_a_zim_is_called_as_kiwix_calls_it_and_can_be_fetched(data: DataFolder) -> None:
    await added("kiwix", data)

    (offer,) = offers_called("wikipedia_fr_all", offers(data), {})
    assert ("wikipedia_fr_all_maxi", 33_856_231_383, True, "") == (offer.id, offer.size, offer.is_exact, offer.unfit)
    assert ("http://download.kiwix.org/zim/wikipedia/wikipedia_fr_all_maxi_2019-09.zim",) == offer.addresses
    assert 64 == len(offer.sha256)


async def test_an_archive_is_listed_with_what_has_to_be_done_first(data: DataFolder) -> None:
    await added("omeka", data)

    (offer,) = offers_called("about-art-uk", offers(data), {})
    assert "ideascube pack import" in offer.unfit
    assert 612_409_887 == offer.size


async def test_a_file_that_did_not_change_is_not_read_again(data: DataFolder, tmp_path: Path) -> None:
    copy = tmp_path / "catalogue"
    copy.write_bytes(catalogue("bukavu").read_bytes())
    source = Source("bukavu", str(copy), YAML)
    add_source(data, source)

    await refreshed(source, data)
    again = await refreshed(source, data)
    copy.unlink()

    assert (13, 0, ()) == (again.count, again.new, again.problems)
    with pytest.raises(BadInput, match="plug in the disk"):
        await refreshed(source, data)
    assert 13 == len(list(offers(data)))


async def test_addresses_that_are_none_are_left_out_and_named(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yml"
    lines = ["all:"]
    for name, url in [
        ("a", "http://x.example.org/a.zim"),
        ("b", "https://x.example.org/b.zim"),
        ("c", "file:///c.zim"),
    ]:
        lines += [f"  {name}:", f"    name: {name}", "    type: zim", f"    url: {url}", "    size: 5"]
    path.write_text("\n".join(lines))
    source = Source("mine", str(path), YAML)

    done = await refreshed(source, data)
    add_source(data, source)

    assert ["b"] == [offer.id for offer in offers(data)]  # nothing binds what comes from the address of a
    assert any("http://x.example.org/a.zim" in problem for problem in done.problems)
