"""Running ffmpeg and ffprobe on files that anyone may have made: no network, no other files, and bounds."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from threading import Timer

from content_packs.errors import MissingProgram

# What holds films and sounds. Playlists and the like stay out, since they make ffmpeg read other files.
_CONTAINERS = "aac ac3 aiff amr ape asf au avi caf dv flac flv matroska mov mp3 mpeg mpegts ogg rm tta w64 wav webm wv"
_PIXEL_LIMIT = 8192 * 4320
_ALLOCATION_LIMIT = 512 * 1024 * 1024  # bytes at once


def program(name: str) -> str:
    """Where the program is. Raises MissingProgram."""
    found = shutil.which(name)
    if found is None:
        raise MissingProgram(f"{name} is not installed, and films need it: `apt install ffmpeg` brings it.")
    return found


def command(name: str) -> list[str]:
    """The beginning of a command that runs the program, and that the system kills when this process is gone.

    Debian's util-linux has `setpriv`. Raises MissingProgram.
    """
    ending_with_us = shutil.which("setpriv")
    return [*([ending_with_us, "--pdeathsig", "KILL"] if ending_with_us else []), program(name)]


def reading(path: Path) -> list[str]:
    """The options of ffmpeg and ffprobe that read `path` and nothing else."""
    whitelist = ",".join(_CONTAINERS.split())
    return ["-protocol_whitelist", "file", "-format_whitelist", whitelist, "-i", f"file:{path.absolute()}"]


def decoding(path: Path) -> list[str]:
    """The options of ffmpeg that read and decode `path`, with less memory than its header may ask for."""
    return ["-max_alloc", str(_ALLOCATION_LIMIT), "-max_pixels", str(_PIXEL_LIMIT), *reading(path)]


def output_of(command: list[str], seconds: int, limit: int) -> bytes | None:
    """What the command prints; None where it fails, takes longer than `seconds`, or prints more than `limit` bytes."""
    with subprocess.Popen(  # noqa: S603 - without a shell, and file names are absolute
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        clock = Timer(seconds, process.kill)
        clock.start()
        try:
            printed = process.stdout.read(limit + 1) if process.stdout else b""
            if len(printed) > limit:
                process.kill()
            process.wait()
        finally:
            process.kill()
            clock.cancel()
    return printed if process.returncode == 0 else None
