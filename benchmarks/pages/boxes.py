"""What is visited: the demo library and a shelf with a book and a PDF, as the tests of pages have them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from ideascube.commands.demo import SOURCES, build_demo
from tests.browser.kinds_of_pages import Boxes
from tests.browser.shelf import build_shelf
from tests.support.box import eventually, running_box


@contextmanager
def running_boxes(work: Path) -> Iterator[Boxes]:
    data = DataFolder(work / "demo")
    data.create()
    build_demo(data)
    shelf = build_shelf(work / "shelf")
    with running_box(data.root) as demo, running_box(work / "books", shelf) as books:
        names = [path.parent.name for path in SOURCES.glob("*/pack.yml")]
        eventually(lambda: demo.get("/health").json()["packs"] == len(names))
        for name in names:
            demo.wait_for(name)
        books.wait_for("shelf")
        yield Boxes(demo, books)


def demo_files(boxes: Boxes) -> list[Path]:
    """The ZIM files of the demo library, for other servers."""
    return sorted(boxes.demo.data.rglob("*.zim"))
