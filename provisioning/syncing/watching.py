"""What a person at a terminal sees of a run: a bar with rate and time left, and sentences; elsewhere plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from content_packs.commands.progress import Tell, progress_bar
from content_packs.commands.text import say


class Terminal:
    """A Watcher. One bar at a time, for whatever is under way. `is_quiet`: only what a person has to know."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self._is_quiet = is_quiet
        self._bar = ExitStack()
        self._title = ""
        self._tell: Tell | None = None

    def say(self, sentence: str) -> None:
        if not self._is_quiet:
            self._end()
            say(sentence)

    def warn(self, sentence: str) -> None:
        self._end()
        say(sentence, err=True)

    def progress(self, title: str, done: int, total: int) -> None:
        if title != self._title:
            self._end()
            self._title, self._tell = title, self._bar.enter_context(progress_bar(title))
        assert self._tell is not None
        self._tell(done, total)

    def _end(self) -> None:
        self._bar.close()
        self._bar, self._title, self._tell = ExitStack(), "", None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """The last bar ends with it."""
        try:
            yield
        finally:
            self._end()
