"""Which files this publisher sent to the hub, and when each was last named by what is published: `hub/sent.json`.

A web server cannot be asked what it has, so that this is how files are found that nothing names any more. They stay for
a while: boxes may be in the middle of fetching them. Where this file is lost, they stay for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from content_packs.disk import refusals_told
from content_packs.json_file import read_json
from content_packs.store.durable import make_folder, write_atomically

KEPT_FOR = timedelta(days=30)
_LIMIT = 64 * 1024 * 1024  # bytes


class SentFiles:
    def __init__(self, folder: Path, today: date | None = None) -> None:
        self._path = folder / "sent.json"
        self._today = today or datetime.now(UTC).date()
        self._days = read_json(self._path, dict[str, date], {}, _LIMIT)

    def note(self, path: str) -> None:
        """Before a file is sent, so that one that was interrupted is known too."""
        self.name([path])

    def name(self, paths: Iterable[str]) -> None:
        """These are named today."""
        fresh = {path: self._today for path in paths if self._days.get(path) != self._today}
        if fresh:
            self._days.update(fresh)
            self._write()

    def unused(self) -> list[str]:
        """Those that have not been named for a while."""
        return sorted(path for path, day in self._days.items() if day + KEPT_FOR < self._today)

    def forget(self, path: str) -> None:
        self._days.pop(path, None)
        self._write()

    def _write(self) -> None:
        with refusals_told(self._path):
            make_folder(self._path.parent)
            write_atomically(self._path, msgspec.json.encode(self._days))
