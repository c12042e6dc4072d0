"""docs/languages.md, row by row."""

from __future__ import annotations

from collections import Counter

import pytest

from content_packs.importers.catalogs import read_catalog
from content_packs.languages import is_bcp47, own_name, script_of, to_bcp47
from content_packs.text import Token, fold, has_no_spaces, has_stemmer, indexed_text, language_of, stems, tokens_in
from content_packs.text.detection import detected_languages
from tests.support.shared import shared
from tests.text.languages_page import Language, folded_letters, languages

every_language = pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)


@pytest.mark.parametrize(("letters", "folded"), folded_letters())
def test_letters_are_folded(letters: str, folded: str):
    assert folded == fold(letters)


def test_the_page_has_the_languages_of_real_packs():
    """Those in five or more packs of a catalogue that boxes really use."""
    entries = [one for file in shared("catalogs").glob("*.yml") for one in read_catalog(file).entries]
    packs = Counter(to_bcp47(code) for entry in entries for code in entry.languages)

    frequent = {code for code, count in packs.items() if count >= 5 and is_bcp47(code) and own_name(code) != code}

    assert frequent
    assert set() == frequent - {language.code for language in languages()}


@every_language
def test_codes_and_scripts_are_those_of_the_standards(language: Language):
    assert language.code == to_bcp47(language.code)
    assert language.script == script_of(language.code)


@every_language
def test_stemmers_are_as_the_page_says(language: Language):
    assert (language.stem == "yes") == has_stemmer(language.code)


@every_language
def test_texts_are_told_as_the_page_says(language: Language):
    by_script = language_of(language.finds[:4]) == language.code  # too little to be judged by words
    by_words = _base(language.code) in {_base(code) for code in detected_languages()}

    assert language.told_by == ("script" if by_script else "words" if by_words else "metadata")


@every_language
def test_a_query_finds_its_text(language: Language):
    assert finds(language.query, language.finds, language.code)


@every_language
def test_words_that_a_text_does_not_have_are_not_found(language: Language):
    assert not finds(f"{language.query}qx", language.finds, language.code)
    assert not finds(f"{language.query}\u3000漢字", language.finds, language.code)


def finds(query: str, text: str, language: str) -> bool:
    """Whether the text has all words of the query, folded or as a stem, or all that an index is asked for."""
    if set(indexed_text(query, language).split()) <= set(indexed_text(text, language).split()):
        return True
    held = {form for token in tokens_in(text) for form in forms(token, language)}
    return all(held & forms(token, language) for token in tokens_in(query) if not has_no_spaces(token.written)) and all(
        word.key in held for token in tokens_in(query) if has_no_spaces(token.written) for word in token.words
    )


def forms(token: Token, language: str) -> set[str]:
    return {word.key for word in token.words} | {stem for word in token.words for stem in stems(word, language)}


def _base(code: str) -> str:
    return code.partition("-")[0]
