"""An item as lists show it: a card with its picture, title and length, leading to where the app shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content_packs.items import Item
from ideascube.items.addresses import item_address
from ideascube.items.wording import Worded, in_language
from ideascube.web.raw import raw_path


@dataclass(frozen=True, slots=True)
class ItemCard:
    """`picture` is the address of a small one, or empty; `seconds` how long it plays, 0 where that is not known."""

    address: str
    title: Worded
    kind: str
    picture: str
    seconds: int


def item_card(pack_id: str, item: Item, liked: Iterable[str]) -> ItemCard:
    """The card, with the title in the language that is liked best."""
    picture = item.thumbnail or item.poster
    return ItemCard(
        address=item_address(pack_id, item),
        title=item_title(item, liked),
        kind=item.kind,
        picture=raw_path(pack_id, picture) if picture else "",
        seconds=round(item.duration or 0),
    )


def item_title(item: Item, liked: Iterable[str]) -> Worded:
    """Its title in the language that is liked best, else its file's name."""
    title = in_language(item.title, liked)
    return title if title.text else Worded(item.path.rpartition("/")[2], "")
