"""How often the disk is bothered by what arrives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DiskPace:
    """How often the disk is bothered: an SD card wears out, and a cut of power may cost only little of the line's time.

    What arrived is written after so many bytes or seconds at the latest (a kill costs no more), and flushed likewise (a
    power cut costs no more).
    """

    write_bytes: int = 256 * 1024
    write_seconds: float = 1.0
    flush_bytes: int = 16 * 1024 * 1024
    flush_seconds: float = 10.0


USUAL = DiskPace()
