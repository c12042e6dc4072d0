"""The square picture that a collection's pack shows in libraries. For a process apart, since it reads pictures."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

_SIDE = 192  # pixels
_FIELDS = ("#1f5a9c", "#8a2f5c", "#2d7f73", "#8f3f17", "#4b3f8f", "#5c6b1f")
# An open box, in shares of the side: the app's own drawing of a collection.
_BOX = (
    ("#f2b84b", ((0.16, 0.42), (0.50, 0.25), (0.84, 0.42), (0.50, 0.60))),
    ("#ffffff", ((0.16, 0.42), (0.50, 0.60), (0.50, 0.84), (0.16, 0.66))),
    ("#dfe6ee", ((0.84, 0.42), (0.50, 0.60), (0.50, 0.84), (0.84, 0.66))),
)


def make_cover(picture: Path | None, pack: str, out: Path) -> None:
    """Write the middle of the picture as a square; where there is none that can be read, a drawing of our own."""
    cover = (_square(picture) if picture is not None else None) or _drawn(pack)
    cover.save(out, "PNG", optimize=True)


def _square(picture: Path) -> Image.Image | None:
    try:
        with Image.open(picture, formats=("JPEG", "PNG", "WEBP")) as opened:
            return ImageOps.fit(opened.convert("RGB"), (_SIDE, _SIDE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _drawn(pack: str) -> Image.Image:
    """In a colour that the pack's id chooses, so that neighbours look different."""
    field = _FIELDS[hashlib.sha256(pack.encode()).digest()[0] % len(_FIELDS)]
    image = Image.new("RGB", (_SIDE * 4, _SIDE * 4), field)
    draw = ImageDraw.Draw(image)
    for colour, corners in _BOX:
        draw.polygon([(x * image.width, y * image.height) for x, y in corners], fill=colour)
    return image.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
