"""Subtitles as they are found in the wild: encodings, broken cues, markup, both directions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.errors import BadInput
from content_packs.media.subtitles import Cue, parse_subtitles, read_subtitles, to_vtt
from content_packs.media.transcript import text_of, transcript
from tests.support.shared import program, shared

ARABIC = "1\r\n00:00:01,000 --> 00:00:02,500\r\nأهلا وسهلا بكم في المكتبة\r\n"


def words(text: str) -> list[str]:
    return [cue.text for cue in parse_subtitles(text.encode()).cues]


def test_a_real_file_is_read_whole():
    read = read_subtitles(shared("media/basic.srt"))

    assert (230, ()) == (len(read.cues), read.notes)
    assert Cue(12.464, 14.979, "أمضيت ما يقرب من العقدين") == read.cues[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_arabic_in_any_encoding(encoding: str):
    read = parse_subtitles(ARABIC.encode(encoding), "ar")

    assert (Cue(1.0, 2.5, "أهلا وسهلا بكم في المكتبة"),) == read.cues


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("", "cp1252", "L’été, déjà"),
        ("fr", "latin-1", "Où est-il ?"),
        ("uk", "cp1251", "Ласкаво просимо"),
        ("tr", "cp1254", "Işık söndü"),
        ("fa", "cp1256", "سلام"),
        ("zh", "gb18030", "欢迎"),
        ("zh-TW", "big5", "歡迎"),
    ],
)
def test_an_old_encoding_is_guessed_by_the_language_and_said(language: str, encoding: str, text: str):
    read = parse_subtitles(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode(encoding), language)

    assert [text] == [cue.text for cue in read.cues]
    assert "encoding was guessed" in read.notes[0]


def test_utf8_with_one_damaged_letter_stays_utf8():
    damaged = ARABIC.encode().replace("ك".encode(), b"\xff", 1)

    assert ["أهلا وسهلا ب\ufffdم في المكتبة"] == [cue.text for cue in parse_subtitles(damaged, "ar").cues]


def test_a_broken_cue_is_passed_over_with_its_line():
    read = parse_subtitles(
        b"1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:0x,000 --> 00:00:04,000\nTwo\n\n"
        b"3\n00:00:06,000 --> 00:00:05,000\nThree\n\n4\n00:00:07,000 --> 00:00:08,000\nFour\n"
    )

    assert ["One", "Four"] == [cue.text for cue in read.cues]
    assert (
        "line 6: the times cannot be read, so its words are left out",
        "line 10: it ends before it starts, so its words are left out",
    ) == read.notes


def test_what_srt_files_get_wrong_is_understood():
    """No number, an empty line in a cue, none between cues, dots for commas, times without hours, short arrows."""
    text = "00:01,5 --> 00:02.500\nOne\n\nstill one\n2\n"
    text += "0:0:3.000 -> 0:0:4,000 X1:10 Y1:20\nTwo\n00:00:05,000 --> 00:00:06,000\n1999"

    assert ["One\nstill one", "Two", "1999"] == words(text)
    assert [1.5, 3.0, 5.0] == [cue.start for cue in parse_subtitles(text.encode()).cues]


def test_what_only_webvtt_has_is_understood():
    text = (
        "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE not\nshown\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start position:0%\n<v.loud Amina>Hello <c.yellow>all</c></v>\n\n"
        "NOTE nor this\n\n01:00:00.000 --> 01:00:01.000\n1 &lt; 2 &amp; <00:59:00.000>so on\n"
    )

    assert ["Amina: Hello all", "1 < 2 & so on"] == words(text)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<i>one</i> <FONT color='#fff'>two</font>", "one two"),
        (r"{\an8}{\i1}top\Nbelow", "top\nbelow"),
        ("a<br/>b", "a\nb"),
        ("5 < 6 and x <y and z> w", "5 < 6 and x <y and z> w"),
        ("nothing\x00\x1b[31m hidden", "nothing [31m hidden"),
    ],
)
def test_markup_goes_and_words_stay(markup: str, text: str):
    assert [text] == words(f"1\n00:00:01,000 --> 00:00:02,000\n{markup}\n")


def test_a_change_of_direction_ends_on_its_own_line():
    assert ["\u202b(שלום).\u202c\nabc"] == words("1\n00:00:01,000 --> 00:00:02,000\n\u202b(שלום).\nabc\u202c\n")


def test_cues_cannot_bring_html_or_other_cues_into_webvtt():
    cues = parse_subtitles(b"1\n00:00:01,000 --> 00:00:02,000\n<script>alert(1)</script> & &lt;b&gt; --&gt;\n").cues

    assert (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt; --&gt;\n"
        == to_vtt(cues)
    )
    assert cues == parse_subtitles(to_vtt(cues).encode()).cues


def test_cues_are_in_the_order_of_their_start():
    assert ["first", "second"] == words("00:09.000 --> 00:10.000\nsecond\n\n00:01.000 --> 00:02.000\nfirst\n")


def test_ffmpeg_reads_the_webvtt(tmp_path: Path):
    made = tmp_path / "made.vtt"
    made.write_text(to_vtt(read_subtitles(shared("media/basic.srt")).cues), encoding="utf-8")
    back = subprocess.run(
        [program("ffmpeg"), "-v", "error", "-i", made, "-f", "srt", "-"], capture_output=True, check=True
    )

    assert read_subtitles(shared("media/basic.srt")).cues == parse_subtitles(back.stdout).cues


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"[Script Info]\nTitle: x\n", "holds no subtitles"),
        (bytes(range(256)) * 20, "holds no subtitles"),
        (b"x" * 6_000_000, "more than 5 MB"),
    ],
)
def test_what_is_no_subtitles_is_refused(data: bytes, reason: str, tmp_path: Path):
    (tmp_path / "film.srt").write_bytes(data)

    with pytest.raises(BadInput, match=rf"^film\.srt .*{reason}"):
        read_subtitles(tmp_path / "film.srt")


def test_webvtt_without_a_cue_is_empty(tmp_path: Path):
    (tmp_path / "film.vtt").write_text("WEBVTT\n")

    assert ((), ("there is no cue in it",)) == (
        read_subtitles(tmp_path / "film.vtt").cues,
        read_subtitles(tmp_path / "film.vtt").notes,
    )


def test_notes_are_few():
    notes = parse_subtitles(b"x --> y\n" * 1000).notes

    assert 21 == len(notes)
    assert "and 981 more like these" == notes[-1]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_cues_or_notes(data: bytes):
    read = parse_subtitles(data)

    assert read.cues or read.notes


SUBTITLE_PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "1\n",
        "00:00:01,000 --> 00:00:02,000\n",
        "00:00:01 -->",
        "WEBVTT\n\n",
        "NOTE ",
        "<v A>",
        "{\\an8}",
        "\u202e",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(SUBTITLE_PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_any_text_gives_cues_or_notes_that_webvtt_carries(text: str):
    read = parse_subtitles(text.encode("utf-8", "replace"))
    back = parse_subtitles(to_vtt(read.cues).encode())

    assert read.cues or read.notes
    assert read.cues == back.cues


def test_a_transcript_has_paragraphs_to_jump_to():
    cues = [Cue(0, 2, "One,"), Cue(2, 4, "two."), Cue(9, 11, "After a pause"), Cue(11, 12, "so on")]

    assert (((0, "One,"), (2, "two.")), ((9, "After a pause"), (11, "so on"))) == transcript(cues)


def test_a_transcript_breaks_long_speech_at_a_full_stop():
    cues = [Cue(i * 2, i * 2 + 2, f"Sentence number {i} is here.") for i in range(100)]
    paragraphs = transcript(cues)

    assert 5 < len(paragraphs) < 20
    assert " ".join(cue.text for cue in cues) == " ".join(map(text_of, paragraphs))


def test_lines_that_roll_up_are_said_once():
    cues = [Cue(0, 2, "so today"), Cue(2, 4, "so today\nwe will see"), Cue(4, 6, "we will see\nhow water")]

    assert (((0, "so today"), (2, "we will see"), (4, "how water")),) == transcript(cues)


def test_a_real_transcript_loses_no_word():
    cues = read_subtitles(shared("media/basic.srt")).cues

    assert " ".join(cue.text for cue in cues).split() == " ".join(map(text_of, transcript(cues))).split()
