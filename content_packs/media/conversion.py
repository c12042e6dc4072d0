"""What has to be done so that every phone plays a file: rules, which touch nothing. `convert.py` does it."""

from __future__ import annotations

from dataclasses import dataclass

from content_packs.media.probe import Probe

SHORT_SIDE = 480


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is made playable. What is None is dropped, what is `copy` is kept as it is.

    `ending` is that of the new file; `width` and `height` in pixels, even; `duration` in seconds; `why` one sentence.
    """

    ending: str
    video: str | None
    audio: str | None
    width: int
    height: int
    duration: float
    why: str


def conversion_of(probe: Probe, short_side: int = SHORT_SIDE) -> Plan | None:
    """What to do, or None where the file is played by every phone as it is.

    `short_side` is the height in pixels of a film that lies, the width of one that stands; nothing is made larger.
    """
    raise NotImplementedError
