"""Searches that nobody should make, packs that leave and searchers that die meanwhile: the others go on searching."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, quote_from_bytes

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.serving.test_abuse import get, raw, status
from tests.support.box import Answer, Box, eventually, running_box
from tests.support.zims import make_zim

TEXTS = {
    "100 kB of words": "water " * 12_500,
    "one word of 100 kB": "水" * 11_000,
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85 water",
    "bidi overrides": "\u202e\u2066retaw\u2069\u202c \u200f\u061c",
    "half of a letter": b"\xed\xa0\x80\xff\xfe\xc3",
    "no UTF-8": b"\xe9t\xe9 %zz %",
    "500 terms": " ".join(f"word{number}" for number in range(500)),
    "500 phrases": '"clean water" ' * 500,
    "500 excluded words": " ".join(f"-word{number}" for number in range(500)),
    "stop words": "the of and a in to is",
    "other stop words": "de la le les et en في من على",
    "punctuation": "?!.,;:…()[]{}<>«»„“—*+^~|&=#@/\\\"'`",
    "open quotes": '"water \'clean «',
    "minus signs": "- -- -\"\" -- water -",
    "operators": "water OR NOT AND (clean NEAR/3 water) title:*",
    "SQL": "'; DROP TABLE words; -- \" OR 1=1 UNION SELECT key FROM keys",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>water",
    "template": "{{ 7*7 }} {% raw %} ${water} %(names)s %s {0}",
    "accents without letters": "\u0301\u064b\u0e49" * 300,
    "emoji and rare scripts": "😀👩‍👩‍👧 𒀀 \U000f0000\U0010ffff",
    "addresses": "../../etc/passwd?q=%00&page=2#t=5",
    "a regular expression": "(a+)+$ (?:.*)* [a-z \\",
    "marks of searches": "\ue000\ufdd0 Zwater Qwater XSwater \x01",
}  # fmt: skip


SEARCHERS = 2  # of a box


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("abuse")
    page = "<html><head><title>Well {}</title></head><body>Clean water number {}.</body></html>"
    pages = {f"{number}.html": ("text/html", page.format(number, number)) for number in range(50)}
    packs = [make_zim(folder / f"{name}.zim", pages, title=name) for name in ("one", "two")]
    with running_box(folder / "box", *packs) as running:
        for name in ("one", "two"):
            running.wait_for(name)
        eventually(lambda: found(running) > 0)
        yield running


def found(box: Box) -> int:
    """How many results there are for an ordinary search; nothing is remembered of an earlier one."""
    return int(box.get("/search?q=clean+water&format=json").json()["total"])


@pytest.mark.parametrize("name", TEXTS)
def test_whatever_is_asked_for_is_answered(box: Box, name: str) -> None:
    text = TEXTS[name]
    query = quote_from_bytes(text) if isinstance(text, bytes) else quote(text, safe="")
    workers, searchers = box.processes("web worker"), box.processes("searcher")

    page = box.get(f"/search?q={query}")
    document = box.get(f"/search?q={query}&format=json")
    suggested = box.get(f"/suggest?q={query}")

    assert [200, 200, 200] == [answer.status for answer in (page, document, suggested)]
    assert len(document.json()["query"]) <= 1000
    assert isinstance(suggested.json(), list)
    shown = LexborHTMLParser(page.text)
    assert not [tag for tag in shown.css("script") if "src" not in tag.attributes]
    assert not shown.css("[onerror]")
    assert not set("\u202e\u2066\0\x1b") & set(page.text)
    assert (workers, searchers) == (box.processes("web worker"), box.processes("searcher"))
    assert "Traceback" not in box.log


@pytest.mark.parametrize("field", ["lang", "kind", "pack", "licence", "page", "count", "format"])
def test_filters_may_be_anything(box: Box, field: str) -> None:
    for text in TEXTS.values():
        query = quote_from_bytes(text) if isinstance(text, bytes) else quote(text, safe="")
        for address in (f"/search?q=water&{field}={query}", f"/suggest?q=water&{field}={query}"):
            assert 200 == box.get(address).status, address[:100]
    assert "Traceback" not in box.log


def test_a_search_of_200_kb_is_refused_and_harms_nobody(box: Box) -> None:
    answer = raw(box.port, get(b"/search?q=" + b"a" * 200_000))

    assert status(answer) in (400, 414)
    assert b"Traceback" not in answer
    assert found(box) > 0


@contextmanager
def people_searching(box: Box, people: int = 3) -> Iterator[list[Answer]]:
    """Several who search for something else each time, for as long as the block runs; all answers that they got."""
    answers: list[Answer] = []
    over = threading.Event()

    def search(person: int) -> None:
        for number in range(10_000):
            if over.is_set():
                return
            answers.append(box.get(f"/search?q=water+number+{person * 1000 + number}&format=json"))
            answers.append(box.get(f"/suggest?q=well+{number % 50}"))

    threads = [threading.Thread(target=search, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=60)


def more(answers: list[Answer], number: int) -> Callable[[], bool]:
    until = len(answers) + number
    return lambda: len(answers) >= until


def test_packs_leave_and_come_while_they_are_searched(box: Box) -> None:
    file = (box.packs / "two.zim").read_bytes()
    with people_searching(box) as answers:
        for _ in range(3):
            (box.packs / "two.zim").unlink()
            eventually(more(answers, 20))
            (box.packs / "two.zim").write_bytes(file)
            eventually(more(answers, 20))

    assert {200} == {answer.status for answer in answers}
    assert "Traceback" not in box.log
    box.wait_for("two")


@pytest.mark.parametrize("harm", [signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV])
def test_searchers_are_replaced_while_people_search(box: Box, harm: signal.Signals) -> None:
    with people_searching(box) as answers:
        for victim in box.processes("searcher"):
            victim.send_signal(harm)
            eventually(lambda: victim.pid not in [each.pid for each in box.processes("searcher")], within=30)  # noqa: B023
            eventually(lambda: len(box.processes("searcher")) == SEARCHERS, within=30)
            eventually(more(answers, 10), within=30)

    assert {answer.status for answer in answers} <= {200, 503}
    assert all("Retry-After" in answer.headers for answer in answers if answer.status == 503)
    assert "Traceback" not in box.log
    eventually(lambda: found(box) > 0)
