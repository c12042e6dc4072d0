"""The reader of places in ZIM files over anything at all: an answer, or an error that is meant for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_packs.errors import IdeascubeError
from content_packs.zim.front import FrontPages
from content_packs.zim.layout import ZimLayout
from content_packs.zim.parts import PartedFile
from tests.support.zims import make_zim

PAGES = {f"{number}.html": ("text/html", f"<html><body>Page {number}</body></html>") for number in range(5)}
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("zims")
    return make_zim(folder / "a.zim", PAGES, main="0.html", redirects={"to": "1.html"}).read_bytes()


def answers(path: Path) -> Iterator[object]:
    """All that can be asked, each an answer or an error with a sentence."""

    def ask(question: Callable[[], object]) -> object:
        try:
            return question()
        except IdeascubeError as error:
            assert str(error).endswith(".")
            return error

    file = PartedFile([path])
    layout = ask(lambda: ZimLayout(file))
    if not isinstance(layout, ZimLayout):
        yield layout
        return
    yield ask(lambda: layout.mimetypes)
    yield ask(lambda: layout.find("C", "3.html"))
    front = FrontPages(file, layout)
    yield ask(lambda: list(front.numbers()))
    for index in [*range(min(layout.header.entry_count, 30)), layout.header.entry_count, -1]:
        yield ask(lambda: layout.mimetype_of(layout.dirent(index)))  # noqa: B023 - asked at once
        yield ask(lambda: layout.cluster_of(layout.dirent(index)))  # noqa: B023
        yield ask(lambda: layout.stored_range(index))  # noqa: B023
        yield ask(lambda: front.contains(index))  # noqa: B023


@ANY
@given(content=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zim"
    for written in (content, bytes.fromhex("5a494d04") + content):
        path.write_bytes(written)
        assert list(answers(path))


@ANY
@given(data=st.data())
def test_a_file_with_a_few_other_bytes(good: bytes, tmp_path: Path, data: st.DataObject) -> None:
    altered = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        in_tables = st.integers(0, min(len(good) - 1, 1500))
        place = data.draw(in_tables | st.integers(0, len(good) - 1))
        altered[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.zim"
    path.write_bytes(altered[: data.draw(st.integers(len(good) - 50, len(good)) | st.integers(0, len(good)))])

    assert list(answers(path))


def test_what_is_right_is_answered(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zim"
    path.write_bytes(good)
    mimetypes, index, fronts, *_ = answers(path)

    assert isinstance(mimetypes, list)
    assert "text/html" in mimetypes
    assert index in fronts  # type: ignore[operator]
