"""Which files are converted, how, and what comes out: the rules first, then ffmpeg's work on films that it made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from content_packs.errors import BadInput, MissingProgram
from content_packs.media.conversion import AAC, COPY, H264, conversion_of
from content_packs.media.convert import _run, convert
from content_packs.media.films import poster, read_film
from content_packs.media.probe import AudioStream, Probe, VideoStream, probe
from tests.media.films import ffmpeg, ffprobe, make_film, make_sound, stood_up
from tests.support.shared import program, shared

GOOD = Probe(
    containers=("mov", "mp4", "m4a", "3gp", "3g2", "mj2"),
    duration=100.0,
    size=20_000_000,
    video=VideoStream("h264", "High", 31, "yuv420p", False, 1280, 720),
    audio=AudioStream("aac", "LC", 2, "fr"),
    subtitles=(),
    tags={"major_brand": "isom", "title": "The well"},
    has_place=False,
    starts_at_once=True,
)
WEBM = replace(
    GOOD,
    containers=("webm",),
    video=VideoStream("vp9", "Profile 0", -99, "yuv420p", False, 1920, 1080),
    audio=AudioStream("opus", "", 2, ""),
    tags={},
)
SOUND = replace(GOOD, video=None)


def video(**changes: object) -> Probe:
    return replace(GOOD, video=replace(GOOD.video, **changes))


def audio(**changes: object) -> Probe:
    return replace(GOOD, audio=replace(GOOD.audio, **changes))


@pytest.mark.parametrize(
    "kept",
    [
        GOOD,
        replace(GOOD, audio=None),
        video(profile="Constrained Baseline"),
        video(width=720, height=1280),
        audio(profile="HE-AAC", channels=1),
        WEBM,
        replace(WEBM, audio=None),
        SOUND,
        replace(SOUND, containers=("mp3",), audio=AudioStream("mp3", "", 2, "")),
        replace(GOOD, duration=0.0),
    ],
)
def test_what_phones_play_is_kept(kept: Probe):
    assert conversion_of(kept) is None


@pytest.mark.parametrize(
    ("probe", "pictures", "sound", "why"),
    [
        (replace(GOOD, starts_at_once=False), COPY, COPY, "it has to be fetched to its end before it plays"),
        (replace(GOOD, has_place=True), COPY, COPY, "it holds, or may hold, the place where it was recorded"),
        (replace(GOOD, tags={"major_brand": "qt  "}), COPY, COPY, "it is not an MP4 file"),
        (replace(GOOD, containers=("matroska",)), COPY, COPY, "it is not an MP4 file"),
        (video(codec="hevc", profile="Main 10", pixel_format="yuv420p10le"), H264, COPY, "its pictures are hevc"),
        (video(profile="High 10", pixel_format="yuv420p10le"), H264, COPY, "its pictures are H.264 High 10"),
        (video(level=51), H264, COPY, "its pictures are H.264 High at level 5.1 in yuv420p"),
        (video(width=1920, height=1080), H264, COPY, "it is 1920×1080 pixels large"),
        (replace(GOOD, size=100_000_000), H264, COPY, "it takes 8.0 Mbit/s"),
        (audio(codec="ac3", profile="", channels=6), COPY, AAC, "its sound is ac3"),
        (audio(channels=6), COPY, AAC, "its sound has 6 channels"),
        (replace(WEBM, video=replace(WEBM.video, codec="av1")), H264, AAC, "it is not an MP4 file"),
        (replace(SOUND, containers=("aac",)), None, COPY, "it is not an MP4 file"),
        (replace(SOUND, containers=("ogg",), audio=AudioStream("opus", "", 2, "")), None, AAC, "its sound is opus"),
    ],
)
def test_only_what_phones_do_not_play_is_made_anew(probe: Probe, pictures: str, sound: str, why: str):
    plan = conversion_of(probe)

    assert (pictures, sound) == (plan.video, plan.audio)
    assert any(reason.startswith(why) for reason in plan.why)
    assert plan.ending == (".mp4" if probe.video else ".m4a")


@pytest.mark.parametrize(
    ("size", "short_side", "made"),
    [
        ((1920, 1080), 480, (854, 480)),
        ((1080, 1920), 480, (480, 854)),
        ((1921, 1081), 720, (1280, 720)),
        ((321, 241), 480, (320, 240)),
        ((1, 9), 480, (2, 8)),
        ((3840, 2160), 1080, (1920, 1080)),
    ],
)
def test_sizes_are_even_and_never_larger(size: tuple[int, int], short_side: int, made: tuple[int, int]):
    plan = conversion_of(video(codec="hevc", width=size[0], height=size[1]), short_side)

    assert made == (plan.width, plan.height)


def test_a_larger_size_that_is_asked_for_is_kept():
    assert conversion_of(video(width=1920, height=1080, level=40), short_side=1080) is None


def test_webm_with_its_place_stays_webm():
    plan = conversion_of(replace(WEBM, has_place=True))

    assert (".webm", COPY, COPY) == (plan.ending, plan.video, plan.audio)


@pytest.fixture(scope="module")
def phone_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a phone makes: 60 frames a second, too large, in a QuickTime file, with the place in it."""
    return make_film(
        tmp_path_factory.mktemp("films") / "film.mov", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p",
        "-metadata", "title=The well", "-metadata", "location=+12.3456-001.2345/", "-metadata:s:a:0", "language=swa",
        size="1280x720", rate=60, seconds=0.5,
    )  # fmt: skip


def converted(source: Path, out: Path, short_side: int = 480) -> Path:
    plan = conversion_of(probe(source), short_side)
    assert plan is not None
    convert(source, out, plan)
    return out


def test_a_film_of_a_phone_plays_everywhere_and_says_no_place(phone_film: Path, tmp_path: Path):
    out = converted(phone_film, tmp_path / "out.mp4")
    pictures, sound = ffprobe(out)["streams"]

    assert ("h264", "High", "yuv420p", 854, 480, "1:1") == tuple(
        pictures[key] for key in ("codec_name", "profile", "pix_fmt", "width", "height", "sample_aspect_ratio")
    )
    assert pictures["level"] <= 31
    assert "30/1" == pictures["r_frame_rate"]
    assert ("aac", 1, "swa") == (sound["codec_name"], sound["channels"], sound["tags"]["language"])
    assert b"+12.3456" in phone_film.read_bytes()
    assert b"+12.3456" not in out.read_bytes()
    assert ("The well", "sw") == (read_film(out).described.title, read_film(out).described.language)
    assert conversion_of(probe(out)) is None
    assert [out] == list(tmp_path.iterdir())
    assert out.stat().st_mode & 0o044, "others may read it"


def test_the_same_film_gives_the_same_bytes(phone_film: Path, tmp_path: Path):
    again = shutil.copy(phone_film, tmp_path / "another name.mov")

    assert converted(phone_film, tmp_path / "a.mp4").read_bytes() == converted(again, tmp_path / "b.mp4").read_bytes()


def test_progress_is_told_in_seconds_up_to_the_end(phone_film: Path, tmp_path: Path):
    told: list[tuple[float, float]] = []
    convert(phone_film, tmp_path / "a.mp4", conversion_of(probe(phone_film)), lambda *state: told.append(state))

    assert told == sorted(told)
    assert {0.5} == {round(total, 1) for _, total in told}
    assert told[-1][0] == told[-1][1]


def pictures_in(path: Path) -> str:
    """A hash of the compressed pictures and sound, which copying does not change."""
    command = [
        program("ffmpeg"),
        "-v",
        "error",
        "-i",
        path,
        "-map",
        "0:V",
        "-map",
        "0:a?",
        "-c",
        "copy",
        "-f",
        "streamhash",
        "-",
    ]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_what_only_begins_late_is_copied(tmp_path: Path):
    source = make_film(tmp_path / "a.mp4", "-pix_fmt", "yuv420p", "-metadata", "location=+12.3456-001.2345/")
    out = converted(source, tmp_path / "out.mp4")

    assert pictures_in(source) == pictures_in(out)
    assert b"+12.3456" not in out.read_bytes()
    assert conversion_of(probe(out)) is None


@pytest.mark.parametrize("copies", [True, False])
def test_a_film_that_stands_stays_upright(copies: bool, tmp_path: Path):
    kind = ["-pix_fmt", "yuv420p"] if copies else ["-pix_fmt", "yuv444p"]
    lying = make_film(tmp_path / "a.mp4", *kind, seconds=0.5)
    out = converted(stood_up(lying, tmp_path / "b.mp4"), tmp_path / "out.mp4")

    assert (240, 320) == (read_film(out).described.width, read_film(out).described.height)


def test_pixels_become_square(tmp_path: Path):
    source = make_film(tmp_path / "a.avi", "-c:v", "mpeg4", "-vf", "setsar=64/45", size="720x576", seconds=0.5)
    stream = ffprobe(converted(source, tmp_path / "out.mp4"))["streams"][0]

    assert (854, 480, "1:1") == (stream["width"], stream["height"], stream["sample_aspect_ratio"])


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("hevc.mp4", ["-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le"]),
        ("old.avi", ["-c:v", "msmpeg4v2", "-c:a", "mp3"]),
        ("camera.mpg", ["-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-r", "25"]),
        ("a.mkv", ["-c:v", "libvpx-vp9", "-c:a", "flac", "-deadline", "realtime"]),
        ("a.ogv", ["-c:v", "libtheora", "-c:a", "libvorbis"]),
        ("a.wmv", ["-c:v", "wmv2", "-c:a", "wmav2"]),
        ("a.flv", ["-c:v", "flv1", "-ar", "44100"]),
        ("silent.mov", ["-c:v", "mjpeg", "-an"]),
        ("one frame.mp4", ["-c:v", "mpeg4", "-frames:v", "1"]),
    ],
)
def test_films_of_every_kind_come_out_playable(name: str, options: list[str], tmp_path: Path):
    source = make_film(tmp_path / name, *options, seconds=0.5, size="160x120", sound="-an" not in options)
    out = converted(source, tmp_path / "out.mp4")

    assert conversion_of(probe(out)) is None
    assert int(ffprobe(out)["streams"][0]["nb_frames"]) >= 1
    assert read_film(source).described.has_sound == read_film(out).described.has_sound


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.aiff", "a.wma", "a.ogg", "a.opus", "a.aac", "a.mka"])
def test_sounds_of_every_kind_come_out_playable(name: str, tmp_path: Path):
    source = make_sound(tmp_path / name, "-metadata", "title=The well", seconds=1)
    out = converted(source, tmp_path / "out.m4a")
    (stream,) = ffprobe(out)["streams"]

    assert ("aac", 1.0) == (stream["codec_name"], pytest.approx(float(stream["duration"]), abs=0.1))
    assert conversion_of(probe(out)) is None


def test_real_files_are_kept_or_made_smaller(tmp_path: Path):
    assert conversion_of(probe(shared("media/example.mp3"))) is None

    film = shared("media/high_res_sample.mp4")
    assert (854, 480) == (conversion_of(probe(film)).width, conversion_of(probe(film)).height)
    assert conversion_of(probe(converted(film, tmp_path / "out.mp4"))) is None


def test_far_apart_frames_do_not_become_millions(tmp_path: Path):
    """A film may claim an hour between two frames: filling it up would take all time and space there is."""
    pictures = "testsrc=size=320x240:rate=10:duration=0.3,setpts=N*3600/TB"
    source = ffmpeg("-f", "lavfi", "-i", pictures, "-fps_mode", "vfr", "-c:v", "mpeg4", str(tmp_path / "a.mkv"))
    assert probe(source).duration >= 7200
    out = converted(source, tmp_path / "out.mp4")

    assert int(ffprobe(out)["streams"][0]["nb_frames"]) <= 3


def test_a_film_of_unknown_length_is_converted(tmp_path: Path):
    """Browsers record films that do not say how long they are."""
    source = make_film(tmp_path / "a.mkv", "-c:v", "mpeg4", seconds=1)
    unknown = replace(probe(source), duration=0.0)
    told: list[tuple[float, float]] = []
    convert(source, tmp_path / "out.mp4", conversion_of(unknown), lambda *state: told.append(state))

    assert pytest.approx(1, abs=0.2) == probe(tmp_path / "out.mp4").duration
    assert {(0.0, 0.0)} == set(told)
    assert poster(source, unknown)


def test_the_brightness_of_new_phones_is_brought_into_what_screens_show(tmp_path: Path):
    """Grey at a tenth of the most that BT.2100 can say is near white on a screen."""
    hdr = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"]
    grey = "color=gray:size=160x120:rate=10:duration=0.5"
    x265 = ["-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le"]
    source = ffmpeg("-f", "lavfi", "-i", grey, *x265, *hdr, str(tmp_path / "hdr.mp4"))
    out = converted(source, tmp_path / "out.mp4")

    assert probe(source).video.is_hdr
    assert not probe(out).video.is_hdr
    assert ("bt709", "bt709", "bt709") == tuple(
        ffprobe(out)["streams"][0][key] for key in ("color_transfer", "color_primaries", "color_space")
    )
    with Image.open(BytesIO(poster(out, probe(out)))) as picture:
        assert 90 < picture.convert("L").getpixel((80, 60)) < 250


def test_ffmpeg_is_ended_where_it_stands_still():
    waiting = [sys.executable, "-c", "import time; print('out_time_us=1000000', flush=True); time.sleep(600)"]
    told: list[float] = []

    assert not _run(waiting, told.append, still=1)
    assert [1.0] == told


def test_a_failure_leaves_nothing_and_what_was_there(phone_film: Path, tmp_path: Path):
    cut = tmp_path / "cut.mkv"
    whole = make_film(tmp_path / "whole.mkv", "-c:v", "mpeg4", seconds=5)
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    out = tmp_path / "out.mp4"
    out.write_bytes(b"from before")
    for source, plan in ((cut, conversion_of(probe(whole))), (__file__, conversion_of(probe(phone_film)))):
        with pytest.raises(BadInput, match=r"^(cut\.mkv|test_conversion\.py) cannot be converted: "):
            convert(Path(source), out, plan)

    assert {cut, whole, out} == set(tmp_path.iterdir())
    assert b"from before" == out.read_bytes()


def test_whoever_stops_it_leaves_nothing(phone_film: Path, tmp_path: Path):
    def stop(done: float, total: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert(phone_film, tmp_path / "out.mp4", conversion_of(probe(phone_film)), stop)

    assert [] == list(tmp_path.iterdir())
    running = [Path(f"/proc/{child}/comm").read_text() for child in children()]
    assert [] == [name for name in running if "ffmpeg" in name]


def children() -> list[str]:
    return Path(f"/proc/self/task/{Path('/proc/thread-self').readlink().name}/children").read_text().split()


def test_without_ffmpeg_it_is_said_how_to_get_it(phone_film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    plan = conversion_of(probe(phone_film))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MissingProgram, match="apt install ffmpeg"):
        convert(phone_film, tmp_path / "out.mp4", plan)
    assert [] == list(tmp_path.iterdir())
