"""A pack's illustration where nobody made one: a square cut from a picture of its own, else its first letter."""

from __future__ import annotations

import colorsys
import hashlib
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath

from PIL import Image, ImageDraw, ImageFont, ImageOps

from content_packs.build.file_types import POSTER_ENDINGS, ending
from content_packs.importers.source import Source

SIZE = 192  # pixels
_SMALLEST = 48
_PIXEL_LIMIT = 50_000_000
_BYTES_LIMIT = 30 * 1024 * 1024
_TRIES = 12
_NAMES = ("illustration", "icon", "logo", "cover", "folder", "apple-touch-icon", "couverture", "thumbnail")


def make_illustration(source: Source, pictures: Sequence[bytes], title: str, file: Path) -> str:
    """Write the illustration to `file`: of a picture in the source, else of its films and books (`pictures`).

    Returns what it is, as the end of a sentence.
    """
    picture, what = _best(source, pictures)
    (picture or draw_letter(title)).save(file, "PNG")
    return what


def _best(source: Source, pictures: Sequence[bytes]) -> tuple[Image.Image | None, str]:
    for path in _candidates(source.files):
        if (picture := _square(source.head(path, _BYTES_LIMIT))) is not None:
            return picture, f"cut from {path}"
    for data in pictures:
        if (picture := _square(data)) is not None:
            return picture, "cut from a film, sound or book"
    return None, "drawn, since there is no picture to take"


def _candidates(paths: Iterable[str]) -> list[str]:
    """Pictures that are called like one, then the others; those that lie higher first."""
    pictures = [path for path in paths if ending(path) in POSTER_ENDINGS]
    return sorted(pictures, key=lambda path: (_rank(path), path.count("/"), path))[:_TRIES]


def _rank(path: str) -> int:
    stem = PurePosixPath(path).stem.lower()
    return next((rank for rank, name in enumerate(_NAMES) if stem.startswith(name)), len(_NAMES))


def _square(data: bytes) -> Image.Image | None:
    """The middle of a picture; None where it is none, or too small or large to be used."""
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            width, height = picture.size
            if min(width, height) < _SMALLEST or width * height > _PIXEL_LIMIT:
                return None
            picture.draft("RGB", (SIZE * 2, SIZE * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            return ImageOps.fit(upright, (SIZE, SIZE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, TypeError, struct.error, Image.DecompressionBombError):
        return None


def draw_letter(title: str) -> Image.Image:
    """The first letter of a title on a colour that is always the same for it; a disc for scripts without a font."""
    hue = hashlib.sha256(title.encode("utf-8", "replace")).digest()[0] / 255
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.35, 0.6))
    picture = Image.new("RGB", (SIZE, SIZE), (red, green, blue))
    draw, middle = ImageDraw.Draw(picture), (SIZE // 2, SIZE // 2)
    letter = unicodedata.normalize("NFKD", title.strip())[:1].upper()
    if letter.isascii() and letter.isalnum():
        draw.text(middle, letter, "white", ImageFont.load_default(SIZE * 0.6), anchor="mm")
    else:
        draw.circle(middle, SIZE // 4, "white")
    return picture
