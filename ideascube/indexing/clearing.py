"""Taking away indexes of packs that left or changed: what this program made, and nothing that a person put there."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from content_packs.store.records import folder_name
from ideascube.indexing.segments import span_of

_STAMP = re.compile(r"[0-9a-f]{16}")
_WORK = re.compile(r"\.segment\..*\.tmp")


def clear_index(data: DataFolder, library: Library) -> None:
    """Delete the side indexes of other packs than those of the library, and of other states of these.

    Those of a pack that cannot be shown just now stay. What cannot be deleted now is left to the next time.
    """
    kept = {folder_name(record.id): record.stamp if record.manifest else None for record in library.packs}
    with contextlib.suppress(OSError):
        for folder in sorted((data.index / "packs").iterdir()):
            stamp = kept.get(folder.name, "")
            if stamp is not None and folder.is_dir() and not folder.is_symlink():
                _clear_states(folder, stamp)


def _clear_states(folder: Path, kept: str) -> None:
    with contextlib.suppress(OSError):
        for state in sorted(folder.iterdir()):
            if state.name != kept and _STAMP.fullmatch(state.name):
                _clear_state(state)
        if not kept:
            folder.rmdir()


def _clear_state(state: Path) -> None:
    with contextlib.suppress(OSError):
        for path in sorted(state.iterdir()):
            if _WORK.fullmatch(path.name):
                shutil.rmtree(path)
            elif span_of(path.name) is not None:
                path.unlink()
        state.rmdir()
