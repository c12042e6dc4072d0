"""What has to be done so that every phone plays a file: rules, which touch nothing. `convert.py` does it.

Every phone of the last ten years plays MP4 with H.264 up to level 4.0 in 8 bits and AAC, and MP3. WebM with VP8 or
VP9 is kept as well, which only older iPhones refuse. docs/formats/media.md has the rules as a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from content_packs.media.described import one_line
from content_packs.media.probe import AudioStream, Probe, VideoStream

SHORT_SIDE = 480  # pixels
KEPT_SHORT_SIDE = 720
KEPT_BITS = 4_000_000  # a second: what thirty phones on one Wi-Fi cannot all have

COPY, H264, AAC = "copy", "h264", "aac"

_PROFILES = ("Constrained Baseline", "Baseline", "Main", "High")
_LEVEL = 40
_PIXEL_FORMATS = ("yuv420p", "yuvj420p")
_AAC_PROFILES = ("LC", "HE-AAC", "HE-AACv2")
_WEBM_VIDEO, _WEBM_AUDIO = ("vp8", "vp9"), ("vorbis", "opus", None)
_KEPT_TAGS = ("title", "artist", "album", "date", "genre", "description", "copyright")
COPIED_ENDINGS = (".3gp", ".m4a", ".m4v", ".mov", ".mp3", ".mp4", ".webm")
PLACE = "it holds, or may hold, the place where it was recorded"
_OTHER_BRANDS = ("qt", "3g")  # QuickTime and old phones, whose files only look like MP4


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is made playable: `video` is `h264`, `copy` or None, `audio` is `aac`, `copy` or None.

    `ending` is that of the new file; `width` and `height` are in pixels, even; `is_hdr` is true where the brightness
    has to be brought into what all screens show; `channels` are those of the sound; `duration` is in seconds, 0 where
    unknown; `tags` and `language` (BCP 47) are written into it again; `why` says what keeps phones from playing it.
    """

    ending: str
    video: str | None
    audio: str | None
    width: int
    height: int
    is_hdr: bool
    channels: int
    duration: float
    tags: tuple[tuple[str, str], ...]
    language: str
    why: tuple[str, ...]


def conversion_of(probe: Probe, short_side: int = SHORT_SIDE) -> Plan | None:
    """What to do, or None where phones play the file as it is.

    `short_side` is the height in pixels of a film that lies, the width of one that stands; nothing is made larger.
    """
    if ending := _kept_beside_mp4(probe):
        return _copied(probe, ending) if probe.has_place else None
    video = tuple(_against_video(probe, probe.video, max(short_side, KEPT_SHORT_SIDE))) if probe.video else ()
    audio = tuple(_against_audio(probe.audio)) if probe.audio else ()
    why = (*_against_container(probe), *video, *audio)
    if not why:
        return None
    plan = replace(_copied(probe, ".mp4" if probe.video else ".m4a"), why=why)
    if audio and probe.audio:
        plan = replace(plan, audio=AAC, channels=max(1, min(probe.audio.channels, 2)))
    if video and probe.video:
        width, height = _smaller(probe.video, short_side)
        plan = replace(plan, video=H264, width=width, height=height, is_hdr=probe.video.is_hdr)
    return plan


def for_everybody(probe: Probe) -> Plan:
    """How to make a file that every phone plays, and that says nothing of who made it, where, when and with what.

    What phones play already is copied bit by bit. A sound in WebM, which browsers record, becomes AAC: older iPhones.
    """
    plan = conversion_of(probe) or _copied(probe, _kept_beside_mp4(probe) or (".mp4" if probe.video else ".m4a"))
    if plan.ending == ".webm" and probe.audio and not probe.video:
        plan = replace(plan, ending=".m4a", audio=AAC, channels=max(1, min(probe.audio.channels, 2)))
    return replace(plan, tags=())


def without_place(probe: Probe, ending: str) -> Plan | None:
    """How to copy a file that holds the place where it was recorded, but for that; quick, since nothing is made anew.

    `ending` is the file's own, in small letters, and stays. None where it holds no place, or is of a kind that cannot
    be copied so.
    """
    return _copied(probe, ending) if probe.has_place and ending in COPIED_ENDINGS else None


def _copied(probe: Probe, ending: str) -> Plan:
    """The same pictures and sound in a new file, which holds nothing else."""
    return Plan(
        ending=ending,
        video=COPY if probe.video else None,
        audio=COPY if probe.audio else None,
        width=probe.video.width if probe.video else 0,
        height=probe.video.height if probe.video else 0,
        is_hdr=False,
        channels=probe.audio.channels if probe.audio else 0,
        duration=probe.duration,
        tags=tuple((key, one_line(probe.tags[key])) for key in _KEPT_TAGS if probe.tags.get(key)),
        language=probe.audio.language if probe.audio else "",
        why=(PLACE,),
    )


def _kept_beside_mp4(probe: Probe) -> str:
    """The ending of a file that is neither MP4 nor converted."""
    video, audio = probe.video.codec if probe.video else None, probe.audio.codec if probe.audio else None
    if probe.containers == ("webm",) and video in _WEBM_VIDEO and audio in _WEBM_AUDIO:
        return ".webm"
    return ".mp3" if probe.containers == ("mp3",) and video is None and audio == "mp3" else ""


def _against_container(probe: Probe) -> Iterator[str]:
    brand = probe.tags.get("major_brand", "").strip().lower()
    if "mp4" not in probe.containers or brand.startswith(_OTHER_BRANDS):
        yield "it is not an MP4 file"
    if not probe.starts_at_once:
        yield "it has to be fetched to its end before it plays"
    if probe.has_place:
        yield PLACE


def _against_video(probe: Probe, video: VideoStream, short_side: int) -> Iterator[str]:
    if video.codec != "h264":
        yield f"its pictures are {video.codec or 'unknown'}"
    elif video.profile not in _PROFILES or not 0 < video.level <= _LEVEL or video.pixel_format not in _PIXEL_FORMATS:
        yield f"its pictures are H.264 {video.profile} at level {video.level / 10:g} in {video.pixel_format}"
    if min(video.width, video.height) > short_side:
        yield f"it is {video.width}×{video.height} pixels large"
    if probe.duration and probe.size * 8 / probe.duration > KEPT_BITS:
        yield f"it takes {probe.size * 8 / probe.duration / 1_000_000:.1f} Mbit/s"


def _against_audio(audio: AudioStream) -> Iterator[str]:
    if audio.codec != "aac" or audio.profile not in _AAC_PROFILES:
        yield f"its sound is {audio.codec} {audio.profile}".strip()
    if audio.channels > 2:
        yield f"its sound has {audio.channels} channels"


def _smaller(video: VideoStream, short_side: int) -> tuple[int, int]:
    """The size in even numbers, as H.264 in 4:2:0 needs them, the shape kept."""
    scale = min(1.0, short_side / min(video.width, video.height))
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (video.width, video.height))
    return width, height
