"""Sending files from a phone of 320 pixels: a film over a connection that breaks, and a form without scripts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ideascube.commands.demo import SOURCES
from ideascube.people.rights import Role
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box, eventually
from tests.support.cut_line import cut_line
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser

MB = 1000 * 1000
FILES = ".chooser input[multiple]"


def film_of(size: int, path: Path) -> Path:
    """The demo's film, longer by a box that players skip (ISO/IEC 14496-12, 8.1.2)."""
    path.write_bytes(
        (SOURCES / "washing-hands-film" / "washing-hands.mp4").read_bytes()
        + size.to_bytes(4)
        + b"free"
        + bytes(size - 8)
    )
    return path


def in_store(box: Box, path: Path) -> bool:
    name = hashlib.sha256(path.read_bytes()).hexdigest()
    return (box.data / "media" / name[:2] / name).is_dir()


def said(reader: Reader) -> str:
    return str(reader.look("document.querySelector('.sending [role=status]').textContent"))


def test_a_film_comes_whole_though_the_line_breaks_twice(demo: Box, visit: NewReader, tmp_path: Path):
    """It goes on by itself after the first cut; after the second one the film is chosen again on a fresh page."""
    reader, film = visit("fr", width=320), film_of(6 * MB, tmp_path / "Se laver les mains.mp4")
    browser_sign_in(reader.page, demo, Role.CONTRIBUTOR, "Claire")
    with cut_line(demo.port) as line:
        reader.page.goto(f"{line.url}/staff/upload")
        line.cut_after(2 * MB, 2 * MB)
        reader.page.set_input_files(FILES, film)
        eventually(lambda: line.cuts == 2)
        reader.page.goto(f"{line.url}/staff/upload")
        listed = reader.page.locator(".sent .name").all_text_contents()
        reader.page.set_input_files(FILES, film)
        reader.page.wait_for_selector(".sending form button")
    went_on = [
        int(answer.headers["upload-offset"])
        for answer in reader.answers
        if answer.request.method == "HEAD" and answer.ok
    ]
    reader.page.click(".sending form button")

    assert ["Se laver les mains.mp4"] == listed
    assert in_store(demo, film)
    assert went_on[-1] >= MB  # what had arrived was not sent again
    assert "/staff/write/" in reader.page.url
    assert [] == [each for each in reader.complaints if "Failed to load" not in each]


def test_a_file_is_sent_and_thrown_away_by_touch_alone(demo: Box, visit: NewReader, tmp_path: Path):
    reader = visit("ar", width=320)
    browser_sign_in(reader.page, demo, Role.CONTRIBUTOR, "Amal")
    picture = SOURCES / "counting" / "pictures" / "06.png"
    program = tmp_path / "<b>game.exe"
    program.write_bytes(b"MZ" + bytes(2000))

    reader.page.goto(f"{demo.url}/staff/upload")
    reader.page.set_input_files(FILES, [picture, program])
    reader.page.wait_for_selector(".sending .good")
    reader.page.wait_for_selector(".sending .bad")
    names = reader.page.locator(".sending .name").all_text_contents()
    wide = reader.look("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    reader.page.click(".sending li:nth-child(2) .actions > :nth-child(3)")
    reader.page.wait_for_function("document.querySelectorAll('.sending li').length === 1")
    reader.page.goto(f"{demo.url}/staff/upload")

    assert ["06.png", "<b>game.exe"] == names
    assert wide
    assert in_store(demo, picture)
    assert ["06.png"] == reader.page.locator(".sent .name").all_text_contents()
    assert [] == reader.complaints


def test_without_scripts(demo: Box, visit: NewReader):
    reader = visit("ar", width=320, java_script_enabled=False)
    browser_sign_in(reader.page, demo, Role.CONTRIBUTOR, "Badr")
    pictures = [SOURCES / "counting" / "pictures" / f"0{number}.png" for number in (4, 5)]

    reader.page.goto(f"{demo.url}/staff/upload")
    reader.page.set_input_files("input[capture=environment] >> nth=0", pictures[0])
    reader.page.set_input_files(FILES, pictures[1])
    reader.page.click(".plain button")
    reader.page.wait_for_selector("#sent")
    names = reader.page.locator(".sent .name").all_text_contents()
    reader.page.click(".sent .button.main >> nth=0")

    assert {"04.png", "05.png"} == set(names)
    assert all(in_store(demo, picture) for picture in pictures)
    assert "/staff/write/" in reader.page.url
    assert [] == reader.complaints
