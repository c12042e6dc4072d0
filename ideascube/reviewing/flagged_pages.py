"""From a flagged page's place to what it is called and where it is seen."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from ideascube.box_db.creations import load_shown
from ideascube.box_db.random_ids import is_id
from ideascube.creations.addresses import item_path
from ideascube.creations.cards import creation_card
from ideascube.progress.keep_pages import title_of
from ideascube.progress.lines import lines_of
from ideascube.progress.places import Place, checked
from ideascube.reviewing.flags import Page
from ideascube.web.context import DATABASE
from ideascube.web.lookup import is_text


@dataclass(frozen=True, slots=True)
class Shown:
    """`lang`: of the title. `picture`: an address, or empty."""

    page: Page
    address: str
    lang: str
    icon: str
    picture: str


async def shown_page(request: web.Request, pack: str, path: str) -> Shown | None:
    """A page that learners can open; None where there is none (any more)."""
    if not is_text(pack + path):
        return None
    return _of_pack(request, pack, path) if pack else await _made_here(request, path)


def _of_pack(request: web.Request, pack: str, path: str) -> Shown | None:
    title = title_of(request, pack, path)
    if not title or checked(Place("kept", pack, path)) is None:
        return None
    line = next(iter(lines_of(request, [Place("kept", pack, path, title=title)])), None)
    return Shown(Page(pack, path, title), line.address, line.lang, line.icon, line.picture) if line else None


async def _made_here(request: web.Request, path: str) -> Shown | None:
    name = path.removeprefix("items/")
    creation = await request.app[DATABASE].read(load_shown, name) if is_id(name) else None
    if creation is None or creation.audience != "all":
        return None
    card = creation_card(request, creation)
    return Shown(Page("", item_path(name), card.title), card.address, card.lang, card.icon, card.picture)
