"""Subtitles in SRT and WebVTT, in whatever encoding: cues, which are text and never markup; WebVTT for browsers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from `start` to `end`, in seconds; `text` may have several lines."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """The cues by their start. `notes` name the line of each cue that was passed over, and a guessed encoding."""

    cues: tuple[Cue, ...]
    notes: tuple[str, ...]


def read_subtitles(path: Path, language: str = "") -> Subtitles:
    """The subtitles of an SRT or VTT file. `language` (BCP 47) helps to guess an old encoding. Raises BadInput."""
    raise NotImplementedError


def parse_subtitles(data: bytes, language: str = "") -> Subtitles:
    """The subtitles in `data`; what cannot be read is passed over with a note."""
    raise NotImplementedError


def to_vtt(cues: Iterable[Cue]) -> str:
    """The cues as WebVTT (https://www.w3.org/TR/webvtt1/)."""
    raise NotImplementedError


def transcript(cues: Iterable[Cue]) -> tuple[tuple[float, str], ...]:
    """Seconds and words, in paragraphs a few cues long, for a page to read and to jump from."""
    raise NotImplementedError
