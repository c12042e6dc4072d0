"""What sound files say of themselves: every kind that ffmpeg makes, with tags and a cover."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import mutagen
import pytest
from mutagen.flac import Picture
from mutagen.id3 import APIC, COMM, TALB, TDRC, TIT2, TLAN, TPE1
from mutagen.mp4 import MP4Cover

from content_packs.errors import BadInput
from content_packs.media.audio import read_sound
from content_packs.media.pictures import thumbnail
from tests.media.bombs import zip_bomb
from tests.media.covers import cover
from tests.media.films import make_sound
from tests.support.shared import shared

TAGS = {"title": "Le puits", "artist": "أمينة", "album": "Contes", "date": "2024-05-17", "genre": "Conte"}


@pytest.mark.parametrize("ending", ["mp3", "m4a", "ogg", "opus", "flac", "wav", "aiff", "wma"])
def test_tags_of_every_kind(ending: str, tmp_path: Path):
    options = [option for key, value in TAGS.items() for option in ("-metadata", f"{key}={value}")]
    tagged = ["-write_id3v2", "1"] if ending == "aiff" else []
    described = read_sound(make_sound(tmp_path / f"a.{ending}", *options, *tagged)).described

    assert described.duration == pytest.approx(2, abs=0.2)
    assert described.has_sound
    if ending != "wav":  # where ffmpeg writes RIFF's own tags, and mutagen reads ID3
        assert ("Le puits", ("أمينة",), "Contes", "2024-05-17", ("Conte",)) == (
            described.title,
            described.creators,
            described.part_of,
            described.date,
            described.subjects,
        )


@pytest.mark.parametrize("ending", ["amr", "mka"])
def test_kinds_that_only_ffmpeg_knows(ending: str, tmp_path: Path):
    path = tmp_path / f"a.{ending}"
    if ending == "amr":
        path.write_bytes(
            b"#!AMR\n" + (b"\x3c" + bytes(31)) * 100
        )  # RFC 4867, section 5: frames of 20 ms at 12.2 kbit/s
    else:
        make_sound(path, "-metadata", "title=Le puits")
    described = read_sound(path).described

    assert described.duration == pytest.approx(2, abs=0.2)
    assert described.has_sound
    assert ("Le puits" if ending == "mka" else "") == described.title


def test_a_real_file_is_read():
    read = read_sound(shared("media/example.mp3"))

    assert ("Impact Moderato", ("Kevin MacLeod",), "YouTube Audio Library", None) == (
        read.described.title,
        read.described.creators,
        read.described.part_of,
        read.cover,
    )
    assert read.described.duration == pytest.approx(27.2, abs=0.1)


def test_mp3_with_all_its_tags(tmp_path: Path):
    path = make_sound(tmp_path / "a.mp3")
    opened = mutagen.File(path)
    for frame in (
        TIT2(text="One"), TPE1(text=["A", "B"]), TALB(text="All"), TLAN(text="fre"), TDRC(text="2020"),
        COMM(lang="eng", desc="", text="First line\nsecond"), COMM(lang="eng", desc="ID3v1 Comment", text="no"),
        APIC(mime="image/png", type=4, desc="back", data=cover("blue")),
        APIC(mime="image/png", type=3, desc="front", data=cover("red")),
    ):  # fmt: skip
        opened.tags.add(frame)
    opened.save()
    read = read_sound(path)

    assert ("One", ("A", "B"), "All", "fr", "2020", "First line\nsecond") == (
        read.described.title,
        read.described.creators,
        read.described.part_of,
        read.described.language,
        read.described.date,
        read.described.description,
    )
    assert cover("red") == read.cover
    assert thumbnail(read.cover)


@pytest.mark.parametrize("ending", ["m4a", "ogg", "flac"])
def test_covers_of_other_kinds(ending: str, tmp_path: Path):
    path = make_sound(tmp_path / f"a.{ending}")
    opened = mutagen.File(path)
    if ending == "m4a":
        opened["covr"] = [MP4Cover(cover(), MP4Cover.FORMAT_PNG)]
    else:
        picture = Picture()
        picture.type, picture.mime, picture.data = 3, "image/png", cover()
        if ending == "flac":
            opened.add_picture(picture)
        else:
            opened["metadata_block_picture"] = [base64.b64encode(picture.write()).decode()]
    opened.save()

    assert cover() == read_sound(path).cover


def test_a_damaged_cover_is_none(tmp_path: Path):
    path = make_sound(tmp_path / "a.ogg")
    opened = mutagen.File(path)
    opened["metadata_block_picture"] = ["not base64!", base64.b64encode(b"nor this").decode()]
    opened.save()

    assert read_sound(path).cover is None


@pytest.mark.parametrize("name", ["song.mp3", "song.m4a", "song.ogg", "song.flac", "song.wav"])
@pytest.mark.parametrize(
    "data", [b"", b"These are only words.\n" * 100, bytes(range(256)) * 100, b"ID3\x04\0\0\x7f\x7f\x7f\x7f"]
)
def test_what_is_no_sound_is_refused(name: str, data: bytes, tmp_path: Path):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(BadInput, match=rf"^{name} is no sound that can be played"):
        read_sound(tmp_path / name)


def test_tags_that_unpack_to_gigabytes_are_refused(tmp_path: Path):
    """ID3 may compress a frame; mutagen unpacks it whole."""
    content = struct.pack(">I", 0x7FFFFFF) + zip_bomb(1024)
    frame = b"TIT2" + syncsafe(len(content)) + b"\0\x09" + content
    song = make_sound(tmp_path / "a.mp3", "-id3v2_version", "0").read_bytes()
    (tmp_path / "bomb.mp3").write_bytes(b"ID3\x04\0\0" + syncsafe(len(frame)) + frame + song)

    with pytest.raises(BadInput, match=r"^bomb\.mp3 cannot be read in reasonable time and memory"):
        read_sound(tmp_path / "bomb.mp3")


def syncsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
