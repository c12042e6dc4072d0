from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder
