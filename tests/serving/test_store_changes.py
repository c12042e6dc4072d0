"""Packs come, change and leave while the box runs; it shows what is there within seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.box import Box, eventually, running_box
from tests.support.shared import shared
from tests.support.zims import make_zim


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with running_box(tmp_path_factory.mktemp("box")) as box:
        yield box


def page(text: str) -> dict[str, tuple[str, str | bytes | Path]]:
    return {"a.html": ("text/html", f"<html><body>{text}</body></html>")}


def test_a_pack_appears_changes_and_leaves(box: Box, tmp_path: Path) -> None:
    box.add(make_zim(tmp_path / "news.zim", page("Monday"), main="a.html"))
    box.wait_for("news")
    monday = box.content("/content/news/a.html")

    make_zim(tmp_path / "newer.zim", page("Tuesday"), main="a.html").replace(box.packs / "news.zim")
    eventually(lambda: all("Tuesday" in box.content("/content/news/a.html").text for _ in range(8)))
    tuesday = box.content("/content/news/a.html", If_None_Match=monday.headers["ETag"])

    assert tuesday.status == 200

    (box.packs / "news.zim").unlink()
    box.wait_without("news")


def test_a_file_cut_short_while_it_is_served_harms_nobody_else(box: Box, tmp_path: Path) -> None:
    text = "<html><body>" + "word " * 5000
    big = {f"{number}.html": ("text/html", f"{text}{number}</body></html>") for number in range(50)}
    box.add(make_zim(tmp_path / "cut.zim", big | {"film": ("video/webm", bytes(3_000_000))}, main="1.html"))
    box.add(make_zim(tmp_path / "whole.zim", page("still here"), main="a.html"))
    box.wait_for("cut")
    box.wait_for("whole")
    before = {process.pid for process in box.processes("web worker")}

    with (box.packs / "cut.zim").open("r+b") as file:
        file.truncate(2000)
    statuses = {box.content(f"/content/cut/{path}").status for path in [*(f"{n}.html" for n in range(50)), "film"]}

    assert statuses <= {502, 404}
    assert box.content("/content/whole/a.html").status == 200
    assert {process.pid for process in box.processes("web worker")} == before
    eventually(lambda: any("cut.zim" in problem.get("file", "") for problem in box.get("/health").json()["problems"]))


def test_split_packs_are_whole(box: Box) -> None:
    first = shared("zim/good/nons/wikibooks_be_all_nopic_2017-02_splitted.zimaa")
    whole = shared("zim/good/nons/wikibooks_be_all_nopic_2017-02.zim")
    box.add(first)
    box.add(whole)
    box.wait_for("wikibooks_be_all_nopic_2017-02_splitted")
    box.wait_for("wikibooks_be_all_nopic_2017-02")
    path = box.content("/content/wikibooks_be_all_nopic_2017-02/").headers["Location"].split("/", 3)[3]

    assert (
        box.content(f"/content/wikibooks_be_all_nopic_2017-02_splitted/{path}").body
        == box.content(f"/content/wikibooks_be_all_nopic_2017-02/{path}").body
    )
    assert box.get("/download/wikibooks_be_all_nopic_2017-02_splitted").body == whole.read_bytes()


def test_two_files_with_one_id_are_named_and_one_is_shown(box: Box, tmp_path: Path) -> None:
    box.add(make_zim(tmp_path / "Twin.zim", page("first"), main="a.html"))
    box.add(make_zim(tmp_path / "twin.zim", page("second"), main="a.html"))
    box.wait_for("twin")

    def named() -> list[str]:
        problems = [problem["problem"] for problem in box.get("/health").json()["problems"]]
        return [problem for problem in problems if "same id" in problem]

    assert eventually(named) == ["twin.zim has the same id as Twin.zim (“twin”): rename or remove one of them."]
    assert "first" in box.content("/content/twin/a.html").text

    (box.packs / "Twin.zim").unlink()
    eventually(lambda: not named())
    eventually(lambda: "second" in box.content("/content/twin/a.html").text)
