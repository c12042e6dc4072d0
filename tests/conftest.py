"""Fixtures that many tests use; what they are made of is in `tests/support`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.box import Box, running_box
from tests.support.shared import shared
from tests.support.zims import make_zim

pytest_plugins = ["tests.skips"]
pytest.register_assert_rewrite("tests.support.same_packs")

# No test asserts how long something takes, and what is green once stays so where changes are judged.
settings.register_profile("ideascube", deadline=None, database=None, derandomize="CI" in os.environ)
settings.load_profile("ideascube")


@pytest.fixture(scope="session")
def small_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pack of our own making: pages, a picture, a film's worth of bytes, redirects, odd paths."""
    folder = tmp_path_factory.mktemp("zims")
    make_zim(
        folder / "village.zim",
        {
            "index.html": ("text/html", "<html><body><h1>Village</h1><a href='well.html'>The well</a></body></html>"),
            "well.html": ("text/html", "<html><body>" + "<p>Clean water from the well.</p>" * 200 + "</body></html>"),
            "quiet?tab=1&x=2": ("text/html", "<html><body>A page with a question mark</body></html>"),
            "100%.html": ("text/html", "<html><body>A page with a percent sign</body></html>"),
            "ቡና/بئر.html": ("text/html", "<html><body>Ethiopic and Arabic</body></html>"),
            "links.html": (
                "text/html",
                "<html><body><a href='https://example.org/a?b=1&amp;c=2'>out</a> <a href='well.html'>in</a></body>",
            ),
            "frame.html": ("text/html;frame", "<html><body>inside a frame</body></html>"),
            "style.css": ("text/css", "p{color:red}" * 50),
            "film.bin": ("video/webm", bytes(range(256)) * 8192),
            "small.bin": ("image/png", bytes(range(256)) * 4),
        },
        main="index.html",
        redirects={"puits": "well.html"},
        title="Village",
        language="eng",
    )
    return folder


@pytest.fixture(scope="module")
def village(small_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A running box with the pack `village`; for tests that leave it as they found it."""
    with running_box(tmp_path_factory.mktemp("box"), small_packs / "village.zim") as box:
        box.wait_for("village")
        yield box


@pytest.fixture
def ray_charles() -> Path:
    return shared("zim/good/wikipedia_en_ray_charles.zim")
