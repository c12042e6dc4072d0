"""Keeps the box's processes alive: web workers, searchers, one jobs process. Knows nothing of what they do.

The parent opens every listening socket and never serves; children inherit them, so that a connection that waits at a
crashed child is answered by its successor. docs/decisions/0002-our-own-supervisor.md says why it is ours.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.apart import end_with_parent

log = logging.getLogger(__name__)

_SIGNALS = frozenset({signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_STOPS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_RESTART_PAUSE = 1.0  # seconds before a child that ended at once is started again
_STOP_PATIENCE = 15.0  # seconds that children have to finish running answers


@dataclass(frozen=True, slots=True)
class Role:
    """One process to keep: its name in messages, and what it runs until it gets SIGTERM."""

    name: str
    run: Callable[[], None]


@dataclass(slots=True)
class _Child:
    role: Role
    started: float


class Supervisor:
    """Starts one process per role and replaces those that end, until a stop signal comes."""

    def __init__(self, roles: list[Role]) -> None:
        self._waiting: list[tuple[float, Role]] = [(0.0, role) for role in roles]
        self._children: dict[int, _Child] = {}

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Returns after a stop signal, when all children have ended. `ready` is called once they are started."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        self._start_due()
        ready()
        while True:
            received = signal.sigtimedwait(_SIGNALS, self._until_next_start())
            if received is not None and received.si_signo in _STOPS:
                break
            self._bury()
            self._start_due()
        self._stop()

    def _until_next_start(self) -> float:
        due = min((due for due, _ in self._waiting), default=time.monotonic() + 60)
        return max(0.0, due - time.monotonic())

    def _start_due(self) -> None:
        now = time.monotonic()
        due = [role for at, role in self._waiting if at <= now]
        self._waiting = [(at, role) for at, role in self._waiting if at > now]
        for role in due:
            self._children[_fork(role)] = _Child(role, now)

    def _bury(self) -> None:
        """Note every child that ended, and when its successor may start."""
        for pid, status in _ended():
            child = self._children.pop(pid, None)
            if child is not None:
                log.warning("%s (process %s) ended with %s: starting another.", child.role.name, pid, status)
                self._waiting.append((max(time.monotonic(), child.started + _RESTART_PAUSE), child.role))

    def _stop(self) -> None:
        self._signal_all(signal.SIGTERM)
        patience = time.monotonic() + _STOP_PATIENCE
        while self._children and time.monotonic() < patience:
            signal.sigtimedwait({signal.SIGCHLD}, 0.2)
            for pid, _ in _ended():
                self._children.pop(pid, None)
        self._signal_all(signal.SIGKILL)

    def _signal_all(self, number: signal.Signals) -> None:
        for pid in self._children:
            os.kill(pid, number)


def _ended() -> list[tuple[int, int]]:
    """Process ids and exit codes. A child that was stopped answers nobody and heeds no alarm: it is ended first."""
    ended: list[tuple[int, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        if os.WIFSTOPPED(status):
            os.kill(pid, signal.SIGKILL)
        else:
            ended.append((pid, os.waitstatus_to_exitcode(status)))


def _fork(role: Role) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for number in _STOPS - {signal.SIGTERM}:
            signal.signal(number, signal.SIG_IGN)  # Ctrl+C and a closed terminal are for the parent to answer
        end_with_parent(signal.SIGTERM)
        Path("/proc/self/comm").write_text(role.name[:15])  # the name that `ps` and `top` show
        role.run()
        code = 0
    except Exception:  # the last resort of a process: what it was goes to the log, and the parent starts another
        log.exception("%s failed.", role.name)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
