"""Other names of packs, on origins of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, save_library
from ideascube.settings import Settings
from ideascube.web.app import create_apps
from tests.web.library import described


@pytest.mark.parametrize(
    ("host", "address", "target"),
    [
        ("old.packs.box", "/content/old/a%3Fb?c", "http://new.packs.box:80/content/new/a%3Fb?c"),
        ("old.packs.box", "/raw/old/meta/Title", "http://new.packs.box:80/raw/new/meta/Title"),
        ("home.box", "/raw/old/meta/Title", "/raw/new/meta/Title"),
        ("home.box", "/packs/%6Fld", "/packs/new"),
        ("home.box", "/download/old.zim", "/download/new.zim"),
        ("home.box", "/download/other.name.zim", "/download/new.zim"),
    ],
)
async def test_they_lead_to_the_pack_with_its_id(
    tmp_path: Path, aiohttp_client: AiohttpClient, host: str, address: str, target: str
) -> None:
    data = DataFolder(tmp_path)
    data.create()
    packs = (replace(described("new"), aliases=("old", "other.name")), replace(described("odd"), aliases=("new",)))
    save_library(Library(packs), data.library_file)
    app, _ = create_apps(Settings(data, domain="home.box", content_domain="packs.box"))
    client = await aiohttp_client(app)
    answer = await client.get(address, headers={"Host": host}, allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (302, target.replace(":80", ""))
