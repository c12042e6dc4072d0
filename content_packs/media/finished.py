"""A file that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from content_packs.workplace import flush


@contextmanager
def finished(out: Path) -> Iterator[Path]:
    """A name beside `out` to write to; afterwards that file is flushed and becomes `out`, or after an error is gone."""
    part = out.with_name(f".{token_hex(8)}.part")
    try:
        yield part
        flush(part)
        part.replace(out)
        flush(out.parent)
    finally:
        part.unlink(missing_ok=True)
