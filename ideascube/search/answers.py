"""Answers as lines, and those given last: where a class is told to search for a word, thirty people ask the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from content_packs.bounded_cache import BoundedCache
from ideascube.search.engine import Meant, answer, bounded, nothing_meant
from ideascube.search.protocol import Final, Message, Request, SearchQuery, encode
from ideascube.search.sources import Source

_OVERHEAD = 500  # bytes that one kept answer takes besides its line


class Answers:
    """Keeps at most `limit` bytes of final messages, and none that is partial."""

    def __init__(self, sources: Callable[[], Sequence[Source]], limit: int, meant: Meant = nothing_meant) -> None:
        self._sources = sources
        self._meant = meant
        self._kept: BoundedCache[tuple[str, SearchQuery], bytes] = BoundedCache(limit)

    def lines(self, request: Request) -> Iterator[bytes]:
        """The answer's lines, each as soon as it is known."""
        key = (request.task, bounded(request.query))
        known = self._kept.get(key)
        if known is not None:
            yield known
            return
        for message in answer(replace(request, query=key[1]), self._sources(), time.monotonic, self._meant):
            line = encode(message)
            if _is_whole(message, request):
                self._kept.put(key, line, len(line) + _OVERHEAD)
            yield line

    def forget(self) -> None:
        """Called when the sources are others than before."""
        self._kept.clear()


def _is_whole(message: Message, request: Request) -> bool:
    """Whether nothing was left out for lack of time, snippets included."""
    return isinstance(message, Final) and not message.partial and time.monotonic() < request.deadline
