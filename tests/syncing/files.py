"""The files of the folder `sync/` as a sync writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HELD = {
    "catalogue": "kiwix", "id": "sky", "title": "The sky", "size_before": 80_000_000, "size_now": 9_000_000,
    "entries_before": 4000, "entries_now": 12, "since": "2026-11-20T10:00:00Z",
}  # fmt: skip


def write(folder: Path, name: str, **fields: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps({"format": 1, **fields}))


def state(folder: Path, **fields: Any) -> None:
    write(folder, "state.json", **fields)


def decisions(folder: Path, **fields: Any) -> None:
    write(folder, "decisions.json", **fields)
