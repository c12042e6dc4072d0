"""Films and sounds that ffmpeg makes for tests; not tests."""

from __future__ import annotations

import json
import struct
import subprocess
from pathlib import Path
from typing import Any

from tests.support.shared import program

PICTURE = "testsrc=size={size}:rate={rate}"
TONE = "sine=frequency=440"


def make_film(
    out: Path, *options: str, seconds: float = 2, size: str = "320x240", rate: int = 10, sound: bool = True
) -> Path:
    """A moving test picture, with a tone unless `sound` is false; `options` are those of ffmpeg's output."""
    inputs = ["-f", "lavfi", "-i", PICTURE.format(size=size, rate=rate)]
    if sound:
        inputs += ["-f", "lavfi", "-i", TONE]
    return ffmpeg(*inputs, "-t", str(seconds), *options, str(out))


def make_sound(out: Path, *options: str, seconds: float = 2) -> Path:
    return ffmpeg("-f", "lavfi", "-i", TONE, "-t", str(seconds), *options, str(out))


def stood_up(film: Path, out: Path) -> Path:
    """A copy of an MP4 that says to be turned by 90°, as phones do (ISO/IEC 14496-12, the matrix of `tkhd`)."""
    data = bytearray(film.read_bytes())
    at = data.index(struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000), data.index(b"tkhd"))
    data[at : at + 36] = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    out.write_bytes(data)
    return out


def ffmpeg(*arguments: str) -> Path:
    """Run ffmpeg; the last argument is the file that it writes, which is returned."""
    subprocess.run([program("ffmpeg"), "-nostdin", "-v", "error", "-y", *arguments], check=True, timeout=100)
    return Path(arguments[-1])


def ffprobe(path: Path) -> dict[str, Any]:
    """All that ffprobe says of the file."""
    command = [program("ffprobe"), "-v", "error", "-show_format", "-show_streams", "-of", "json", path]
    made: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return made
