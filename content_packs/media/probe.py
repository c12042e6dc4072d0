"""What is inside a film or sound file, as ffprobe finds it: streams, codecs, sizes, tags."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any

from content_packs.errors import BadInput
from content_packs.media import mp4
from content_packs.media.described import language_tag, one_line
from content_packs.media.ffmpeg import command, output_of, reading

SECONDS = 30
OUTPUT_LIMIT = 2_000_000  # bytes
STREAM_LIMIT = 100
TAG_LIMIT = 100

_ASKED = (
    "format=format_name,duration,size:format_tags"
    ":stream=codec_type,codec_name,codec_tag_string,profile,level,pix_fmt,width,height,sample_aspect_ratio,color_transfer,channels"
    ":stream_disposition=attached_pic:stream_tags:stream_side_data=rotation"
)
_HDR = ("smpte2084", "arib-std-b67")  # ITU-R BT.2100: perceptual quantiser, hybrid log-gamma
_HARMLESS_DATA = ("tmcd", "text", "rtp ")  # QuickTime's time code, names of chapters, hints for streaming


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The stream of moving pictures. `width` and `height` are pixels as shown: turned upright, pixels made square.

    `is_hdr` is true where its brightness reaches beyond what most screens show, as new phones take films.
    """

    codec: str
    profile: str
    level: int
    pixel_format: str
    is_hdr: bool
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
    """What is in one file: its first stream of pictures and of sound.

    `containers` are ffmpeg's names; `duration` in seconds, 0 where the file does not say; `size` in bytes; `tags` by
    their names in small letters. `has_place` is true where the file holds, or may hold, where it was recorded;
    `starts_at_once` false where a browser has to fetch the file's end before it can play.
    """

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
    found = _ffprobe(path)
    streams = found.get("streams", [])[:STREAM_LIMIT]
    container = found.get("format", {})
    made = Probe(
        containers=_containers(path, str(container.get("format_name", ""))),
        duration=max(_number(container.get("duration")), 0.0),
        size=path.stat().st_size,
        video=next((_video(stream) for stream in streams if _is_film(stream)), None),
        audio=next((_audio(stream) for stream in streams if stream.get("codec_type") == "audio"), None),
        subtitles=tuple(_subtitles(stream) for stream in streams if stream.get("codec_type") == "subtitle"),
        tags={key: value for key, value in _tags(container).items() if not _names_a_place(key)},
        has_place=any(_may_hold_a_place(part) for part in (container, *streams)),
        starts_at_once=True,
    )
    if made.video is None and made.audio is None:
        raise _unreadable(path)
    return _checked_mp4(path, made) if "mp4" in made.containers else made


def _ffprobe(path: Path) -> dict[str, Any]:
    asking = [*command("ffprobe"), "-v", "quiet", "-show_entries", _ASKED, "-of", "json", *reading(path)]
    printed = output_of(asking, SECONDS, OUTPUT_LIMIT)
    if printed is None:
        raise _unreadable(path)
    try:
        found: dict[str, Any] = json.loads(printed)
    except ValueError as error:
        raise _unreadable(path) from error
    return found


def _unreadable(path: Path) -> BadInput:
    return BadInput(f"{path.name} is no film or sound that can be played: it is damaged, cut off or something else.")


def _checked_mp4(path: Path, made: Probe) -> Probe:
    if not mp4.is_whole(path):
        raise BadInput(f"{path.name} is cut off: copy it again from where it came.")
    return replace(made, starts_at_once=mp4.starts_at_once(path))


def _containers(path: Path, names: str) -> tuple[str, ...]:
    """What ffmpeg calls it, but WebM apart from other Matroska files: browsers play only the first."""
    if "matroska" not in names:
        return tuple(names.split(","))
    with path.open("rb") as file:
        return ("webm",) if b"\x42\x82\x84webm" in file.read(4096) else ("matroska",)


def _is_film(stream: Mapping[str, Any]) -> bool:
    """Whether it is moving pictures, and not the cover of a record."""
    attached = stream.get("disposition", {}).get("attached_pic")
    return stream.get("codec_type") == "video" and not attached and _number(stream.get("width")) > 0


def _video(stream: Mapping[str, Any]) -> VideoStream:
    width, height = _shown_size(stream)
    return VideoStream(
        codec=str(stream.get("codec_name", "")),
        profile=str(stream.get("profile", "")),
        level=int(_number(stream.get("level"))),
        pixel_format=str(stream.get("pix_fmt", "")),
        is_hdr=stream.get("color_transfer") in _HDR,
        width=width,
        height=height,
    )


def _shown_size(stream: Mapping[str, Any]) -> tuple[int, int]:
    width, height = int(_number(stream.get("width"))), int(_number(stream.get("height")))
    try:
        shape = Fraction(str(stream.get("sample_aspect_ratio", "")).replace(":", "/"))
    except (ValueError, ZeroDivisionError):
        shape = Fraction(1)
    if Fraction(1, 4) <= shape <= 4:
        width = round(width * shape)
    turns = [_number(side.get("rotation")) for side in stream.get("side_data_list", [])]
    return (height, width) if any(round(turn / 90) % 2 for turn in turns) else (width, height)


def _audio(stream: Mapping[str, Any]) -> AudioStream:
    return AudioStream(
        codec=str(stream.get("codec_name", "")),
        profile=str(stream.get("profile", "")),
        channels=int(_number(stream.get("channels"))),
        language=language_tag(_tags(stream).get("language")),
    )


def _subtitles(stream: Mapping[str, Any]) -> SubtitleStream:
    tags = _tags(stream)
    codec = str(stream.get("codec_name", ""))
    return SubtitleStream(codec, language_tag(tags.get("language")), tags.get("title", ""))


def _tags(part: Mapping[str, Any]) -> dict[str, str]:
    tags = list(part.get("tags", {}).items())[:TAG_LIMIT]
    return {one_line(key).lower(): str(value)[:10_000] for key, value in tags}


def _may_hold_a_place(part: Mapping[str, Any]) -> bool:
    """Phones write it as a tag, action cameras as a stream of data."""
    is_data = part.get("codec_type") == "data" and part.get("codec_tag_string") not in _HARMLESS_DATA
    return is_data or any(_names_a_place(key) for key in _tags(part))


def _names_a_place(key: str) -> bool:
    return any(word in key for word in ("location", "gps", "xyz", "latitude", "longitude"))


def _number(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0
