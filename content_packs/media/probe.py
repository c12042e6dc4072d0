"""What is inside a film or sound file, as ffprobe finds it: streams, codecs, sizes, tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The stream of moving pictures. `width` and `height` are pixels as shown: turned upright, pixels made square."""

    codec: str
    profile: str
    level: int
    pixel_format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class AudioStream:
    """The stream of sound. `language` is a BCP 47 tag or empty."""

    codec: str
    profile: str
    channels: int
    language: str


@dataclass(frozen=True, slots=True)
class SubtitleStream:
    """Subtitles inside the file, which browsers do not show. `language` is a BCP 47 tag or empty."""

    codec: str
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Probe:
    """What is in one file. `duration` in seconds, `size` in bytes; `tags` by their names in small letters."""

    containers: tuple[str, ...]
    duration: float
    size: int
    video: VideoStream | None
    audio: AudioStream | None
    subtitles: tuple[SubtitleStream, ...]
    tags: Mapping[str, str]
    has_place: bool
    starts_at_once: bool


def probe(path: Path) -> Probe:
    """What ffprobe finds. Raises BadInput where there is neither picture nor sound; MissingProgram without ffmpeg."""
    raise NotImplementedError
