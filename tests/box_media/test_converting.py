"""What becomes of real files of each kind, made by the worker's own processes."""

from __future__ import annotations

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import Kind, Role, State
from tests.support.media import converted
from tests.support.shared import shared

M, P, S, W = Role.MAIN, Role.POSTER, Role.SMALL, Role.WORDS


@pytest.mark.parametrize(
    ("file", "kind", "made"),
    [
        ("high_res_sample.mp4", Kind.FILM, {M: "film.mp4", P: "poster.webp", S: "small.webp"}),
        ("example.mp3", Kind.AUDIO, {M: "sound.mp3"}),
        (
            "sample_doc_with_toc.pdf",
            Kind.DOCUMENT,
            {M: "document.pdf", P: "poster.webp", S: "small.webp", W: "words.txt"},
        ),
        ("testdocument.epub", Kind.BOOK, {M: "book.epub", P: "poster.webp", S: "small.webp", W: "words.txt"}),
        ("basic.srt", Kind.SUBTITLES, {M: "subtitles.vtt", W: "words.txt"}),
    ],
)
def test_real_files_become_what_every_phone_shows(data: DataFolder, file: str, kind: Kind, made: dict[Role, str]):
    media = converted(data, shared(f"media/{file}"))
    folder = made_folder(data, media.id)

    assert (State.READY, "", kind) == (media.state, media.problem, media.kind)
    assert made == {each.role: each.name for each in media.made.files}
    assert {each.name: each.size for each in media.made.files} == {
        path.name: path.stat().st_size for path in folder.iterdir()
    }
    assert [] == list((data.media / "working").iterdir())


def test_a_film_is_as_large_as_phones_play(data: DataFolder):
    main = converted(data, shared("media/high_res_sample.mp4")).main
    assert main is not None

    assert (854, 480, "video/mp4") == (main.width, main.height, main.mimetype)
    assert 1.0 == pytest.approx(main.duration, abs=0.1)
