"""A pack that `pack build` made, in Debian's kiwix-serve and zim-tools: pages, search, suggestions, the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from content_packs.build import build_pack
from tests.content_packs.sources import pages_folder, write_files, write_picture, zimcheck
from tests.kiwix.peers import kiwix_serve
from tests.kiwix.test_kiwix_tools import run
from tests.media.films import make_sound
from tests.support.box import request
from tests.support.documents import make_epub
from tests.support.shared import program


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    source = pages_folder(folder / "source")
    make_epub(source / "books" / "tale.epub", "A heron stood there", title="The tale")
    make_sound(source / "song.mp3", seconds=1)
    write_files(source, {"song.fr.txt": "Une hirondelle chante."})
    write_picture(source / "photos" / "well.jpg", (400, 300))
    (folder / "packs").mkdir()
    report = build_pack(source, folder / "packs" / "words.zim")
    assert () == report.warnings
    return report.pack


@pytest.fixture(scope="module")
def kiwix(pack: Path) -> Iterator[str]:
    with kiwix_serve(pack.parent) as address:
        yield address


def search(kiwix: str, word: str) -> list[str]:
    """The paths of the pages that kiwix-serve finds."""
    answer = request(f"{kiwix}/search?content=words&pattern={word}").body.decode()
    found = [str(node.attributes["href"]) for node in LexborHTMLParser(answer).css(".results a")]
    return [address.partition("/words/")[2] for address in found]


def test_zimcheck_finds_nothing(pack: Path) -> None:
    program("zimcheck")

    assert 0 == zimcheck(pack).returncode


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("bienvenue", "index.fr.html"),
        ("jerrycan", "books/guide.html"),
        ("heron", "books/tale.html"),
        ("savon", "film/washing.html"),
        ("hirondelle", "song.html"),
    ],
)
def test_kiwix_finds_pages_by_what_is_in_their_document_or_film(kiwix: str, word: str, page: str) -> None:
    assert [page] == search(kiwix, word)


def test_kiwix_suggests_items(kiwix: str) -> None:
    answer = json.loads(request(f"{kiwix}/suggest?content=words&term=the+ta").body)

    assert "books/tale.html" in [one.get("path") for one in answer]


@pytest.mark.parametrize(
    ("path", "mimetype"),
    [
        ("film/washing.html", "text/html"),
        ("film/washing.webm", "video/webm"),
        ("film/washing.fr.vtt", "text/vtt"),
        ("books/guide.pdf", "application/pdf"),
        ("_pack/thumbnails/photos/well.jpg.webp", "image/webp"),
        ("_pack/galleries/photos.html", "text/html"),
    ],
)
def test_kiwix_serves_what_is_in_it(kiwix: str, path: str, mimetype: str) -> None:
    answer = request(f"{kiwix}/raw/words/content/{path}")

    assert (200, mimetype) == (answer.status, answer.headers["Content-Type"].partition(";")[0])


def test_zimdump_lists_what_was_written(pack: Path) -> None:
    listed = run(program("zimdump"), "list", pack).splitlines()

    assert [
        "_pack/film.js",
        "_pack/galleries/photos.html",
        "_pack/items.json",
        "_pack/posters/books/guide.pdf.webp",
        "_pack/style.css",
        "_pack/text/books/guide.html",
        "_pack/text/books/tale.html",
        "_pack/transcripts/song.fr.txt",
    ] == [path for path in listed if path.startswith("_pack") and "thumbnails" not in path]
    assert {"books/guide.html", "books/tale.epub", "film/washing.fr.vtt", "song.html", "song.mp3"} <= set(listed)
