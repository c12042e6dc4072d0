from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from tests.media.films import make_film


@pytest.fixture(scope="session")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One whose conversion takes some seconds."""
    folder = tmp_path_factory.mktemp("film")
    return make_film(folder / "long.avi", "-c:v", "mpeg4", "-q:v", "5", seconds=8, size="640x480", rate=25)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder
