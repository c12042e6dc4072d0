"""How long it takes to build a pack, beside zimwriterfs: both read the same folder and write one ZIM with its index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks.bench import Bench
from benchmarks.load import LoadError
from benchmarks.sample import Sample

NAME = "gimp-fr"
_PICTURE = "illustration-48.png"


@dataclass(frozen=True, slots=True)
class Run:
    """One program's run to its end: seconds on the clock, seconds of processors, most memory in MB."""

    seconds: float
    processors: float
    memory: float


def building(bench: Bench) -> Sample:
    """Our builder reads links, titles and duplicates as well; zimwriterfs gets as many threads as there are cores."""
    source, out = bench.cache / NAME, bench.work / "built.zim"
    ours = _run([sys.executable, "-m", "ideascube", "pack", "build", str(source), str(out)], out)
    other = _run(_zimwriterfs(_with_picture(bench, source), out), out)
    notes = {
        "processor seconds, ours": ours.processors,
        "zimwriterfs": other.processors,
        "most memory in MB, ours": ours.memory,
        "of zimwriterfs": other.memory,
    }
    return Sample(ours.seconds, other.seconds, notes)


def _zimwriterfs(folder: Path, out: Path) -> list[str]:
    facts = {"welcome": "index.html", "illustration": _PICTURE, "language": "fra", "title": NAME, "description": NAME}
    more = {"creator": "GIMP", "publisher": "Debian", "name": NAME, "threads": str(os.cpu_count() or 1)}
    options = [text for name, value in (facts | more).items() for text in (f"--{name}", value)]
    return ["zimwriterfs", *options, str(folder), str(out)]


def _with_picture(bench: Bench, source: Path) -> Path:
    """The same files, linked, with the illustration among them, where zimwriterfs wants it."""
    folder = bench.work / "for-zimwriterfs"
    if not folder.exists():
        content = source / _content(source)
        shutil.copytree(content.resolve(), folder, copy_function=os.link)
        Image.new("RGB", (48, 48), (30, 60, 90)).save(folder / _PICTURE)
    return folder


def _content(source: Path) -> str:
    lines = (source / "pack.yml").read_text("utf-8").splitlines()
    return next(line.removeprefix("content:").strip() for line in lines if line.startswith("content:"))


def _run(command: list[str], out: Path) -> Run:
    out.unlink(missing_ok=True)
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if status or not out.exists():
        raise LoadError(f"{command[0]} could not build {NAME}.")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
