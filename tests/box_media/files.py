"""Files as nobody should send them; not tests."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from mutagen.id3 import APIC, ID3
from PIL import Image

from tests.media.bombs import zip_bomb
from tests.media.epubs import make_epub
from tests.media.films import ffmpeg, make_film, make_sound
from tests.media.pdfs import make_packed_pdf, make_pdf
from tests.support.shared import shared

HUGE = 60_000  # pixels

Make = Callable[[Path], object]


def content(data: bytes) -> Make:
    return lambda path: path.write_bytes(data)


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A picture that claims this size; `pixels` are what it unpacks (PNG specification, 5)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(size: int = 400) -> bytes:
    made = BytesIO()
    Image.effect_noise((size, size), 90).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def archive(path: Path, name: str = "note.txt") -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(name, "text")


def office(path: Path) -> None:
    archive(path, "word/document.xml")


def half_of(file: str) -> Make:
    def make(path: Path) -> None:
        data = shared(f"media/{file}").read_bytes()
        path.write_bytes(data[: len(data) // 2])

    return make


def film_of_huge_pictures(path: Path) -> None:
    """Its header claims 60,000 pixels each way, as does each picture in it."""
    film = make_film(path.with_suffix(".mov"), "-c:v", "png", seconds=0.3, size="64x64", sound=False)
    data = film.read_bytes()
    film.unlink()
    data = data.replace(struct.pack(">II", 64, 64), struct.pack(">II", HUGE, HUGE))
    path.write_bytes(data.replace(struct.pack(">HH", 64, 64), struct.pack(">HH", HUGE, HUGE)))


def endless_film(path: Path) -> None:
    """Thirteen hours, a picture every two minutes."""
    ffmpeg("-f", "lavfi", "-i", "color=size=64x64:rate=1/120", "-t", str(13 * 3600), "-f", "matroska", str(path))


def film_of_many_streams(path: Path) -> None:
    source = make_sound(path.with_suffix(".wav"), seconds=0.5)
    ffmpeg("-i", str(source), *["-map", "0:a"] * 24, "-c:a", "aac", "-f", "matroska", str(path))
    source.unlink()


def sound_with_a_huge_cover(path: Path) -> None:
    sound = make_sound(path.with_suffix(".mp3"))
    tags = ID3()
    tags.add(APIC(mime="image/png", type=3, data=png(HUGE, HUGE, zip_bomb(64))))
    tags.save(sound)
    sound.rename(path)


def book_that_unpacks_to_gigabytes(path: Path) -> None:
    make_epub(path, {f"OEBPS/{number}.bin": bytes(29_000_000) for number in range(8)})


def book_without_container(path: Path) -> None:
    make_epub(path, {"META-INF/container.xml": "<nothing/>", "OEBPS/book.opf": "<nothing/>"})


def locked_book(path: Path) -> None:
    method = '<enc:EncryptedData><enc:EncryptionMethod Algorithm="aes"/></enc:EncryptedData>'
    encryption = f'<encryption xmlns:enc="x">{method}</encryption>'
    make_epub(path, {"META-INF/encryption.xml": encryption})


def locked_document(path: Path) -> None:
    make_pdf(path, ["secret"], password="word")


def document_bomb(path: Path) -> None:
    make_packed_pdf(path, zip_bomb(4096), "/FlateDecode")


def subtitles_of_one_line(path: Path) -> None:
    path.write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x" * 6_000_000)


def long_subtitles_of_nothing(path: Path) -> None:
    path.write_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n")
    with path.open("r+b") as file:
        file.truncate(50_000_000)


def picture_and_archive(path: Path) -> None:
    """Both a JPEG and a ZIP with a web page in it, as each reads it."""
    other = path.with_suffix(".zip")
    archive(other, "index.html")
    path.write_bytes(jpeg() + b"<script>alert(1)</script>" + other.read_bytes())
    other.unlink()


def shared_film(path: Path) -> None:
    path.write_bytes(shared("media/high_res_sample.mp4").read_bytes())
