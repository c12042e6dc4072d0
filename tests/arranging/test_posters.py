"""A poster leads to its page: by the square, and by what can be typed from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ideascube.arranging.posters import LONGEST_TYPED, chosen_languages, said, titles_once, typed_address
from tests.arranging.test_home import pack
from tests.support.apps import app_of
from tests.support.staff import sign_in

BOX = "http://10.0.0.1:8080"


def test_a_short_address_is_typed_and_for_a_long_one_the_box_is():
    assert "10.0.0.1:8080/packs/boats" == typed_address(f"{BOX}/packs/boats")
    assert "10.0.0.1:8080" == typed_address(f"{BOX}/")
    assert "10.0.0.1:8080" == typed_address(f"{BOX}/read/{'a' * LONGEST_TYPED}")
    assert "10.0.0.1:8080" == typed_address(f"{BOX}/read/%D9%85%D8%A7%D8%A1")
    assert "search there" in said("en", "Water", "", f"{BOX}/read/{'a' * LONGEST_TYPED}").typed


def test_each_title_stands_once_and_languages_are_those_of_the_box():
    words = [said("fr", "L’eau", "Kiosque", BOX), said("ar", "ماء", "Kiosque", BOX), said("sw", "L’eau", "", BOX)]

    assert [("L’eau", "fr"), ("ماء", "ar")] == [(title, one.lang) for title, one in titles_once(words)]
    assert ["ltr", "rtl", "ltr"] == [one.direction for one in words]
    assert "Kiosque" in words[0].wifi
    assert ["fr", "ar"] == chosen_languages(["fr", "xx", "ar", "fr"], ["ar", "en", "fr"], "en")
    assert ["en"] == chosen_languages([], ["ar", "en"], "en")


@pytest.mark.parametrize(("size", "copies"), [("a4", 1), ("a5", 1), ("two", 2), ("eight", 8), ("nonsense", 1)])
async def test_a_sheet_has_as_many_as_were_asked_for(tmp_path: Path, aiohttp_client: Any, size: str, copies: int):
    amina = await sign_in(await aiohttp_client(app_of(tmp_path / "box", pack(tmp_path, "boats"))))
    asked = {"of": f"{BOX}/packs/boats", "size": size, "lang": ["fr", "ar"], "wifi": "<b>Kiosque</b>"}

    led = await amina.post("/staff/poster", **asked)
    sheet = await (await amina.get(led.headers["Location"])).text()

    assert copies == sheet.count('class="poster"')
    assert copies == sheet.count('class="qr"')
    assert 'lang="ar" dir="rtl"' in sheet
    assert "&lt;b&gt;Kiosque&lt;/b&gt;" in sheet
    assert "Boats" in sheet
    assert 'value="&lt;b&gt;Kiosque&lt;/b&gt;"' in await (await amina.get("/staff/poster")).text()  # remembered


async def test_what_is_no_page_gets_no_poster(tmp_path: Path, aiohttp_client: Any):
    amina = await sign_in(await aiohttp_client(app_of(tmp_path / "box")))

    answers = [
        await amina.get(f"/staff/poster/sheet?of={of}") for of in ("//evil.example/", "javascript:alert(1)", "/nowhere")
    ]

    assert [422, 422, 422] == [answer.status for answer in answers]
    assert 422 == (await amina.post("/staff/poster", of="//evil.example/")).status
