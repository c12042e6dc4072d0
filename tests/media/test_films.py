"""What films say of themselves, and their posters. The films are made by ffmpeg."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from content_packs.errors import BadInput, MissingProgram
from content_packs.media import mp4
from content_packs.media.films import poster, read_film
from tests.media.films import ffmpeg, make_film, stood_up
from tests.support.shared import shared

PLACE = ("-metadata", "location=+12.3456-001.2345/")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tags = ["-metadata", "title=The well", "-metadata", "artist=Amina", "-metadata", "date=2024-05-17"]
    tags += ["-metadata", "copyright=CC BY 4.0", "-metadata:s:a:0", "language=swa", *PLACE]
    return make_film(tmp_path_factory.mktemp("films") / "film.mp4", *tags, size="720x576", seconds=3)


def test_a_film_says_what_it_is_and_not_where(film: Path):
    described, probe = read_film(film).described, read_film(film).probe

    assert ("The well", ("Amina",), "2024-05-17", "CC-BY-4.0", "sw") == (
        described.title,
        described.creators,
        described.date,
        described.licence,
        described.language,
    )
    assert (720, 576, True) == (described.width, described.height, described.has_sound)
    assert described.duration == pytest.approx(3, abs=0.2)
    assert probe.has_place
    assert "12.3456" not in repr((described, probe))
    assert () == described.notes


def test_a_real_film_is_read():
    read = read_film(shared("media/high_res_sample.mp4"))

    assert (1920, 1080, 1.0, False) == (
        read.described.width,
        read.described.height,
        read.described.duration,
        read.described.has_sound,
    )
    assert ("h264", "High", 40, "yuv420p") == (
        read.probe.video.codec,
        read.probe.video.profile,
        read.probe.video.level,
        read.probe.video.pixel_format,
    )
    assert ("it has no sound",) == read.described.notes


def test_subtitles_inside_are_listed(film: Path, tmp_path: Path):
    (tmp_path / "a.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHabari\n")
    made = ffmpeg(
        "-i", str(film), "-i", str(tmp_path / "a.srt"), "-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text",
        "-metadata:s:s:0", "language=fra", str(tmp_path / "made.mp4"),
    )  # fmt: skip
    read = read_film(made)

    assert [("mov_text", "fr")] == [(found.codec, found.language) for found in read.probe.subtitles]
    assert any("subtitles inside" in note for note in read.described.notes)


def test_streams_of_data_may_hold_a_place_and_names_of_chapters_do_not(tmp_path: Path):
    (tmp_path / "a.txt").write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=Start\n")
    plain = make_film(tmp_path / "a.mp4", seconds=1, sound=False)
    chapters = tmp_path / "chapters.mp4"
    ffmpeg("-i", str(plain), "-i", str(tmp_path / "a.txt"), "-map_chapters", "1", "-c", "copy", str(chapters))
    camera = tmp_path / "camera.mp4"
    camera.write_bytes(re.sub(rb"(?s)(stsd.{12})text", rb"\1gpmd", chapters.read_bytes()))

    assert [False, True] == [read_film(path).probe.has_place for path in (chapters, camera)]


def test_a_film_that_stands_has_its_size_as_seen(film: Path, tmp_path: Path):
    made = stood_up(film, tmp_path / "made.mp4")
    described = read_film(made).described

    assert (576, 720) == (described.width, described.height)
    with Image.open(BytesIO(poster(made, read_film(made).probe))) as picture:
        assert (576, 720) == picture.size


def test_pixels_that_are_not_square_are_reckoned_with(tmp_path: Path):
    made = make_film(tmp_path / "made.mp4", "-vf", "setsar=64/45", size="720x576", seconds=0.5)

    assert (1024, 576) == (read_film(made).described.width, read_film(made).described.height)


def test_webm_and_matroska_are_told_apart(tmp_path: Path):
    webm = make_film(tmp_path / "a.webm", "-c:v", "libvpx", seconds=0.5)
    matroska = ffmpeg("-i", str(webm), "-c", "copy", str(tmp_path / "a.mkv"))

    assert [("webm",), ("matroska",)] == [read_film(path).probe.containers for path in (webm, matroska)]


def test_where_the_index_lies_is_found(film: Path, tmp_path: Path):
    first = ffmpeg("-i", str(film), "-c", "copy", "-movflags", "+faststart", str(tmp_path / "first.mp4"))

    assert [False, True] == [read_film(path).probe.starts_at_once for path in (film, first)]


def test_a_poster_is_a_small_picture(film: Path):
    made = poster(film, read_film(film).probe, 320)

    with Image.open(BytesIO(made)) as picture:
        assert ("WEBP", (320, 256)) == (picture.format, picture.size)
    assert len(made) < 32_000


@pytest.mark.parametrize(("bright_seconds", "is_bright"), [(6, True), (0, False)])
def test_a_poster_is_not_black_where_anything_else_is(bright_seconds: int, is_bright: bool, tmp_path: Path):
    black = "color=black:size=320x240:rate=10:duration=4"
    bright = f"testsrc=size=320x240:rate=10:duration={bright_seconds}"
    filters = f"{black}[a];{bright}[b];[a][b]concat" if bright_seconds else black
    film = ffmpeg("-filter_complex", filters, str(tmp_path / "made.mp4"))

    with Image.open(BytesIO(poster(film, read_film(film).probe))) as picture:
        assert is_bright == (picture.convert("L").getextrema()[1] > 100)


def test_sound_alone_has_no_poster():
    path = shared("media/example.mp3")

    assert poster(path, read_film(path).probe) is None


@pytest.mark.parametrize(
    "data", [b"", b"not a film at all", b"\0\0\0\x18ftypmp42" + b"\0" * 100, b"\x1aE\xdf\xa3 webm"]
)
def test_what_is_no_film_is_refused(data: bytes, tmp_path: Path):
    (tmp_path / "film.mp4").write_bytes(data)

    with pytest.raises(BadInput, match=r"^film\.mp4 is no film or sound"):
        read_film(tmp_path / "film.mp4")


@pytest.mark.parametrize("index_first", [True, False])
def test_a_film_that_is_cut_off_is_refused(film: Path, index_first: bool, tmp_path: Path):
    options = ["-movflags", "+faststart"] if index_first else []
    whole = ffmpeg("-i", str(film), "-c", "copy", *options, str(tmp_path / "whole.mp4"))
    (tmp_path / "cut.mp4").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    with pytest.raises(BadInput, match=r"^cut\.mp4 is .*cut off"):
        read_film(tmp_path / "cut.mp4")


def test_what_a_phone_writes_behind_a_film_does_no_harm(film: Path, tmp_path: Path):
    (tmp_path / "a.mp4").write_bytes(film.read_bytes() + b"\xff\xff\xff\xffSEFT" + b"x" * 40)

    assert mp4.is_whole(tmp_path / "a.mp4")
    assert 720 == read_film(tmp_path / "a.mp4").described.width


@pytest.mark.parametrize("name", ["film.mp4", "-i.mp4", "http:x.mp4", "concat:a|b.mp4", "%d.mp4", "o'clock \n.mp4"])
def test_names_are_never_taken_for_anything_else(film: Path, name: str, tmp_path: Path):
    (tmp_path / name).write_bytes(film.read_bytes())
    read = read_film(tmp_path / name)

    assert 720 == read.described.width
    assert poster(tmp_path / name, read.probe)


def test_playlists_that_read_other_files_are_refused(film: Path, tmp_path: Path):
    """ffmpeg itself would follow them, to any file of this machine."""
    (tmp_path / "list.mp4").write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{film}\n#EXT-X-ENDLIST\n")
    (tmp_path / "concat.mp4").write_text(f"ffconcat version 1.0\nfile {film}\n")

    for name in ("list.mp4", "concat.mp4"):
        with pytest.raises(BadInput, match="is no film or sound"):
            read_film(tmp_path / name)


def test_without_ffmpeg_it_is_said_how_to_get_it(film: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    probe = read_film(film).probe
    monkeypatch.setenv("PATH", str(tmp_path))

    for work in (lambda: read_film(film), lambda: poster(film, probe)):
        with pytest.raises(MissingProgram, match="apt install ffmpeg"):
            work()
