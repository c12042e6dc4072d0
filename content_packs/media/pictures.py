"""Pictures: what they say of themselves, smaller ones for lists, and copies without what is private in them.

SVG is text and not for here.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image

from content_packs.errors import BadInput, IdeascubeError
from content_packs.media.bounded import read_whole
from content_packs.media.described import Described, day, one_line, paragraphs, several
from content_packs.media.licences import licence_id
from content_packs.media.picture_parts import jpeg_without_private, png_without_private, webp_without_private

SIZE_LIMIT = 200_000_000  # bytes
PIXEL_LIMIT = 100_000_000
THUMBNAIL_BYTES = 16_000  # for 320 pixels; more for wider ones

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_LOSSLESS: dict[str, Callable[[bytes, int], bytes]] = {
    "JPEG": jpeg_without_private,
    "MPO": jpeg_without_private,
    "PNG": png_without_private,
    "WEBP": webp_without_private,
}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = 5  # from this orientation on, width and height change places
# What cameras and programs write where the picture's title belongs.
_NO_TITLE = re.compile(
    r".*digital camera|sony dsc|default|untitled|created with .*|(kodak|minolta|samsung|img)[\w-]*", re.IGNORECASE
)


def read_picture(path: Path) -> Described:
    """What the picture says, without where it was taken. Raises BadInput where it is no picture or is too large."""
    with opened_picture(path) as picture:
        exif = _exif(picture)
        width, height = picture.size
        if orientation_of(picture) >= _LYING:
            width, height = height, width
        text = {str(key).lower(): value for key, value in picture.info.items() if isinstance(value, str)}
    rights = one_line(exif.get(ExifTags.Base.Copyright) or text.get("copyright"))
    return Described(
        title=_title(exif.get(ExifTags.Base.ImageDescription) or text.get("title")),
        creators=several([exif.get(ExifTags.Base.Artist) or text.get("author")]),
        date=day(exif.get(ExifTags.Base.DateTimeOriginal) or text.get("creation time")),
        description=paragraphs(text.get("description")),
        licence=licence_id(rights) or rights,
        width=width,
        height=height,
    )


def thumbnail(picture: Path | bytes, width: int = 320) -> bytes:
    """A WebP picture, upright, at most `width` pixels wide and twice as high, of a few kilobytes.

    `picture` is a file or its bytes. Nothing is made larger. Raises BadInput where it is no picture.
    """
    with opened_picture(picture) as opened:
        small = opened if opened.mode in ("RGB", "RGBA", "L", "CMYK") else in_plain_colours(opened)
        small.thumbnail((width * 4, width * 4), Image.Resampling.BOX)  # before anything copies a large one
        small = upright(in_plain_colours(small), orientation_of(opened))
        small.thumbnail((width, width * 2), Image.Resampling.LANCZOS)
    limit = THUMBNAIL_BYTES * max(width, 160) // 320
    for quality in (72, 55, 40, 25):
        made = _webp(small, quality)
        if len(made) <= limit:
            break
    return made


def public_bytes(path: Path) -> bytes:
    """The picture without place, camera, names and thumbnails in it. Its orientation and colour profile stay.

    JPEG, PNG and WebP lose nothing of the picture; TIFF and AVIF are written anew; GIF and BMP hold nothing private
    and stay as they are. Raises BadInput where it is no picture.
    """
    data = read_whole(path, SIZE_LIMIT)
    with opened_picture(path) as picture:
        if strip := _LOSSLESS.get(picture.format or ""):
            data = strip(data, orientation_of(picture))
        elif picture.format in ("TIFF", "AVIF"):
            data = _written_anew(picture)
    return data


@contextmanager
def opened_picture(picture: Path | bytes, formats: tuple[str, ...] = FORMATS) -> Iterator[Image.Image]:
    """The picture, its pixels not yet read; what Pillow raises inside becomes BadInput."""
    source = BytesIO(picture) if isinstance(picture, bytes) else picture
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source, formats=formats) as opened:
                _refuse_large(opened, picture)
                yield opened
    except Image.DecompressionBombError as error:
        raise _too_large(picture) from error
    except IdeascubeError:
        raise
    except MemoryError as error:
        raise BadInput(
            f"{_name(picture)} cannot be read in reasonable time and memory: save it again, or smaller."
        ) from error
    except Exception as error:  # Pillow lets out whatever its decoders meet
        raise _no_picture(picture) from error


def _refuse_large(opened: Image.Image, picture: Path | bytes) -> None:
    if opened.width * opened.height > PIXEL_LIMIT:
        raise _too_large(picture)


def _too_large(picture: Path | bytes) -> BadInput:
    most = PIXEL_LIMIT // 1_000_000
    return BadInput(f"{_name(picture)} has more than {most} million pixels: make it smaller, a screen shows far fewer.")


def _no_picture(picture: Path | bytes) -> BadInput:
    return BadInput(f"{_name(picture)} is no picture that can be read: save it again as JPEG, PNG or WebP.")


def _name(picture: Path | bytes) -> str:
    return picture.name if isinstance(picture, Path) else "The picture"


def _exif(picture: Image.Image) -> dict[int, object]:
    """The tags of the picture and of how it was taken. Broken ones are as good as none."""
    try:
        exif = picture.getexif()
        return {tag: _as_written(value) for tag, value in {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}.items()}
    except Exception:
        return {}


def _as_written(value: object) -> object:
    """Text in UTF-8, as programs write it, where Pillow took it for Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8") if isinstance(value, str) else value
    except UnicodeError:
        return value


def orientation_of(picture: Image.Image) -> int:
    """How the pixels lie: 1 upright, to 8 (Exif 2.32, tag 0x112)."""
    found = _exif(picture).get(ExifTags.Base.Orientation, 1)
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    return picture.transpose(_TURNS[orientation]) if orientation in _TURNS else picture


def _title(text: object) -> str:
    title = one_line(text)
    return "" if _NO_TITLE.fullmatch(title) else title


def in_plain_colours(picture: Image.Image) -> Image.Image:
    """Eight bits a colour, with transparency where there is some."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _webp(picture: Image.Image, quality: int) -> bytes:
    made = BytesIO()
    picture.save(made, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return made.getvalue()


def _written_anew(picture: Image.Image) -> bytes:
    picture.load()  # which may turn a TIFF upright by itself
    made = BytesIO()
    turned = upright(picture, orientation_of(picture))
    clean = Image.new(turned.mode, turned.size)
    clean.paste(turned)
    clean.save(made, picture.format, icc_profile=picture.info.get("icc_profile"))
    return made.getvalue()
