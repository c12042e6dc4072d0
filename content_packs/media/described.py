"""What a file says of itself, whatever its kind: the fields that all kinds share, brought into one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from content_packs.languages import is_bcp47, to_bcp47

LINE_LIMIT = 500
TEXT_LIMIT = 10_000

# Control characters, separators of lines, and halves of UTF-16 pairs, which no file can hold.
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000)], " ")
_NO_LANGUAGE = ("und", "zxx", "mul", "mis", "xxx", "unk")
_YEAR_FIRST = re.compile(r"(?:D:)?(\d{4})(?:[-:/.]?(\d{2})(?:[-:/.]?(\d{2}))?)?")
_DAY_OR_MONTH_FIRST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Described:
    """What one file says of itself. What it does not say is empty or None.

    `language` is a BCP 47 tag; `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `licence` an SPDX identifier where the file
    names a licence that has one; `part_of` the album, series or collection; `duration` in seconds; `width` and `height`
    in pixels as people see it, turned upright. `notes` are sentences for the file's maker, without the file's name.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    language: str = ""
    date: str = ""
    description: str = ""
    licence: str = ""
    publisher: str = ""
    subjects: tuple[str, ...] = ()
    part_of: str = ""
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    has_sound: bool | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a table of contents.

    `level` is 1 for the outermost. `target` is where it leads: a path inside an EPUB, perhaps with a `#fragment`, or
    `page=12` for a PDF, which is the fragment that PDF viewers understand (RFC 8118, section 3); empty for nowhere.
    """

    title: str
    level: int
    target: str


def one_line(text: object, limit: int = LINE_LIMIT) -> str:
    """`text` on one line, without control characters, at most `limit` characters long."""
    return " ".join(_text(text, limit).translate(_CONTROLS).split())[:limit]


def paragraphs(text: object, limit: int = TEXT_LIMIT) -> str:
    """`text` with its lines kept, without other control characters, at most `limit` characters long."""
    lines = (one_line(line, limit) for line in _text(text, limit).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:limit]


def several(values: Iterable[object]) -> tuple[str, ...]:
    """Each of `values` on one line, once, empty ones left out; at most fifty."""
    return tuple(dict.fromkeys(line for value in values if (line := one_line(value))))[:50]


def language_tag(code: object) -> str:
    """The BCP 47 tag of what a file gives as its language, or nothing where that is no language."""
    written = one_line(code, 40)
    tag = to_bcp47(written) if written else ""
    return tag if is_bcp47(tag) and tag.partition("-")[0] not in _NO_LANGUAGE else ""


def day(text: object) -> str:
    """The date in `text` as far as it is sure: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; nothing where there is none.

    `03/04/2019` gives `2019`, since nobody knows which is the month.
    """
    written = one_line(text, 40)
    if found := _YEAR_FIRST.match(written):
        return _as_far_as_sure(*(int(part) if part else 0 for part in found.groups()))
    if found := _DAY_OR_MONTH_FIRST.match(written):
        return _as_far_as_sure(int(found[1]), 0, 0)
    return ""


def _as_far_as_sure(year: int, month: int, day_of_month: int) -> str:
    if not 1000 <= year <= 2999:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"


def _text(value: object, limit: int) -> str:
    return str(value if value is not None else "")[: limit * 4]
