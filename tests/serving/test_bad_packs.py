"""Every broken ZIM at hand: listed with its reason or served as far as it can be read, and no harm to the others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from libzim.reader import Archive

from tests.support.box import Box, eventually, ideascube, running_box
from tests.support.shared import shared

SCHEMES = ("nons", "withns")


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory, small_packs: Path) -> Iterator[Box]:
    data = tmp_path_factory.mktemp("box")
    with running_box(data, small_packs / "village.zim") as box:
        for scheme in SCHEMES:
            for path in shared(f"zim/bad/{scheme}").glob("*.zim"):
                shutil.copyfile(path, box.packs / f"{scheme}-{path.name}")
        box.wait_for("village")
        eventually(lambda: box.get("/health").json()["packs"] > 1)
        yield box


def opens(path: Path) -> bool:
    try:
        Archive(path)
    except RuntimeError:
        return False
    return True


def test_those_that_do_not_open_are_named_with_their_reason(box: Box) -> None:
    closed = {path.name for path in box.packs.glob("*.zim") if not opens(path)}
    health = eventually(lambda: (known := box.get("/health").json())["packs"] > 1 and _names(known) == closed and known)

    assert len(closed) >= 18
    assert all(problem["problem"].endswith(".") and len(problem["problem"]) > 20 for problem in health["problems"])
    assert health["status"] == "problems"


def _names(health: Any) -> set[str]:
    return {problem["file"] for problem in health["problems"]}


def test_the_command_lists_them_too(box: Box) -> None:
    result = ideascube("pack", "list", "--data", box.data)
    lines = result.stdout.splitlines()

    assert result.returncode == 0
    assert any(line.startswith("village  ") and "BROKEN" not in line for line in lines)
    assert sum("BROKEN" in line for line in lines) >= 18


def test_those_that_open_serve_what_can_be_read(box: Box) -> None:
    workers = {process.pid for process in box.processes("web worker")}
    statuses: dict[str, set[int]] = {}
    for path in sorted(box.packs.glob("*invalid*.zim")):
        if opens(path):
            pages = ["", "main.html", "favicon.png", "A/main.html", "-/favicon", "I/favicon.png", "nothing"]
            statuses[path.stem] = {box.read(f"/content/{path.stem}/{page}").status for page in pages}

    assert len(statuses) >= 10
    assert all(found <= {200, 302, 404, 502} for found in statuses.values()), statuses
    assert {302, 200} <= statuses["nons-invalid.nonsorted_title_index"]
    assert 502 in statuses["nons-invalid.outofbounds_first_clusterptr"]
    assert {process.pid for process in box.processes("web worker")} == workers
    assert "Traceback" not in box.log


def test_a_damaged_entry_gets_a_plain_page(box: Box) -> None:
    answer = box.read("/content/nons-invalid.outofbounds_first_clusterptr/main.html")

    assert answer.status == 502
    assert "<html" in answer.text
    assert "outofbounds_first_clusterptr.zim" in answer.text


def test_the_library_and_the_search_still_work(box: Box) -> None:
    assert "Village" in box.get("/library").text
    assert "Village" in box.get("/library").text
    assert box.get("/search?q=water&format=json").json()["results"][0]["pack"] == "village"


def test_a_folder_without_permission_is_said(box: Box, tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("not a folder")
    result = ideascube("pack", "list", "--data", tmp_path)

    assert "cannot be read" in result.stderr
    assert "Traceback" not in result.stderr
