"""Noting a place over HTTP, as a page's script does, for somebody without a card."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from content_packs.store.data_folder import DataFolder
from ideascube.progress.cookie import read_cookie
from ideascube.settings import Settings
from ideascube.web.app import create_apps

FILM = {"kind": "film", "pack": "water", "path": "films/wells.mp4", "at": "65.4", "of": "300", "title": "Wells"}


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> TestClient:
    settings = Settings(DataFolder(tmp_path / "data"), runtime=tmp_path)
    settings.data.create()
    return await aiohttp_client(create_apps(settings)[0])


def own(client: TestClient) -> dict[str, str]:
    return {"Origin": str(client.make_url("")).rstrip("/")}


async def test_a_place_is_kept_in_the_browser_alone(client: TestClient):
    answer = await client.post("/progress", data=FILM, headers=own(client))

    assert 204 == answer.status
    cookie = answer.cookies["progress"]
    assert ("/", True, "Lax") == (cookie["path"], cookie["httponly"], cookie["samesite"])
    assert [("films/wells.mp4", 65, 300)] == [(place.path, place.at, place.of) for place in read_cookie(cookie.value)]


async def test_places_add_up(client: TestClient):
    for path in ("one.mp4", "two.mp4", "one.mp4"):
        await client.post("/progress", data=FILM | {"path": path}, headers=own(client))
    cookies = client.session.cookie_jar.filter_cookies(client.make_url("/"))

    assert ["two.mp4", "one.mp4"] == [place.path for place in read_cookie(cookies["progress"].value)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "garden"},
        {"kind": "kept"},
        {"pack": ""},
        {"at": "soon"},
        {"at": "nan"},
        {"of": "-1"},
        {"path": "x" * 600},
    ],
)
async def test_what_is_no_place_is_refused(client: TestClient, wrong: dict[str, str]):
    answer = await client.post("/progress", data=FILM | wrong, headers=own(client))

    assert 400 == answer.status
    assert "progress" not in answer.cookies


async def test_another_origin_keeps_nothing(client: TestClient):
    answer = await client.post("/progress", data=FILM, headers={"Origin": "http://127.0.0.1:1"})

    assert 403 == answer.status
