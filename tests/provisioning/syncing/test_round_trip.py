"""A film and an article made on one box are found by search on two others: by a hub on an S3 server, over bad links.

Each box is alone with its link in a network namespace, where the test may make some. Links are those of
benchmarks/sync/line.py: their time runs 64 times faster, with as much between two cuts as a link carries in that time.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from benchmarks.sync.line import Line, Terms, open_line
from content_packs.store.data_folder import DataFolder
from ideascube.creations.model import MediaUse, Words
from tests.creations.making import fields
from tests.media.films import make_film
from tests.sharing.boxes import SharingBox, a_box
from tests.support.box import Box, eventually
from tests.support.hub_places import bucket, rclone_server
from tests.support.media import made_of
from tests.support.namespaces import Namespace, namespaces

SLOW = Terms(rate=8_000, latency=0.3, between_cuts=20, pause=5)  # 64 kbit/s
FAST = Terms(rate=250_000, latency=0.1, between_cuts=20, pause=5)  # 2 Mbit/s
DONE, UNFINISHED = 0, 8


def run(data: DataFolder, *arguments: str, inside: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*inside, sys.executable, "-m", "ideascube", "--data", str(data.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def hub_of(organisation: DataFolder, url: str) -> str:
    """The fingerprint of the hub that is made."""
    made = run(organisation, "hub", "init", url)
    assert 0 == made.returncode, made.stderr
    found = re.search(r"(?:\d+:)?[0-9a-f]{64}", made.stdout)
    assert found
    return found[0]


class LinkedBox:
    """A box, the only way from which is its link to the S3 server."""

    def __init__(self, box: SharingBox, place: Namespace, line: Line, hub: str) -> None:
        self.box, self._place, self.line = box, place, line
        server = urlsplit(re.search(r"endpoint=([^&]+)", hub)[1])  # type: ignore[index]
        port = line.to(server.port or 80, place.host)
        self.hub = hub.replace(server.netloc, f"{place.host}:{port}")

    def add_catalogue(self, root: str) -> None:
        for _ in range(30):
            added = self._run("catalog", "add", "library", self.hub, "--root", root)
            if added.returncode == 0:
                return
            assert UNFINISHED == added.returncode, added.stderr
        raise AssertionError(added.stderr)

    def sync(self) -> int:
        """Whenever there is a connection, until nothing is left to do; how many runs that took."""
        for number in range(1, 60):
            done = self._run("sync", "--now", "--probe", "")
            assert done.returncode in (DONE, UNFINISHED), done.stderr
            if done.returncode == DONE:
                return number
        raise AssertionError(done.stderr)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(self.box.data, *arguments, inside=self._place.inside)


@pytest.fixture
def links() -> Iterator[list[tuple[Namespace, Line]]]:
    with (
        namespaces(3) as places,
        open_line(SLOW, seed=1) as first,
        open_line(SLOW, seed=2) as second,
        open_line(FAST, seed=3) as third,
    ):
        yield list(zip(places, (first, second, third), strict=True))


def make_things(box: SharingBox, folder: Path) -> None:
    """An article and a film, chosen for sharing."""
    box.shared(fields(texts={"en": words("Mending a well at Kakuma")}, body="<p>A windlass, a rope and patience.</p>"))
    media = made_of(box.data, make_film(folder / "film.avi", seconds=2))
    film = fields(
        kind="film", texts={"en": words("Weaving sisal baskets")}, body="", media=(MediaUse(media.id, "main"),)
    )
    box.shared(film)
    box.pack()


def words(title: str) -> Words:
    return Words(title, "In short.")


def found_by(box: Box, query: str) -> list[str]:
    """The titles; none while the box answers that too many people search, as on a machine that is busy."""
    answer = box.get(f"/search?q={quote(query)}&format=json")
    return [] if answer.status == 503 else [each["title"] for each in json.loads(answer.body)["results"]]


def test_what_is_made_on_one_box_is_found_on_two_others(tmp_path: Path, links: list[tuple[Namespace, Line]]) -> None:
    organisation = DataFolder(tmp_path / "organisation")
    (tmp_path / "buckets").mkdir()
    with rclone_server(tmp_path / "buckets") as server:
        hub = bucket(server)
        root = hub_of(organisation, hub)
        names = ("Kakuma", "Dadaab", "Nakivale")
        boxes = [
            LinkedBox(a_box(tmp_path, name), place, line, hub)
            for name, (place, line) in zip(names, links, strict=True)
        ]  # fmt: skip
        make_things(boxes[0].box, tmp_path)
        together(lambda box: box.add_catalogue(root), boxes)

        boxes[0].sync()
        collected = run(organisation, "hub", "collect", "--enrol", boxes[0].box.id)
        accepted = run(organisation, "hub", "collect", "--accept-all-from", boxes[0].box.id)
        together(LinkedBox.sync, boxes[1:])

    assert (0, 0) == (collected.returncode, accepted.returncode), collected.stderr + accepted.stderr
    assert 0 < sum(box.line.traffic.cuts for box in boxes)
    for box in boxes[1:]:
        assert_is_found(box)


def together(deed: Callable[[LinkedBox], object], boxes: list[LinkedBox]) -> None:
    with ThreadPoolExecutor(len(boxes)) as pool:
        list(pool.map(deed, boxes))


def assert_is_found(linked: LinkedBox) -> None:
    """The article by a word of its text, the film by one of its title."""
    shown = Box(linked.box.data.root)
    try:
        shown.start()
        eventually(lambda: found_by(shown, "windlass") == ["Mending a well at Kakuma"], within=40)
        eventually(lambda: "Weaving sisal baskets" in found_by(shown, "sisal"), within=40)
    finally:
        shown.stop()
