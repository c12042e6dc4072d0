"""Takes the pictures of docs/screenshots.md, so that a change of the pages' looks can be looked at: `make screenshots`.

The main kinds of pages in French and in Arabic, on a phone and on a computer, as they first show; home in the dark too.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser

from benchmarks.pages.boxes import running_boxes
from tests.browser.kinds_of_pages import KINDS, Boxes, Kind
from tests.browser.reader import chromium
from tests.support.staff import browser_sign_in

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "images" / "pages"
PAGE = DOCS / "screenshots.md"
MAIN = {
    "home": "Home",
    "results": "Results of a search",
    "pack": "A pack",
    "article": "An article",
    "film": "A film",
    "chapter": "A book",
    "page of a PDF": "A PDF",
    "course": "A course",
    "lesson": "A lesson",
    "answered quiz": "A quiz, answered",
    "new card": "A new card",
    "mine": "Where one stopped",
    "share": "Sharing with a phone nearby",
    "workspace": "The workspace",
    "what one can make": "Beginning to write",
}
LANGUAGES = {"fr": "French", "ar": "Arabic"}
SIZES = {320: 640, 1280: 800}  # CSS pixels, width and height
QUALITY = 55  # of 100: text stays readable, and all pictures stay below a megabyte
INTRODUCTION = """# How it looks

The main pages of the demo library in French and in Arabic, on a phone of 320 pixels and on a computer of 1280, as they
first show. `make screenshots` takes the pictures and writes this page: after a change of looks, look at what differs.
"""


class Shot(NamedTuple):
    kind: Kind
    language: str
    width: int
    scheme: str = "light"

    @property
    def file(self) -> str:
        dark = ".dark" if self.scheme == "dark" else ""
        return f"{self.kind.name.replace(' ', '-')}.{self.language}.{self.width}{dark}.webp"

    @property
    def words(self) -> str:
        dark = ", dark" if self.scheme == "dark" else ""
        return f"{MAIN[self.kind.name]} in {LANGUAGES[self.language]}, {self.width} pixels{dark}"


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as work,
        chromium(scroll_bars=False) as browser,
        running_boxes(Path(work)) as boxes,
    ):
        pictures = {shot.file: small(taken(browser, boxes, shot)) for shot in shots()}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    for name, picture in pictures.items():
        (FOLDER / name).write_bytes(picture)
    PAGE.write_text(page(), "utf-8")


def shots() -> Iterator[Shot]:
    for kind in (kind for kind in KINDS if kind.name in MAIN):
        for width in SIZES:
            for language in LANGUAGES:
                yield Shot(kind, language, width)
                if kind.name == "home":
                    yield Shot(kind, language, width, "dark")


def taken(browser: Browser, boxes: Boxes, shot: Shot) -> bytes:
    context = browser.new_context(
        locale=shot.language,
        viewport={"width": shot.width, "height": SIZES[shot.width]},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    screen = context.new_page()
    if shot.kind.by:
        browser_sign_in(screen, boxes.demo, shot.kind.by)
    screen.goto(shot.kind.at(boxes, shot.language))
    if shot.kind.act:
        shot.kind.act(screen)
    screen.wait_for_load_state("networkidle")
    picture = screen.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def small(picture: bytes) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def page() -> str:
    """One section for each kind of page: the phone's pictures beside each other, then the computer's."""
    parts = [INTRODUCTION]
    for kind in (kind for kind in KINDS if kind.name in MAIN):
        lines = [_line([each for each in shots() if each.kind is kind and each.width == width]) for width in SIZES]
        parts.append(f"## {MAIN[kind.name]}\n\n" + "\n\n".join(lines) + "\n")
    return "\n".join(parts)


def _line(row: list[Shot]) -> str:
    return "\n".join(f"![{shot.words}](images/pages/{shot.file})" for shot in row)


if __name__ == "__main__":
    main()
