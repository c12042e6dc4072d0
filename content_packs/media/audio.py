"""Sound files: what their tags say, their duration and cover."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.media.described import Described


@dataclass(frozen=True, slots=True)
class Sound:
    """What was read of a sound file. `cover` is a picture's bytes as they lie in it, for `thumbnail`."""

    described: Described
    cover: bytes | None


def read_sound(path: Path) -> Sound:
    """The sound file's tags. Raises BadInput where it holds no sound that is known."""
    raise NotImplementedError
