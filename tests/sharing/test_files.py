"""Files that people brought travel with what uses them: one each, without what is private, made ready once more."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from ideascube.box_db.box_facts import ORIGINALS, set_fact
from ideascube.box_db.media import load_media, remove_media
from ideascube.box_media.addresses import media_folder
from ideascube.box_media.converting import DROPPED
from ideascube.box_media.model import Media, Role, State
from ideascube.creations.model import MediaUse
from tests.creations.making import fields
from tests.media.films import make_film
from tests.sharing.boxes import SharingBox, a_box, bring, exchange, name_on
from tests.support.media import bring as upload
from tests.support.media import do_all, made_of, media_now
from tests.support.shared import program


@pytest.fixture
def boxes(tmp_path: Path) -> tuple[SharingBox, SharingBox]:
    return a_box(tmp_path, "Agadez"), a_box(tmp_path, "Bria")


def photo(path: Path) -> Path:
    """As a phone takes it, with the place where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N of Agadez"
    Image.effect_noise((1200, 900), 40).convert("RGB").save(path, exif=exif)
    return path


def with_picture(box: SharingBox, media: Media) -> str:
    """An article that shows the picture in its text and in lists."""
    main = media.main
    assert main is not None
    figure = f'<figure><img src="/media/{media.id}/{main.name}" alt="The well"></figure>'
    return box.shared(fields(body=f"<p>Here:</p>{figure}", media=(MediaUse(media.id, "cover"),)))


def files_of(box: SharingBox, creation: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = box.parcels()[f"creation.{name_on(box, creation)}.json"]["files"]
    return found


def test_the_largest_picture_goes_and_says_nothing_of_who_took_it_where(
    boxes: tuple[SharingBox, SharingBox], tmp_path: Path
):
    a, b = boxes
    original = photo(tmp_path / "well.jpg")
    media = made_of(a.data, original)
    creation = with_picture(a, media)

    exchange(a, b)
    sent = files_of(a, creation)
    came = b.newest(creation).media[0].media
    do_all(b.data)

    assert ["creation.json", "large.jpg"] == [sent[0]["name"], sent[1]["path"].rpartition("/")[2]]
    assert b"N of Agadez" in original.read_bytes()
    assert b"N of Agadez" not in (a.data.root / sent[1]["path"]).read_bytes()
    assert came == sent[1]["sha256"] != media.id
    made = media_now(b.data, came)
    assert (State.READY, (960, 720), (1200, 900)) == (
        made.state,
        (made.main.width, made.main.height),  # type: ignore[union-attr]
        (made.file(Role.LARGE).width, made.file(Role.LARGE).height),  # type: ignore[union-attr]
    )
    assert f"/media/{came}/main.jpg" in b.newest(creation).body
    assert [] == [*(b.data.inbox / "files").iterdir()]


def test_a_film_is_played_as_it_came_and_not_converted_again(boxes: tuple[SharingBox, SharingBox], tmp_path: Path):
    a, b = boxes
    media = made_of(a.data, make_film(tmp_path / "film.avi", seconds=1))
    creation = a.shared(fields(kind="film", body="", media=(MediaUse(media.id, "main"),)))

    exchange(a, b)
    came = b.newest(creation).media[0].media
    do_all(b.data)

    there, here = (box_film(box, each) for box, each in ((a, media.id), (b, came)))
    assert packets(there) == packets(here)
    assert media_now(b.data, came).poster is not None


def box_film(box: SharingBox, media: str) -> Path:
    main = media_now(box.data, media).main
    assert main is not None
    return media_folder(box.data, media) / "made" / main.name


def packets(film: Path) -> list[str]:
    """What is shown, bit by bit: sums of the compressed pictures and sounds."""
    command = [program("ffprobe"), "-v", "error", "-show_packets", "-show_data_hash", "sha256", "-of", "json", film]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return [each["data_hash"] for each in found["packets"]]


def test_what_goes_on_from_the_other_box_is_the_same_file(boxes: tuple[SharingBox, SharingBox], tmp_path: Path):
    a, b = boxes
    b.do(set_fact, ORIGINALS, DROPPED)  # which holds for what people bring here, not for what came ready
    media = made_of(a.data, photo(tmp_path / "well.jpg"))
    creation = with_picture(a, media)
    exchange(a, b)
    do_all(b.data)
    b.share(creation)
    b.change(creation, title="The well of Bria")

    exchange(b, a)

    sent, back = files_of(a, creation), b.parcels()[f"creation.{name_on(a, creation)}.json"]["files"]
    assert sent[1]["sha256"] == back[1]["sha256"]
    assert (b.data.root / back[1]["path"]).is_file()
    home = a.newest(creation)
    assert ("The well of Bria", media.id) == (home.title, home.media[0].media)
    assert f"/media/{media.id}/picture.jpg" in home.body
    assert a.do(load_media, sent[1]["sha256"]) is None


def test_it_leaves_only_when_its_files_are_ready(boxes: tuple[SharingBox, SharingBox], tmp_path: Path):
    a, _ = boxes
    media = upload(a.data, photo(tmp_path / "well.jpg")).media
    creation = a.shared(fields(kind="picture", body="", media=(MediaUse(media.id, "main"),)))

    a.pack()
    before = [*a.parcels()]
    do_all(a.data)
    a.pack()

    assert ["counters.box.json"] == before
    assert 2 == len(files_of(a, creation))


def test_a_file_that_is_another_one_than_was_announced_is_refused(boxes: tuple[SharingBox, SharingBox], tmp_path: Path):
    a, b = boxes
    creation = with_picture(a, made_of(a.data, photo(tmp_path / "well.jpg")))
    bring(a, b)
    sent = files_of(a, creation)[1]
    path = b.data.inbox / "files" / sent["sha256"]
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    b.take_in()

    assert [("damaged", sent["name"])] == b.refused()
    assert [] == [*(b.data.inbox / "parcels").iterdir()]
    assert b.do(load_media, sent["sha256"]) is None


def test_a_parcel_whose_files_are_not_here_yet_waits_for_them(boxes: tuple[SharingBox, SharingBox], tmp_path: Path):
    a, b = boxes
    creation = with_picture(a, made_of(a.data, photo(tmp_path / "well.jpg")))
    bring(a, b)
    sent = b.data.inbox / "files" / files_of(a, creation)[1]["sha256"]
    content = sent.read_bytes()
    sent.unlink()

    b.take_in()
    waiting = len([*(b.data.inbox / "parcels").iterdir()])
    sent.write_bytes(content)
    b.take_in()

    assert 1 == waiting
    assert hashlib.sha256(content).hexdigest() == b.newest(creation).media[0].media


def test_what_people_removed_from_a_text_does_not_keep_it_from_leaving(
    boxes: tuple[SharingBox, SharingBox], tmp_path: Path
):
    a, b = boxes
    media = made_of(a.data, photo(tmp_path / "well.jpg"))
    creation = with_picture(a, media)
    a.do(remove_media, media.id)

    exchange(a, b)

    assert "<p>Here:</p>" == b.newest(creation).body.strip()
