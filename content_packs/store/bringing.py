"""Bringing a pack's files into a folder of the store: linked where that can be, else copied, and flushed.

And taking them away from where they were, once the store has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from content_packs.errors import BadInput, NotAllowed
from content_packs.store.durable import copy_file, link_file
from content_packs.store.found import FoundPack, stamp_of
from content_packs.store.options import Progress
from content_packs.zim.parts import part_paths


def bring(source: FoundPack, folder: Path, make_room: Callable[[int], None], progress: Progress) -> list[Path]:
    """Put every part of `source` under its own name into `folder`, and give the new paths. Slow.

    `make_room` is told the bytes that will be copied, before the first one is. Raises what it raises, BadInput where
    the source is being written, and OSError.
    """
    targets = [folder / path.name for path in source.paths]
    done, copying = 0, False
    for part, target in zip(source.paths, targets, strict=True):
        if not link_file(part, target):
            if not copying:
                make_room(source.size - done)
            copying = True
            copy_file(part, target, _after(done, source.size, progress))
        done += target.stat().st_size
        progress(done, source.size)
    _refuse_changed(source)
    return targets


def _after(before: int, total: int, progress: Progress) -> Callable[[int], None]:
    return lambda count: progress(before + count, total)


def _refuse_changed(source: FoundPack) -> None:
    first = source.paths[0]
    if stamp_of(part_paths(first)) != source.stamp:
        raise BadInput(f"{first.name} changed while it was installed: wait until it is complete, and try again.")


def take_away(paths: Iterable[Path], pack_id: str) -> None:
    """Delete what was installed as `pack_id`. Raises NotAllowed, which says that it is, where that cannot be done."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise NotAllowed(
                f"“{pack_id}” is installed, but {path} cannot be taken away: {error.strerror}. Delete it yourself."
            ) from error
