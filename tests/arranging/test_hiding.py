"""A pack that is hidden, and a page of one, are nowhere; what is kept for mediators is there for them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.library import EVERYONE, MEDIATORS, NOBODY, Library, PackRecord, load_library
from ideascube.arranging.passes import LASTS, cookie_name, is_good, new_pass
from ideascube.arranging.visibility import hidden_in, with_hidden
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.hidden import MOST, Hidden, all_hidden, show_to
from ideascube.people.cookies import SESSION
from ideascube.people.rights import Role
from tests.support.box import Box, eventually, running_box
from tests.support.staff import add_and_begin
from tests.support.zims import make_zim

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>About {0} and water.</p></body></html>"
KEY = b"k" * 32


def zim(path: Path, *names: str) -> Path:
    pages = {name: ("text/html", PAGE.format(name.title())) for name in names}
    return make_zim(path, pages, main=names[0], title=path.stem.title())


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("hiding")
    packs = [zim(folder / "ships.zim", "ships", "sails", "anchors"), zim(folder / "birds.zim", "birds", "nests")]
    with running_box(folder / "data", *packs) as box:
        for pack in packs:
            box.wait_for(pack.stem)
        yield box


def hide(box: Box, pack: str, path: str = "", shown_to: str = NOBODY) -> None:
    """As a mediator's form does; then until every worker has it."""
    with box_database(box.data / "box.db") as connection, transaction(connection):
        assert show_to(connection, pack, path, shown_to)
    eventually(lambda: is_written(box, pack, path, shown_to))


def is_written(box: Box, pack: str, path: str, shown_to: str) -> bool:
    record = load_library(box.data / "cache" / "library.json").get(pack)
    assert record is not None
    return (dict(record.hidden_pages).get(path, EVERYONE) if path else record.shown_to) == shown_to


def answers(box: Box, *paths: str) -> set[int]:
    return {box.get(path).status for path in paths} | {
        box.content(path).status for path in paths if "/content/" in path
    }


def every_worker(box: Box, path: str, status: int) -> None:
    """Asked often enough that each of them answered, which one the kernel chooses."""
    eventually(lambda: all(box.content(path, "HEAD").status == status for _ in range(20)))


def found(box: Box, text: str) -> list[str]:
    return [result["url"] for result in box.get(f"/search?q={text}&format=json").json()["results"]]


EVERYWHERE = (
    "/packs/ships", "/content/ships/sails", "/raw/ships/content/sails", "/raw/ships/meta/Title", "/download/ships",
    "/download/ships.zim", "/read/ships/sails", "/watch/ships/sails", "/take/ships/sails", "/save/ships/sails",
    "/random?content=ships", "/packs/ships/illustration", "/courses/ships/any",
)  # fmt: skip


def test_a_hidden_pack_is_gone_everywhere_and_comes_back(box: Box):
    sails = box.content("/content/ships/sails")  # which the workers keep in memory from now on
    listed = ["/", "/library", "/catalog/v2/entries", "/search?q=sails"]
    before = [box.get(path).text for path in listed]
    hide(box, "ships")
    every_worker(box, "/content/ships/sails", 404)
    eventually(lambda: not found(box, "sails"))
    hidden = [box.get(path).text for path in listed]
    suggested = box.get("/suggest?q=sai").text
    statuses = answers(box, *EVERYWHERE)
    hide(box, "ships", shown_to=EVERYONE)

    assert 200 == sails.status
    assert all("hips" in text for text in before)
    assert not any("hips" in re.sub(r"q=sails", "", text) for text in hidden)
    assert "[]" == suggested
    assert {404} == statuses
    every_worker(box, "/content/ships/sails", 200)
    eventually(lambda: found(box, "sails"))


def test_a_hidden_page_is_gone_and_its_neighbours_stay(box: Box):
    hide(box, "birds", "nests")
    every_worker(box, "/content/birds/nests", 404)
    eventually(lambda: not found(box, "nests"))

    assert {404} == answers(box, "/raw/birds/content/nests", "/read/birds/nests", "/save/birds/nests")
    assert 200 == box.content("/content/birds/birds").status
    assert any("birds" in url for url in found(box, "birds"))
    assert {"/content/birds/birds"} == {box.get("/random?content=birds").headers["Location"][-20:] for _ in range(5)}
    hide(box, "birds", "nests", EVERYONE)


def test_what_is_kept_for_mediators_opens_for_them_by_a_pass(box: Box):
    hide(box, "ships", shown_to=MEDIATORS)
    every_worker(box, "/content/ships/sails", 404)
    with box_database(box.data / "box.db") as connection, transaction(connection):
        sessions = {role: add_and_begin(connection, role, role)[1] for role in (Role.MEDIATOR, Role.CONTRIBUTOR)}
    asked = {role: {"Cookie": f"{SESSION}={session}"} for role, session in sessions.items()}
    way = box.get("/content/ships/sails", **asked[Role.MEDIATOR])
    taken = box.content("/" + way.headers["Location"].split("/", 3)[3])
    cookie = {"Cookie": taken.headers["Set-Cookie"].partition(";")[0]}

    assert 404 == box.get("/content/ships/sails", **asked[Role.CONTRIBUTOR]).status
    assert 200 == box.get("/packs/ships", **asked[Role.MEDIATOR]).status
    assert "/content/ships/sails" == taken.headers["Location"]
    assert 200 == box.content("/content/ships/sails", **cookie).status
    assert 404 == box.content("/content/ships/sails").status  # it was not kept in memory for others
    assert 404 == box.content("/content/ships/sails", Cookie=f"{SESSION}={sessions[Role.MEDIATOR]}").status
    hide(box, "ships", shown_to=EVERYONE)


def test_a_pass_is_for_one_pack_and_ends():
    given = new_pass(KEY, "ships", 1000)

    assert is_good(KEY, "ships", given, 1000 + LASTS - 1)
    assert not is_good(KEY, "ships", given, 1000 + LASTS)
    assert not is_good(KEY, "birds", given, 1001)
    assert not is_good(b"another key", "ships", given, 1001)
    assert not is_good(KEY, "ships", new_pass(KEY, "ships", 10_000), 1001)  # of a clock that was ahead
    for damaged in ("", ".", "9999999999.x", f"{given}x", given.replace(".", ""), "²." + "0" * 32, "1" * 400 + "."):
        assert not is_good(KEY, "ships", damaged, 1001)
    assert cookie_name("ships") != cookie_name("birds")


def test_the_library_says_who_sees_what_and_can_be_read_back():
    library = Library((PackRecord("a", ("a.zim",), 1, "s"), PackRecord("b", ("b.zim",), 1, "s")))
    hidden = Hidden({"a": NOBODY}, {"b": {"x": MEDIATORS}})

    dressed = with_hidden(library, hidden)

    assert [NOBODY, EVERYONE] == [record.shown_to for record in dressed.packs]
    assert dressed.packs == tuple(PackRecord.from_json(record.to_json()) for record in dressed.packs)
    assert hidden == hidden_in(dressed)
    assert library == with_hidden(dressed, Hidden({}, {}))


def test_as_much_as_may_be_is_hidden(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection, transaction(connection):
        for number in range(MOST):
            show_to(connection, "pack", f"page {number}", NOBODY)

        assert not show_to(connection, "pack", "one more", NOBODY)
        assert show_to(connection, "pack", "page 7", MEDIATORS)
        assert show_to(connection, "pack", "page 8", EVERYONE)
        assert show_to(connection, "'; DROP TABLE hidden; --", "", NOBODY)
        assert MOST - 1 == len(all_hidden(connection).pages["pack"])
