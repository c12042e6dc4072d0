from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import DummyCookieJar

from tests.people.staff_app import Client
from tests.support.apps import app_of


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: Any) -> AsyncIterator[Client]:
    """The real application on an empty box that nobody has set up. It keeps no cookies: `staff_app.Browser` does."""
    return await aiohttp_client(app_of(tmp_path), cookie_jar=DummyCookieJar())
