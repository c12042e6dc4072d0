from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.text import language_of
from content_packs.text.detection import main_script

FRENCH = "Des histoires et des chansons pour les enfants du camp"
ENGLISH = "Stories and songs for the children of this camp and their mothers"
ARABIC = "قصص وأغاني للأطفال في المخيم ومعلومات عن الصحة والماء"
DARI = "داستان‌ها و ترانه‌ها برای کودکان و آگاهی درباره تندرستی"
KIRUNDI = "Amategeko y’Uburundi n’uburenganzira bw’abana mu mashure"


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (FRENCH, ["sw"], "sw"),
        ("", ["fra"], "fr"),
        (FRENCH, ["mul"], "fr"),
        (FRENCH, ["not a code", "und"], "fr"),
        (ARABIC, ["fr", "ar"], "ar"),
        (FRENCH, ["ar", "fr", "en"], "fr"),
        ("Eau", ["ar", "fr"], "fr"),
        ("Eau", ["en", "fr"], ""),
        (DARI, ["prs", "ps"], "prs"),
        (KIRUNDI, ["rn", "fr"], "rn"),
        (ENGLISH, ["fr", "es"], "en"),
        (FRENCH, [], "fr"),
        ("Eau", [], ""),
        ("", [], ""),
        ("12 … 🙂", ["fr", "ar"], ""),
    ],
)
def test_metadata_come_first_then_letters_then_words(text: str, declared: list[str], expected: str):
    assert expected == language_of(text, declared)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("水を飲む", "Kana"),
        ("東京大学の大学院医学系研究科", "Hani"),
        ("漢字漢字漢字かな", "Kana"),
        ("学校에서 배우기", "Hang"),
        ("𐴌𐴗𐴥𐴝", "Rohg"),
        ("Linux на русском языке", "Cyrl"),
        ("123", ""),
    ],
)
def test_a_script_is_told_by_most_letters(text: str, expected: str):
    assert expected == main_script(text)


@given(st.text(st.characters()), st.lists(st.text(max_size=8) | st.sampled_from(["fr", "ar", "zh-Hant", "en_US"])))
def test_any_text_with_any_metadata_is_taken(text: str, declared: list[str]):
    assert isinstance(language_of(text, declared), str)


def test_what_answers_people_loads_neither_detector_nor_stemmers():
    program = (
        "import sys, ideascube.search.searcher, ideascube.web.app, content_packs.text;"
        "print([name for name in ('numpy', 'py3langid', 'snowballstemmer', 'Stemmer') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()
