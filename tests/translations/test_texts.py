"""Nothing is shown in English that gettext was not asked for; each text has a note on where it stands."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ideascube.web.i18n import CATALOGUES
from tests.translations.shown import untranslated_in_script, untranslated_in_template
from tools.translations.notes import letters, limit_in, read_notes
from tools.translations.sources import PACKAGE, texts_in

FOR_BUILDERS = ("styleguide.html",)  # pages for who works on the program, in English
TEMPLATES = sorted(path for path in (PACKAGE / "templates").rglob("*.html") if path.name not in FOR_BUILDERS)
SCRIPTS = sorted((PACKAGE / "static").glob("*.js"))  # those of others are in a folder of their own
TEXTS = texts_in()
NOTES = read_notes(CATALOGUES / "notes")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(template) -> None:
    assert [] == untranslated_in_template(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_words_of_its_own(script) -> None:
    assert [] == untranslated_in_script(script.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<img alt="A cat">',
        '<b title="A thing">{{ _("x") }}</b>',
        '<input placeholder="Write here">',
        '<input type="submit" value="Send">',
        '{{ text or "Nothing here" }}',
        '{{ button("Open") }}',
        '{% set words = {"a": _("Kind"), "b": "Language"} %}',
    ],
)
def test_words_in_a_template_are_noticed(source: str) -> None:
    assert len(untranslated_in_template(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'a.textContent = "Wait";',
        'a.setAttribute("aria-label", "List");',
        "a.textContent = count + ' results';",
        'show("Please wait");',
        'a.innerHTML = "<b>Yes</b>";',
    ],
)
def test_words_in_a_script_are_noticed(source: str) -> None:
    assert len(untranslated_in_script(source)) == 1


@pytest.mark.parametrize(
    "source", ['"use strict";', "// a comment, in words", 'find("ul li");', 'a.key === "ArrowDown"', 'on("play pause")']
)
def test_what_only_the_browser_reads_is_no_word(source: str) -> None:
    assert [] == untranslated_in_script(source)


def test_every_text_is_noted_for_each_place_where_it_stands() -> None:
    stands = {(PurePosixPath(file).stem, singular(text)) for text, files in TEXTS.items() for file in files}
    noted = {(name, text) for name, texts in NOTES.items() for text in texts}

    assert len(stands) > 100
    assert set() == stands - noted
    assert set() == noted - stands


def test_every_note_says_how_long_a_text_may_be_and_english_is_not_longer() -> None:
    limits = {text: limit_in([note]) for texts in NOTES.values() for text, note in texts.items()}

    assert [] == [text for text, limit in limits.items() if limit is None or letters(text) > limit]


def singular(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]
