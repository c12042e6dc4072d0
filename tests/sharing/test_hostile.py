"""What comes from another box may have been written by anybody: it is refused with a reason, or made harmless."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ideascube.box_db.media_uses import is_public
from ideascube.sharing.versions import version_of
from tests.box_media.files import jpeg
from tests.creations.making import fields
from tests.sharing.boxes import SharingBox, a_box
from tests.support.media import bring as upload

BOX = "0123456789abcdef"
NAME = f"{BOX}.tea0000001"
DOCUMENT: dict[str, Any] = {
    "format": 1,
    "fields": {
        "kind": "article",
        "language": "en",
        "texts": {"en": {"title": "Tea", "summary": ""}},
        "body": "<p>Pour it.</p>",
        "licence": "CC-BY-4.0",
    },
    "consent": "none_shown",
    "tags": {},
}


@pytest.fixture
def box(tmp_path: Path) -> SharingBox:
    made = a_box(tmp_path, "Agadez")
    for folder in ("files", "parcels"):
        (made.data.inbox / folder).mkdir(parents=True)
    return made


def sealed(parcel: dict[str, Any]) -> dict[str, Any]:
    """With the version that its content has."""
    about = parcel["about"]
    version = version_of(about["name"], parcel["state"], about.get("document"), about["parents"])
    return {**parcel, "version": version}


def arrives(
    box: SharingBox,
    document: dict[str, Any] | bytes = DOCUMENT,
    files: dict[str, bytes] | None = None,
    change: Callable[[dict[str, Any]], dict[str, Any]] = lambda parcel: parcel,
) -> None:
    """A parcel as it should be, but for what the test changes."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    there = {"creation.json": content, **(files or {})}
    listed = []
    for name, each in there.items():
        digest = hashlib.sha256(each).hexdigest()
        (box.data.inbox / "files" / digest).write_bytes(each)
        listed.append({"name": name, "path": "", "size": len(each), "sha256": digest})
    about = {"name": NAME, "work": NAME, "parents": [], "ancestors": [], "box_name": "Bria"}
    about["document"] = listed[0]["sha256"]
    parcel = {
        "format": 1, "kind": "creation", "id": NAME, "state": "shared", "title": {}, "files": listed, "about": about,
        "accepted": True,
    }  # fmt: skip
    content = json.dumps(change(sealed(parcel))).encode()
    (box.data.inbox / "parcels" / f"{BOX}.creation.{NAME}.json").write_bytes(content)
    box.take_in()


def said(**changed: Any) -> dict[str, Any]:
    return {**DOCUMENT, "fields": {**DOCUMENT["fields"], **changed}}


def is_empty(box: SharingBox) -> bool:
    """Nothing was taken in, and nothing is tried again."""
    count = box.do(lambda connection: connection.execute("SELECT count(*) FROM creation").fetchone()[0])
    return count == 0 and not [*(box.data.inbox / "parcels").iterdir()]


def test_what_is_as_it_should_be_is_taken_in(box: SharingBox):
    arrives(box)

    assert "<p>Pour it.</p>" == box.newest("tea0000001").body.strip()
    assert [] == box.refused()


@pytest.mark.parametrize(
    "change",
    [
        lambda parcel: {**parcel, "id": f"{BOX}.tea0000002"},
        lambda parcel: {**parcel, "version": "0" * 64},
        lambda parcel: {**parcel, "files": []},
        lambda parcel: {**parcel, "state": "withdrawn"},
        lambda parcel: {**parcel, "files": parcel["files"] * 300},
        lambda parcel: {**parcel, "about": {**parcel["about"], "name": f"{NAME}\n"}},
        lambda parcel: {**parcel, "about": {**parcel["about"], "name": "../../box.db"}},
        lambda parcel: sealed({**parcel, "about": {**parcel["about"], "parents": ["a" * 64]}}),
        lambda parcel: sealed({**parcel, "about": {**parcel["about"], "ancestors": ["a" * 64] * 51}}),
        lambda parcel: {**parcel, "about": {**parcel["about"], "ancestors": [parcel["version"]]}},
        lambda parcel: {**parcel, "about": "x" * 100_000},
        lambda parcel: [parcel],
        lambda parcel: None,
        lambda parcel: {},
    ],
)
def test_a_parcel_that_contradicts_itself_is_refused(box: SharingBox, change: Callable[[Any], Any]):
    arrives(box, change=change)

    assert ["unreadable"] == [why for why, _ in box.refused()]
    assert is_empty(box)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[" * 60_000, b'{"format": 1e999}', b"\xed\xa0\x80"])
def test_what_is_no_parcel_at_all_is_refused(box: SharingBox, content: bytes):
    (box.data.inbox / "parcels" / f"{BOX}.creation.{NAME}.json").write_bytes(content)
    box.take_in()

    assert ["unreadable"] == [why for why, _ in box.refused()]
    assert is_empty(box)


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"{}", ("unreadable", "")),
        (b"[" * 100_000, ("unreadable", "")),
        ({**DOCUMENT, "consent": "missing"}, ("unreadable", "")),
        (said(kind="program"), ("unreadable", "")),
        (said(texts={"en": {"title": "x" * 201}}), ("field", "texts.title.en")),
        (said(texts={}), ("field", "texts.title.en")),
        (said(texts={"en\n": {"title": "Tea"}, "en": {"title": "Tea"}}), ("field", "texts.language.en\n")),
        (said(language="../etc"), ("field", "language")),
        (said(licence=" "), ("field", "licence")),
        (said(body="<script>alert(1)</script>"), ("field", "body")),
        (said(body="<p>" + "x" * 300_000), ("field", "body")),
        (said(body="&amp;" * 180_000), ("field", "body")),
        (said(ends="tomorrow"), ("field", "ends")),
        (said(media=[{"media": "a" * 64, "role": "main"}]), ("field", "media")),
        (said(media=[{"media": "../../box.db", "role": "cover"}]), ("field", "media")),
        (said(kind="film", body=""), ("field", "media")),
    ],
)
def test_what_this_box_would_not_publish_is_refused(
    box: SharingBox, document: dict[str, Any] | bytes, why: tuple[str, str]
):
    arrives(box, document)

    assert [why] == box.refused()
    assert is_empty(box)


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF" + bytes(100),
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"PK\x03\x04" + bytes(100),
        b"",
    ],
)
def test_a_file_that_is_no_film_sound_picture_or_book_is_refused_whatever_it_is_called(box: SharingBox, content: bytes):
    arrives(box, files={"../../well.jpg": content})

    assert ["file"] == [why for why, _ in box.refused()]
    assert is_empty(box)


def test_scripts_go_and_the_text_stays(box: SharingBox):
    body = (
        '<p onclick="a()">Pour<script>alert(1)</script> <a href="javascript:a()">it</a></p><iframe src="//x"></iframe>'
    )
    arrives(box, said(body=body, author="Mariam\u202e\n<b>", source="x" * 5000))

    found = box.newest("tea0000001")
    assert "<p>Pour it</p>" == found.body.strip()
    assert 300 == len(found.source)


def test_a_private_file_of_this_box_does_not_become_public_by_being_named(box: SharingBox, tmp_path: Path):
    (tmp_path / "private.jpg").write_bytes(jpeg())
    private = upload(box.data, tmp_path / "private.jpg").media.id

    arrives(box, said(body=f'<p>Look</p><figure><img src="/media/{private}/main.jpg"></figure>'))
    named = box.newest("tea0000001").body
    arrives(box, said(body="<p>Look again</p>", media=[{"media": private, "role": "cover"}]))

    assert "<p>Look</p>" == named.strip()
    assert [("field", "media")] == box.refused()
    assert not box.do(is_public, private)


def test_a_link_in_the_inbox_leads_nowhere(box: SharingBox, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_bytes(json.dumps(DOCUMENT).encode())
    content = secret.read_bytes()
    (box.data.inbox / "files" / hashlib.sha256(content).hexdigest()).symlink_to(secret)

    parcel = box.data.inbox / "parcels" / f"{BOX}.creation.{NAME}.json"
    digest = hashlib.sha256(content).hexdigest()
    about = {"name": NAME, "work": NAME, "parents": [], "ancestors": [], "document": digest}
    file = {"name": "creation.json", "path": "", "size": len(content), "sha256": digest}
    whole = {"format": 1, "kind": "creation", "id": NAME, "state": "shared", "files": [file], "about": about}
    parcel.write_text(json.dumps(sealed(whole)))
    box.take_in()

    assert 0 == box.do(lambda connection: connection.execute("SELECT count(*) FROM creation").fetchone()[0])
    assert parcel.exists()  # it waits for the file


def test_a_parcel_of_a_later_program_stays_and_packs_are_not_for_the_box(box: SharingBox):
    parcels = box.data.inbox / "parcels"
    (parcels / f"{BOX}.creation.{NAME}.json").write_text(json.dumps({"format": 2, "kind": "creation"}))
    (parcels / f"{BOX}.collection.tales.json").write_text(json.dumps({"format": 1, "kind": "collection"}))
    (parcels / "what is this.json").write_text("{}")
    (parcels / "folder.json").mkdir()

    box.take_in()

    assert {f"{BOX}.creation.{NAME}.json", "folder.json"} == {path.name for path in parcels.iterdir()}
    assert [] == box.refused()


def test_versions_beside_the_one_here_are_bounded(box: SharingBox):
    creation = box.shared(fields("Tea"))
    box.pack()
    name = f"{box.id}.{creation}"

    def mine(parcel: dict[str, Any]) -> dict[str, Any]:
        return sealed({**parcel, "id": name, "about": {**parcel["about"], "name": name}})

    for number in range(11):
        arrives(box, said(body=f"<p>Tea number {number}.</p>"), change=mine)

    assert 10 == len(box.others(creation))
    assert [("many", "")] == box.refused()


def test_what_was_refused_is_remembered_up_to_a_bound(box: SharingBox):
    for number in range(205):
        (box.data.inbox / "parcels" / f"{BOX}.creation.{BOX}.{number:010}.json").write_bytes(b"{}")
    for _ in range(12):
        box.take_in()

    assert 200 == len(box.refused())
