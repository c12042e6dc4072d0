"""What else moves files over bad links: wget, rsync, zsync, casync. Each with the options that serve it best here.

A tool's class says how its files are laid out at the far end, and which command brings the file here or there.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.packs import PreparationError
from benchmarks.servers import HOST
from benchmarks.sync.hosts import Hosts
from benchmarks.sync.line import Line

_LONG = 900  # seconds to prepare


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tool works: the far end, the link to it, and a folder here. `is_straight`: without the link."""

    hosts: Hosts
    line: Line
    here: Path
    is_straight: bool = False

    def web(self, name: str) -> str:
        port = self.hosts.web if self.is_straight else self.line.to(self.hosts.web)
        return f"http://{HOST}:{port}/{name}"

    def rsync(self, name: str) -> str:
        return f"rsync://{HOST}:{self.line.to(self.hosts.rsync)}/far/{name}"


class Tool(ABC):
    """`old`: the version that is here already, or None."""

    name: str

    @abstractmethod
    def fetching(self, place: Place, new: Path, old: Path | None) -> Sequence[str]:
        """Prepare both ends, and give the command that brings `new` here as the file `got`."""

    def wrong(self, place: Place, new: Path, old: Path | None) -> str:
        """What is not as it should be once the command is done, or empty."""
        return "" if filecmp.cmp(new, place.here / "got", shallow=False) else "another file came"

    def sending(self, place: Place, file: Path) -> Sequence[str] | None:
        """The command that brings `file` to the far end as the file `sent`; None where it cannot go on after a cut."""
        return None

    def wrong_at_far_end(self, place: Place, file: Path) -> str:
        return "" if filecmp.cmp(file, place.hosts.root / "sent", shallow=False) else "another file was sent"


class Wget(Tool):
    name = "wget -c"

    def fetching(self, place: Place, new: Path, old: Path | None) -> Sequence[str]:
        shutil.copyfile(new, place.hosts.root / "file.zim")
        address = place.web("file.zim")
        return ["wget", "-c", "-q", "--tries=0", "--waitretry=0", "--retry-connrefused", "-O", "got", address]


class Rsync(Tool):
    """`--inplace` where an old version is here: a cut then costs neither that nor what arrived."""

    name = "rsync"

    def fetching(self, place: Place, new: Path, old: Path | None) -> Sequence[str]:
        shutil.copyfile(new, place.hosts.root / "file.zim")
        if old:
            shutil.copyfile(old, place.here / "got")
        how = ["--inplace", "--no-whole-file", "--ignore-times"] if old else ["--partial", "--append-verify"]
        return ["rsync", *how, place.rsync("file.zim"), "got"]

    def sending(self, place: Place, file: Path) -> Sequence[str]:
        return ["rsync", "--partial", "--append-verify", str(file), place.rsync("sent")]


class Zsync(Tool):
    name = "zsync"

    def fetching(self, place: Place, new: Path, old: Path | None) -> Sequence[str]:
        shutil.copyfile(new, place.hosts.root / "file.zim")
        run(
            "zsyncmake",
            "-u",
            "file.zim",
            "-o",
            str(place.hosts.root / "file.zsync"),
            str(place.hosts.root / "file.zim"),
        )
        seed = ["-i", str(old)] if old else []
        return ["zsync", "-q", *seed, "-o", "got", place.web("file.zsync")]


class Casync(Tool):
    """Content-defined chunks, as desync has them; what arrived is kept in a cache."""

    name = "casync"

    def fetching(self, place: Place, new: Path, old: Path | None) -> Sequence[str]:
        root = place.hosts.root
        run("casync", "make", f"--store={root}/file.castr", str(root / "file.caibx"), str(new))
        cache = place.here / "cache.castr"
        cache.mkdir()
        seed = [f"--seed={old}"] if old else []
        return ["casync", "extract", *seed, f"--store={place.web('file.castr')}", f"--cache={cache}",
                place.web("file.caibx"), "got"]  # fmt: skip


def run(*command: str) -> None:
    """Raises PreparationError."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=_LONG, check=False)
    if done.returncode:
        raise PreparationError(f"{' '.join(command[:4])} failed: {done.stderr.strip()[-300:]}")
