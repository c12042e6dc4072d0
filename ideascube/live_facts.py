"""What an operator set about the box, as one process sees it while it changes: `cache/box.json`.

It is a copy of a table of the database (`box_db.box_facts`), so that no page waits for the database. Whoever changes
the table writes it anew, and the jobs process does so at its start and where the file is missing. Fields are those of
the table; a file that cannot be read is as good as none.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp, write_atomically
from ideascube.box_db.box_facts import LANGUAGES, NAME

_LOOK_EVERY = 1.0  # seconds
_LARGEST = 100_000  # bytes


def facts_file(data: DataFolder) -> Path:
    return data.cache / "box.json"


def save_facts(data: DataFolder, facts: Mapping[str, str]) -> None:
    """Slow: for a thread, or the jobs process. Raises OSError."""
    write_atomically(facts_file(data), json.dumps(dict(facts), ensure_ascii=False, sort_keys=True).encode())


def load_facts(data: DataFolder) -> dict[str, str]:
    """Empty where there are none."""
    try:
        with facts_file(data).open("rb") as file:
            document = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in document.items()} if isinstance(document, dict) else {}


class LiveFacts:
    """Looks at the file's stamp once a second at most."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._stamp: tuple[int, int, int] | None = None
        self._looked = -_LOOK_EVERY
        self._facts: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The box's name; empty where it has none."""
        return self._current().get(NAME, "")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the interface that this box offers, in their order; none where nobody chose any."""
        return tuple(self._current().get(LANGUAGES, "").split())

    def look_again(self) -> None:
        """Something was changed just now."""
        self._looked = -_LOOK_EVERY

    def _current(self) -> dict[str, str]:
        now = time.monotonic()
        if now - self._looked >= _LOOK_EVERY:
            self._looked = now
            stamp = file_stamp(facts_file(self._data))
            if stamp != self._stamp:
                self._stamp, self._facts = stamp, load_facts(self._data)
        return self._facts


FACTS: web.AppKey[LiveFacts] = web.AppKey("box facts", LiveFacts)
