"""What was tried: files that are not what they say, damaged, made to take all memory or time. Each is one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from ideascube.box_media.addresses import made_folder, media_folder
from ideascube.box_media.converting import convert_media
from ideascube.box_media.model import Kind, Made
from ideascube.box_media.store import examine
from ideascube.box_media.wording import NAME_MARK, known_problems, problem_text
from tests.box_media import files
from tests.support.media import bring, media_now

KNOWN = known_problems(lambda text: text)

TAKEN = "the box takes films, sounds, pictures, PDF, EPUB and subtitles."
UNPLAYABLE = "is no film or sound that can be played: it is damaged, cut off or something else."
NO_PICTURE = "is no picture that can be read: save it again as JPEG, PNG or WebP."
NO_PDF = "is no PDF that can be read: it is damaged, cut off or something else."
TOO_MUCH = "cannot be read in reasonable time and memory: save it again, or smaller."

AT_THE_DOOR = {
    "nothing in it": ("voice.webm", files.content(b""), "is empty: choose the file again, or record it again."),
    "a web page as a photo": (
        "photo.jpg",
        files.content(b"<!DOCTYPE html><script>alert(1)</script>"),
        f"is a web page: {TAKEN}",
    ),
    "a web page after a comment": ("a.png", files.content(b"\n<!-- x --><html>"), f"is a web page: {TAKEN}"),
    "a drawing": (
        "drawing.svg",
        files.content(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        "is a drawing in SVG, which may hold programs: save it as PNG, and send that.",
    ),
    "an archive": ("films.zip", files.archive, "is an archive, not a file to show: unpack it, and send what is in it."),
    "a gzip": (
        "a.mp3",
        files.content(b"\x1f\x8b\x08"),
        "is an archive, not a file to show: unpack it, and send what is in it.",
    ),
    "a letter": ("letter.docx", files.office, "is a document of an office program: save it as PDF, and send that."),
    "an old letter": (
        "letter.doc",
        files.content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "is a document of an office program: save it as PDF, and send that.",
    ),
    "a program": ("film.mp4", files.content(b"MZ\x90\0\x03"), f"is a program: {TAKEN}"),
    "a picture of one program": (
        "a.psd",
        files.content(b"8BPS\0\1"),
        "is a picture that only one program knows: save it as JPEG or PNG, and send that.",
    ),
    "noise": ("film.mp4", files.content(bytes(range(255, 0, -1)) * 9), f"is of a kind that is not known: {TAKEN}"),
    "a note": ("notes.txt", files.content(b"Milk, bread"), f"is of a kind that is not known: {TAKEN}"),
    "markup with times in it": (
        "subtitles.srt",
        files.content(b"<b>1</b>\n00:00:01,000 --> 00:00:02,000\n"),
        f"is of a kind that is not known: {TAKEN}",
    ),
}

IN_THE_WORKSHOP = {
    "a film cut off": (
        "film.mp4",
        files.half_of("high_res_sample.mp4"),
        (UNPLAYABLE, "is cut off: copy it again from where it came."),
    ),
    "the name of a film alone": ("film.mp4", files.content(b"\0\0\0\x18ftypmp42" + bytes(400)), (UNPLAYABLE,)),
    "a film of huge pictures": (
        "film.mov",
        files.film_of_huge_pictures,
        ("cannot be converted: it is damaged, cut off or of a kind that is not known.", UNPLAYABLE),
    ),
    "a film of thirteen hours": ("film.mkv", files.endless_film, ("is longer than 12 hours: cut it into parts.",)),
    "a picture bomb": (
        "photo.png",
        files.content(files.png(files.HUGE, files.HUGE, b"")),
        ("has more than 100 million pixels: make it smaller, a screen shows far fewer.",),
    ),
    "a picture that unpacks to less than it says": (
        "photo.png",
        files.content(files.png(900, 900, b"x")),
        (NO_PICTURE,),
    ),
    "a photo cut off": ("photo.jpg", files.content(files.jpeg()[:9000]), (NO_PICTURE,)),
    "a document cut off": ("guide.pdf", files.half_of("beyond-good-and-evil.pdf"), (NO_PDF, "")),
    "a locked document": ("guide.pdf", files.locked_document, ("asks for a password: save a copy without one.",)),
    "a document bomb": ("guide.pdf", files.document_bomb, (TOO_MUCH, "")),
    "a book bomb": (
        "book.epub",
        files.book_that_unpacks_to_gigabytes,
        ("unpacks to far more than a file of its kind does: it may be an attack.",),
    ),
    "a book cut off": (
        "book.epub",
        files.half_of("testdocument.epub"),
        ("is damaged, cut off or something else: copy it again.",),
    ),
    "a book that leads nowhere": (
        "book.epub",
        files.book_without_container,
        ("is no EPUB that can be read: it does not say which files it is made of.",),
    ),
    "a locked book": (
        "book.epub",
        files.locked_book,
        ("is locked by its seller (DRM): only a copy without that can be read.",),
    ),
    "subtitles of one line": (
        "a.srt",
        files.subtitles_of_one_line,
        ("has more than 5 MB, too much for a file of its kind.",),
    ),
    "subtitles of fifty megabytes": (
        "a.vtt",
        files.long_subtitles_of_nothing,
        ("has more than 5 MB, too much for a file of its kind.",),
    ),
}

MADE_ALL_THE_SAME = {
    "a film that says it is a document": ("guide.pdf", files.shared_film, Kind.FILM),
    "two dozen sounds in one film": ("film.mkv", files.film_of_many_streams, Kind.AUDIO),
    "a sound with a cover bomb": ("song.mp3", files.sound_with_a_huge_cover, Kind.AUDIO),
    "a picture that is an archive too": ("photo.jpg", files.picture_and_archive, Kind.PICTURE),
}


@pytest.mark.parametrize(("name", "make", "sentence"), AT_THE_DOOR.values(), ids=AT_THE_DOOR)
def test_what_a_box_does_not_take(name: str, make: files.Make, sentence: str, tmp_path: Path):
    path = tmp_path / "received.part"
    make(path)

    with pytest.raises(BadInput, match=f"^“{re.escape(name)}” {re.escape(sentence)}$"):
        examine(path, name)
    assert f"{NAME_MARK} {sentence}" in KNOWN


@pytest.mark.parametrize(("name", "make", "sentences"), IN_THE_WORKSHOP.values(), ids=IN_THE_WORKSHOP)
def test_what_cannot_be_made_ready_says_why_and_is_kept(
    name: str, make: files.Make, sentences: tuple[str, ...], data: DataFolder, tmp_path: Path
):
    """An empty sentence: some can be read as far as they go."""
    make(tmp_path / name)
    media = bring(data, tmp_path / name).media
    try:
        convert_media({"about": media.id}, lambda done, total: None, data)
        said = ""
    except BadInput as refusal:
        said = str(refusal)

    assert said in {sentence and f"{NAME_MARK} {sentence}" for sentence in sentences}
    assert said in ("", *KNOWN)
    assert (tmp_path / name).stat().st_size == (media_folder(data, media.id) / media.original).stat().st_size
    assert [] == list((data.media / "working").iterdir())
    if said:
        assert Made() == media_now(data, media.id).made
        assert not made_folder(data, media.id).exists()


@pytest.mark.parametrize(("name", "make", "kind"), MADE_ALL_THE_SAME.values(), ids=MADE_ALL_THE_SAME)
def test_what_is_odd_and_can_be_shown(name: str, make: files.Make, kind: Kind, data: DataFolder, tmp_path: Path):
    make(tmp_path / name)
    media = bring(data, tmp_path / name).media
    convert_media({"about": media.id}, lambda done, total: None, data)
    media = media_now(data, media.id)
    main = media.main

    assert kind is media.kind
    assert main is not None
    made = (made_folder(data, media.id) / main.name).read_bytes()
    assert b"<script>" not in made
    assert b"PK\x03\x04" not in made


def test_a_sentence_names_the_file_in_every_language():
    assert "“a.mp4” is cut off: copy it again from where it came." == problem_text(
        f"{NAME_MARK} is cut off: copy it again from where it came.", "a.mp4", "en"
    )
    assert "“a.zip” is odd" == problem_text("“a.zip” is odd", "a.zip", "fr")
