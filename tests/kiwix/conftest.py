"""The two servers, started once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kiwix.peers import PACKS, Peers, fill, kiwix_serve, wait_for
from tests.support.box import Box, running_box
from tests.support.shared import program


@pytest.fixture(scope="package")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box with every pack of `PACKS`."""
    data = tmp_path_factory.mktemp("kiwix")
    (data / "packs").mkdir()
    fill(data / "packs")
    with running_box(data) as running:
        for pack in PACKS:
            wait_for(running, f"/raw/{pack}/meta/Language")
        yield running


@pytest.fixture(scope="package")
def peers(box: Box) -> Iterator[Peers]:
    program("kiwix-serve")
    with kiwix_serve(box.packs) as address:
        yield Peers(box, address)
