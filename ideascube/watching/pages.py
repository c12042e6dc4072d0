"""`/watch/ID/PATH`: the page of one film or sound, and what its pack has beside it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from yarl import URL

from content_packs.items import Item
from content_packs.zim.reader import PackReader
from ideascube.items.addresses import item_address
from ideascube.items.cards import ItemCard, item_card
from ideascube.items.finding import find_item, items_of
from ideascube.items.wording import Worded, in_language
from ideascube.watching.choosing import next_of, others_of
from ideascube.watching.view import PlayerView, player_view
from ideascube.web.cards import liked_languages, pack_title, page_address
from ideascube.web.i18n import interface_language
from ideascube.web.lookup import ANY_PATH, is_text, open_pack, printable, tail_of
from ideascube.web.origins import area_address
from ideascube.web.rendering import render
from ideascube.web.wording import kind_name


@dataclass(frozen=True, slots=True)
class WatchPage:
    """What `watch.html` shows beside the player. `kicker` is what stands above the title and leads to the pack."""

    player: PlayerView
    address: str
    save: str
    description: Worded
    kicker: str
    pack_title: str
    pack_page: str
    next: ItemCard | None
    others: list[ItemCard]


async def watch(request: web.Request) -> web.StreamResponse:
    """The page; 302 for an item that is not played, or whose page was named; 404 where there is none."""
    pack_id = request.match_info["id"]
    reader = open_pack(request, pack_id)
    path = tail_of(request, 2)
    item = find_item(reader, path) if is_text(path) else None
    if item is None or reader.find(item.path) is None:
        raise web.HTTPNotFound(text=f"There is no film or sound “{printable(path)}” in this pack.")
    if not item.is_played or item.path != path:
        raise web.HTTPFound(_with_query(item_address(pack_id, item), request))
    return render(request, "watch.html", page=await _page(request, reader, pack_id, item))


def _with_query(address: str, request: web.Request) -> URL:
    query = request.rel_url.raw_query_string
    return URL(f"{address}?{query}" if query else address, encoded=True)


async def _page(request: web.Request, reader: PackReader, pack_id: str, item: Item) -> WatchPage:
    liked = liked_languages(request, pack_id)
    player = await player_view(request, reader, pack_id, item)
    items = items_of(reader)
    coming = next_of(items, item)
    called = pack_title(request, pack_id)
    kind = "film" if item.kind == "film" else "audio"
    return WatchPage(
        player=player,
        address=item_address(pack_id, item),
        save=area_address("save", pack_id, item.path),
        description=in_language(item.description, liked),
        kicker=kind_name(kind, interface_language(request)) if called == player.title.text else called,
        pack_title=called,
        pack_page=page_address(pack_id),
        next=item_card(pack_id, coming, liked) if coming else None,
        others=[item_card(pack_id, one, liked) for one in others_of(items, item)],
    )


ROUTES = [web.get("/watch/{id}/" + ANY_PATH, watch)]
