"""Films: what they say of themselves, and a picture of them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageStat

from content_packs.media.described import Described, day, one_line, paragraphs, several
from content_packs.media.ffmpeg import command, decoding, output_of
from content_packs.media.licences import licence_id
from content_packs.media.pictures import thumbnail
from content_packs.media.probe import Probe, probe

POSTER_SECONDS = 60
POSTER_LIMIT = 20_000_000  # bytes of a frame on its way
_PLACES = (0.1, 0.3, 0.5, 0.02)  # of the film's length, where a frame is looked for
_ONE_COLOUR = 12.0  # standard deviation of the brightness, of 255, below which a frame shows nothing
_NEVER_SET = ("1904-01-01", "1970-01-01")  # where clocks of cameras begin


@dataclass(frozen=True, slots=True)
class Film:
    """What was read of a film. `probe` is what `conversion_of` takes."""

    described: Described
    probe: Probe


def read_film(path: Path) -> Film:
    """What ffprobe finds. Raises BadInput where it is no film; MissingProgram where ffmpeg is not installed."""
    found = probe(path)
    return Film(describe(found), found)


def describe(found: Probe) -> Described:
    """What the tags and streams say, in the form that all files share."""
    tags, video = found.tags, found.video
    rights = one_line(tags.get("copyright") or tags.get("license"))
    return Described(
        title=one_line(tags.get("title")),
        creators=several(tags.get(key) for key in ("artist", "author", "director", "composer")),
        language=found.audio.language if found.audio else "",
        date=_date(tags.get("date") or tags.get("com.apple.quicktime.creationdate") or tags.get("creation_time")),
        description=paragraphs(tags.get("description") or tags.get("synopsis") or tags.get("comment")),
        licence=licence_id(rights) or rights,
        publisher=one_line(tags.get("publisher")),
        subjects=several([tags.get("genre")]),
        part_of=one_line(tags.get("show") or tags.get("album")),
        duration=found.duration or None,
        width=video.width if video else None,
        height=video.height if video else None,
        has_sound=found.audio is not None,
        notes=_notes(found),
    )


def poster(path: Path, probe: Probe, width: int = 640) -> bytes | None:
    """A frame from about a tenth of the film, as WebP at most `width` pixels wide; None where no frame can be read.

    A frame of one colour is shown only where no other is found. Raises MissingProgram where ffmpeg is not installed.
    """
    if probe.video is None:
        return None
    best: tuple[float, bytes] | None = None
    for place in _PLACES if probe.duration else (0.0,):
        frame = _frame(path, probe, place * probe.duration, width)
        if frame is None:
            continue
        best = max(best or (-1.0, b""), (_variety(frame), frame))
        if best[0] > _ONE_COLOUR:
            break
    return thumbnail(best[1], width) if best else None


def _frame(path: Path, probe: Probe, second: float, width: int) -> bytes | None:
    """The frame that stands best for those around `second`, as PNG. They are made small first, since all are kept."""
    assert probe.video
    wide = min(width, probe.video.width)
    high = max(min(round(probe.video.height * wide / probe.video.width), 2 * wide), 1)
    arguments = [*command("ffmpeg"), "-nostdin", "-v", "quiet", "-ss", f"{second:.3f}", *decoding(path)]
    arguments += ["-map", "0:V:0", "-vf", f"scale={wide}:{high},thumbnail=24", "-frames:v", "1"]
    return output_of([*arguments, "-f", "image2pipe", "-c:v", "png", "-"], POSTER_SECONDS, POSTER_LIMIT) or None


def _variety(frame: bytes) -> float:
    with Image.open(BytesIO(frame), formats=("PNG",)) as picture:
        return float(ImageStat.Stat(picture.convert("L")).stddev[0])


def _date(text: object) -> str:
    date = day(text)
    return "" if date in _NEVER_SET else date


def _notes(found: Probe) -> tuple[str, ...]:
    notes = []
    if found.video is not None and found.audio is None:
        notes.append("it has no sound")
    if found.subtitles:
        notes.append("browsers do not show the subtitles inside it: give them as SRT or WebVTT files beside it")
    return tuple(notes)
