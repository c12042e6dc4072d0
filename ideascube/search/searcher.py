"""A searcher process: takes one request after the other from a socket that all searchers share, and answers it.

It blocks, on purpose: libzim holds the interpreter's lock, so one process does one search. The queue is the socket's
backlog, which whoever makes the socket bounds. Forked and replaced by the supervisor.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from content_packs.zim.archive import set_cluster_cache
from ideascube.indexing.side_index import SideIndexes
from ideascube.live_library import LiveLibrary
from ideascube.memory import give_back
from ideascube.own_index import FOLDER as OWN_INDEX
from ideascube.own_index.source import OwnSources
from ideascube.search.answers import Answers
from ideascube.search.engine import Meant, nothing_meant
from ideascube.search.meaning import meant
from ideascube.search.pack_sources import PackSources
from ideascube.search.protocol import decode_request
from ideascube.search.sources import Source
from ideascube.search.suspects import Suspects
from ideascube.search.vocabulary import Vocabulary
from ideascube.settings import MIB, Settings
from ideascube.sockets import read_line

CLUSTER_CACHE = 2 * MIB  # what is read in passing is not kept
ANSWER_CACHE = 2 * MIB
STUCK = 8.0  # seconds beyond the deadline after which libzim is taken to be caught in a damaged index

_NICENESS = 10  # pages come first
_PATIENCE = 1.0  # seconds for a client to send its request or take the answer
_ANSWERS_A_TIDYING = 50
_IDLE = 1.0  # seconds between looks at the library while nobody asks
_LONGEST = 60.0  # seconds, whatever the request says
_REQUEST_LENGTH = 64 * 1024


def run_searcher(listener: socket.socket, settings: Settings) -> None:
    """Answer searches over the box's library until SIGTERM; then finish the running answer and return."""
    os.nice(_NICENESS)
    set_cluster_cache(CLUSTER_CACHE)
    suspects = Suspects(settings.data.cache / "searching")
    vocabulary = Vocabulary(settings.data.word_list)
    own, sides = OwnSources(settings.data.root / OWN_INDEX), SideIndexes(settings.data)
    sources = PackSources(LiveLibrary(settings.data), suspects, vocabulary, own, sides)
    try:
        serve_searches(listener, sources, sources.refresh, partial(meant, vocabulary=vocabulary))
    finally:
        suspects.close()


def serve_searches(
    listener: socket.socket,
    sources: Callable[[], Sequence[Source]],
    refresh: Callable[[], bool] = lambda: False,
    meant: Meant = nothing_meant,
    stuck: float = STUCK,
) -> None:
    """Answer requests from `sources`, one at a time, until SIGTERM.

    `refresh` is called before each and when idle; it says whether the sources are others than before. An answer that
    takes `stuck` seconds longer than it may ends the process.
    """
    answers = Answers(sources, ANSWER_CACHE, meant)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    served = 0
    listener.setblocking(False)  # two searchers may wake for one client
    with _until_sigterm() as (stop, stopping):
        while not stopping():
            ready = _readable((listener, stop), _IDLE)
            if refresh():
                answers.forget()
            if listener.fileno() in ready:
                _serve_one(listener, answers, stuck)
                served += 1
            if served >= _ANSWERS_A_TIDYING or (served and not ready):
                give_back()
                served = 0


def _readable(sockets: Iterable[socket.socket], seconds: float) -> list[int]:
    """Which sockets can be read (their numbers), waited for at most so long."""
    poll = select.poll()
    for one in sockets:
        poll.register(one, select.POLLIN)
    return [number for number, _ in poll.poll(seconds * 1000)]


@contextlib.contextmanager
def _until_sigterm() -> Iterator[tuple[socket.socket, Callable[[], bool]]]:
    """A socket that can be read once SIGTERM came, and whether it did: no signal is lost between a look and a wait."""
    came: list[int] = []
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor passes on what the terminal sends to all
    signal.signal(signal.SIGTERM, lambda number, frame: came.append(number))
    previous = signal.set_wakeup_fd(writing.fileno())
    try:
        yield reading, lambda: bool(came)
    finally:
        signal.set_wakeup_fd(previous)
        reading.close()
        writing.close()


def _serve_one(listener: socket.socket, answers: Answers, stuck: float) -> None:
    try:
        connection, _ = listener.accept()
    except BlockingIOError:
        return  # another searcher was faster
    with connection, contextlib.suppress(OSError, ValueError):  # a client that left, or sent no request
        connection.settimeout(_PATIENCE)
        request = decode_request(read_line(connection, _REQUEST_LENGTH))
        with _alarm(request.deadline + stuck):
            for line in _worth_it(answers.lines(request), connection):
                connection.sendall(line)


@contextlib.contextmanager
def _alarm(when: float) -> Iterator[None]:
    """End this process by SIGALRM if it is still at it then: no Python runs while libzim is stuck."""
    signal.setitimer(signal.ITIMER_REAL, min(max(when - time.monotonic(), 0.1), _LONGEST))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _worth_it(lines: Iterator[bytes], connection: socket.socket) -> Iterator[bytes]:
    """The lines of an answer for as long as the client is there; nothing is begun for one that has left."""
    while not _has_left(connection):
        line = next(lines, None)
        if line is None:
            return
        yield line


def _has_left(connection: socket.socket) -> bool:
    """A client says nothing after its request, so whatever can be read is its end."""
    return bool(_readable([connection], 0))
