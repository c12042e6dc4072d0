"""`python -m benchmarks.pages`: measures every kind of page and writes docs/page-weight.md."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from playwright.sync_api import Browser

from benchmarks import report
from benchmarks.pages.boxes import demo_files, running_boxes
from benchmarks.pages.peers import Kiwix, NoPeerError, kolibri
from benchmarks.pages.tables import Measured, goals, kinds_table, peers_table
from benchmarks.pages.visits import visit_twice
from benchmarks.servers import NotReadyError, running
from tests.browser.kinds_of_pages import KINDS, Boxes
from tests.browser.reader import chromium

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "page-weight.md"
LANGUAGE = "fr"
ARTICLE = ("first-words", "greetings.fr.html")


@click.command()
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True, help="Rounds of each page.")
@click.option("--quick", is_flag=True, help="One round: to see that it works.")
@click.option("--only", multiple=True, metavar="PAGE", help="Only these kinds of pages.")
def main(rounds: int, quick: bool, only: Sequence[str]) -> None:
    """Measure what pages cost a phone on a slow line, beside kiwix-serve and Kolibri."""
    for program in ("chromium", "kiwix-serve"):
        if shutil.which(program) is None:
            sys.exit(f"{program} is not installed: `make tools` installs it where it may.")
    began, rounds = time.monotonic(), 1 if quick else rounds
    try:
        with tempfile.TemporaryDirectory(prefix="work-", dir=_cache()) as work, chromium() as browser:
            text = "\n\n".join(_measure(browser, Path(work), rounds, only))
            notes = [_machine(), f"- Browser: {browser.version}; {rounds} rounds, {time.monotonic() - began:.0f} s"]
    except NotReadyError as error:
        sys.exit(f"The comparison ended early: {error}")
    text = "\n".join(notes) + f"\n\n{text}"
    print(text)
    if not quick and not only:
        report.write(PAGE, text, "make bench-pages")


def _cache() -> Path:
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _measure(browser: Browser, work: Path, rounds: int, only: Sequence[str]) -> Iterator[str]:
    with running_boxes(work) as boxes:
        kinds = {each.name: each for each in _kinds(browser, boxes, rounds, only)}
        yield f"{goals()}\n\n{kinds_table(list(kinds.values()))}"
        if not only:
            yield from _beside_others(browser, boxes, kinds, work, rounds)


def _kinds(browser: Browser, boxes: Boxes, rounds: int, only: Sequence[str]) -> Iterator[Measured]:
    for kind in KINDS:
        if kind.act is None and not kind.with_card and (not only or kind.name in only):
            address = kind.at(boxes, LANGUAGE)
            yield _visited(browser, kind.name, address, rounds, kind.most_bytes)


def _visited(browser: Browser, name: str, address: str, rounds: int, most_bytes: int = 0) -> Measured:
    print(f"{name}: {address}", file=sys.stderr)
    return Measured(name, [visit_twice(browser, address, LANGUAGE) for _ in range(rounds)], most_bytes)


def _beside_others(
    browser: Browser, boxes: Boxes, kinds: dict[str, Measured], work: Path, rounds: int
) -> Iterator[str]:
    kiwix = Kiwix(demo_files(boxes))
    viewed = kiwix.articles + kiwix.article(*ARTICLE)
    with running(kiwix, [kiwix.welcome, viewed]):
        welcome = _visited(browser, "kiwix-serve’s welcome page, the same packs", kiwix.welcome, rounds)
        viewer = _visited(browser, "kiwix-serve’s viewer, the same article", viewed, rounds)
    libraries, missing = _kolibri(browser, work, rounds)
    pairs = [(kinds["home"], [welcome, *libraries]), (kinds["library"], [welcome, *libraries]),
             (kinds["article"], [viewer])]  # fmt: skip
    yield f"## Beside kiwix-serve and Kolibri\n\n{peers_table(pairs)}{missing}"


def _kolibri(browser: Browser, work: Path, rounds: int) -> tuple[list[Measured], str]:
    """Its library page, or the sentence that says why it could not be measured."""
    try:
        server = kolibri(_cache(), work)
        with running(server, [f"{server.articles}/en/learn/"]):
            return [_visited(browser, "Kolibri’s library, empty", server.library, rounds)], ""
    except (NoPeerError, NotReadyError) as error:
        return [], f"\n\nNot measured: {error}"


def _machine() -> str:
    described = report.machine().splitlines()[:2]
    kiwix = subprocess.run(["kiwix-serve", "--version"], capture_output=True, text=True, check=False, timeout=10)
    return "\n".join([*described, f"- {(kiwix.stdout + kiwix.stderr).strip().splitlines()[0]}"])


if __name__ == "__main__":
    main()
