"""The box's own index on a running box: made by the jobs process, searched by searchers, unknown to web workers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from ideascube.indexing.index_room import IndexRoom
from ideascube.indexing.indexer import Indexer
from ideascube.indexing.state import load_state
from ideascube.own_index import FOLDER
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.keeping import OwnIndexKeeper
from tests.own_index.documents import document
from tests.support.box import Box, eventually, running_box
from tests.support.zims import make_zim

LIST_MODULES = """
import sys
from pathlib import Path
from content_packs.store.data_folder import DataFolder
from ideascube.settings import Settings
from ideascube.web import worker
from ideascube.web.app import create_apps
data = DataFolder(Path(sys.argv[1]))
data.create()
create_apps(Settings(data))
print([name for name in ("whoosh", "numpy", "py3langid", "snowballstemmer", "rapidfuzz") if name in sys.modules])
"""


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("packs")
    page = {"index.html": ("text/html", "<title>First page</title><p>Nothing much.")}
    wells = make_zim(folder / "wells.zim", page, title="Digging wells", Description="Hydrogeology for villages")
    with running_box(tmp_path_factory.mktemp("box"), wells) as running:
        running.wait_for("wells")
        yield running


def results(box: Box, text: str) -> list[dict[str, Any]]:
    return list(box.get(f"/search?q={text}&format=json").json()["results"])


def test_a_pack_is_found_by_its_description(box: Box):
    found = eventually(lambda: results(box, "hydrogeology"))

    assert [("Digging wells", "wells")] == [(each["title"], each["pack"]) for each in found]
    # Whoever searches within a pack knows it.
    assert [] == results(box, "hydrogeology&pack=wells")


def test_what_is_put_by_another_process_is_found_by_the_next_search(box: Box):
    before = results(box, "marmalade")
    OwnIndex(box.data / FOLDER).put([document(1, "Quince marmalade")])
    after = results(box, "marmalade")
    OwnIndex(box.data / FOLDER).remove(["creation:1"])

    assert [] == before
    assert ["Quince marmalade"] == [each["title"] for each in after]
    assert [] == results(box, "marmalade")


@pytest.mark.parametrize("damage", ["cut", "deleted"])
def test_an_index_that_is_damaged_while_the_box_runs_is_made_again(box: Box, damage: str):
    eventually(lambda: results(box, "hydrogeology"))
    born = OwnIndex(box.data / FOLDER).birth()
    for file in (box.data / FOLDER).iterdir():
        file.unlink() if damage == "deleted" else file.write_bytes(file.read_bytes()[:50])
    box.get("/search?q=hydrogeology")  # gets an answer, whatever there is

    assert eventually(lambda: OwnIndex(box.data / FOLDER).birth() not in ("", born))
    assert eventually(lambda: results(box, "hydrogeology"))


def test_web_workers_load_nothing_that_only_indexes_need(tmp_path: Path):
    listed = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert "[]\n" == listed.stdout


def test_the_operator_is_told_where_it_cannot_be_written(tmp_path: Path):
    data = DataFolder(tmp_path)
    data.create()
    (tmp_path / FOLDER).write_text("no folder")
    keeper, indexer = OwnIndexKeeper(tmp_path / FOLDER), Indexer(data, IndexRoom(data.index, 10**9))
    keeper.look(Library())
    indexer.look(Library(), keeper.problem)
    (problem,) = load_state(data.indexing_file).problems

    assert "" == problem.pack
    assert "cannot be written" in problem.problem
