"""`/health`: the box's state for monitors, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from ideascube.indexing.state import IndexingState, Problem
from ideascube.search.suspects import left_out_packs
from ideascube.web.context import INDEXING, LIBRARY, PAGES, SETTINGS

_UNSEARCHED = "Searches leave “{}” out, since searching it ended two processes: replace the file by a fresh copy."


async def health(request: web.Request) -> web.Response:
    """`status` is "ok" while every pack can be shown and found; `indexing`: which packs are being indexed, and how
    far that is, from 0 to 1; `cache` speaks of the worker that answers.
    """
    live, cache, indexing = request.app[LIBRARY], request.app[PAGES], _indexing(request)
    problems = problems_of(request)
    return web.json_response(
        {
            "status": "problems" if problems else "ok",
            "packs": len(live.shown),
            "problems": problems,
            "indexing": [
                {"pack": pack, "share": round(indexing.sides[pack].share, 2)} for pack in sorted(indexing.preparing)
            ],
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


def problems_of(request: web.Request) -> list[dict[str, str]]:
    """What does not work: sentences under `problem`, with the `pack` and its `file` where it is about one."""
    live = request.app[LIBRARY]
    broken = [{"pack": pack.id, "file": pack.files[0], "problem": pack.problem or ""} for pack in live.library.broken]
    doubtful = [
        {"pack": pack.id, "file": pack.files[0], "problem": pack.warning} for pack in live.shown if pack.warning
    ]
    store = [{"problem": problem} for problem in live.library.problems]
    left_out = left_out_packs(request.app[SETTINGS].data.cache / "searching", ((p.id, p.stamp) for p in live.shown))
    unsearched = [{"pack": pack_id, "problem": _UNSEARCHED.format(pack_id)} for pack_id in left_out]
    unindexed = [_named(problem) for problem in _indexing(request).problems]
    return [*store, *broken, *doubtful, *unsearched, *unindexed]


def _named(problem: Problem) -> dict[str, str]:
    return asdict(problem) if problem.pack else {"problem": problem.problem}


def _indexing(request: web.Request) -> IndexingState:
    request.app[INDEXING].refresh()
    return request.app[INDEXING].state


ROUTES = [web.get("/health", health)]
