"""What in a pack is heavier than the phones of its readers, or than the rest of it, can bear. Rules only.

A phone of 2015 has 1 GB of memory and a slow processor; a picture takes 4 bytes a pixel once it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from content_packs.finding import Finding

PICTURE_SIZE = 4 * 1024 * 1024  # bytes
PICTURE_PIXELS = 24_000_000  # about 96 MB of memory
PAGE_SIZE = 4 * 1024 * 1024  # bytes of HTML, which stand still for many seconds
LARGE_SHARE = 0.25
LARGE_SIZE = 200 * 1024 * 1024  # bytes; below, nobody minds
HEAD_SIZE = 64 * 1024  # bytes of a picture in which its width and height stand


def picture_findings(entry: str, size: int, head: bytes) -> Iterator[Finding]:
    """Whether a picture of `size` bytes, of which `head` are the first ones, is far too large for an old phone."""
    cure = "Scale it down: 1,600 pixels are wide enough"
    if size > PICTURE_SIZE:
        yield Finding("hint", entry, f"the picture has {_megabytes(size)}, which is long to load", cure)
    elif (pixels := _pixels(head)) > PICTURE_PIXELS:
        what = f"the picture has over {pixels // 1_000_000} million pixels, more than an old phone can show"
        yield Finding("hint", entry, what, cure)


def _pixels(head: bytes) -> int:
    """How many pixels the picture has at least; 0 where it does not say."""
    try:
        with Image.open(BytesIO(head)) as picture:
            return picture.width * picture.height
    except Image.DecompressionBombError:
        return 2 * (Image.MAX_IMAGE_PIXELS or 0)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return 0


def page_findings(entry: str, size: int) -> Iterator[Finding]:
    if size > PAGE_SIZE:
        what = f"the page has {_megabytes(size)} of text and marks, which stalls an old phone"
        yield Finding("hint", entry, what, "Divide it into several")


def share_findings(entry: str, size: int, pack_size: int, kind: str) -> Iterator[Finding]:
    """Whether one entry takes a sizeable part of a pack that is not made for the sake of it."""
    is_large = size > LARGE_SIZE and LARGE_SHARE * pack_size < size <= pack_size
    if is_large and kind not in ("film", "audio", "book", "software"):
        what = f"it takes {_megabytes(size)} of the {_megabytes(pack_size)} of the pack"
        yield Finding("hint", entry, what, "See whether it belongs there, and whether it can be smaller")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
