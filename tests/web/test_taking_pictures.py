"""The pictures that a saved page brings along: no more than an old phone opens, whatever the page says."""

from __future__ import annotations

from pathlib import Path

from content_packs.zim.archive import ZimArchive
from ideascube.taking.page_file import PICTURES_MOST, PICTURES_TRIED, Surroundings
from tests.support.zims import make_zim


def saved(pack: Path, *pictures: str) -> str:
    around = Surroundings("page.html", lambda path: path)
    page = "".join(f'<img src="{around.link("img", "src", picture)}">' for picture in pictures)
    return around.with_pictures(page, ZimArchive(pack))


def test_a_picture_that_is_asked_for_again_and_again_has_room_twice(tmp_path: Path) -> None:
    large = "<svg>" + " " * (PICTURES_MOST // 2 - 100) + "</svg>"
    pack = make_zim(tmp_path / "a.zim", {"large.svg": ("image/svg+xml", large)})

    page = saved(pack, *["large.svg"] * 20)

    assert 2 == page.count("data:image/svg+xml")
    assert 20 == page.count("<img")


def test_very_many_pictures_are_not_even_looked_for(tmp_path: Path) -> None:
    pack = make_zim(tmp_path / "a.zim", {"small.svg": ("image/svg+xml", "<svg/>")})

    assert PICTURES_TRIED == saved(pack, *["small.svg"] * 1000).count("data:image/svg+xml")
