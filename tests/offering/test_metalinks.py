"""What a pack's Metalink file says before its sums are made, and of names that XML cannot hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_packs.manifest import Hashes
from content_packs.metalink import read_metalink
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import MEDIATORS, NOBODY
from ideascube.offering.metalinks import is_offered, metalink_for, sums_file, with_sums
from tests.web.library import app_with, described

ADDRESS = "http://10.0.0.1/download/a%26b.zim"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def test_until_its_sums_are_made_it_says_what_is_known(data: DataFolder) -> None:
    pack = described("sky")
    packs = pack, replace(pack, sha256="ab" * 32)

    unknown, installed = (read_metalink(metalink_for(each, data, ADDRESS)) for each in packs)

    assert (pack.size, "", None) == (unknown.size, unknown.sha256, unknown.pieces)
    assert ("ab" * 32, None) == (installed.sha256, installed.pieces)
    assert (ADDRESS,) == unknown.addresses == installed.addresses


def test_any_name_and_address_can_be_written(data: DataFolder) -> None:
    odd = replace(described("odd"), files=('installed/odd/1/<a> & "b"\x07\udce9.zimaa',))
    sums = sums_file(data, odd.stamp)
    sums.parent.mkdir(parents=True)
    sums.write_bytes(with_sums(odd, 3, Hashes(sha256="cd" * 32, pieces=("cd" * 32,))))

    link = read_metalink(metalink_for(odd, data, "http://[::1]/download/x?<&"))

    assert ('<a> & "b"__.zim', ("http://[::1]/download/x?<&",), 3) == (link.name, link.addresses, link.size)


def test_layers_and_broken_packs_are_not_offered() -> None:
    pack = described("sky")

    assert [True, False, False] == [
        is_offered(each) for each in (pack, replace(pack, layers=("l.zim",)), replace(pack, manifest=None))
    ]


async def test_what_is_hidden_is_not_offered_and_an_old_name_leads_on(aiohttp_client: Any, tmp_path: Path) -> None:
    hidden = replace(described("hidden"), shown_to=NOBODY)
    kept = replace(described("kept"), shown_to=MEDIATORS)
    sky = replace(described("sky"), aliases=("old-sky",))
    client = await aiohttp_client(app_with(tmp_path, hidden, kept, sky))

    answers = [
        await client.get(f"/download/{name}.zim.meta4", allow_redirects=False)
        for name in ("hidden", "kept", "sky", "old-sky")
    ]
    feed = await (await client.get("/catalog/v2/entries?count=-1")).text()

    assert [404, 404, 200, 302] == [answer.status for answer in answers]
    assert answers[3].headers["Location"] == "/download/sky.zim.meta4"
    assert ("/download/sky.zim.meta4" in feed, "hidden" in feed, "kept" in feed) == (True, False, False)
