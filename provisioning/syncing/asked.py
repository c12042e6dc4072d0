"""What a sync is asked to do, by the command's options or by the page (`sync/asked.json`)."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from content_packs.json_file import read_json

NAME = "asked.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """`source`, `target`: where to take from and bring to, in place of the catalogues that were added; empty: those.

    `budget`: bytes for this run, or None. `now`: at any hour. `dry_run`: only plan. `probe`: the address of a page
    that tells the internet from a login page, or empty.
    """

    source: str = ""
    target: str = ""
    budget: int | None = None
    now: bool = False
    dry_run: bool = False
    probe: str = ""


class _Request(msgspec.Struct, frozen=True):
    do: str = ""


def takes_stop(folder: Path) -> bool:
    """Whether somebody asks a running sync to stop; the question is then taken away."""
    path = folder / NAME
    if read_json(path, _Request, _Request()).do != "stop":
        return False
    with contextlib.suppress(OSError):
        path.unlink()
    return True
