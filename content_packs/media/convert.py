"""Conversion with ffmpeg, as `conversion.py` plans it. Slow: minutes and more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from content_packs.media.conversion import Plan


def convert(
    path: Path, out: Path, plan: Plan, progress: Callable[[float, float], None] = lambda done, total: None
) -> None:
    """Write `out`, whole or not at all. `progress` is told the seconds of the film that are done, and all.

    The same file gives the same bytes with the same ffmpeg on the same kind of processor. Raises BadInput where
    ffmpeg cannot read the file, NoSpace, and MissingProgram where ffmpeg is not installed.
    """
    raise NotImplementedError
