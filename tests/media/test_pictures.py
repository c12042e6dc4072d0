"""Pictures: what they say, thumbnails, and copies that do not tell where and by whom they were taken."""

from __future__ import annotations

import contextlib
import struct
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from content_packs.errors import BadInput
from content_packs.media.licences import licence_id
from content_packs.media.picture_parts import (
    DamagedError,
    jpeg_without_private,
    png_without_private,
    webp_without_private,
)
from content_packs.media.pictures import public_bytes, read_picture, thumbnail

STRIPPERS = {
    b"\xff\xd8": jpeg_without_private,
    b"\x89PNG\r\n\x1a\n": png_without_private,
    b"RIFF\xf0\0\0\0WEBP": webp_without_private,
}
PRIVATE = [b"Amina's phone", b"Secret Name", b"GPSLatitude", struct.pack(">I", 4242)]


def photo() -> Image.Image:
    """Something with edges and colours, lying: red at the left, blue at the right."""
    picture = Image.new("RGB", (64, 48), "red")
    picture.paste((0, 0, 255), (32, 0, 64, 48))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    made[ExifTags.Base.Make] = "Amina's phone"
    made[ExifTags.Base.Artist] = "Secret Name"
    made[ExifTags.Base.ImageDescription] = "The well"
    made[ExifTags.Base.Copyright] = "https://creativecommons.org/licenses/by-sa/4.0/"
    made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2024:05:17 10:00:00"
    made.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (4242.0, 1.0, 1.0)
    return made


def save(path: Path, orientation: int = 1, **options: object) -> Path:
    photo().save(path, exif=exif(orientation), xmp=b"<x:xmpmeta>GPSLatitude</x:xmpmeta>", **options)
    return path


def test_a_photo_says_what_it_is_and_not_where(tmp_path: Path):
    described = read_picture(save(tmp_path / "a.jpg", orientation=6))

    assert ("The well", ("Secret Name",), "2024-05-17", "CC-BY-SA-4.0") == (
        described.title,
        described.creators,
        described.date,
        described.licence,
    )
    assert (48, 64) == (described.width, described.height)
    assert "4242" not in repr(described)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_titles_with_accents(encoding: str, tmp_path: Path):
    made = Image.Exif()
    made[ExifTags.Base.ImageDescription] = "Où est l'école ?".encode(encoding)
    photo().save(tmp_path / "a.jpg", exif=made)

    assert "Où est l'école ?" == read_picture(tmp_path / "a.jpg").title


def test_only_the_first_of_the_pictures_that_a_phone_keeps_in_one_file_stays(tmp_path: Path):
    """MPO: a JPEG with others behind it, each with an Exif block of its own."""
    photo().save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[photo()], exif=exif(6))
    (tmp_path / "out.jpg").write_bytes(public_bytes(tmp_path / "a.jpg"))

    assert "The well" == read_picture(tmp_path / "a.jpg").title
    assert (48, 64) == (read_picture(tmp_path / "out.jpg").width, read_picture(tmp_path / "out.jpg").height)
    assert b"MPF\0" not in (tmp_path / "out.jpg").read_bytes()
    with Image.open(tmp_path / "out.jpg") as after:
        assert "JPEG" == after.format


def test_png_text_is_read(tmp_path: Path):
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "Map of the camp")
    info.add_itxt("Author", "ⵜⵉⵏⵀⵉⵏⴰⵏ")
    photo().save(tmp_path / "a.png", pnginfo=info)
    described = read_picture(tmp_path / "a.png")

    assert ("Map of the camp", ("ⵜⵉⵏⵀⵉⵏⴰⵏ",)) == (described.title, described.creators)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("OLYMPUS DIGITAL CAMERA         ", ""),
        ("SAMSUNG", ""),
        ("IMG_20240517", ""),
        ("Created with GIMP", ""),
        ("In the Samsung workshop", "In the Samsung workshop"),
    ],
)
def test_what_a_camera_writes_is_no_title(written: str, title: str, tmp_path: Path):
    made = Image.Exif()
    made[ExifTags.Base.ImageDescription] = written
    photo().save(tmp_path / "a.jpg", exif=made)

    assert title == read_picture(tmp_path / "a.jpg").title


@pytest.mark.parametrize("name", ["a.jpg", "progressive.jpg", "a.png", "a.webp", "lossless.webp"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_nothing_private_is_left_and_no_pixel_changes(name: str, orientation: int, tmp_path: Path):
    profile = b"profile" * 40_000 if name == "a.jpg" else b"profile"  # in JPEG, more than one part holds
    options: dict[str, object] = {"progressive": True} if name.startswith("prog") else {"icc_profile": profile}
    source = save(tmp_path / name, orientation, lossless=name.startswith("loss"), **options)
    assert b"Amina's phone" in source.read_bytes()
    out = tmp_path / "out"
    out.write_bytes(public_bytes(source))

    assert [] == [word for word in PRIVATE if word in out.read_bytes()]
    with Image.open(source) as before, Image.open(out) as after:
        assert before.format == after.format
        assert before.tobytes() == after.tobytes()
        assert before.info.get("icc_profile") == after.info.get("icc_profile")
        assert {ExifTags.Base.Orientation: 6} if orientation == 6 else {} == dict(after.getexif())
    assert (read_picture(source).width, read_picture(source).height) == (
        read_picture(out).width,
        read_picture(out).height,
    )
    assert [out, source] == sorted(tmp_path.iterdir(), key=lambda path: path.name != "out")


def test_what_follows_a_photo_goes_as_well(tmp_path: Path):
    """Phones append a film to a photo; its place would come along."""
    source = save(tmp_path / "a.jpg")
    source.write_bytes(source.read_bytes() + b"\0\0\0\x18ftypmp42 +12.3456-001.2345/ GPSLatitude")
    (tmp_path / "out.jpg").write_bytes(public_bytes(source))

    assert b"+12.3456" not in (tmp_path / "out.jpg").read_bytes()
    assert (tmp_path / "out.jpg").read_bytes().endswith(b"\xff\xd9")


@pytest.mark.parametrize("name", ["a.tiff", "a.avif"])
def test_other_kinds_are_written_anew(name: str, tmp_path: Path):
    source = tmp_path / name
    photo().save(source, exif=exif(6))
    (tmp_path / "out").write_bytes(public_bytes(source))

    assert b"Secret Name" in source.read_bytes()
    assert b"Secret Name" not in (tmp_path / "out").read_bytes()
    assert (48, 64) == (read_picture(tmp_path / "out").width, read_picture(tmp_path / "out").height)


def test_an_animation_stays_one(tmp_path: Path):
    source = tmp_path / "a.webp"
    photo().save(source, save_all=True, append_images=[Image.new("RGB", (64, 48), "green")], exif=exif())
    (tmp_path / "out.webp").write_bytes(public_bytes(source))

    with Image.open(tmp_path / "out.webp") as after:
        assert 2 == after.n_frames
    assert b"Secret Name" not in (tmp_path / "out.webp").read_bytes()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_picture_cut_off_anywhere_is_refused_or_read(name: str, tmp_path: Path):
    """Never anything but BadInput, and nothing half-written."""
    whole = save(tmp_path / name).read_bytes()
    cut, out = tmp_path / f"cut-{name}", tmp_path / "out"
    for length in range(1, len(whole), 7):
        cut.write_bytes(whole[:length])
        for read in (read_picture, thumbnail, public_bytes):
            try:
                read(cut)
            except BadInput as refusal:
                assert str(refusal).startswith(f"cut-{name} is no picture")
        assert {cut, tmp_path / name} == set(tmp_path.iterdir()) - {out}


@settings(deadline=None)
@given(st.sampled_from(sorted(STRIPPERS)), st.binary(max_size=200), st.integers(1, 8))
def test_any_bytes_are_stripped_or_refused(kind: bytes, data: bytes, orientation: int):
    with contextlib.suppress(DamagedError):
        made = STRIPPERS[kind](kind + data, orientation)

        assert b"".join(PRIVATE) not in made
        assert len(made) <= len(kind + data) + 60


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "1", "P", "CMYK", "I;16", "YCbCr"])
def test_thumbnails_of_every_kind_of_colour(mode: str, tmp_path: Path):
    kind = "TIFF" if mode in ("CMYK", "YCbCr", "I;16") else "PNG"
    source = tmp_path / "picture"
    wide = photo().resize((1200, 900))
    (wide.convert("I").point(lambda value: value * 256) if mode == "I;16" else wide).convert(mode).save(source, kind)
    made = thumbnail(source, 160)

    with Image.open(BytesIO(made)) as small:
        assert ("WEBP", (160, 120)) == (small.format, small.size)
        left, right = (sum(small.convert("RGB").getpixel((x, 60))) for x in (20, 140))
    assert left != right
    assert left > 40


def test_a_thumbnail_is_upright(tmp_path: Path):
    with Image.open(BytesIO(thumbnail(save(tmp_path / "a.jpg", orientation=6)))) as small:
        assert (48, 64) == small.size
        red, _, blue = small.convert("RGB").getpixel((24, 5))
    assert red > blue


def test_a_thumbnail_is_small_and_tells_nothing(tmp_path: Path):
    noise = Image.effect_noise((2000, 2000), 100).convert("RGB")
    noise.save(tmp_path / "a.jpg", exif=exif())
    made = thumbnail(tmp_path / "a.jpg", 320)

    assert len(made) < 24_000
    assert [] == [word for word in PRIVATE if word in made]


def test_a_thumbnail_of_bytes_and_of_a_thin_picture():
    column, made = Image.new("RGB", (10, 4000)), BytesIO()
    column.save(made, "PNG")
    with Image.open(BytesIO(thumbnail(made.getvalue(), 100))) as small:
        assert (1, 200) == small.size


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\xff\xd8\xff\xe0", b"RIFF\x04\0\0\0WEBP", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(data: bytes, tmp_path: Path):
    (tmp_path / "photo.jpg").write_bytes(data)

    for read in (read_picture, thumbnail, public_bytes):
        with pytest.raises(BadInput, match=r"^photo\.jpg is (no picture that can be read|empty): "):
            read(tmp_path / "photo.jpg")


@pytest.mark.parametrize("side", [10_100, 20_000])
def test_a_picture_that_claims_to_be_huge_is_refused(side: int, tmp_path: Path):
    Image.new("1", (side, side)).save(tmp_path / "bomb.png")

    with pytest.raises(BadInput, match=r"^bomb\.png has more than 100 million pixels"):
        thumbnail(tmp_path / "bomb.png")


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/", "CC-BY-NC-SA-3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("Licensed under CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CC-BY-SA-NC 2.5", "CC-BY-NC-SA-2.5"),
        ("CC0", "CC0-1.0"),
        ("© 2019 all rights reserved", ""),
    ],
)
def test_licences_by_their_address_or_name(text: str, identifier: str):
    assert identifier == licence_id(text)
