"""Publishing a collection: the job that builds its pack out of the box's database and installs it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_packs.courses.model import Course, Module, Step
from content_packs.errors import BadInput
from content_packs.manifest.of_zim import manifest_of
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from content_packs.store.opening import open_pack
from content_packs.store.scan import scan_store
from content_packs.zim.reader import PackReader
from ideascube.box_db.box_facts import set_fact
from ideascube.box_db.collections import (
    add_collection,
    add_members,
    begin_edition,
    edition_failed,
    editions,
    set_state,
    withdraw_editions,
)
from ideascube.box_db.creations import change_state, new_creation
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.media import make_ready
from ideascube.box_db.own_courses import By, add_course, publish_course
from ideascube.box_media.addresses import made_folder, media_address
from ideascube.box_media.model import Made, MadeFile, Media, Role
from ideascube.box_media.store import examine, take_in
from ideascube.collecting.model import About, Collection, Held, Member
from ideascube.collecting.publishing import publish_collection, withdraw_collection
from ideascube.courses.finding import find_course
from ideascube.creations.model import Consent, Fields, MediaUse, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Person
from ideascube.people.rights import Role as PersonRole
from tests.support.shared import shared

AMINA = Person(1, "Amina", PersonRole.MEDIATOR)
COLLECTION = Collection(
    "abcdefghij", "recits-abcdefghij", "open", "fr", {"fr": About("Récits", "Faits ici")}, "CC-BY-4.0", "", 1, ()
)


class Workshop:
    """A box's data folder with its database open."""

    def __init__(self, data: DataFolder, connection: Any) -> None:
        self.data, self.connection = data, connection

    def published(self, title: str, **fields: Any) -> str:
        said = Fields(
            kind=fields.pop("kind", "article"), language=fields.pop("language", "fr"),
            texts={fields.pop("named", "fr"): Words(title, "")}, licence="CC-BY-4.0",
            consent=Consent("none_shown"), **fields,
        )  # fmt: skip
        creation = new_creation(self.connection, said, AMINA)
        change_state(self.connection, creation, Deed.PUBLISH, 1)
        return creation

    def ready(self, file: Path, name: str, mimetype: str) -> Media:
        """A file as it is when it was made ready."""
        copy = self.data.root / file.name
        shutil.copy(file, copy)
        with transaction(self.connection):
            media = take_in(self.connection, self.data, copy, examine(copy, file.name), AMINA.id).media
        folder = made_folder(self.data, media.id)
        folder.mkdir(parents=True)
        shutil.copy(file, folder / name)
        made = Made((MadeFile(Role.MAIN, name, mimetype, file.stat().st_size),))
        make_ready(self.connection, media.id, media.kind, made)
        return replace(media, made=made)

    def publish(self, *members: str) -> Any:
        add_members(self.connection, COLLECTION.id, [Member("creation", each) for each in members])
        edition = begin_edition(self.connection, COLLECTION.id, "2026-11-24")
        assert edition is not None
        publish_collection({"about": COLLECTION.id, "number": edition.number}, lambda done, total: None, self.data)
        return editions(self.connection, COLLECTION.id)[0]

    def pack(self) -> PackReader | None:
        record = scan_store(self.data.packs, Library()).get(COLLECTION.pack)
        return None if record is None else open_pack([self.data.packs / name for name in record.files])


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Workshop]:
    data = DataFolder(tmp_path)
    data.create()
    with box_database(tmp_path / "box.db") as connection:
        add_collection(connection, COLLECTION)
        set_fact(connection, "name", "Boîte de Dadaab")
        yield Workshop(data, connection)


def text(reader: PackReader, path: str) -> str:
    entry = reader.find(path)
    assert entry is not None, path
    return reader.read(entry, keep=False).decode()  # type: ignore[arg-type]


def test_articles_and_a_sound_go_into_a_pack_with_where_they_come_from(box: Workshop):
    sound = box.ready(shared("media/example.mp3"), "sound.mp3", "audio/mpeg")
    rain = box.published("La pluie", body="<p>Elle tombe.</p>", author="Amina")
    body = (
        f'<p>Voir <a href="/items/{rain}">la pluie</a> et <a href="/search">chercher</a>.</p>'
        f'<figure><audio controls src="{media_address(sound)}"></audio></figure>'
    )
    story = box.published("Le marché", body=body)

    edition = box.publish(rain, story)
    pack = box.pack()
    assert pack is not None
    manifest = manifest_of(pack, "x")
    page = text(pack, f"made/{story}.fr.html")

    assert ("published", ()) == (edition.state, edition.notes)
    assert [(rain, 1), (story, 1)] == [(held.id, held.version) for held in edition.holds]
    assert ("Boîte de Dadaab", "Boîte de Dadaab", 1) == (
        manifest.publisher, manifest.provenance.box, manifest.provenance.edition,
    )  # fmt: skip
    assert f'href="../made/{rain}.fr.html"' in page
    assert "et chercher." in page
    assert f'src="../files/{sound.id[:16]}.mp3"' in page
    assert 64 == len(edition.sha256) and edition.size > 100_000


def test_a_film_without_words_is_an_item_with_its_subtitles(box: Workshop):
    film = box.ready(shared("media/high_res_sample.mp4"), "film.mp4", "video/mp4")
    words = box.ready(shared("media/basic.srt"), "words.vtt", "text/vtt")
    (made_folder(box.data, words.id) / "words.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour\n")
    uses = (MediaUse(film.id, "main"), MediaUse(words.id, "subtitles", "ar"))
    creation = box.published("Un film", kind="film", media=uses)

    box.publish(creation)
    pack = box.pack()
    assert pack is not None
    page = text(pack, f"files/{film.id[:16]}.html")

    assert "Un film" in page and 'srclang="ar"' in page
    assert "Un film" in text(pack, "index.fr.html")


def test_a_course_brings_its_lessons_that_were_made_here(box: Workshop):
    lesson = box.published("Bouillir", body="<p>Une minute.</p>")
    step = Step(id="s1", title={"fr": "Bouillir"}, pages={"fr": f"items/{lesson}"})
    course = Course(
        format=1, id="course0001", title={"fr": "L’eau"}, pages={"fr": ""}, modules=(Module(id="m1", steps=(step,)),)
    )
    add_course(box.connection, course, By(AMINA.id, 1))
    publish_course(box.connection, course.id, 1)
    add_members(box.connection, COLLECTION.id, [Member("course", course.id)])

    edition = box.publish()
    pack = box.pack()
    assert pack is not None
    packed = find_course(pack, course.id)

    assert [Held("course", course.id, 1)] == list(edition.holds)
    assert packed is not None
    assert [f"made/{lesson}.fr.html"] == list(packed.modules[0].steps[0].pages.values())
    assert "courses/course0001/course.fr.html" in text(pack, "index.fr.html")


def test_what_was_withdrawn_is_not_in_the_next_edition(box: Workshop):
    rain, market = (box.published(title, body="<p>Texte.</p>") for title in ("La pluie", "Le marché"))
    box.publish(rain, market)
    change_state(box.connection, rain, Deed.WITHDRAW, 1)

    second = box.publish()
    pack = box.pack()
    assert pack is not None

    assert [market] == [held.id for held in second.holds]
    assert pack.find(f"made/{rain}.fr.html") is None
    assert "2026-11-24.2" == manifest_of(pack, "x").version


def test_a_collection_that_is_withdrawn_leaves_the_library(box: Workshop):
    box.publish(box.published("La pluie", body="<p>Texte.</p>"))
    set_state(box.connection, COLLECTION.id, "withdrawn")
    withdraw_editions(box.connection, COLLECTION.id)

    withdraw_collection({"about": COLLECTION.id}, lambda done, total: None, box.data)

    assert box.pack() is None
    assert ["withdrawn"] == [each.state for each in editions(box.connection, COLLECTION.id)]


def test_nothing_is_built_of_nothing_and_the_last_edition_stays(box: Workshop):
    rain = box.published("La pluie", body="<p>Texte.</p>")
    box.publish(rain)
    change_state(box.connection, rain, Deed.WITHDRAW, 1)

    with pytest.raises(BadInput, match="There is nothing in it that readers may see"):
        box.publish()
    edition_failed(box.connection, COLLECTION.id, "nothing")

    assert box.pack() is not None
    assert ["failed", "published"] == [each.state for each in editions(box.connection, COLLECTION.id)]


def test_a_clock_that_was_set_back_makes_no_earlier_edition(box: Workshop):
    box.publish(box.published("La pluie", body="<p>Texte.</p>"))

    edition = begin_edition(box.connection, COLLECTION.id, "1970-01-01")

    assert edition is not None and "2026-11-24" == edition.day
    assert begin_edition(box.connection, COLLECTION.id, "2026-11-25") is None  # one at a time
