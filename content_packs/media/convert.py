"""Conversion with ffmpeg, as `conversion.py` plans it. Slow: minutes and more."""

from __future__ import annotations

import os
import re
import selectors
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from content_packs.errors import BadInput, NoSpace
from content_packs.languages import to_iso639_3
from content_packs.media.conversion import AAC, H264, Plan
from content_packs.media.ffmpeg import command, decoding
from content_packs.media.finished import finished
from content_packs.media.probe import probe

STILL_SECONDS = 600  # without any progress, after which ffmpeg is taken to hang

QUALITY = 24  # x264's constant rate factor: larger is smaller and worse
BITS_A_PIXEL = 3  # a second at most: 1.2 Mbit/s at 854×480
SOUND_BITS = {1: "64k", 2: "96k"}
_INDEXED = {".mp4": "mp4", ".m4v": "mp4", ".m4a": "ipod", ".mov": "mov", ".3gp": "3gp"}
_FORMATS = {**_INDEXED, ".webm": "webm", ".mp3": "mp3"}
# Fewer than 33 frames a second: half of 60 or 50, all of 30, however unevenly a phone took them.
_FRAMES = r"select=isnan(prev_selected_t)+gte(t-prev_selected_t\,0.03)"
# From ITU-R BT.2100 to BT.709: without it, films of new phones look grey.
_TO_ORDINARY_BRIGHTNESS = (
    "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,tonemap=hable:desat=0,"
    "zscale=transfer=bt709:matrix=bt709:range=tv"
)
# x264 gives the same film on any number of processors only if the number of threads is fixed.
_THREADS = "4"
_SPACE = 16 * 1024 * 1024  # bytes; with less free, the disk is why ffmpeg failed


class EndedError(BadInput):
    """ffmpeg was ended by a signal: by the system, which had no memory for it, or because it crashed."""


Progress = Callable[[float, float], None]


def convert(path: Path, out: Path, plan: Plan, progress: Progress = lambda done, total: None) -> None:
    """Write `out`, whole or not at all. `progress` is told the seconds of the film that are done, and all.

    The same file gives the same bytes with the same ffmpeg on the same kind of processor. Raises BadInput where
    ffmpeg cannot read the file, EndedError where it was ended, NoSpace, and MissingProgram where it is not installed.
    """
    with finished(out) as part:
        made = _run(_command(path, part, plan), lambda done: progress(min(done, plan.duration), plan.duration))
        if not made and shutil.disk_usage(out.parent).free < _SPACE:
            raise NoSpace(f"There is no room to convert {path.name}: free some beside {out.name}.")
        if not made or not _is_whole(part, plan):
            raise BadInput(f"{path.name} cannot be converted: it is damaged, cut off or of a kind that is not known.")
    progress(plan.duration, plan.duration)


def _is_whole(made: Path, plan: Plan) -> bool:
    """Whether a film is about as long as it was; a sound's length was perhaps only estimated."""
    try:
        seconds = probe(made).duration
    except BadInput:
        return False
    return not plan.video or plan.duration - seconds < max(2.0, plan.duration / 10)


def _command(path: Path, part: Path, plan: Plan) -> list[str]:
    return [
        *(*command("ffmpeg"), "-nostdin", "-v", "quiet", "-nostats", "-progress", "pipe:1", "-y"),
        *decoding(path),
        *(_video(plan) if plan.video else []),
        *(_audio(plan) if plan.audio else []),
        *("-sn", "-dn", "-map_chapters", "-1", "-map_metadata", "-1", "-map_metadata:s", "-1"),
        *(option for key, value in plan.tags for option in ("-metadata", f"{key}={value}")),
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *(["-movflags", "+faststart"] if plan.ending in _INDEXED else []),
        *("-f", _FORMATS[plan.ending], f"file:{part.absolute()}"),
    ]


def _video(plan: Plan) -> list[str]:
    if plan.video != H264:
        return ["-map", "0:V:0", "-c:v", "copy"]
    bits = max(BITS_A_PIXEL * plan.width * plan.height, 200_000)
    filters = f"yadif=deint=interlaced,{_FRAMES},scale={plan.width}:{plan.height},setsar=1"
    filters += f",{_TO_ORDINARY_BRIGHTNESS}" if plan.is_hdr else ""
    return [
        *("-map", "0:V:0", "-vf", filters, "-fps_mode", "vfr", "-pix_fmt", "yuv420p"),
        *("-c:v", "libx264", "-preset", "medium", "-profile:v", "high", "-threads:v", _THREADS),
        *("-crf", str(QUALITY), "-maxrate", str(bits), "-bufsize", str(2 * bits)),
    ]


def _audio(plan: Plan) -> list[str]:
    chosen = ["-map", "0:a:0"]
    if plan.language:
        chosen += ["-metadata:s:a:0", f"language={to_iso639_3(plan.language)}"]
    if plan.audio != AAC:
        return [*chosen, "-c:a", "copy"]
    return [*chosen, "-c:a", "aac", "-ac", str(plan.channels), "-b:a", SOUND_BITS[plan.channels]]


def _run(command: list[str], progress: Callable[[float], None], still: float = STILL_SECONDS) -> bool:
    """Whether ffmpeg came to its end; it is killed after `still` seconds without an advance, or by what is raised."""
    with subprocess.Popen(  # noqa: S603 - without a shell, and file names are absolute
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            assert process.stdout
            for done in _seconds_done(process.stdout, still):
                progress(done)
            process.wait(still)
        except (TimeoutError, subprocess.TimeoutExpired):
            return False
        finally:
            process.kill()
    if process.returncode < 0:
        raise EndedError(f"{Path(command[-1]).name} was not finished, as ffmpeg was ended: try again.")
    return process.returncode == 0


def _seconds_done(output: IO[bytes], still: float) -> Iterator[float]:
    """Each advance that ffmpeg tells. Raises TimeoutError where there is none for long."""
    done, told, last = 0, b"", time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while time.monotonic() - last < still:
            if not selector.select(still):
                continue
            if not (piece := os.read(output.fileno(), 65536)):
                return
            told = (told + piece)[-1000:]
            latest = max(map(int, re.findall(rb"out_time_us=(\d+)\n", told)), default=0)
            if latest > done:
                done, last = latest, time.monotonic()
                yield done / 1_000_000
    raise TimeoutError
