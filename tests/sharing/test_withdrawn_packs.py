"""A collection that its box withdrew leaves this one as any pack does: what led to it leads nowhere, the rest stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.leaving import remove_pack
from tests.arranging.test_home import add_section, do, show
from tests.creations.making import fields
from tests.sharing.boxes import SharingBox
from tests.support.apps import app_of
from tests.support.staff import sign_in
from tests.support.zims import make_zim

PAGE = "/content/tales/home"


async def test_what_led_to_a_pack_that_left_leads_nowhere_and_all_else_stays(tmp_path: Path, aiohttp_client: Any):
    box = SharingBox(DataFolder(tmp_path / "box"))
    box.data.create()
    zim = make_zim(tmp_path / "tales.zim", {"home": ("text/html", "<h1>Tales</h1>")}, main="home", title="Tales")
    install_pack(zim, box.data)
    client = await aiohttp_client(app_of(box.data.root))
    amina = await sign_in(client)
    creation = box.published(fields("Clean water", f'<p>Read <a href="{PAGE}">the tales</a>.</p>'))
    await add_section(amina)
    await do(amina, "/staff/home/sections/abcdefghij", **{"title-en": "From other boxes"})
    await do(amina, "/staff/home/sections/abcdefghij/add", address="/packs/tales", title="Tales")
    await do(amina, "/staff/home/sections/abcdefghij/add", address=f"/items/{creation}", title="Clean water")
    await show(amina)
    before = await (await client.get("/")).text()

    remove_pack("tales", box.data)
    client = await aiohttp_client(app_of(box.data.root))
    amina = await sign_in(client)
    home, item = await client.get("/"), await client.get(f"/items/{creation}")
    work = [(await amina.get(path)).status for path in ("/staff/home", "/staff/library", f"/staff/write/{creation}")]

    assert ">Tales<" in before
    assert (200, False) == (home.status, ">Tales<" in await home.text())
    assert "Clean water" in await home.text()
    assert (200, True) == (item.status, "the tales" in await item.text())
    assert [200, 200, 200] == work
    assert [404, 404] == [(await client.get(path)).status for path in ("/packs/tales", PAGE)]
