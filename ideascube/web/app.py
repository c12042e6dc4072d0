"""Wires a worker's two applications: the app's pages and the content of packs, with one library and one cache."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from content_packs.zim.archive import set_cluster_cache
from ideascube.arranging.live_home import LIVE_HOME, LiveHome
from ideascube.arranging.seeing import mediators_see, pass_holders_see
from ideascube.box_db.threads import BoxDatabase
from ideascube.indexing.state import LiveState
from ideascube.live_facts import FACTS, LiveFacts
from ideascube.live_library import LiveLibrary
from ideascube.people.people import People
from ideascube.progress.cards import Cards
from ideascube.reading.outlines import OUTLINES, Outlines
from ideascube.reading.pdf_client import PdfClient
from ideascube.receiving.receiver import Receiver
from ideascube.search.client import SearchClient
from ideascube.settings import Settings
from ideascube.unfound import UnfoundSearches
from ideascube.web import routes
from ideascube.web.context import (
    CARDS,
    DATABASE,
    INDEXING,
    LIBRARY,
    ORIGINS,
    PAGES,
    PDF,
    PEOPLE,
    RECEIVER,
    SEARCH,
    SETTINGS,
    TURNS,
    UNFOUND,
)
from ideascube.web.errors import plain_errors
from ideascube.web.origins import Origins
from ideascube.web.page_cache import PageCache
from ideascube.web.security import refuse_forgery
from ideascube.web.turns import Turns

_FORM_LIMIT = 64 * 1024  # bytes of a form
# Of a worker's cache, for answers ready to be sent at most. What they leave is for unpacked clusters: a box that has
# just started needs these to make answers, one that has run for a while has the answers.
_PAGES_MOST = 0.75
_TURN_PATIENCE = 10  # searches that take as long as they may: so long a visitor waits for those of the same address


def create_apps(settings: Settings) -> tuple[web.Application, web.Application]:
    """The application for the app's port and the one for the packs' port.

    With host names for packs, the first one answers for these hosts too.
    """
    budget = settings.cache_per_worker
    pages = PageCache(int(budget * _PAGES_MOST), grown=lambda size: set_cluster_cache(budget - size))
    set_cluster_cache(budget)
    library = LiveLibrary(settings.data)
    facts = LiveFacts(settings.data)
    outlines = Outlines(settings.data.cache / "books")
    app = web.Application(middlewares=[plain_errors, refuse_forgery, mediators_see], client_max_size=_FORM_LIMIT)
    app.add_routes(routes.app_routes())
    content_apps = [_content_app(), _content_app()]
    for each in (app, *content_apps):
        _share(each, settings, library, pages)
        each[OUTLINES] = outlines
        each[FACTS] = facts
    _prepare_database(app, *content_apps, settings=settings)
    _prepare_uploads(app, settings)
    _prepare_searches(app, settings)
    _prepare_cards(app, settings)
    _prepare_people(app, settings)
    app[LIVE_HOME] = LiveHome()
    if settings.content_domain is not None:
        app.add_domain(f"*.{settings.content_domain}", content_apps[1])
    return app, content_apps[0]


def _prepare_searches(app: web.Application, settings: Settings) -> None:
    turns = app[TURNS] = Turns(settings.turns_file, _TURN_PATIENCE * settings.search_deadline)
    unfound = app[UNFOUND] = UnfoundSearches(settings.data) if settings.count_unfound else None

    async def close(app: web.Application) -> None:
        turns.close()
        if unfound is not None:
            await asyncio.to_thread(unfound.close)

    app.on_cleanup.append(close)


def _prepare_database(app: web.Application, *content_apps: web.Application, settings: Settings) -> None:
    database = app[DATABASE] = BoxDatabase("workspace", settings.data)
    for each in content_apps:
        each[DATABASE] = database
    app.on_cleanup.append(_closing(database))


def _prepare_uploads(app: web.Application, settings: Settings) -> None:
    receiver = app[RECEIVER] = Receiver(settings.data, app[DATABASE])

    async def stop(app: web.Application) -> None:
        receiver.stop()

    app.on_shutdown.append(stop)
    app.on_cleanup.insert(0, _closing(receiver))  # before the database, to which it writes


def _prepare_cards(app: web.Application, settings: Settings) -> None:
    cards = app[CARDS] = Cards(settings.data)
    app.on_cleanup.append(_closing(cards))


def _prepare_people(app: web.Application, settings: Settings) -> None:
    people = app[PEOPLE] = People(settings.data, settings.hashing_file)
    app.on_cleanup.append(_closing(people))


class _Closes(Protocol):
    async def close(self) -> None: ...


def _closing(what: _Closes) -> Callable[[web.Application], Awaitable[None]]:
    """Have it closed when the application ends."""

    async def close(app: web.Application) -> None:
        await what.close()

    return close


def _content_app() -> web.Application:
    app = web.Application(middlewares=[plain_errors, pass_holders_see], client_max_size=_FORM_LIMIT)
    app.add_routes(routes.content_routes())
    return app


def _share(app: web.Application, settings: Settings, library: LiveLibrary, pages: PageCache) -> None:
    app[SETTINGS] = settings
    app[LIBRARY] = library
    app[PAGES] = pages
    app[INDEXING] = LiveState(settings.data.indexing_file)
    app[ORIGINS] = Origins(settings)
    app[PDF] = PdfClient(settings.renderer_socket, settings.data.pdf_cache)
    app[SEARCH] = SearchClient(settings.searcher_socket, settings.search_deadline)
