"""Subtitles in SRT and WebVTT, in whatever encoding: cues, which are text and never markup; WebVTT for browsers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.media.bounded import read_whole
from content_packs.media.cue_text import cue_text
from content_packs.media.old_encodings import read_text

SIZE_LIMIT = 5_000_000
CUE_LIMIT = 50_000  # what comes after them is left out: no film has so many
NOTE_LIMIT = 20

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*[-–—]+\s?>\s*{_TIME}(?!\d)")
# A line that was meant as a timing, whether or not it can be read.
_MEANT_AS_TIMING = re.compile(r".*--+\s?>|\s*\d+:\d+[:.,]\d[\d.,]*\W+\d+:\d+[:.,]\d")


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
    """The subtitles of an SRT or VTT file. `language` (BCP 47) helps to guess an old encoding.

    Raises BadInput where the file is neither, or has more than 5 MB. WebVTT without a cue is empty, with a note.
    """
    data = read_whole(path, SIZE_LIMIT)
    found = parse_subtitles(data, language)
    if not found.cues and b"WEBVTT" not in data[:9]:
        raise BadInput(f"{path.name} holds no subtitles that can be read: give an SRT or WebVTT file.")
    return found


def parse_subtitles(data: bytes, language: str = "") -> Subtitles:
    """The subtitles in `data`; what cannot be read is passed over with a note."""
    text, guessed = read_text(data, language)
    notes = [f"its encoding was guessed as {guessed}: save it as UTF-8"] if guessed else []
    cues = []
    for number, found in islice(_cues(text), CUE_LIMIT):
        if isinstance(found, str):
            notes.append(f"line {number}: {found}")
        elif found.text:
            cues.append(found)
    if not cues:
        notes.append("there is no cue in it")
    return Subtitles(tuple(sorted(cues, key=lambda cue: cue.start)), _few(notes))


def to_vtt(cues: Iterable[Cue]) -> str:
    """The cues as WebVTT (https://www.w3.org/TR/webvtt1/)."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{html.escape(cue.text, quote=False)}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *blocks])


def _cues(text: str) -> Iterator[tuple[int, Cue | str]]:
    """Each cue, or what is wrong with it, with the number of its line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_vtt = text.startswith("WEBVTT")
    timings = [index for index, line in enumerate(lines) if _MEANT_AS_TIMING.match(line[:200])]
    for index, following in zip_longest(timings, timings[1:]):
        body = lines[index + 1 : following]
        words = _until_empty(body) if is_vtt else _without_next_number(body, is_last=following is None)
        yield index + 1, _cue(lines[index], "\n".join(words))


def _cue(timing: str, words: str) -> Cue | str:
    found = _TIMING.match(timing)
    if found is None:
        return "the times cannot be read, so its words are left out"
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end <= start:
        return "it ends before it starts, so its words are left out"
    return Cue(start, end, cue_text(words))


def _until_empty(body: list[str]) -> Iterator[str]:
    """An empty line ends a cue of WebVTT; what follows may be a comment, a style or the next cue's name."""
    for line in body:
        if not line.strip():
            return
        yield line


def _without_next_number(body: list[str], *, is_last: bool) -> list[str]:
    """SRT in the wild has empty lines inside a cue, and none between two: only the next cue's number ends one."""
    return body[:-1] if body and not is_last and body[-1].strip().isdecimal() else body


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    milliseconds = int((fraction or "0").ljust(3, "0"))
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + milliseconds / 1000


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _few(notes: list[str]) -> tuple[str, ...]:
    more = len(notes) - NOTE_LIMIT
    return (*notes[:NOTE_LIMIT], f"and {more} more like these") if more > 0 else tuple(notes)
