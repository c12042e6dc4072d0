"""The real files of others that lie beside the checkout; a test that needs one is skipped where they are absent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def shared(path: str) -> Path:
    """The file `path` of the shared test data."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the shared test data ({path}) is not beside the checkout")
    return found


def program(name: str) -> str:
    """The path of an installed program."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: `make tools` says which Debian packages the tests use")
    return found
