"""What tests of catalogues share."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from tests.provisioning.catalogues.feeds import data_folder


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return data_folder(tmp_path)
