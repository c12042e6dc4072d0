"""Packs' pictures, made small for phones: at most 96 pixels wide, as WebP where the browser takes it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from content_packs.errors import IdeascubeError
from content_packs.zim.reader import PackReader

WIDTH = 96  # pixels: twice what a page gives it, for the dense screens of phones
_QUALITY = 80
_LARGEST_FILE = 1024 * 1024  # bytes
_LARGEST_PICTURE = 1024  # pixels a side; more would hold up the other pages of this worker
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


class Picture(NamedTuple):
    body: bytes
    content_type: str


def best_size(sizes: Sequence[int]) -> int:
    """The smallest that is large enough, else the largest."""
    return min((size for size in sizes if size >= WIDTH), default=max(sizes))


def pack_picture(archive: PackReader, sizes: Sequence[int], *, as_webp: bool) -> Picture | None:
    """The illustration, or None where there is none that can be shown."""
    try:
        found = archive.illustration(best_size(sizes)) if sizes else None
    except IdeascubeError:
        return None
    return shrink(found[0], as_webp=as_webp) if found else None


def shrink(body: bytes, *, as_webp: bool) -> Picture | None:
    """The picture in `body` as WebP, where that is wished and smaller; None where it is no picture, or a huge one."""
    if len(body) > _LARGEST_FILE:
        return None
    try:
        with Image.open(BytesIO(body), formats=tuple(_FORMATS)) as image:
            if max(image.size) > _LARGEST_PICTURE:
                return None
            original = Picture(body, _FORMATS[image.format or "PNG"])
            return min(original, _as_webp(image), key=lambda picture: len(picture.body)) if as_webp else original
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None


def _as_webp(image: Image.Image) -> Picture:
    small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    small.thumbnail((WIDTH, WIDTH))
    written = BytesIO()
    small.save(written, "WEBP", quality=_QUALITY)
    return Picture(written.getvalue(), "image/webp")
