"""Work in a process of its own: what it gives, how far it is, and what a crash of it leaves."""

from __future__ import annotations

import os

import pytest

from content_packs.apart import EndedBadlyError, HowFar, run_apart


def test_it_gives_what_the_work_returns() -> None:
    assert {"parts": [1, 2]} == run_apart(lambda: {"parts": [1, 2]}, 20)


@pytest.mark.parametrize("work", [os.abort, lambda: os._exit(0), lambda: 1 / 0, lambda: lambda: None])
def test_a_crash_is_an_error_here(work: object) -> None:
    with pytest.raises(EndedBadlyError):
        run_apart(work, 20)  # type: ignore[arg-type]


def test_it_tells_how_far_it_is_meanwhile() -> None:
    far, told = HowFar(), []
    reading, writing = os.pipe()

    def work() -> str:
        far.tell(3, 7)
        os.read(reading, 1)  # until it was heard
        return "done"

    def listen() -> None:
        told.append(far.told())
        if told[-1] == (3, 7):
            os.write(writing, b".")

    assert "done" == run_apart(work, 20, listen)
    assert (3, 7) == told[-1]
