"""What a web worker asks of the renderer, as one line of JSON, and what comes of it: files in `cache/pdf/`.

The format of that folder: docs/formats/data-folder.md
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from content_packs.media.pdf_facts import WEBP

LINE_LIMIT = 64 * 1024  # bytes
WIDTHS = (480, 800, 1200)  # pixels of the pictures that can be had: phones from the cracked to the recent, screens
USUAL_WIDTH = 800


class Wanted(msgspec.Struct, frozen=True, array_like=True):
    """Something of one PDF in a pack.

    `zim` is the ZIM file's path, `fingerprint` what it is to be, `entry` the number in it, `name` what people call the
    file. `page` counts from 1; 0 wants only the outline. `width` in pixels; 0 wants no picture.
    """

    zim: str
    fingerprint: str
    entry: int
    name: str
    page: int = 0
    width: int = 0
    kind: str = WEBP

    @property
    def document(self) -> str:
        """Which PDF this is of: the name of its folder."""
        return f"{self.fingerprint}-{self.entry}"

    def outline_file(self, cache: Path) -> Path:
        return cache / self.document / "outline.json"

    def page_file(self, cache: Path) -> Path:
        return cache / self.document / f"{self.page}.json"

    def picture_file(self, cache: Path) -> Path:
        return cache / self.document / f"{self.page}-{self.width}.{self.kind}"

    def copy_file(self, cache: Path) -> Path:
        """Where a PDF that its pack holds compressed lies unpacked."""
        return cache / self.document / "copy.pdf"

    def files(self, cache: Path) -> list[Path]:
        """All that is to be there afterwards."""
        made = [self.outline_file(cache)]
        made += [self.page_file(cache)] if self.page else []
        return made + ([self.picture_file(cache)] if self.page and self.width else [])


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """The renderer's: an empty `refusal` where all is there, else one sentence. `whole`: it is about the document."""

    refusal: str = ""
    whole: bool = False


def encode(message: Wanted | Answer) -> bytes:
    return msgspec.json.encode(message) + b"\n"


def decode_wanted(line: bytes) -> Wanted:
    """Raises ValueError where the line is none."""
    return msgspec.json.decode(line, type=Wanted)


def decode_answer(line: bytes) -> Answer:
    """Raises ValueError where the line is none, such as half a one."""
    return msgspec.json.decode(line, type=Answer)
