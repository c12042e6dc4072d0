"""What `ideascube pack import` makes, asked for in Debian's kiwix-serve."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from content_packs.importers.importing import import_pack
from tests.content_packs.sources import write_files, write_picture
from tests.kiwix.peers import kiwix_serve
from tests.support.box import request
from tests.support.shared import shared
from tests.support.zips import zip_folder

MANIFEST = """\
medias:
- {title: Cuire le riz, summary: Comment cuire, credits: BSF, lang: fr, path: riz.epub, tags: cuisine}
- {title: Le puits, summary: Une photographie, credits: BSF, lang: fr, path: puits.jpg}
"""


@pytest.fixture(scope="module")
def kiwix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    work, packs = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("packs")
    source = write_files(work / "source", {"manifest.yml": MANIFEST})
    write_picture(source / "puits.jpg")
    shutil.copyfile(shared("media/testdocument.epub"), source / "riz.epub")
    import_pack(zip_folder(work / "cuisine.zip", source), packs / "cuisine.zim")
    import_pack(shared("media/sample_site.zip"), packs / "site.zim")
    import_pack(shared("zim/good/packages/wikipedia_tum_all_nopic_2015-08.zip"), packs / "tumbuka.zim")
    with kiwix_serve(packs) as address:
        yield address


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/cuisine/contents.fr.html", "Cuire le riz"),
        ("/cuisine/puits.html", "Une photographie"),
        ("/site/index.html", "<html"),
        ("/tumbuka/Zuwa.html", "Zuwa"),
    ],
)
def test_pages_are_served(kiwix: str, address: str, words: str) -> None:
    answer = request(kiwix + address)

    assert 200 == answer.status
    assert words in answer.text


@pytest.mark.parametrize(("words", "page"), [("photographie", "puits.html"), ("Cuisinart", "riz.html")])
def test_media_are_found_by_their_words_and_by_what_was_written_about_them(kiwix: str, words: str, page: str) -> None:
    answer = request(f"{kiwix}/search?content=cuisine&pattern={words}")

    assert f"/cuisine/{page}" in answer.text


def test_media_are_suggested_by_their_titles(kiwix: str) -> None:
    answer = request(f"{kiwix}/suggest?content=cuisine&term={quote('Cuire')}")

    assert "riz.html" in [one.get("path") for one in json.loads(answer.text)]
