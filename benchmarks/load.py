"""Load made by wrk: runs it over a list of addresses and returns what it measured. One thread, so that it leaves the
processors to the servers as far as can be.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WALK = Path(__file__).with_name("walk.lua")
LONGEST = 300  # seconds of one run, whatever happens

# What a browser sends when somebody opens a page. gzip alone, since kiwix-serve has no zstd.
BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Accept-Language": "fr,en;q=0.8",
}


class LoadError(Exception):
    """A run that says nothing: answers failed, or wrk did."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run measured; times in seconds, `size` in bytes with the headers."""

    requests: int
    seconds: float
    size: int
    median: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds

    @property
    def megabytes_a_second(self) -> float:
        return self.size / self.seconds / 1e6


class Running:
    """wrk at work; `result` waits for its end."""

    def __init__(self, arguments: Sequence[str], once: int) -> None:
        self._once = once
        self._process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def result(self) -> Load:
        try:
            output, _ = self._process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise LoadError(f"wrk did not end within {LONGEST} seconds.") from None
        return _understood(output, self._once)


def start(base: str, lines: Path, *, seconds: float, connections: int, once: bool = False) -> Running:
    """Ask `base` for the addresses in `lines` over and over for so long; or once each, in `seconds` at most."""
    headers = [text for name, value in BROWSER.items() for text in ("-H", f"{name}: {value}")]
    options = ["-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "--timeout", "30s"]
    command = ["wrk", *options, *headers, "-s", str(WALK), base, "--", str(lines), *(["once"] if once else [])]
    count = len(lines.read_text("utf-8").splitlines()) - connections + 1 if once else 0
    return Running(command, count)


def run(base: str, lines: Path, *, seconds: float, connections: int, once: bool = False) -> Load:
    """The same, waited for. Raises LoadError."""
    return start(base, lines, seconds=seconds, connections=connections, once=once).result()


def _understood(output: str, once: int) -> Load:
    """`once`: how many of a list that is asked for once were answered when the last one was asked for."""
    measured = next((json.loads(line) for line in output.splitlines() if line.startswith("{")), None)
    if measured is None:
        raise LoadError(f"wrk measured nothing: {output.strip()[-500:]}")
    if measured["failed"] or measured["refused"] or not measured["requests"]:
        raise LoadError(f"Some answers failed: {measured}")
    if once and not measured["walk_seconds"]:
        raise LoadError(f"The list was not finished in time: {measured}")
    return Load(
        once or measured["requests"],
        measured["walk_seconds"] if once else measured["seconds"],
        measured["bytes"],
        measured["median"],
        measured["p99"],
    )
