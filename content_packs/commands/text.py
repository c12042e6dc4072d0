"""How things are written for people on a terminal."""

from __future__ import annotations

import click

from content_packs.store.origin import Origin
from content_packs.zip_names import printable


def say(text: str, *, err: bool = False) -> None:
    """One line, of which a terminal obeys nothing: names and titles are other people's."""
    click.echo(printable(text), err=err)


def said_origin(origin: Origin) -> str:
    """Which catalogue a pack came from, and whether somebody answers for it."""
    return f"{origin.catalogue}, {'signed' if origin.signed else 'not signed'}"


def human_size(size: int) -> str:
    """`size` in bytes, as `850 B`, `3.2 MB` or `60.1 GB` (powers of ten, as disks are sold)."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit in ("B", "kB") else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 pack`, `2 packs`; `many`: where it is not `one` with an s."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
