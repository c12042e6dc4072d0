"""A pack's illustration in the sizes that ZIM wants, as PNG."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from content_packs.errors import BadInput

SIZES = (48, 96)
SIDE_LIMIT = 8000  # pixels: 256 MB of memory
_FORMATS = ("PNG", "JPEG", "WEBP")


def illustrations(file: Path) -> dict[int, bytes]:
    """The picture in each size in pixels. Raises BadInput where it is no picture, not square or too small."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=_FORMATS) as picture:
            width, height = picture.size
            if width != height or width < SIZES[0]:
                raise BadInput(f"{file.name} has {width}×{height} pixels: the illustration must be square, 48 or more.")
            if width > SIDE_LIMIT:
                raise BadInput(f"{file.name} has {width} pixels a side, and {SIDE_LIMIT} are enough: make it smaller.")
            whole = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadInput(f"{file.name} is no picture that can be read: give a PNG, JPEG or WebP file.") from error
    return {size: _png(whole.resize((size, size), Image.Resampling.LANCZOS)) for size in SIZES}


def _png(picture: Image.Image) -> bytes:
    made = BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()
