"""How a web worker asks the searchers: never longer than the deadline, and never with an exception but `TooBusy`.

Works on any event loop. Connecting and sending are done at once, which on a local socket takes no time: either the
queue has room or it has not.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.errors import IdeascubeError
from ideascube.search.engine import bounded, relaxed, results, suggestions
from ideascube.search.protocol import (
    Count,
    Final,
    Message,
    PackHits,
    Request,
    Result,
    SearchQuery,
    Started,
    decode,
    encode_request,
)  # fmt: skip

__all__ = ["Result", "SearchAnswer", "SearchClient", "SearchQuery", "Suggestion", "TooBusy"]

_STARTED, _HITS, _FINAL = b'["started"', b'["hits"', b'["final"'
_HEADWAY = 0.1  # share of the deadline that a searcher leaves for its last message to arrive
_LINE_LIMIT = 1024 * 1024  # bytes of one message
_TOO_BUSY = "Too many people are searching at this moment. Try again in a few seconds."
_SUGGEST_DEADLINE = 1.0  # seconds; after that the visitor has typed on


class TooBusy(IdeascubeError):
    """Too many people search just now, or the searchers are just being started."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of results. `query` as it was understood; `partial`: not all packs answered in time; `has_more`: there
    is a next page. The others as in `protocol.Final`.
    """

    query: str
    total: int
    partial: bool
    page: int
    page_size: int
    has_more: bool
    results: tuple[Result, ...]
    suggestion: str = ""
    relaxed: str = ""
    left_out: tuple[str, ...] = ()
    preparing: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    pack: str
    path: str
    lang: str


class SearchClient:
    """Asks the searchers that listen at `socket_path`; `deadline` in seconds."""

    def __init__(self, socket_path: Path, deadline: float) -> None:
        self._path = socket_path
        self._deadline = deadline

    async def search(self, query: SearchQuery) -> SearchAnswer:
        """The page of results that `query` asks for, or what there is of it at the deadline.

        Raises TooBusy where no searcher could begin with it.
        """
        query = bounded(query)
        if not query.text:
            return _answer(query, Final((), 0, more=False, partial=False))
        received = await self._ask("search", query, self._deadline)
        if isinstance(received, Final):
            return _answer(query, received)
        return _answer(query, _so_far(query, received))

    async def suggest(self, query: SearchQuery) -> list[Suggestion]:
        """Titles that begin with the query, over all packs; none where the searchers are busy."""
        query = bounded(query)
        if not query.text:
            return []
        try:
            received = await self._ask("suggest", query, min(self._deadline, _SUGGEST_DEADLINE))
        except TooBusy:
            return []
        final = received if isinstance(received, Final) else suggestions(query, _hits(received), partial=True)
        return [Suggestion(result.title, result.pack, result.path, result.lang) for result in final.results]

    async def _ask(self, task: str, query: SearchQuery, patience: float) -> Final | list[Message]:
        """The last message, or those that came before whoever sent them died or the deadline passed."""
        deadline = time.monotonic() + patience
        connection = self._connect(encode_request(Request(task, query, deadline - patience * _HEADWAY)))
        lines: list[bytes] = []
        try:
            async with asyncio.timeout(patience), aclosing(_lines(connection)) as received:
                async for line in received:
                    lines.append(line)  # noqa: PERF401 - what came before a time-out must be kept
        except OSError:
            pass  # the deadline passed (TimeoutError), or the searcher died and another one takes its place
        if not lines:
            raise TooBusy(_TOO_BUSY)
        return _understood(lines)

    def _connect(self, request: bytes) -> socket.socket:
        try:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        except OSError as error:
            raise TooBusy(_TOO_BUSY) from error  # this process has as many connections as it may
        try:
            connection.connect(str(self._path))
            connection.sendall(request)
        except OSError as error:
            connection.close()
            raise TooBusy(_TOO_BUSY) from error
        return connection


async def _lines(connection: socket.socket) -> AsyncGenerator[bytes, None]:
    reader, writer = await asyncio.open_unix_connection(sock=connection, limit=_LINE_LIMIT)
    try:
        while (line := await reader.readline()).endswith(b"\n"):
            yield line
    except ValueError:
        return  # a line beyond the limit: no message of ours
    finally:
        writer.close()


def _understood(lines: list[bytes]) -> Final | list[Message]:
    """Decodes no more than is needed: the packs' own messages are for when the final one did not come."""
    if lines[-1].startswith(_FINAL):
        final = decode(lines[-1])
        assert isinstance(final, Final)
        return final
    return [decode(line) for line in lines if line.startswith((_STARTED, _HITS))]


def _so_far(query: SearchQuery, messages: list[Message]) -> Final:
    """The results of those packs that answered; the others are named."""
    answers = _hits(messages)
    answered = {answer.pack for answer in answers}
    packs = [pack for message in messages if isinstance(message, Started) for pack in message.packs]
    left_out = tuple(pack for pack in packs if pack not in answered)
    return replace(results(query, answers, partial=True)[0], left_out=left_out, relaxed=relaxed(answers))


def _hits(messages: list[Message]) -> list[PackHits]:
    return [message for message in messages if isinstance(message, PackHits)]


def _answer(query: SearchQuery, final: Final) -> SearchAnswer:
    return SearchAnswer(
        query.text, final.total, final.partial, query.page, query.page_size, final.more, final.results,
        final.suggestion, final.relaxed, final.left_out, final.preparing, final.counts, final.estimated,
    )  # fmt: skip
