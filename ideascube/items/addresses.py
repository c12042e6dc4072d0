"""The app's addresses of items: where one is watched or read."""

from __future__ import annotations

from content_packs.items import Item
from content_packs.pack_id import OWN
from content_packs.zim.reader import PackReader
from ideascube.courses.own_pages import course_page
from ideascube.items.finding import item_with_page
from ideascube.web.origins import area_address, content_path

__all__ = ["OWN", "app_page", "item_address"]


def item_address(pack_id: str, item: Item) -> str:
    """Where the app shows an item, without the origin: films and sounds at `/watch`, books and PDF at `/read`.

    Else the pack's own page, which `/content` leads to.
    """
    area = _area(item)
    return area_address(area, pack_id, item.path) if area else content_path(pack_id, item.page or item.path)


def app_page(reader: PackReader, pack_id: str, path: str) -> str | None:
    """The address of the app's page that shows what the pack's own page at `path` does, or None where there is none."""
    item = item_with_page(reader, path)
    if item is not None and _area(item):
        return item_address(pack_id, item)
    return course_page(reader, pack_id, path)


def _area(item: Item) -> str:
    if item.is_played:
        return "watch"
    return "read" if item.kind == "book" or item.mimetype.startswith("application/pdf") else ""
