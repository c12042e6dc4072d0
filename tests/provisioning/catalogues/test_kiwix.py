"""Debian's kiwix-serve with a library.xml, and another box of ours, as catalogues."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import offers, open_web, resolve
from provisioning.catalogues.looking import Looked, look
from provisioning.catalogues.sources import OPDS
from tests.kiwix.peers import kiwix_serve_library
from tests.provisioning.catalogues.feeds import added, refreshed
from tests.support.box import eventually, running_box
from tests.support.shared import program, shared
from tests.support.zims import make_zim

FILES = {"example": "zim/good/example.zim", "ray_charles_maxi_2020-03": "zim/good/wikipedia_en_ray_charles.zim"}


@pytest.fixture(scope="module")
def kiwix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As somebody offers packs with Debian's programs: the files lie elsewhere, with a Metalink file each."""
    folder = tmp_path_factory.mktemp("kiwix")
    for name, path in FILES.items():
        address = f"https://download.example.org/zim/{name}.zim.meta4"
        command = [program("kiwix-manage"), "library.xml", "add", str(shared(path)), f"--url={address}"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    with kiwix_serve_library(folder / "library.xml") as address:
        yield address


@pytest.mark.parametrize(
    "path", ["", "/", "/catalog/v2/root.xml", "/catalog/v2/entries", "/catalog/v2/entries?count=1"]
)
async def test_it_is_found_by_any_address_of_it(kiwix: str, path: str) -> None:
    async with open_web() as way:
        found = await look(kiwix + path, way, plain_http=True)

    assert Looked(OPDS, f"{kiwix}/catalog/v2/entries") == found


async def test_what_it_lists_is_offered(kiwix: str, data: DataFolder) -> None:
    """Version 3.3 writes a feed that is no XML wherever it is asked for one page of several."""
    done = await refreshed(added(data, kiwix), data)

    example, charles = offers(data)
    assert ((), 2, True) == (done.problems, done.count, done.is_whole)
    assert ("example", "ray_charles_maxi") == (example.id, charles.id)
    assert ("Ray Charles", "2020-03-31", 129) == (
        charles.manifest.title, charles.manifest.date, charles.manifest.zim.articles,
    )  # fmt: skip
    size = shared(FILES["ray_charles_maxi_2020-03"]).stat().st_size
    assert size - 1024 < charles.size <= size
    assert "https://download.example.org/zim/ray_charles_maxi_2020-03.zim.meta4" == charles.metalink


async def test_languages_are_asked_of_it(kiwix: str, data: DataFolder) -> None:
    await refreshed(added(data, kiwix, languages=("en",)), data)

    assert "ray_charles_maxi" in [offer.id for offer in offers(data)]

    french = added(data, kiwix, "french", languages=("fr",))
    assert 0 == (await refreshed(french, data)).count


async def test_another_box_is_a_catalogue(tmp_path: Path, data: DataFolder) -> None:
    zim = make_zim(tmp_path / "swahili.zim", {"a": ("text/html", "<title>Maji</title>")}, title="Maji", language="swa")

    with running_box(tmp_path / "other", zim, options=("--workers", "1", "--searchers", "1")) as box:
        box.wait_for("swahili")
        async with open_web() as way:
            found = await look(box.url, way, plain_http=True)
        source = added(data, box.url)
        done = await refreshed(source, data)
        again = await refreshed(source, data)
        eventually(lambda: b"<pieces" in box.get("/download/swahili.zim.meta4").body)
        (offer,) = offers(data)
        async with open_web() as way:
            resolved = await resolve(offer, source, data, way)

    assert Looked(OPDS, f"{box.url}/catalog/v2/entries") == found
    assert (1, 0) == (done.count, again.new)
    assert ("swahili", "Maji", ("sw",)) == (offer.id, offer.manifest.title, offer.manifest.languages)
    assert zim.stat().st_size - 1024 < offer.size <= zim.stat().st_size
    assert (f"{box.url}/download/swahili.zim",) == offer.addresses == resolved.addresses
    assert (zim.stat().st_size, True) == (resolved.size, resolved.is_exact)
    assert hashlib.sha256(zim.read_bytes()).hexdigest() == resolved.sha256
    assert resolved.piece_sums is not None
    assert resolved.piece_sums.fit(resolved.size)
