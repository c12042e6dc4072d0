"""What a page asks for: a sync, or that the running one stops. One file, `sync/asked.json`; docs/formats/sync.md."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import msgspec

from content_packs.json_file import read_json
from content_packs.store.durable import make_folder, write_atomically
from ideascube.box_clock import utc_text
from ideascube.syncing.said import DONE, FORMAT, SyncState

NAME = "asked.json"
SYNC, STOP = "sync", "stop"

_PROCESSES = Path("/proc")
_ONE_AT_A_TIME = threading.Lock()  # the temporary name of the file is the process's


class Asked(msgspec.Struct, frozen=True):
    """`source` and `target`: folders that the sync is to take from and to put on; both empty for a connection."""

    format: int = FORMAT
    do: str = ""
    asked: str = ""
    source: str = msgspec.field(default="", name="from")
    target: str = msgspec.field(default="", name="to")


def ask(folder: Path, do: str, source: str = "", target: str = "") -> None:
    """Leave it in the folder `sync`, in place of what was asked before. Raises OSError."""
    make_folder(folder)
    with _ONE_AT_A_TIME:
        write_atomically(folder / NAME, msgspec.json.encode(Asked(FORMAT, do, utc_text(), source, target)))


def read_asked(folder: Path) -> Asked | None:
    """What waits to be done; None for nothing, and for what nobody here wrote."""
    asked = read_json(folder / NAME, Asked, Asked())
    return asked if asked.format == FORMAT and asked.do in (SYNC, STOP) else None


def forget_asked(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / NAME).unlink()


def is_running(state: SyncState) -> bool:
    """Whether the run that the state is of goes on. Trying the lock instead might keep a sync from beginning.

    The number of its process may have gone to another one since: that has another command.
    """
    if state.phase == DONE or state.pid <= 0:
        return False
    try:
        command = (_PROCESSES / str(state.pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"sync" in command
