"""A film that was made here: played where it lies, with what is said in it, found by that, and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.creations import load
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.media import Arrived, add_media, load_media, make_ready
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import Kind, Made, MadeFile, Role
from ideascube.creations.model import Fields, MediaUse, Words
from ideascube.creations.spoken import words_of
from tests.creations.making import fields, published
from tests.support.apps import app_of

FILM, SAID, FIELD = "f" * 64, "5" * 64, "b" * 64
VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\nWash your hands with soap.\n"


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Connection]:
    with box_database(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
async def client(aiohttp_client, tmp_path: Path) -> TestClient:
    return await aiohttp_client(app_of(tmp_path))


def put(box: Connection, data: DataFolder, media: str, kind: Kind, *made: tuple[Role, str, str, bytes]) -> None:
    """A file as it is once it was converted."""
    folder = made_folder(data, media)
    folder.mkdir(parents=True)
    files = []
    for role, name, mimetype, content in made:
        (folder / name).write_bytes(content)
        files.append(MadeFile(role, name, mimetype, len(content), width=640, height=360, duration=60.0))
    with transaction(box):
        add_media(box, Arrived(media, kind, "a", 9, "x/y", ""), 1)
        make_ready(box, media, kind, Made(tuple(files)))


@pytest.fixture
def film(box: Connection, tmp_path: Path) -> Fields:
    data = DataFolder(tmp_path)
    poster = (Role.POSTER, "poster.webp", "image/webp", b"p")
    put(box, data, FILM, Kind.FILM, (Role.MAIN, "film.mp4", "video/mp4", b"film"), poster)
    put(box, data, SAID, Kind.SUBTITLES, (Role.MAIN, "subtitles.vtt", "text/vtt", VTT.encode()),
        (Role.WORDS, "words.txt", "text/plain", b"Wash your hands with soap."))  # fmt: skip
    use = (MediaUse(FILM, "main"), MediaUse(SAID, "subtitles", "en"))
    return fields("Washing hands", kind="film", media=use)


async def test_the_film_plays_with_what_is_said(client: TestClient, box: Connection, film: Fields):
    page = HTMLParser(await (await client.get(f"/items/{published(box, film)}")).text())

    video = page.css_first("video").attributes
    assert (f"/media/{FILM}/film.mp4", f"/media/{FILM}/poster.webp") == (video["src"], video["poster"])
    assert f"/media/{SAID}/subtitles.vtt" == page.css_first("track").attributes["src"]
    assert "Wash your hands with soap." in page.css_first(".said").text()
    assert 1 == len(page.css(f'a[download="Washing hands.mp4"][href="/media/{FILM}/film.mp4"]'))
    assert 200 == (await client.get(video["src"] or "")).status


async def test_one_goes_on_where_one_stopped_and_finds_it_among_ones_own(
    client: TestClient, box: Connection, film: Fields
):
    creation = published(box, film)
    origin = {"Origin": f"http://{client.host}:{client.port}"}
    place = {"kind": "film", "pack": "~", "path": f"items/{creation}", "at": "30", "of": "60", "title": "x"}
    assert 204 == (await client.post("/progress", data=place, headers=origin)).status
    kept = {"pack": "~", "path": f"items/{creation}"}
    await client.post("/keep", data=kept, headers=origin)

    page = await (await client.get(f"/items/{creation}")).text()
    mine = HTMLParser(await (await client.get("/mine")).text())
    assert "Go on at 0:30" in page
    assert 2 == len(mine.css(f'main a[href="/items/{creation}"]'))
    assert 404 == (await client.post("/keep", data={**kept, "path": "items/nothing"}, headers=origin)).status


def test_what_is_said_is_what_it_is_found_by(box: Connection, film: Fields, tmp_path: Path):
    creation = load(box, published(box, film))

    assert creation is not None
    assert ["Wash your hands with soap."] == words_of(box, DataFolder(tmp_path), creation)


async def test_a_file_that_is_not_ready_costs_only_itself(client: TestClient, box: Connection):
    with transaction(box):
        add_media(box, Arrived(FILM, Kind.FILM, "a", 9, "x/y", "original.mp4"), 1)
    waits = published(box, fields("Waits", kind="film", media=(MediaUse(FILM, "main"),)))
    gone = published(box, fields("Gone", f'<img src="/media/{FIELD}/picture.jpg" alt="A field"><p>Text.</p>'))

    assert "being made ready" in await (await client.get(f"/items/{waits}")).text()
    page = HTMLParser(await (await client.get(f"/items/{gone}")).text())
    assert ("A field: This part is not ready yet.", "Text.") == tuple(each.text() for each in page.css(".body p"))
    assert load_media(box, FIELD) is None


async def test_a_picture_says_how_large_it_is(client: TestClient, box: Connection, tmp_path: Path):
    put(box, DataFolder(tmp_path), FIELD, Kind.PICTURE, (Role.MAIN, "picture.jpg", "image/jpeg", b"p"))
    body = f'<figure><img src="/media/{FIELD}/picture.jpg" alt="A field"><figcaption>Ours</figcaption></figure>'
    creation = published(box, fields(texts={"en": Words("Field")}, body=body))

    image = HTMLParser(await (await client.get(f"/items/{creation}")).text()).css_first(".body img").attributes
    assert ("640", "360", "lazy", "A field") == (image["width"], image["height"], image["loading"], image["alt"])
