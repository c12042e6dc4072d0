"""What a worker's handlers share, made once at its start and reached through typed keys."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.threads import BoxDatabase
from ideascube.indexing.state import LiveState
from ideascube.live_library import LiveLibrary
from ideascube.people.people import People
from ideascube.progress.cards import Cards
from ideascube.reading.pdf_client import PdfClient
from ideascube.receiving.receiver import Receiver
from ideascube.search.client import SearchClient
from ideascube.settings import Settings
from ideascube.unfound import UnfoundSearches
from ideascube.web.origins import Origins
from ideascube.web.page_cache import PageCache
from ideascube.web.turns import Turns

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)
LIBRARY: web.AppKey[LiveLibrary] = web.AppKey("library", LiveLibrary)
ORIGINS: web.AppKey[Origins] = web.AppKey("origins", Origins)
PAGES: web.AppKey[PageCache] = web.AppKey("pages", PageCache)
INDEXING: web.AppKey[LiveState] = web.AppKey("indexing", LiveState)
SEARCH: web.AppKey[SearchClient] = web.AppKey("search", SearchClient)
TURNS: web.AppKey[Turns] = web.AppKey("turns", Turns)
UNFOUND: web.AppKey[UnfoundSearches | None] = web.AppKey("unfound")
CARDS: web.AppKey[Cards] = web.AppKey("cards", Cards)
PEOPLE: web.AppKey[People] = web.AppKey("people", People)
PDF: web.AppKey[PdfClient] = web.AppKey("pdf", PdfClient)
DATABASE: web.AppKey[BoxDatabase] = web.AppKey("database", BoxDatabase)
RECEIVER: web.AppKey[Receiver] = web.AppKey("receiver", Receiver)
