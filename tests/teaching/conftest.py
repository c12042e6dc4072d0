"""A box with a small pack, and people who are signed in there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from content_packs.build import build_pack
from tests.courses.sources import course_folder
from tests.support.apps import app_of


@pytest.fixture(scope="package")
def course_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack that is a course in French and Arabic, with a film and a question of each kind."""
    folder = tmp_path_factory.mktemp("pack")
    source = folder / "source"
    (source / "soap").mkdir(parents=True)
    pack = folder / "clean-hands.zim"
    build_pack(course_folder(source), pack)
    return pack


@pytest.fixture
async def client(tmp_path: Path, course_pack: Path) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(app_of(tmp_path, course_pack))) as client:
        yield client
