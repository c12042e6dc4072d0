"""Where a run says what it does: kept in `state.json` for pages, told to whoever watches the command."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from content_packs.errors import IdeascubeError
from provisioning.notices import Notice
from provisioning.syncing.failures import Ended, is_passing, notice
from provisioning.syncing.state import (
    PROBLEMS_LIMIT,
    LeftOut,
    LinkState,
    Now,
    Outgoing,
    State,
    Step,
    read_state,
    write_state,
)
from provisioning.trust.clock import written

_SECONDS_BETWEEN = 1.0  # of two writings of the file
_RATE_SECONDS = 15.0  # over which a rate is measured
_PAUSE = 2.0  # seconds without a byte, from which on something else is done
_RATE_BYTES = 64 * 1024  # fewer say nothing of a link


class Watcher(Protocol):
    """Who is told as it happens. Sizes in bytes."""

    def say(self, sentence: str) -> None: ...
    def warn(self, sentence: str) -> None: ...
    def progress(self, title: str, done: int, total: int) -> None: ...


class Board:
    """`state` is what the file will say. Failures are noted by `failing`; `errors` keeps them for the exit code."""

    def __init__(self, folder: Path, pid: int, watcher: Watcher) -> None:
        before = read_state(folder)
        self._folder = folder
        self._watcher = watcher
        self._written = 0.0
        self._moving = 0.0  # seconds in which bytes came or went
        self._seen: list[tuple[float, int]] = []  # when, and bytes until then
        self.errors: list[IdeascubeError] = []
        self.did_something = False
        self.state = State(
            phase="link",
            pid=pid,
            started=now_text(),
            link=LinkState(rate=before.link.rate),
            last_success=before.last_success,
            failed_since=before.failed_since,
            box=before.box,
        )

    def phase(self, name: str) -> None:
        self.state.phase, self.state.now = name, None
        self.write()

    def say(self, sentence: str) -> None:
        self._watcher.say(sentence)

    def problem(self, what: Notice) -> None:
        self._note(self.state.problems, what)

    def warning(self, what: Notice) -> None:
        self._note(self.state.warnings, what)

    def _note(self, notices: list[Notice], what: Notice, *, is_told: bool = True) -> None:
        if what not in notices and len(notices) < PROBLEMS_LIMIT:
            notices.append(what)
            if is_told:
                self._watcher.warn(what.sentence)

    def paused(self, why: str) -> None:
        if self.state.paused != why:
            self.state.paused = why
            self.write()

    @contextlib.contextmanager
    def failing(self, code: str, about: str = "") -> Iterator[None]:
        """What fails inside is noted, and others go on; what ends the whole run goes further."""
        try:
            yield
        except IdeascubeError as error:
            self.fail(error, code, about)
            if isinstance(error, Ended):
                raise

    def fail(self, error: IdeascubeError, code: str, about: str = "", *, is_told: bool = True) -> None:
        """`is_told`: False where the command itself ends with the sentence."""
        self.errors.append(error)
        self._note(self.state.problems, notice(error, code, about), is_told=is_told)

    def fetching(self, pack_id: str, title: str, done: int, total: int) -> None:
        """From now on this arrives, of which `done` of `total` bytes are here."""
        self.state.now = Now(pack_id, title, done, total)
        self._watcher.progress(title, done, total)
        self.write()

    def came(self, amount: int) -> None:
        """Further bytes of it."""
        now = self.state.now
        if now is None:
            return
        done, rate = min(now.total, now.done + amount), self.rate
        left = (now.total - done) // rate if rate else -1
        self.state.now = Now(now.id, now.title, done, now.total, rate, left)
        self._watcher.progress(now.title, done, now.total)
        self._write_if_due()

    def installing(self, pack_id: str, title: str, done: int, total: int) -> None:
        """Bytes or entries, which go over no link."""
        self.state.now = Now(pack_id, title, done, total)
        self._watcher.progress(f"Installing {title}", done, total)
        self._write_if_due()

    def sending(self, outgoing: Outgoing) -> None:
        self.state.outgoing = outgoing
        self._watcher.progress("Sending", outgoing.bytes, outgoing.bytes_total)
        self._write_if_due()

    def planned(self, steps: list[Step], left_out: list[LeftOut]) -> None:
        self.state.steps, self.state.left_out = steps, left_out
        self.write()

    def step_is(self, number: int, state: str) -> None:
        self.state.steps[number].state = state
        self.write()

    # The measured rate

    def measure(self, transferred: int) -> None:
        """Told how many bytes went over the link so far, in both directions."""
        now = time.monotonic()
        if self._seen:
            self._moving += min(now - self._seen[-1][0], _PAUSE)
        self._seen = [each for each in self._seen if now - each[0] < _RATE_SECONDS]
        self._seen.append((now, transferred))

    @property
    def rate(self) -> int:
        """Bytes a second, of the last seconds; 0 where that is not known."""
        (first, before), (last, after) = (self._seen[0], self._seen[-1]) if self._seen else ((0, 0), (0, 0))
        return round((after - before) / (last - first)) if last - first > 1 else 0

    def note_rate(self, transferred: int) -> None:
        """Of a whole run, for the next one's plan."""
        if transferred >= _RATE_BYTES and self._moving > 0:
            link = self.state.link
            self.state.link = LinkState(link.kind, link.metered, round(transferred / self._moving))

    # Its end

    def finish(self) -> State:
        state = self.state
        state.phase, state.now, state.paused, state.ended = "done", None, "", now_text()
        state.result = self._result()
        if state.result in ("done", "nothing"):
            state.last_success = state.ended
        if state.result in ("done", "nothing") or self.did_something:
            state.failed_since = ""
        elif state.result in ("unfinished", "failed"):
            state.failed_since = state.failed_since or state.started
        self.write()
        return state

    def _result(self) -> str:
        codes = {error.code for error in self.errors if isinstance(error, Ended)}
        if "stopped" in codes:
            return "stopped"
        if codes & {"hours", "metered"}:
            return "waiting"
        if self.errors:
            return "unfinished" if all(map(is_passing, self.errors)) else "failed"
        return "done" if self.did_something else "nothing"

    def write(self) -> None:
        """A disk that refuses costs the page its news, and the run nothing."""
        self._written = time.monotonic()
        with contextlib.suppress(OSError):
            write_state(self._folder, self.state)

    def _write_if_due(self) -> None:
        if time.monotonic() - self._written > _SECONDS_BETWEEN:
            self.write()


def now_text() -> str:
    """The time by the box's clock, as state files have it."""
    return written(datetime.now(UTC))
