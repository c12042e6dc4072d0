"""A pack's texts by language: written, read, and read with care, since anyone may have written them."""

from __future__ import annotations

import pytest

from content_packs.manifest import Manifest, derive_manifest
from content_packs.translations import Translation, best_translation, read_translations, write_translations

WATER = {"fr": Translation("Eau", "L’eau", "index.fr.html"), "ar": Translation("ماء", "", "index.ar.html")}


def test_what_is_written_is_read() -> None:
    assert read_translations(write_translations(WATER)) == WATER


@pytest.mark.parametrize("text", ["", "[]", "{", '{"fr": 3}', '{"not a code!": {}}', "null"])
def test_nonsense_is_no_translation(text: str) -> None:
    assert read_translations(text) == {}


def test_wrong_values_are_left_out() -> None:
    assert read_translations('{"fr": {"title": 5, "main": "a.html", "more": 1}}') == {"fr": Translation(main="a.html")}


def test_the_readers_first_language_that_there_is() -> None:
    assert best_translation(WATER, ("sw", "ar", "fr")) == ("ar", WATER["ar"])
    assert best_translation(WATER, ("sw",)) == (None, None)


def test_a_manifest_keeps_them_and_its_own_title_for_the_rest() -> None:
    manifest = derive_manifest("water", {"Title": "Eau", "Translations": write_translations(WATER)})

    assert Manifest.from_json(manifest.to_json()) == manifest
    assert (manifest.title_in("ar"), manifest.title_in("sw")) == ("ماء", "Eau")


def test_codes_that_are_none_are_not_shown() -> None:
    assert derive_manifest("x", {"Language": "=en, fra,ara"}).languages == ("fr", "ar")
