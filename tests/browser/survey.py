"""One look at every kind of page: each is loaded once in a language, and all that is measured is measured then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ideascube.people.cookies import SESSION
from tests.browser.kinds_of_pages import KINDS, Boxes, Kind
from tests.browser.reader import Reader
from tests.browser.traffic import Traffic, watch_traffic
from tests.support.staff import browser_sign_in

_FOLDER = Path(__file__).parent
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOURS = ["color-contrast", "link-in-text-block"]


@dataclass
class Seen:
    """What was found on one kind of page, in one language."""

    status: int = 0
    size: int = 0  # bytes of a first visit, compressed, without media
    script_size: int = 0
    elsewhere: list[str] = field(default_factory=list)  # requests that left the box
    complaints: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)  # of the words as they are
    stretched: list[str] = field(default_factory=list)


def survey(reader: Reader, boxes: Boxes, language: str) -> dict[str, Seen]:
    """Every kind of page, seen by a reader of `language`."""
    traffic = watch_traffic(reader.page, without_cache=True)
    return {kind.name: _see(reader, kind, boxes, language, traffic) for kind in KINDS}


def _see(reader: Reader, kind: Kind, boxes: Boxes, language: str, traffic: Traffic) -> Seen:
    page, seen = reader.page, Seen()
    sign_in_for(reader, kind, boxes)
    traffic.forget()
    reader.complaints.clear()
    page.emulate_media(color_scheme="light")
    answer = page.goto(kind.at(boxes, language))
    seen.status = answer.status if answer else 0
    if kind.act:
        traffic.forget()
        kind.act(page)
    _measure_traffic(seen, traffic, boxes)
    _unfold(reader)
    expected = {f"status of {status}" for status in (seen.status, 400 if kind.act else 0) if status >= 400}
    seen.complaints = [line for line in reader.complaints if not any(each in line for each in expected)]
    seen.misfits = layout_faults(reader, kind.ours)
    seen.violations = violations(reader, kind.ours)
    if language == "fr":  # colours are the same in all languages
        page.emulate_media(color_scheme="dark")
        seen.violations += [f"dark: {each}" for each in violations(reader, kind.ours, _OF_COLOURS)]
    seen.stretched = _stretched(reader, kind.ours, both_directions=language == "fr")
    return seen


def sign_in_for(reader: Reader, kind: Kind, boxes: Boxes) -> None:
    """As who sees this kind of page; a card stays open."""
    reader.context.clear_cookies(name=SESSION)
    if kind.by:
        browser_sign_in(reader.page, boxes.demo, kind.by, kind.by.title())


def _measure_traffic(seen: Seen, traffic: Traffic, boxes: Boxes) -> None:
    ours = {urlsplit(url).netloc for box in (boxes.demo, boxes.books) for url in (box.url, box.content_url)}
    seen.size = traffic.size()
    seen.script_size = traffic.size(lambda transfer: transfer.is_script_of_ours)
    seen.elsewhere = [transfer.url for transfer in traffic.sent if urlsplit(transfer.url).netloc not in ours]


def _unfold(reader: Reader) -> None:
    """What is folded away is a part of the page too."""
    reader.look("document.querySelectorAll('details').forEach(details => details.open = true)")


@cache
def _axe() -> str:
    return (_FOLDER / "vendor" / "axe-core" / "axe.min.js").read_text("utf-8")


@cache
def _layout() -> str:
    return (_FOLDER / "stretch.js").read_text("utf-8").strip()


def violations(reader: Reader, ours: str, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds wrong, as `rule: element`, by the standards or by single rules."""
    if not reader.look("'axe' in window"):
        reader.look(f"(() => {{ {_axe()} }})()")
    found = reader.page.evaluate(
        """([ours, standards, rules]) => axe.run(ours || document, {
            runOnly: rules.length ? {type: "rule", values: rules} : {type: "tag", values: standards},
            resultTypes: ["violations"],
            rules: rules.length ? {} : {"target-size": {enabled: true}},
        })""",
        [ours, _STANDARDS, list(rules)],
    )
    return [_described(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]


def _described(rule: str, node: dict[str, Any]) -> str:
    return f"{rule}: {node['html'][:160]} ({' '.join(map(str, node['target']))})"


def _stretched(reader: Reader, ours: str, *, both_directions: bool) -> list[str]:
    """What does not fit when all words are longer, and when the page is its own mirror image as well.

    Words that are so much longer may break at the end of a line.
    """
    found = layout_faults(reader, ours, "stretch", words_may_break=True)
    if both_directions and not ours:
        reader.look("document.documentElement.dir = 'rtl'")
        found += [f"mirrored: {each}" for each in layout_faults(reader, ours, words_may_break=True)]
    return found


def layout_faults(reader: Reader, ours: str, first: str = "", *, words_may_break: bool = False) -> list[str]:
    """Sideways scrolling, text that is cut off, broken or on other text, after what is done `first`: "stretch"."""
    wide, cut, broken, covered = reader.page.evaluate(
        f"""([ours, first, mayBreak]) => {{
            const layout = {_layout()};
            if (first) layout[first](ours);
            return [layout.sideways(), layout.cut(ours), mayBreak ? [] : layout.broken(ours), layout.covered(ours)];
        }}""",
        [ours, first, words_may_break],
    )
    too_wide = [f"{wide} pixels too wide"] if wide else []
    lists = {"cut off": cut, "broken": broken, "covered": covered}
    return [*too_wide, *(f"{fault}: {each}" for fault, found in lists.items() for each in found)]
