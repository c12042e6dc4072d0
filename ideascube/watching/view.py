"""What a player shows: made here once, for the player's page and for lessons that are films or sounds."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.items import Item
from content_packs.zim.reader import PackReader


@dataclass(frozen=True, slots=True)
class PlayerView:
    """What the macro `player` of `player.html` takes. Addresses are on the app's origin.

    `element` is `video` or `audio`; `at` the second at which it starts, 0 for its beginning; `goes_on` says that this
    is where the visitor stopped.
    """

    pack_id: str
    item: Item
    title: str
    lang: str
    element: str
    source: str
    poster: str
    at: int
    goes_on: bool


async def player_view(request: web.Request, reader: PackReader, pack_id: str, item: Item) -> PlayerView:
    """The view of a film or sound for this visitor: subtitles and words in their languages, where they stopped."""
    raise NotImplementedError
