"""How long the pages of the workspace take with much on the box. What is asked for: 150 ms at the median."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.servers import Ideascube, running
from benchmarks.workspace.browsing import Visitor, sign_in
from ideascube.box_db.database import box_database
from ideascube.people.rights import Role

TIMES = 30  # of each page in a round

_PAGES = (
    "/staff", "/staff/mine", "/staff/all", "/staff/all?page=50", "/staff/all?text=r%C3%A9seau",
    "/staff/all?state=draft", "/staff/review", "/staff/files", "/staff/upload", "/staff/write", "/staff/write/{draft}",
    "/staff/home", "/staff/library", "/staff/categories", "/staff/tags", "/staff/collections", "/staff/courses",
    "/staff/people", "/staff/deeds", "/items", "/items/{shown}", "/",
)  # fmt: skip


def measure_pages(data: Path, rounds: int) -> str:
    """A table of the medians and 95th percentiles over all rounds."""
    server = Ideascube(data)
    with running(server, [f"{server.searches}/health"]):
        visitor = sign_in(data, server.searches, "Olga", Role.OPERATOR)
        time.sleep(5)
        rows = [_row(visitor, page, rounds) for page in _addresses(data)]
    head = ["| page | median, ms | 95th percentile, ms |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows])


def _addresses(data: Path) -> Iterator[str]:
    with box_database(data / "box.db") as connection:
        draft = connection.execute("SELECT id FROM creation WHERE state = 'draft' LIMIT 1").fetchone()
        shown = connection.execute("SELECT id FROM creation WHERE shown LIMIT 1").fetchone()
    yield from (page.format(draft=draft[0], shown=shown[0]) for page in _PAGES)


def _row(visitor: Visitor, page: str, rounds: int) -> str:
    try:
        visitor.fetch(page)
    except OSError as error:
        return f"| `{page}` | {error} | |"
    found = [visitor.seconds(page) for _ in range(rounds * TIMES)]
    late = statistics.quantiles(found, n=20)[-1]
    return f"| `{page}` | {1000 * statistics.median(found):.1f} | {1000 * late:.1f} |"
