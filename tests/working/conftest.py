from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from tests.media.films import make_film
from tests.support.box import Box, running_box


@pytest.fixture(scope="session")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One whose conversion takes a second or more."""
    folder = tmp_path_factory.mktemp("film")
    return make_film(folder / "long.avi", "-c:v", "mpeg4", "-q:v", "5", seconds=5, size="640x480", rate=25)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A running box without packs."""
    with running_box(tmp_path_factory.mktemp("box")) as running:
        yield running


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder
