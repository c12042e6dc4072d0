"""Pages read for a search are those that a reader is given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from content_packs.zim.archive import ZimArchive
from content_packs.zim.finding import page_bytes
from content_packs.zim.reader import ZimEntry
from tests.support.shared import shared
from tests.support.zims import make_zim

PAGES = {f"{number}.html": ("text/html", f"<p>{number}</p>" * (number * 50 + 1)) for number in range(60)}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_zim(tmp_path / "pack.zim", {**PAGES, "style.css": ("text/css", "p {}")}, redirects={"r": "1.html"})


def pages_of(archive: ZimArchive) -> Iterator[ZimEntry]:
    for number in range(archive.libzim.all_entry_count):
        entry = archive.find(archive.libzim._get_entry_by_id(number).path)
        if isinstance(entry, ZimEntry) and entry.is_html:
            yield entry


@pytest.mark.parametrize("paths", [list(PAGES), list(PAGES)[::-1], list(PAGES)[::7] * 3], ids=["on", "back", "jumps"])
def test_pages_in_any_order(pack: Path, paths: list[str]) -> None:
    archive = ZimArchive(pack)

    assert [PAGES[path][1].encode() for path in paths] == [page_bytes(archive, path) for path in paths]


def test_packs_in_turn_and_threads_at_once(pack: Path, tmp_path: Path) -> None:
    other = make_zim(tmp_path / "other.zim", {path: (kind, text.upper()) for path, (kind, text) in PAGES.items()})
    asked = [(archive, path) for path in PAGES for archive in (ZimArchive(pack), ZimArchive(other))]
    with ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(lambda one: page_bytes(*one).decode(), asked))

    assert [text for _, text in PAGES.values()] == texts[::2]
    assert [text.upper() for _, text in PAGES.values()] == texts[1::2]


@pytest.mark.parametrize("name", ["wikipedia_en_ray_charles.zim", "withns/wikibooks_be_all_nopic_2017-02.zim"])
def test_pages_of_other_producers(name: str) -> None:
    archive = ZimArchive(shared(f"zim/good/{name}"))
    pages = list(pages_of(archive))

    assert pages
    assert [archive.read(page) for page in pages] == [page_bytes(archive, page.path) for page in pages]


def test_what_is_no_page_is_empty(pack: Path) -> None:
    archive = ZimArchive(pack)

    assert [b"", b"", b""] == [page_bytes(archive, path) for path in ("style.css", "r", "nowhere")]


def test_a_damaged_cluster_gives_nothing_and_spoils_no_other_pack(pack: Path, tmp_path: Path) -> None:
    whole = ZimArchive(pack)
    place = whole.layout.cluster_of(whole.layout.dirent(whole.find("59.html").index))  # type: ignore[union-attr]
    damaged = tmp_path / "damaged.zim"
    shutil.copyfile(pack, damaged)
    with damaged.open("r+b") as file:
        file.seek(place.offset + 4)
        file.write(b"\xff" * 200)

    assert b"" == page_bytes(ZimArchive(damaged), "59.html")
    assert PAGES["59.html"][1].encode() == page_bytes(whole, "59.html")
