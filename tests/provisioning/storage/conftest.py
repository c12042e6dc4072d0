from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hub_places import allow, bucket, rclone_server, s3_server, webdav


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with rclone_server(tmp_path_factory.mktemp("rclone")) as address:
        yield address


@pytest.fixture(params=["folder", "s3", "rclone", "webdav"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty place; `tmp_path / "keys"` has what is needed to write there."""
    (tmp_path / "root").mkdir()
    if request.param == "folder":
        yield str(tmp_path / "root")
    elif request.param == "s3":
        yield bucket(request.getfixturevalue("s3"))
    elif request.param == "rclone":
        yield bucket(request.getfixturevalue("rclone"))
    else:
        with webdav(tmp_path / "root", tmp_path / "nginx") as address:
            allow(tmp_path / "keys", address)
            yield f"{address}/hub"
