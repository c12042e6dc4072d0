"""The contents of a book as its pages show them, be it of chapters or of pages."""

from __future__ import annotations

from dataclasses import dataclass

SHORT_CONTENTS = 60  # lines; longer contents have a page of their own


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """`level` from 1; `address` is empty where the line leads nowhere; `is_here`: it leads to what is shown."""

    title: str
    level: int
    address: str
    is_here: bool
