"""Nothing that is shown or downloaded says where, when, with what or by whom it was recorded or written."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pillow_heif
import pytest
from mutagen.id3 import COMM, GEOB, PRIV, TIT2, TPE1, TXXX
from mutagen.mp3 import MP3
from PIL import ExifTags, Image

from content_packs.store.data_folder import DataFolder
from ideascube.box_media.addresses import made_folder
from tests.media.epubs import make_epub
from tests.media.films import ffprobe, make_film, make_sound
from tests.media.pdfs import make_pdf
from tests.support.media import made_of
from tests.support.shared import shared

SECRETS = [b"Amina's phone", b"Secret Name", b"+12.3456", b"GPSLatitude", struct.pack(">I", 4242), b"Rue de la Paix"]
XMP = b"<x:xmpmeta>GPSLatitude Secret Name</x:xmpmeta>"


def photo(kind: str, **options: object) -> bytes:
    """A picture that says where it was taken, with what and by whom."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model], exif[ExifTags.Base.Artist] = "Amina's phone", "Secret Name"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (4242.0, 1.0, 1.0)
    made = BytesIO()
    Image.effect_noise((60, 40), 90).convert("RGB").save(made, kind, exif=exif, **options)
    return made.getvalue()


def jpeg(path: Path) -> None:
    path.write_bytes(photo("JPEG", xmp=XMP, comment=b"Secret Name") + b"\0\0\0\x18ftypmp42+12.3456-001.2345/")


def png(path: Path) -> None:
    path.write_bytes(photo("PNG"))


def webp(path: Path) -> None:
    path.write_bytes(photo("WEBP", xmp=XMP))


def gif(path: Path) -> None:
    frames = [Image.new("P", (30, 30), colour) for colour in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:], comment=b"Secret Name")


def heic(path: Path) -> None:
    pillow_heif.register_heif_opener()
    path.write_bytes(photo("HEIF", xmp=XMP))


def film(path: Path) -> None:
    tags = ["location=+12.3456-001.2345/", "com.apple.quicktime.model=Amina's phone", "artist=Secret Name"]
    options = [option for tag in tags for option in ("-metadata", tag)]
    make_film(path, "-pix_fmt", "yuv420p", "-movflags", "use_metadata_tags", *options, seconds=1)


def sound(path: Path) -> None:
    make_sound(path)
    made = MP3(path)
    for frame in (
        TIT2(encoding=3, text="Rue de la Paix"),  # what phones call a recording after the place of it
        TPE1(encoding=3, text="Secret Name"),
        PRIV(owner="Amina's phone", data=b"GPSLatitude"),
        GEOB(encoding=3, mime="text/plain", filename="a", desc="b", data=b"Secret Name"),
        TXXX(encoding=3, desc="place", text="+12.3456"),
        COMM(encoding=3, lang="eng", desc="", text="Secret Name"),
    ):
        made.tags.add(frame)
    made.save()


def document(path: Path) -> None:
    make_pdf(path, ["Water"], Author="Secret Name", Producer="Amina's phone")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        opened.Root.Metadata = opened.make_stream(XMP)
        opened.pages[0].obj["/PieceInfo"] = pikepdf.Dictionary(X=pikepdf.Dictionary(Private="Rue de la Paix"))
        opened.attachments["secret.txt"] = b"Secret Name"
        opened.pages[0].obj["/Thumb"] = opened.make_stream(photo("JPEG"), Filter=pikepdf.Name.DCTDecode)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T="Secret Name", Rect=[0, 0, 9, 9]
        )
        opened.pages[0].obj["/Annots"] = [opened.make_indirect(note)]
        opened.save()


def book(path: Path) -> None:
    make_epub(path, {"OEBPS/photo.jpg": photo("JPEG"), "OEBPS/photo.webp": photo("WEBP")})


def everything_in(path: Path) -> bytes:
    """All bytes of the file, and of what is packed in it."""
    data = path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".pdf":
        with pikepdf.open(path) as opened:
            streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
            packed = [_unpacked(each) for each in streams]
            return b"".join([data, *packed])
    return data


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a photo
        return stream.read_raw_bytes()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.jpg", jpeg), ("a.png", png), ("a.webp", webp), ("a.gif", gif), ("a.heic", heic),
        ("a.mp4", film), ("a.mov", film), ("a.mp3", sound), ("a.pdf", document), ("a.epub", book),
    ],
)  # fmt: skip
def test_nothing_private_is_left(name: str, make: Callable[[Path], None], data: DataFolder, tmp_path: Path):
    make(tmp_path / name)
    there = [secret for secret in SECRETS if secret in everything_in(tmp_path / name)]
    media = made_of(data, tmp_path / name)
    made = b"".join(everything_in(path) for path in made_folder(data, media.id).iterdir())

    assert there
    assert [] == [secret for secret in there if secret in made]


def test_a_real_film_of_a_camera_loses_its_tags(data: DataFolder):
    media = made_of(data, shared("media/high_res_sample.mp4"))
    tags = ffprobe(made_folder(data, media.id) / "film.mp4")["format"]["tags"]

    assert {"major_brand", "minor_version", "compatible_brands"} == tags.keys()


def test_a_photo_that_was_taken_on_its_side_stands_upright(data: DataFolder, tmp_path: Path):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    Image.new("RGB", (300, 200)).save(tmp_path / "a.jpg", exif=exif)
    main = made_of(data, tmp_path / "a.jpg").main

    assert main is not None
    assert (200, 300) == (main.width, main.height)


def test_a_document_reads_as_before(data: DataFolder):
    media = made_of(data, shared("media/beyond-good-and-evil.pdf"))
    with pikepdf.open(made_folder(data, media.id) / "document.pdf") as opened:
        pages, has_contents = len(opened.pages), "/Outlines" in opened.Root

    assert (192, media.made.pages, True) == (pages, 192, has_contents)
