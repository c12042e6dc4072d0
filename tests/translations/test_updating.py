"""`make translations`: what is kept, what comes in, what leaves, and who has read it."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ideascube.web.i18n import CATALOGUES, DRAFT, LANGUAGES
from tools.translations.__main__ import bring_up_to_date
from tools.translations.catalogues import approve, drafts, forms, new, update, written
from tools.translations.notes import comments_on, letters, limit_in
from tools.translations.sources import calls_in, template

NOTES = {"home": {"Open": "button; at most 10 letters", "%(num)d title": "heading; at most 20 letters"}}
TEXTS = {"Open": ["templates/home.html"], ("%(num)d title", "%(num)d titles"): ["templates/home.html"]}


@pytest.fixture
def french() -> Catalog:
    """A catalogue with one text that somebody has read."""
    catalogue = new("fr")
    update(catalogue, template(TEXTS, NOTES))
    catalogue["Open"].string = "Ouvrir"
    approve(catalogue)
    return catalogue


def test_a_new_text_is_a_draft_with_its_note(french: Catalog) -> None:
    update(french, template(TEXTS | {"Shut": ["templates/home.html"]}, {"home": NOTES["home"] | {"Shut": "button"}}))

    assert ["Shut"] == [message.id for message in drafts(french)]
    assert ["home: button"] == french["Shut"].auto_comments


def test_what_was_translated_stays(french: Catalog) -> None:
    update(french, template(TEXTS, NOTES))

    assert "Ouvrir" == french["Open"].string
    assert [] == drafts(french)


def test_a_changed_text_has_to_be_looked_at_again(french: Catalog) -> None:
    update(french, template({"Open it": ["templates/home.html"]}, NOTES))

    assert french["Open it"].string == "Ouvrir"
    assert french["Open it"].flags == {DRAFT, "fuzzy"}
    assert "Open" not in french


def test_what_nobody_shows_leaves(french: Catalog) -> None:
    update(french, template({}, NOTES))

    assert b"Ouvrir" not in written(french, "fr")


def test_a_catalogue_survives_being_written(french: Catalog) -> None:
    update(french, template(TEXTS | {"Shut": ["templates/home.html"]}, NOTES))
    french["Shut"].string = "Fermer"

    file = written(french, "fr")
    again = read_po(BytesIO(file), locale="fr")

    assert written(again, "fr") == file
    assert b'"X-Draft: yes\\n"' in file
    assert [("Ouvrir",), ("Fermer",)] == [forms(again[text]) for text in ("Open", "Shut")]
    assert {DRAFT} == again["Shut"].flags


def test_what_is_read_is_no_draft(french: Catalog) -> None:
    assert b'"X-Draft: no\\n"' in written(french, "fr")


def test_every_file_that_shows_a_text_has_a_say_on_its_length() -> None:
    notes = {"home": {"Open": "a heading; at most 30 letters"}, "pack": {"Open": "a button; at most 12 letters"}}
    comments = comments_on("Open", ["templates/home.html", "templates/pack.html", "web/other.py"], notes)

    assert ["home: a heading; at most 30 letters", "pack: a button; at most 12 letters"] == comments
    assert 12 == limit_in(comments)
    assert limit_in(["home: a heading"]) is None


@pytest.mark.parametrize(
    ("text", "length"), [("Open", 4), ("পাতা", 2), ("စာအုပ်", 4), ("%(num)d titles", 10), ("کتاب‌ها", 6), ("", 0)]
)
def test_a_letter_with_its_signs_is_one(text: str, length: int) -> None:
    assert length == letters(text)


def test_calls_within_f_strings_are_found() -> None:
    code = b"""label = f"<b>{escape(_('Home'))}</b>" + ngettext("%(num)d page", "%(num)d pages", 3) + _(name)"""

    found = sorted(texts for _, _, texts, _ in calls_in(BytesIO(code), ["_", "ngettext"], None, None))

    assert [["%(num)d page", "%(num)d pages"], ["Home"]] == found


def test_the_catalogues_are_up_to_date_until_someone_approves_of_one(tmp_path: Path) -> None:
    """`make translations` would change nothing, and `--approve sw` the marks in Swahili alone."""
    copy = shutil.copytree(CATALOGUES, tmp_path / "locale")
    lines = list(bring_up_to_date(copy, approved="sw"))
    changed = [path for path in sorted(copy.rglob("*.po")) if path.read_bytes() != original(path, copy).read_bytes()]

    assert ["sw/LC_MESSAGES/ideascube.po"] == [path.relative_to(copy).as_posix() for path in changed]
    assert b'"X-Draft: no\\n"' in changed[0].read_bytes()
    assert list(LANGUAGES[1:]) == [line.partition(":")[0] for line in lines]


def original(path: Path, copy: Path) -> Path:
    return CATALOGUES / path.relative_to(copy)
