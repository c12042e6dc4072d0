"""Pictures as every browser shows them: upright, in the sizes of screens, and nothing in them but the picture.

For pictures straight from phones, HEIC among them, of which no part stays as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms

from content_packs.media.pictures import FORMATS, in_plain_colours, opened_picture, orientation_of, upright

QUALITY = 82  # of JPEG: smaller shows blocks in drawings
FRAMES = 300  # of an animation
ANIMATED_PIXELS = 40_000_000  # of all of its frames


@dataclass(frozen=True, slots=True)
class WebPicture:
    """`ending` begins with a dot; `width` and `height` in pixels."""

    data: bytes
    ending: str
    mimetype: str
    width: int
    height: int


def web_pictures(path: Path, sides: Sequence[int]) -> tuple[WebPicture, ...]:
    """The picture so many pixels long at its longer side, for each of `sides`, the largest first; never made larger.

    Sizes beyond the picture's own are left out, but for the next one. JPEG, or PNG where it is transparent. Takes much
    memory and time: for a process apart. Raises BadInput where it is no picture or too large.
    """
    pillow_heif.register_heif_opener(thumbnails=False)
    with opened_picture(path, (*FORMATS, "HEIF")) as opened:
        turn, profile = orientation_of(opened), opened.info.get("icc_profile")
        picture = _made_smaller(opened, 2 * sides[0])
        picture = upright(_in_common_colours(picture, profile), turn)
    return tuple(_smaller(picture, sides))


def _made_smaller(opened: Image.Image, side: int) -> Image.Image:
    """At most `side` pixels long, before anything copies a large picture; of a JPEG no more is unpacked than needed."""
    share = min(side / max(opened.size), 1)
    opened.draft(None, (max(int(opened.width * share), 1), max(int(opened.height * share), 1)))
    picture = opened if opened.mode in ("RGB", "RGBA", "L", "CMYK") else in_plain_colours(opened)
    picture.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=1.0)
    return picture


def animation(path: Path) -> WebPicture | None:
    """A moving GIF with nothing in it but its pictures; None where it does not move, or is too long to be shown."""
    with opened_picture(path, ("GIF",)) as opened:
        frames = getattr(opened, "n_frames", 1)
        if not 1 < frames <= FRAMES or frames * opened.width * opened.height > ANIMATED_PIXELS:
            return None
        made = BytesIO()
        opened.info.pop("comment", None)
        opened.save(made, "GIF", save_all=True, comment=b"", optimize=False)
        return WebPicture(made.getvalue(), ".gif", "image/gif", opened.width, opened.height)


def _smaller(picture: Image.Image, sides: Sequence[int]) -> Iterator[WebPicture]:
    longest = max(picture.size)
    for side, next_side in zip(sides, [*sides[1:], 0], strict=True):
        if longest <= next_side:
            continue  # the next size is all of it already
        made = picture.copy()
        made.thumbnail((side, side), Image.Resampling.LANCZOS)
        yield _written(made)


def _written(picture: Image.Image) -> WebPicture:
    made = BytesIO()
    if picture.mode == "RGBA":
        picture.save(made, "PNG", optimize=True)
        return WebPicture(made.getvalue(), ".png", "image/png", *picture.size)
    picture.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return WebPicture(made.getvalue(), ".jpg", "image/jpeg", *picture.size)


def _in_common_colours(small: Image.Image, profile: object) -> Image.Image:
    """In the colours that browsers take where nothing is said (sRGB): new phones have others. Without any metadata."""
    picture = in_plain_colours(small)
    if isinstance(profile, bytes) and small.mode in ("RGB", "RGBA"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            known = ImageCms.ImageCmsProfile(BytesIO(profile))
            ImageCms.profileToProfile(picture, known, ImageCms.createProfile("sRGB"), inPlace=True)
    return _bare(picture)


def _bare(picture: Image.Image) -> Image.Image:
    picture.info = {}
    return picture
