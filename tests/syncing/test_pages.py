"""`/staff/sync` as people on site see it and use it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.box_key import box_key
from content_packs.sticks import Stick
from ideascube.people.rights import Role
from ideascube.syncing.asking import STOP, SYNC, ask, read_asked
from ideascube.syncing.pages import STICKS
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.syncing.files import HELD, decisions, state, write
from tests.web.reading import texts

Client = TestClient[Any, Any]
LAST = {"started": "2026-11-24T20:00:00Z", "ended": "2026-11-24T20:30:00Z", "last_success": "2026-11-20T20:30:00Z"}


@pytest.fixture
def sync(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sync"


@pytest.fixture
def sticks(tmp_path: Path) -> list[Stick]:
    return []


@pytest.fixture
async def amina(aiohttp_client: Any, tmp_path: Path, sticks: list[Stick]) -> SignedIn:
    app = app_of(tmp_path / "data")
    app[STICKS] = lambda: sticks
    return await sign_in(await aiohttp_client(app))


@pytest.fixture
def running(sync: Path) -> Iterator[int]:
    """A process that could be a sync."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "sync"]) as process:
        yield process.pid
        process.kill()


async def page_of(somebody: SignedIn, path: str = "/staff/sync") -> Html:
    answer = await somebody.get(path)
    assert answer.status == 200
    return Html(await answer.text())


async def test_a_box_that_was_never_connected_offers_it(amina: SignedIn, sync: Path):
    page = await page_of(amina)

    assert ["Connect now"] == texts(page, "#sync-now button")
    assert [] == page.css("script[src*='/sync']")

    answer = await amina.post("/staff/sync/connect")
    asked = read_asked(sync)

    assert (303, "/staff/sync") == (answer.status, answer.headers["Location"])
    assert asked is not None
    assert (SYNC, "", "") == (asked.do, asked.source, asked.target)
    assert ["It begins in a moment."] == texts(await page_of(amina), "#sync-now strong")


async def test_what_was_asked_for_can_be_taken_back(amina: SignedIn, sync: Path):
    ask(sync, SYNC)

    await amina.post("/staff/sync/stop")

    assert read_asked(sync) is None


async def test_what_goes_on_is_shown_and_can_be_stopped(amina: SignedIn, sync: Path, running: int):
    now = {"id": "sky", "title": "The sky", "done": 5_000_000, "total": 20_000_000, "rate": 8000, "left": 1875}
    state(sync, phase="packs", pid=running, started=LAST["started"], now=now)

    page = await page_of(amina)
    part = await amina.get("/staff/sync/now")

    assert ["Fetching titles"] == texts(page, "#sync-now strong")
    assert ["5 MB of 20 MB32 min left"] == [" ".join(t.split()) for t in texts(page, "#sync-now .facts")]
    assert "5000000" == page.css_first("#sync-now progress").attributes["value"]
    assert ["/staff/sync"] == [link.attributes["href"] for link in page.css("#sync-now a")]
    assert 1 == len(page.css("script[src*='/sync']"))
    assert ("yes", False) == (part.headers["X-Busy"], "<html" in await part.text())

    await amina.post("/staff/sync/stop")
    asked = read_asked(sync)

    assert asked is not None
    assert STOP == asked.do
    assert ["It is being stopped."] == texts(await page_of(amina), "#sync-now strong")


async def test_the_last_run_is_told_with_what_went_wrong(amina: SignedIn, sync: Path):
    problems = [
        {"code": "portal", "sentence": "http://example.org/login answered in place of the hub.", "about": "kiwix"},
        {"code": "later", "sentence": "Something that this version has no words for."},
    ]
    state(sync, result="unfinished", problems=problems, warnings=[{"code": "clock", "sentence": "x"}], **LAST)

    page = await page_of(amina)

    assert ["Some of it has arrived. The rest comes the next time."] == texts(page, "#sync-now strong")
    said = texts(page, ".made p")
    assert "kiwix" in texts(page, ".made h3")
    assert "The network asks to sign in first. Do so in a browser, then connect again." in said
    assert "http://example.org/login answered in place of the hub." in said
    assert ["en"] == [node.attributes.get("lang") for node in page.css(".made p") if "no words for" in node.text()]


async def test_a_run_that_the_power_cut_says_so(amina: SignedIn, sync: Path):
    state(sync, phase="packs", pid=2**22 + 1, started=LAST["started"])

    page = await page_of(amina)

    assert ["It was cut off, as when the power goes. What arrived is kept."] == texts(page, "#sync-now strong")
    assert ["Connect now"] == texts(page, "#sync-now button")


async def test_what_came_and_what_waits_is_listed_with_the_reason(amina: SignedIn, sync: Path):
    steps = [
        {"id": "sky", "title": "The sky", "what": "delta", "bytes": 4000, "why": "newer", "state": "done"},
        {
            "id": "sea",
            "title": "<b>The sea</b>",
            "what": "pack",
            "bytes": 9_000_000,
            "why": "new",
            "state": "unfinished",
        },
    ]
    left_out = [
        {"id": "film", "title": "A film", "why": "It has 9 GB.", "code": "budget"},
        {"id": "gone", "title": "Gone", "why": "A reason of its own.", "code": "later"},
        {"id": "here", "title": "Here already", "why": "It is here.", "code": "current"},
    ]
    budget = {"day": 50_000_000, "month": -1, "spent_today": 20_000_000, "spent_month": 90_000_000, "left": 30_000_000}
    state(sync, steps=steps, left_out=left_out, budget=budget, result="unfinished", **LAST)

    page = await page_of(amina)

    assert ["The sky", "<b>The sea</b>", "A film", "Gone"] == texts(page, ".made h3")
    assert "What the box may fetch and send for now is used up. It goes on later." in texts(page, ".made p")
    assert "A reason of its own." in texts(page, ".made p")
    assert ["30 MB", "20 MB of 50 MB", "90 MB"] == texts(page, "dd")


async def test_what_is_held_back_is_decided_once(amina: SignedIn, sync: Path):
    decisions(sync, held_back=[HELD])

    page = await page_of(amina)
    first = await page_of(amina, "/staff")
    answer = await amina.post("/staff/sync/decide", catalogue="kiwix", id="sky", size=9_000_000, decision="accepted")
    again = await amina.post("/staff/sync/decide", catalogue="kiwix", id="sky", size=9_000_000, decision="refused")

    assert ["Until now: 80 MB (4,000 pages)New: 9 MB (12 pages)"] == texts(page, "#decide ~ .made-here .facts")
    assert ["1 title became much smaller: you decide"] == texts(first, ".waits a")
    assert ("/staff/sync?done=accepted", "/staff/sync") == (answer.headers["Location"], again.headers["Location"])
    assert [] == (await page_of(amina)).css("#decide")
    assert "Smaller title accepted" in (await page_of(amina, "/staff/deeds")).body.text()


@pytest.mark.parametrize(
    "fields",
    [{}, {"decision": "accepted"}, {"catalogue": "kiwix", "id": "sky", "size": "1", "decision": "accepted"},
     {"catalogue": "kiwix", "id": "sky", "size": "9000000", "decision": "perhaps"}],
)  # fmt: skip
async def test_what_nobody_asks_is_not_decided(amina: SignedIn, sync: Path, fields: dict[str, str]):
    decisions(sync, held_back=[HELD])

    answer = await amina.post("/staff/sync/decide", **fields)

    assert 303 == answer.status
    assert not (sync / "answers.json").exists()


async def test_a_stick_that_is_plugged_in_is_offered(amina: SignedIn, sync: Path, sticks: list[Stick]):
    sticks += [
        Stick(Path("/media/Café du Sud"), True, True),
        Stick(Path("/media/LOCKED"), False, True),
        Stick(Path("/media/NEW"), True, False),
        Stick(Path("/mnt/cdrom"), False, False),
    ]

    page = await page_of(amina)
    buttons = [texts(page, f"form:has(input[value='{stick.mount}']) button") for stick in sticks]
    await amina.post("/staff/sync/stick", stick="/media/Café du Sud", do="take")
    taken = read_asked(sync)
    await amina.post("/staff/sync/stick", stick="/media/Café du Sud", do="give")
    given = read_asked(sync)

    take, give = "Take new things from this stick", "Put what was made here on it"
    assert [[take, give], [take], [give], []] == buttons
    assert "cdrom" not in page.body.text()
    assert taken is not None
    assert given is not None
    assert "/media/Café du Sud/ideascube" == taken.source == given.target
    assert ("", "") == (taken.target, given.source)


@pytest.mark.parametrize("mount", ["/etc", "/media/stick/../..", "", "/media/gone"])
async def test_only_a_stick_that_is_there_can_be_used(amina: SignedIn, sync: Path, sticks: list[Stick], mount: str):
    sticks.append(Stick(Path("/media/stick"), True, True))

    answer = await amina.post("/staff/sync/stick", stick=mount, do="take")

    assert "/staff/sync?done=gone" == answer.headers["Location"]
    assert read_asked(sync) is None


async def test_the_disk_of_the_box_is_no_stick(amina: SignedIn, tmp_path: Path, sticks: list[Stick]):
    sticks.append(Stick(tmp_path, True, True))

    assert [] == (await page_of(amina)).css("form[action='/staff/sync/stick']")


async def test_it_says_what_leaves_what_is_wanted_and_which_box_this_is(amina: SignedIn, sync: Path):
    data = sync.parent
    title = {"fr": "L’eau", "en": "Water"}
    write(data / "outbox/parcels", "creation.a.json", kind="creation", id="a", version="1", state="shared", title=title)
    (data / "box.yml").write_text("packs:\n- wikipedia_fr_*\n")
    decisions(sync, refused=[{"code": "refused", "about": "evil.zim", "sentence": "It is not what was signed."}])
    key = box_key(data / "keys").id

    page = await page_of(amina)

    assert "Water" in texts(page, ".made h3")
    assert any("wikipedia_fr_*" in line for line in texts(page, ".why li"))
    assert "It is not what was signed." in texts(page, "details .detail")
    assert [key] == [text.replace(" ", "") for text in texts(page, ".box-number")]


async def test_a_long_silence_is_told_on_the_first_page(amina: SignedIn, sync: Path):
    state(sync, failed_since="2020-01-01T00:00:00Z")

    assert ["For two weeks nothing could be fetched and sent"] == texts(await page_of(amina, "/staff"), ".waits a")


@pytest.mark.parametrize(("role", "status"), [
    (Role.CONTRIBUTOR, 403), (Role.CURATOR, 403), (Role.MEDIATOR, 200), (Role.OPERATOR, 200),
])  # fmt: skip
async def test_who_may_use_it(aiohttp_client: Any, tmp_path: Path, role: Role, status: int):
    somebody = await sign_in(await aiohttp_client(app_of(tmp_path)), role)

    answers = [await somebody.get(path) for path in ("/staff/sync", "/staff/sync/now")]

    assert [status, status] == [answer.status for answer in answers]


@pytest.fixture
def refusing(sync: Path) -> None:
    """A disk on which the folder cannot be."""
    sync.write_text("no folder")


async def test_a_disk_that_refuses_is_told_in_a_sentence(amina: SignedIn, refusing: None):
    answer = await amina.post("/staff/sync/connect")

    assert answer.status >= 500
    assert "cannot be written" in await answer.text()
