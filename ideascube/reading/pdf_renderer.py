"""The renderer: the one process of a box that has pages of PDFs drawn, one after the other, for all web workers.

It reads no PDF itself: each page is drawn by a child with bounds on time and memory, which a hostile file may crash.
While nobody waits it has the next pages drawn. docs/decisions/0030-pages-of-pdfs.md says why it is one.
"""

from __future__ import annotations

import contextlib
import logging
import select
import signal
import socket
from collections import deque
from functools import partial

import msgspec

from content_packs.apart import EndedBadlyError, run_apart
from content_packs.bounded_cache import BoundedCache
from content_packs.errors import BadInput
from ideascube.memory import give_back
from ideascube.reading.pdf_cache import PdfCache, default_room
from ideascube.reading.pdf_wanted import LINE_LIMIT, USUAL_WIDTH, Answer, Wanted, decode_wanted, encode
from ideascube.settings import Settings
from ideascube.sockets import read_line

log = logging.getLogger(__name__)

SECONDS = 12  # for what is asked for at once: an outline, a page
SECONDS_AHEAD = 4  # for what nobody asked for yet, since whoever asks meanwhile waits for its end
AHEAD = 2  # pages drawn before somebody asks for them
_AHEAD_LIMIT = 30
_STRIKES = 3  # pages in a row that end their process badly, after which no page of the document is tried any more
_REMEMBERED = 4000  # refusals and strikes
_PATIENCE = 1.0  # seconds for a worker to send its request or take the answer
_ASKED, _UNASKED = 5, 19  # niceness
_FULL = "The disk of this box is full, so that no page can be drawn. Tell the person who looks after the box."

_Key = tuple[str, int, bool]


def run_renderer(listener: socket.socket, settings: Settings) -> None:
    """Draw what is asked for until SIGTERM, which ends it at once: what lies in the cache is whole at any moment."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor passes on what the terminal sends to all
    folder = settings.data.pdf_cache
    folder.mkdir(parents=True, exist_ok=True)
    Renderer(PdfCache(folder, default_room(folder))).serve(listener)


class Renderer:
    """Has pages drawn into `cache`, and remembers which could not be."""

    def __init__(self, cache: PdfCache) -> None:
        self._cache = cache
        self._ahead: deque[Wanted] = deque(maxlen=_AHEAD_LIMIT)
        self._refused: BoundedCache[_Key, Answer] = BoundedCache(_REMEMBERED)
        self._strikes: BoundedCache[str, int] = BoundedCache(_REMEMBERED)
        self._left: BoundedCache[_Key, int] = BoundedCache(_REMEMBERED)

    def serve(self, listener: socket.socket) -> None:
        """For ever: who asks goes before what nobody asked for yet."""
        listener.setblocking(False)
        while True:
            if select.select([listener], [], [], 0 if self._ahead else None)[0]:
                self._serve_one(listener)
            else:
                self.draw_ahead(self._ahead.popleft())
                if not self._ahead:
                    give_back()

    def _serve_one(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # whoever asked has left
        with connection, contextlib.suppress(OSError, ValueError):  # one that leaves, or sends no request
            connection.settimeout(_PATIENCE)
            wanted = decode_wanted(read_line(connection, LINE_LIMIT))
            connection.sendall(encode(self.answer(wanted)))
            self._plan(wanted)

    def answer(self, wanted: Wanted) -> Answer:
        """Have made what is missing of `wanted`."""
        if self._is_there(wanted):
            return Answer()
        answer = self._known(wanted)
        if answer is None:
            try:
                answer = self._make(wanted, SECONDS, _ASKED)
            except EndedBadlyError:
                answer = self._struck(wanted)
        return answer

    def draw_ahead(self, wanted: Wanted) -> None:
        """The same for what nobody asked for: what takes long is left for who asks."""
        if self._is_there(wanted) or self._known(wanted) or self._left.get(_key(wanted)):
            return
        try:
            self._make(wanted, SECONDS_AHEAD, _UNASKED)
        except EndedBadlyError:
            self._left.put(_key(wanted), 1, 1)

    def _is_there(self, wanted: Wanted) -> bool:
        return all(file.exists() for file in wanted.files(self._cache.folder))

    def _known(self, wanted: Wanted) -> Answer | None:
        """What was found out about the whole document, or about this page."""
        return self._refused.get(_key(Wanted(*_of(wanted)))) or self._refused.get(_key(wanted))

    def _make(self, wanted: Wanted, seconds: int, niceness: int) -> Answer:
        """Raises EndedBadlyError where the child crashes, or needs more time or memory than it may."""
        from ideascube.reading.pdf_drawing import make_apart  # PDFium is loaded where it is needed, and only then

        copy = self._cache.room_for(wanted.copy_file(self._cache.folder))
        try:
            made = run_apart(partial(make_apart, wanted, self._cache.folder, copy, niceness), seconds)
            if copy.exists():
                self._cache.take(copy, wanted.copy_file(self._cache.folder))
        finally:
            copy.unlink(missing_ok=True)
        if isinstance(made, BadInput):
            return self._refuse(wanted, str(made))
        return self._keep(wanted, made)

    def _keep(self, wanted: Wanted, made: dict[str, bytes]) -> Answer:
        try:
            for name, content in made.items():
                self._cache.put(self._cache.folder / wanted.document / name, content)
        except OSError as error:
            log.warning("What was made of %s cannot be kept: %s.", wanted.name, error.strerror)
            return Answer(_FULL)
        self._strikes.put(wanted.document, 0, 1)
        return Answer()

    def _struck(self, wanted: Wanted) -> Answer:
        """After a crash, or too much time or memory."""
        strikes = (self._strikes.get(wanted.document) or 0) + 1
        self._strikes.put(wanted.document, strikes, 1)
        if not wanted.page or strikes >= _STRIKES:
            sentence = (
                f"{wanted.name} cannot be shown page by page in reasonable time and memory: open the file itself."
            )
            return self._refuse(Wanted(*_of(wanted)), sentence)
        return self._refuse(wanted, f"Page {wanted.page} of {wanted.name} takes too much time or memory to be drawn.")

    def _refuse(self, wanted: Wanted, sentence: str) -> Answer:
        has_outline = wanted.outline_file(self._cache.folder).exists()
        answer = Answer(sentence, whole=not wanted.page or not has_outline)
        self._refused.put(_key(wanted), answer, 1)
        return answer

    def _plan(self, wanted: Wanted) -> None:
        """The pages that this reader will want next, before those of others."""
        if not wanted.page:
            return
        width = wanted.width or USUAL_WIDTH
        for page in range(wanted.page + AHEAD, wanted.page - 1, -1):
            following = msgspec.structs.replace(wanted, page=page, width=width)
            if following not in self._ahead:
                self._ahead.appendleft(following)


def _of(wanted: Wanted) -> tuple[str, str, int, str]:
    return wanted.zim, wanted.fingerprint, wanted.entry, wanted.name


def _key(wanted: Wanted) -> _Key:
    return wanted.document, wanted.page, bool(wanted.width)
