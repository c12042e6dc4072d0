"""Films: what they say of themselves, and a picture of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.media.described import Described
from content_packs.media.probe import Probe


@dataclass(frozen=True, slots=True)
class Film:
    """What was read of a film. `probe` is what `conversion_of` takes."""

    described: Described
    probe: Probe


def read_film(path: Path) -> Film:
    """What ffprobe finds. Raises BadInput where it is no film; MissingProgram where ffmpeg is not installed."""
    raise NotImplementedError


def poster(path: Path, probe: Probe, width: int = 640) -> bytes | None:
    """A frame from about a tenth of the film, as WebP at most `width` pixels wide; None where no frame can be read.

    Raises MissingProgram where ffmpeg is not installed.
    """
    raise NotImplementedError
