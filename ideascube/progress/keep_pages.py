"""`/keep`: keep a page of a pack, an item, a pack, or a search, and keep it no longer."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from aiohttp import web

from content_packs.pack_id import OWN
from content_packs.zim.finding import shown_title
from content_packs.zim.reader import PackReader
from ideascube.creations.cards import creation_card
from ideascube.items.finding import find_item
from ideascube.items.wording import in_language
from ideascube.progress.lines import SEARCH, Line, lines_of
from ideascube.progress.made_here import look_up_made, made_at
from ideascube.progress.mine import NO_STORE
from ideascube.progress.places import Place, checked
from ideascube.progress.request import forget, note, progress_of
from ideascube.web.context import LIBRARY
from ideascube.web.i18n import interface_language, translations, visitor_languages
from ideascube.web.language import read_form
from ideascube.web.lookup import is_text
from ideascube.web.rendering import render


async def ask(request: web.Request) -> web.StreamResponse:
    """What the page in `pack` and `path` is, whether it is kept, and a button. An empty `pack` is the box: a search."""
    return await _page(request, await _place(request, request.query.get("pack", ""), request.query.get("path", "")))


async def _page(request: web.Request, place: Place, *, failed: bool = False) -> web.StreamResponse:
    line = _line(request, place)
    is_kept = (await progress_of(request)).get("kept", place.pack, place.path) is not None
    return render(
        request, "keep.html", status=503 if failed else 200, headers=NO_STORE,
        line=line, place=place, is_kept=is_kept, failed=failed,
    )  # fmt: skip


async def keep(request: web.Request) -> web.StreamResponse:
    """Form fields: `pack`, `path`, and `keep`: 0 for no longer. `back`: `mine` where it was asked from there."""
    form = await read_form(request)
    place = await _place(request, str(form.get("pack", "")), str(form.get("path", "")), known=form.get("keep") != "0")
    back = "/mine" if form.get("back") == "mine" else f"/keep?{urlencode({'pack': place.pack, 'path': place.path})}"
    answer = web.HTTPSeeOther(back)
    if form.get("keep") == "0":
        done = await forget(request, answer, "kept", place.pack, place.path)
    else:
        done = await note(request, answer, place)
    if not done:
        return await _page(request, place, failed=True)
    raise answer


async def _place(request: web.Request, pack: str, path: str, *, known: bool = True) -> Place:
    """Raises HTTPNotFound for a page that is not on the box, if it has to be `known`, and for what can be none."""
    title = await _title(request, pack, path) if is_text(pack + path) else ""
    if (known and not title) or checked(Place("kept", pack, path)) is None:
        raise web.HTTPNotFound(text="This page is not on this box, so it can't be kept.")
    return Place("kept", pack, path, title=title)


async def _title(request: web.Request, pack: str, path: str) -> str:
    """As `title_of`, also of what was made here."""
    if pack != OWN:
        return title_of(request, pack, path)
    place = Place("kept", pack, path)
    await look_up_made(request, [place])
    made = made_at(request, place)
    return creation_card(request, made).title if made is not None else ""


def title_of(request: web.Request, pack_id: str, path: str) -> str:
    """What the page calls itself, else the pack's title; empty where there is no such page."""
    if not pack_id:
        return _search_title(request, path)
    record = request.app[LIBRARY].get(pack_id)
    if record is None or record.manifest is None:
        return ""
    pack_title = record.manifest.title_in(*visitor_languages(request))
    if not path:
        return pack_title
    title = _page_title(request.app[LIBRARY].archive(pack_id), path, visitor_languages(request))
    return "" if title is None else title or pack_title


def _page_title(reader: PackReader, path: str, spoken: tuple[str, ...]) -> str | None:
    """None where there is no such page."""
    item = find_item(reader, path)
    if item is not None:
        return in_language(item.title, spoken).text
    entry = reader.find(path)
    return None if entry is None else shown_title(entry.title, path)


def _search_title(request: web.Request, path: str) -> str:
    asked = parse_qs(path.removeprefix(SEARCH)).get("q", [""])[0].strip() if path.startswith(SEARCH) else ""
    _ = translations(interface_language(request)).gettext
    return _("Search: %(words)s") % {"words": asked} if asked else ""


def _line(request: web.Request, place: Place) -> Line | None:
    """None for what is kept of a pack that is no longer here."""
    return next(iter(lines_of(request, [place])), None)


ROUTES = [web.get("/keep", ask), web.post("/keep", keep)]
