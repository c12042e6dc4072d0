"""The list of items that a built pack brings, and what a box takes for items in packs of any maker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from content_packs.build import build_pack
from content_packs.errors import BadInput
from content_packs.items import PATH, SIZE_LIMIT, Item, read_items, write_items
from content_packs.store.opening import open_pack
from content_packs.zim.reader import PackReader
from ideascube.items.addresses import app_page, item_address
from ideascube.items.finding import find_item, items_of
from tests.content_packs.sources import pages_folder, write_files
from tests.media.films import make_sound
from tests.support.documents import make_epub
from tests.support.zims import make_zim

FORMAT_PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "items.md").read_text()
FILM = Item(path="a b?.mp4", page="a b?.html", kind="film", title={"fr": "Le puits"}, mimetype="video/mp4")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> PackReader:
    """A pack of ours with a film, a document, a book and a song."""
    folder = tmp_path_factory.mktemp("items")
    source = pages_folder(folder / "source")
    make_epub(source / "books" / "tale.epub", "A heron stood there", title="The tale")
    make_sound(source / "song.mp3", "-metadata", "artist=Amina", "-metadata", "album=Songs", seconds=1)
    write_files(source, {"song.fr.txt": "Une hirondelle chante.", "song.yml": "title: {fr: Le chant}\norder: 1\n"})
    return open_pack([build_pack(source, folder / "words.zim").pack], [])


def zim(folder: Path, entries: dict[str, tuple[str, str | bytes]], **metadata: str) -> PackReader:
    return open_pack([make_zim(folder / "pack.zim", entries, **metadata)], [])


# The format


def test_what_is_written_is_read_again() -> None:
    song = Item(path="song.mp3", kind="audio", title={"ar": "أغنية"}, duration=61.5, size=12, part_of="Songs")

    assert (FILM, song) == read_items(write_items([FILM, song]), PATH)


def test_every_field_is_documented() -> None:
    section = FORMAT_PAGE.partition("## An item")[2]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]

    assert set(Item.__struct_fields__) == {name.strip(" `") for cell in cells for name in cell.split(",")}


def test_what_no_longer_fits_is_left_out() -> None:
    many = [Item(path=f"{number}", kind="film", title={"fr": "x" * 19_000}) for number in range(300)]

    raw = write_items(many)

    kept = read_items(raw, PATH)
    assert SIZE_LIMIT - 20_000 < len(raw) <= SIZE_LIMIT
    assert tuple(many[: len(kept)]) == kept


def test_a_field_that_is_not_known_is_passed_over() -> None:
    raw = b'{"format": 1, "new": 2, "items": [{"path": "a", "kind": "film", "title": {}, "new": [1]}]}'

    assert (Item(path="a", kind="film", title={}),) == read_items(raw, PATH)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "no list of items"),
        (b"[]", "no list of items"),
        (b"\xff\xfe", "no list of items"),
        (b'{"format": 2, "items": []}', "has format 2"),
        (b'{"format": 1, "items": [7]}', "no list of items"),
        (b'{"format": 1, "items": [{"path": "a", "kind": "film", "title": {"<b>": "x"}}]}', "no list of items"),
        (b'{"format": 1, "items": [{"path": "a", "kind": "film", "title": {}, "duration": -1}]}', "no list of items"),
        (b'{"format": 1, "items": [{"path": "a", "kind": "film", "title": {}, "size": 1e999}]}', "no list of items"),
        (b'{"format": 1, "items": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "no list of items"),
        (b" " * (SIZE_LIMIT + 1), "larger than 4 MiB"),
    ],
)
def test_what_is_no_list_is_told_in_one_sentence(raw: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_items(raw, PATH)


# Packs of ours


def test_a_built_pack_lists_its_items_in_the_order_of_its_contents(built: PackReader) -> None:
    assert [
        ("song.mp3", "song.html", "audio", {"fr": "Le chant"}),
        ("books/guide.pdf", "books/guide.html", "document", {"fr": "guide"}),
        ("books/tale.epub", "books/tale.html", "book", {"en": "The tale"}),
        ("film/washing.webm", "film/washing.html", "film", {"fr": "Se laver les mains", "ar": "غسل اليدين"}),
    ] == [(item.path, item.page, item.kind, item.title) for item in items_of(built)]


def test_it_says_what_is_known_of_each(built: PackReader) -> None:
    song, _, _, film = items_of(built)

    assert (("Amina",), "Songs", {"fr": "_pack/transcripts/song.fr.txt"}) == (
        song.creators, song.part_of, song.transcripts,
    )  # fmt: skip
    assert ("ar", "CC0-1.0", "film/washing.jpg", {"ar": "film/washing.ar.vtt", "fr": "film/washing.fr.vtt"}) == (
        film.language, film.licence, film.poster, film.subtitles,
    )  # fmt: skip
    assert (True, True) == (0.5 < (film.duration or 0) < 2, film.size > 1000)


def test_an_item_is_found_by_its_file_and_by_its_page(built: PackReader) -> None:
    film = items_of(built)[3]

    assert [film, film, None, None] == [
        find_item(built, path) for path in ("film/washing.webm", "film/washing.html", "index.fr.html", "nowhere")
    ]


# Packs of any maker


def test_files_are_items_by_their_type(tmp_path: Path) -> None:
    entries: dict[str, tuple[str, str | bytes]] = {
        "videos/le_puits.mp4": ("video/mp4", b"film"),
        "videos/le_puits.fr.vtt": ("text/vtt", "WEBVTT\n"),
        "videos/le_puits.por.vtt": ("text/vtt", "WEBVTT\n"),
        "videos/le_puits.vtt": ("text/vtt", "WEBVTT\n"),
        "videos/le_puits.not a language.vtt": ("text/vtt", "WEBVTT\n"),
        "videos/le_puits_2.fr.vtt": ("text/vtt", "WEBVTT\n"),
        "song.ogg": ("audio/ogg", b"song"),
        "book.epub": ("application/epub+zip", b"book"),
        "guide.pdf": ("application/pdf", b"guide"),
        "page": ("text/html", "<title>x</title>"),
    }
    pack = zim(tmp_path, entries, language="swa")

    film = find_item(pack, "videos/le_puits.mp4")

    assert film is not None
    assert ("film", {"sw": "le puits"}, "sw") == (film.kind, film.title, film.language)
    assert {"fr": "videos/le_puits.fr.vtt", "pt": "videos/le_puits.por.vtt", "sw": "videos/le_puits.vtt"} == (
        film.subtitles
    )
    assert ["audio", "book", "document", None] == [
        found.kind if (found := find_item(pack, path)) else None
        for path in ("song.ogg", "book.epub", "guide.pdf", "page")
    ]
    assert () == items_of(pack)


@pytest.mark.parametrize("raw", ["[]", "{", '{"format": 1, "items": [{"path": "film.mp4"}]}'])
def test_a_list_that_cannot_be_read_costs_itself_only(tmp_path: Path, raw: str) -> None:
    pack = zim(tmp_path, {PATH: ("application/json", raw), "film.mp4": ("video/mp4", b"film")})

    found = find_item(pack, "film.mp4")

    assert ("film", ()) == (found.kind if found else None, items_of(pack))


# Addresses


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        ({}, "/watch/p%C3%A4ck/a%20b%3F.mp4"),
        ({"kind": "audio"}, "/watch/p%C3%A4ck/a%20b%3F.mp4"),
        ({"kind": "book", "path": "b.epub"}, "/read/p%C3%A4ck/b.epub"),
        ({"kind": "document", "path": "b.pdf", "mimetype": "application/pdf"}, "/read/p%C3%A4ck/b.pdf"),
        ({"kind": "document", "path": "b.odt", "mimetype": "x/y"}, "/content/p%C3%A4ck/a%20b%3F.html"),
        ({"kind": "picture"}, "/content/p%C3%A4ck/a%20b%3F.html"),
    ],
)
def test_where_the_app_shows_an_item(facts: dict[str, Any], address: str) -> None:
    fields = json.loads(write_items([FILM]))["items"][0]

    assert address == item_address("päck", Item(**(fields | facts)))


def test_only_pages_of_items_that_the_app_shows_have_a_page_of_it(built: PackReader) -> None:
    assert ["/watch/words/film/washing.webm", "/read/words/books/tale.epub", None, None] == [
        app_page(built, "words", path)
        for path in ("film/washing.html", "books/tale.html", "film/washing.webm", "index.fr.html")
    ]
