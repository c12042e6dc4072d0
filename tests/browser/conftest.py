"""The browser, the demo library on a running box, and readers who leave when a test ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from content_packs.store.data_folder import DataFolder
from ideascube.commands.demo import SOURCES, build_demo
from tests.browser.kinds_of_pages import Boxes
from tests.browser.reader import Reader, chromium, new_reader
from tests.browser.sending import things_sent
from tests.browser.shelf import build_shelf
from tests.support.box import Box, eventually, running_box

NewReader = Callable[..., Reader]


# Of the package, not of the session: Playwright's event loop, which runs as long as the browser does, would be in the
# way of the asynchronous tests elsewhere.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """The demo library as `ideascube demo` builds it; asks for the browser first, since a skip costs nothing then."""
    data = DataFolder(tmp_path_factory.mktemp("demo"))
    data.create()
    build_demo(data)
    packs = [path.parent.name for path in SOURCES.glob("*/pack.yml")]
    with running_box(data.root) as box:
        eventually(lambda: box.get("/health").json()["packs"] == len(packs))
        for pack in packs:
            box.wait_for(pack)
        yield box


@pytest.fixture(scope="package")
def boxes(demo: Box, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Boxes]:
    """The demo library's box, where a contributor sent two things, and one with a shelf of documents."""
    folder = tmp_path_factory.mktemp("shelf")
    with running_box(folder / "data", build_shelf(folder)) as shelf:
        shelf.wait_for("shelf")
        yield Boxes(demo, shelf, things_sent(demo))


@pytest.fixture
def visit(browser: Browser) -> Iterator[NewReader]:
    """Makes readers: `visit("fr")`, `visit("ar", width=320, java_script_enabled=False)`."""
    readers: list[Reader] = []

    def make(language: str = "en", **options: Any) -> Reader:
        readers.append(new_reader(browser, language, **options))
        return readers[-1]

    yield make
    for reader in readers:
        reader.leave()
