"""`/health`: the box's state for monitors, as JSON."""

from __future__ import annotations

from aiohttp import web

from ideascube.web.context import LIBRARY, PAGES, SETTINGS


async def health(request: web.Request) -> web.Response:
    """`status` is "ok" while every pack can be shown; `cache` speaks of the worker that answers."""
    live, cache = request.app[LIBRARY], request.app[PAGES]
    broken = [{"pack": pack.id, "file": pack.files[0], "problem": pack.problem} for pack in live.library.broken]
    store = [{"problem": problem} for problem in live.library.problems]
    return web.json_response(
        {
            "status": "problems" if broken or store else "ok",
            "packs": len(live.shown),
            "problems": [*store, *broken],
            "cache": {
                "limit_bytes": request.app[SETTINGS].cache_size,
                "workers": request.app[SETTINGS].workers,
                "pages_limit_bytes": cache.limit,
                "pages_bytes": cache.size,
                "pages": len(cache),
                "hits": cache.hits,
                "misses": cache.misses,
            },
        },
        headers={"Cache-Control": "no-store"},
    )


ROUTES = [web.get("/health", health)]
