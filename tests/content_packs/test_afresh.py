"""Work in a program of its own: what it gives, what it raises, how it is broken off, and that it takes little along."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from content_packs.afresh import run_afresh
from content_packs.apart import EndedBadlyError
from content_packs.errors import BadInput

Progress = Callable[[int, int], None]

# What takes memory, and is for some syncs or for other programs.
_HEAVY = {"PIL", "jinja2", "libzim", "lxml", "numpy", "obstore", "rapidfuzz", "selectolax", "uvloop", "whoosh"}


def add(first: int, second: int, progress: Progress) -> int:
    sys.stdout.write("said by the way\n")
    sys.stdout.flush()
    progress(1, 2)
    return first + second


def refuse(progress: Progress) -> None:
    raise BadInput("It is none.")


def crash(progress: Progress) -> None:
    os.abort()


def fail(progress: Progress) -> None:
    raise ZeroDivisionError


def write_slowly(file: Path, progress: Progress) -> None:
    try:
        file.touch()
        progress(1, 2)
        time.sleep(60)
    finally:
        file.unlink()


def test_it_gives_what_the_function_returns_and_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []

    found = run_afresh(f"{__name__}:add", 2, 3, progress=lambda done, total: told.append((done, total)))

    assert (5, [(1, 2)]) == (found, told)


def test_what_a_person_can_cure_is_raised_here() -> None:
    with pytest.raises(BadInput, match=r"^It is none\.$"):
        run_afresh(f"{__name__}:refuse")


@pytest.mark.parametrize("function", ["crash", "fail"])
def test_a_crash_is_an_error_here(function: str) -> None:
    with pytest.raises(EndedBadlyError):
        run_afresh(f"{__name__}:{function}")


def test_what_is_raised_meanwhile_ends_it_and_it_clears_what_it_wrote(tmp_path: Path) -> None:
    file = tmp_path / "half"

    def stop(done: int, total: int) -> None:
        assert file.exists()
        raise TimeoutError

    with pytest.raises(TimeoutError):
        run_afresh(f"{__name__}:write_slowly", file, progress=stop)
    assert not file.exists()


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("provisioning.syncing.command", _HEAVY),
        ("content_packs.store.from_delta", {"aiohttp", "asyncio", "cryptography", "ssl", *_HEAVY} - {"libzim"}),
    ],
)
def test_a_sync_and_what_it_has_installed_import_no_more_than_they_need(module: str, without: set[str]) -> None:
    ask = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"

    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert set() == without & set(done.stdout.split())
