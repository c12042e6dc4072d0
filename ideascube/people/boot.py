"""Which start of the machine this is, by the kernel's own name for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path("/proc/sys/kernel/random/boot_id")  # random(4)


@cache
def this_boot() -> str:
    try:
        return _FILE.read_text(encoding="ascii").strip()[:36]
    except (OSError, UnicodeError):
        return ""
