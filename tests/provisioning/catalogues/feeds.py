"""A catalogue as Kiwix's server sends it, made on the spot, and a server that says whatever a test wants it to say."""

from __future__ import annotations

import gzip
import hashlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from aiohttp import web

from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import Refreshed, Source, open_web, refresh
from provisioning.catalogues.sources import OPDS, add_source

HEAD = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/">'
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def entry(name: str, flavour: str = "maxi", **facts: Any) -> str:
    """An entry. `size` in bytes, `articles`, `date`, `language`, `title`, `summary`; `href` of the file."""
    date = facts.get("date", "2026-10-01")
    href = facts.get("href", f"https://download.example.org/zim/{name}_{flavour}_{date[:7]}.zim.meta4")
    link = '<link rel="http://opds-spec.org/acquisition/open-access" type="application/x-zim"'
    uuid = facts.get("uuid", hashlib.md5(f"{name}{flavour}{date}".encode()).hexdigest())
    return (
        f"<entry><id>urn:uuid:{uuid}</id><title>{escape(facts.get('title', name.title()))}</title>"
        f"<summary>{escape(facts.get('summary', 'About it'))}</summary>"
        f"<language>{facts.get('language', 'fra')}</language><name>{name}</name><flavour>{flavour}</flavour>"
        f"<category>wikipedia</category><tags>_category:wikipedia</tags>"
        f"<articleCount>{facts.get('articles', 1000)}</articleCount><dc:issued>{date}T00:00:00Z</dc:issued>"
        f'{link} href="{escape(href)}" length="{facts.get("size", 1_000_000)}"/></entry>'
    )


def feed(entries: list[str], total: int | None = None) -> bytes:
    said = "" if total is None else f"<totalResults>{total}</totalResults>"
    return f"{HEAD}{said}{''.join(entries)}</feed>".encode()


@dataclass
class Kiwix:
    """A server with these entries, in pages, packed and with validators, as Kiwix's is. `asked`: what it was asked."""

    entries: list[str] = field(default_factory=list)
    dead: set[int] = field(default_factory=set)  # pages that answer 500, by their first entry
    asked: list[tuple[str, int]] = field(default_factory=list)  # path with query, status

    async def answer(self, request: web.Request) -> web.StreamResponse:
        start, count = int(request.query.get("start", 0)), int(request.query.get("count", 10))
        language = request.query.get("lang")
        found = [each for each in self.entries if language is None or f"<language>{language}<" in each]
        body = gzip.compress(feed(found[start : start + count], len(found)), mtime=0)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        status = 304 if request.headers.get("If-None-Match") == etag else 200
        status = 500 if start in self.dead else status
        self.asked.append((request.path_qs, status))
        if status != 200:
            return web.Response(status=status)
        return web.Response(body=body, headers={"ETag": etag, "Content-Encoding": "gzip"})


@asynccontextmanager
async def serving(handler: Handler, encryption: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server that answers everything by `handler`; its address, which begins with http:// in any case."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=encryption)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def added(data: DataFolder, address: str, name: str = "kiwix", **facts: Any) -> Source:
    """The catalogue at the address, added as an operator does."""
    source = Source(name, f"{address}/catalog/v2/entries", OPDS, plain_http=True, **facts)
    add_source(data, source)
    return source


async def refreshed(source: Source, data: DataFolder) -> Refreshed:
    async with open_web(silence=5) as way:
        return await refresh(source, data, way)


def data_folder(path: Path) -> DataFolder:
    data = DataFolder(path / "data")
    data.create()
    return data
