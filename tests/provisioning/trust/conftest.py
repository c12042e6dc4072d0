from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from tests.support.hubs import TrustingBox, found
from tests.support.zims import make_zim


@pytest.fixture(scope="session")
def zims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`a.zim`, `b.zim`, `c.zim`: packs of a page each."""
    folder = tmp_path_factory.mktemp("zims")
    for name in "abc":
        page = ("text/html", f"<html><head><title>{name}</title></head><body>Page {name}</body></html>")
        make_zim(folder / f"{name}.zim", {"index.html": page}, main="index.html", title=name)
    return folder


@dataclass
class Library:
    """A hub as it was after each of its publications (`states`: of a; of a and b; of all three)."""

    root: str
    states: list[Path]


@pytest.fixture(scope="session")
def published(zims: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("library")

    async def publish() -> Library:
        library = await found(folder / "operator", str(folder / "hub"))
        states = []
        for name in "abc":
            await library.publish(zims / f"{name}.zim")
            states.append(folder / f"state-{name}")
            shutil.copytree(folder / "hub", states[-1])
        return Library(library.root, states)

    return asyncio.run(publish())


@pytest.fixture
def states(published: Library, tmp_path: Path) -> list[Path]:
    """The same, for one test to change as it likes."""
    copies = [tmp_path / path.name for path in published.states]
    for path, copy in zip(published.states, copies, strict=True):
        shutil.copytree(path, copy)
    return copies


@pytest.fixture
async def box(tmp_path: Path, published: Library) -> TrustingBox:
    """A box that trusts the hub and has asked it nothing yet."""
    trusting = TrustingBox(DataFolder(tmp_path / "box"))
    await trusting.begin(str(published.states[0]), published.root)
    return trusting
