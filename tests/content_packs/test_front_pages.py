"""Which entries are front pages: small packs hold the list, large ones search it in the file, with the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.zim import front
from content_packs.zim.archive import ZimArchive
from content_packs.zim.front import FrontPages
from content_packs.zim.layout import ZimLayout
from tests.support.shared import shared
from tests.support.zims import make_zim

PAGE = "<html><head><title>{}</title></head><body>text</body></html>"


def answers(path: Path) -> list[bool]:
    archive = ZimArchive(path)
    layout = ZimLayout(archive.file)
    pages = FrontPages(archive.file, layout)
    return [pages.contains(index) for index in range(layout.header.entry_count)]


@pytest.mark.parametrize(
    "name", ["wikipedia_en_ray_charles.zim", "nons/wikibooks_be_all_nopic_2017-02.zim", "withns/small.zim"]
)
def test_a_search_in_the_file_agrees_with_the_list_in_memory(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = shared(f"zim/good/{name}")
    held = answers(pack)
    monkeypatch.setattr(front, "_HELD_LIMIT", 0)

    assert any(held)
    assert answers(pack) == held


def test_pages_of_one_title_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_HELD_LIMIT", 0)
    pages = {f"{number}.html": ("text/html", PAGE.format("Same")) for number in range(40)}
    frames = {f"{number}-frame.html": ("text/html;frame", PAGE.format("Same")) for number in range(40)}
    archive = ZimArchive(make_zim(tmp_path / "same.zim", {**pages, **frames}))
    found = {path: archive.is_front(archive.find(path)) for path in [*pages, *frames]}  # type: ignore[arg-type]

    assert {path for path, is_front in found.items() if is_front} == set(pages)
