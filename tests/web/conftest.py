"""The demo library on a running box: what a newcomer sees first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from content_packs.build import build_pack
from ideascube.commands.demo import SOURCES
from tests.support.box import Box, eventually, running_box


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("demo-packs")
    sources = sorted(path.parent for path in SOURCES.glob("*/pack.yml"))
    packs = [folder / f"{source.name}.zim" for source in sources]
    for source, pack in zip(sources, packs, strict=True):
        build_pack(source, pack)
    with running_box(tmp_path_factory.mktemp("demo-box"), *packs) as box:
        eventually(lambda: box.get("/health").json()["packs"] == len(packs))
        for pack in packs:
            box.wait_for(pack.stem)
        yield box
