"""A box with the real application, its database beside it, and what somebody sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from ideascube.box_db.database import box_database
from ideascube.creations.model import Fields
from ideascube.creations.states import Deed
from ideascube.people.rights import Person
from tests.creations.making import do, fields, made
from tests.support.apps import app_of


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Connection]:
    with box_database(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
async def client(aiohttp_client: Any, tmp_path: Path) -> TestClient[Any, Any]:
    client: TestClient[Any, Any] = await aiohttp_client(app_of(tmp_path))
    return client


def sent(box: Connection, person: Person, said: Fields | None = None) -> str:
    """The id of what this person made and sent."""
    creation = made(box, said or fields("The hare"), person)
    do(box, creation, Deed.SUBMIT)
    return creation
