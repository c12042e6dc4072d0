from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.text import (
    Word,
    fold,
    has_no_spaces,
    indexed_text,
    running_text,
    stems,
    tokens_in,
    words_in,
)

anything = st.text(st.characters())
# Words as people write them, in scripts of every kind; with signs that stay within a word.
written = st.text(st.sampled_from("aéßłİçйёжῆςمَیهکאָשሐኀአकनु্বချမာไทยគ្ម日本カ한국ߒ߫12"), min_size=1)


def keys(text: str) -> list[str]:
    return [word.key for word in words_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’eau d'Afrique", ["leau", "eau", "dafrique", "afrique"]),
        ("aujourd’hui", ["aujourdhui"]),
        ("y’Uburundi n'umwana", ["yuburundi", "uburundi", "numwana", "umwana"]),
        ("ng’ombe, ng'ombe", ["ngombe", "ngombe"]),
        ("oʻzbek o‘zbek oʼzbek o'zbek", ["ozbek"] * 4),
        ("d'aujourd'hui", ["daujourdhui", "aujourdhui"]),
        ("col·legi", ["collegi"]),
        ("צה״ל", ["צהל"]),
        ("AT&T", ["att"]),
        ("C++, C# et C", ["c++", "c#", "et", "c"]),
        ("GTK+", ["gtk+", "gtk"]),
        ("3.14 1,5 2.", ["3.14", "1,5", "2"]),
        ("snake_case (un-deux)", ["snake_case", "un", "deux"]),
        ("co\u00adopé\u200bra\u202etion", ["cooperation"]),
        ("\ud800ab\udfff \x00cd\x07", ["ab", "cd"]),
        ("'quoted' ‘so’ ’", ["quoted", "so"]),
        ("!? … 🙂", []),
    ],
)
def test_words_end_where_a_reader_and_an_index_end_them(text: str, expected: list[str]):
    assert expected == keys(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("健康教育", ["健康", "康教", "教育"]),
        ("Linux系统2", ["linux", "系统", "2"]),
        ("ﾊﾟﾝ", ["パン"]),
        ("水", ["水"]),
        ("สวัสดี", ["สวั", "วัส", "สดี"]),
        ("ကျန်းမာ", ["ကျန်း", "န်းမာ"]),
        ("ခန္ဓာ", ["ခန္ဓာ"]),
        ("ភាសា\u200bខ្មែរ", ["ភាសា", "សាខ្មែ", "ខ្មែរ"]),
        ("ບົດທີ໑໒", ["ບົດ", "ດທີ", "12"]),
    ],
)
def test_scripts_without_spaces_are_cut_in_pairs_of_letters_with_their_signs(text: str, expected: list[str]):
    assert has_no_spaces(text)
    assert expected == keys(text)


def test_korean_is_words_that_indexes_of_our_own_have_in_pairs():
    assert ["학교에서"] == keys("학교에서")
    assert "학교 교에 에서" == indexed_text("학교에서")


def test_words_are_written_as_an_index_of_libzim_takes_them():
    forms = {word.written for word in words_in("L’ÉCOLE E\u0301cole oʻzbek می\u200cخواهم ex\u00ademple")}

    assert {"l'école", "école", "oʻzbek", "می\u200cخواهم", "exemple"} == forms


def test_a_token_is_what_stands_in_the_text_and_holds_its_words():
    eau, hello = tokens_in("L’eau … สวัส")

    assert ("l’eau", (Word("leau", "l'eau"), Word("eau", "l'eau"))) == eau
    assert ("สวัส", ["สวั", "วัส"]) == (hello.written, [word.key for word in hello.words])


def test_very_long_words_are_cut():
    assert ["a" * 60] == keys("a" * 100_000)
    assert {"日本", "本日"} == set(keys("日本" * 50_000))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("eau potable", "L’eau  potable"),
        ("l'eau", "« L’EAU »"),
        ("健康", "儿童健康教育"),
        ("col·legi nou", "el col·legi, nou"),
    ],
)
def test_phrases_are_found_in_the_running_text(phrase: str, text: str):
    found = running_text(phrase)

    assert (found.strip() if has_no_spaces(phrase) else found) in running_text(text)


def test_half_a_word_is_no_phrase():
    assert running_text("eau pot") not in running_text("L’eau potable")


@given(anything)
def test_any_text_has_words_that_are_folded(text: str):
    for word in words_in(text):
        assert word.key
        assert word.written
        assert word.key == fold(word.key)


@given(anything)
def test_words_of_a_word_as_it_is_written_are_found_again(text: str):
    """What a list of words holds is found by whoever types it."""
    for word in words_in(text):
        assert word.key in keys(word.written)


@given(st.lists(written))
def test_a_text_in_capitals_or_folded_has_the_same_words(words: list[str]):
    text = " ".join(words)

    assert keys(text) == keys(text.upper())
    assert set(keys(fold(text))) <= set(keys(text))


@given(st.lists(written, min_size=1), st.data())
def test_a_part_of_a_text_is_found_in_its_index(words: list[str], data: st.DataObject):
    start = data.draw(st.integers(0, len(words) - 1))
    part = " ".join(words[start : start + 3])

    assert set(indexed_text(part).split()) <= set(indexed_text(" ".join(words)).split())


@given(written, st.sampled_from(["fr", "ar", "tr", "hi", "ru", "el", "ta", "cs", "sw", ""]))
def test_a_word_and_itself_without_accents_share_a_stem(word: str, language: str):
    plain = {stem for each in words_in(fold(word)) for stem in stems(each, language)}

    for each in words_in(word):
        assert set(stems(each, language)) & plain


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "publicité", "publicites"),
        ("fr", "l’école", "écoles"),
        ("ar", "المكتبات", "مكتبة"),
        ("tr", "kitaplarin", "kitaplar"),
        ("ru", "красный", "красного"),
        ("en", "people's", "peoples"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str):
    first, second = ({stem for word in words_in(text) for stem in stems(word, language)} for text in (one, other))

    assert first & second


def test_a_language_without_stemmer_has_the_word_itself():
    (word,) = words_in("Vitabu")

    assert ("vitabu",) == stems(word, "sw")
