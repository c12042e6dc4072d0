from collections.abc import Mapping
from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from content_packs.importers.catalogs import read_catalog
from content_packs.importers.languages import guess_languages
from content_packs.importers.samples import Sample, Samples
from content_packs.importers.source import FolderSource
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.media.described import Described
from content_packs.text.detection import detect_language
from tests.content_packs.sources import write_files
from tests.support.shared import shared

TEXTS = {
    "am": "ሰላም እንዴት ናችሁ የጤና መረጃ ለሁሉም ሰው እንዲሁም ለልጆች",
    "ar": "قصص وأغاني للأطفال في المخيم ومعلومات عن الصحة والماء",
    "ckb": "چیرۆک و گۆرانی بۆ منداڵان لە کوردستان و زانیاری لەسەر تەندروستی",
    "fa": "داستان‌ها و ترانه‌ها برای کودکان و آگاهی درباره تندرستی",
    "fr": "Des histoires et des chansons pour les enfants du camp",
    "ku": "Çîrok û stranên ji bo zarokan li Kurdistanê û agahî li ser tenduristiyê",
    "my": "ကလေးများအတွက် ပုံပြင်များနှင့် သီချင်းများ ကျန်းမာရေး",
    "so": "Caafimaadka carruurta iyo hooyooyinka ee xeryaha qaxootiga",
    "sw": "Hadithi na nyimbo za watoto katika kambi na habari za afya",
    "uk": "Казки та пісні для дітей у таборі та відомості про здоров'я",
}
NOTHING = Samples()


def guessed(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    return guess_languages(FolderSource(write_files(folder / "source", dict(files))), NOTHING)


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_languages_of_the_camps_are_known_by_a_sentence(language: str, text: str) -> None:
    assert language == detect_language(text)


@pytest.mark.parametrize("text", ["", "ok", "1234567890 " * 20, "a.b.c/d-e_f", "\0\ufffd" * 100])
def test_what_says_nothing_gives_no_language(text: str) -> None:
    assert "" == detect_language(text)


def test_real_descriptions_are_mostly_known() -> None:
    """Many a description is in English or French of films in another language, so that not all can be right."""
    entries = [one for file in shared("catalogs").glob("*.yml") for one in read_catalog(file).entries]
    long = [one for one in entries if len(one.description) >= 60 and one.languages and one.languages[0] != "mul"]

    right = sum(detect_language(one.description) in one.languages for one in long)

    assert 860 < len(long)
    assert 0.8 < right / len(long)


def test_the_language_with_most_words_comes_first(tmp_path: Path) -> None:
    files = {"a.md": TEXTS["sw"], "b.txt": TEXTS["ar"] * 3, "c.html": f"<script>var the_words_of</script>{TEXTS['ar']}"}

    assert ("ar", "sw") == guessed(tmp_path, files)


def test_names_of_files_give_languages(tmp_path: Path) -> None:
    assert ("ar", "my") == guessed(
        tmp_path, {"a.ar.vtt": "", "b.ar.md": "", "b.my.md": "", "c.new.txt": "", "d.x.md": ""}
    )


def test_what_documents_say_goes_before_their_words(tmp_path: Path) -> None:
    source = FolderSource(write_files(tmp_path / "source", {"a.bin": ""}))
    said = Sample(Described(language="rn"), TEXTS["fr"])
    unsaid = Sample(Described(), TEXTS["fr"])

    assert ("rn",) == guess_languages(source, Samples((said,)))
    assert ("fr",) == guess_languages(source, Samples((unsaid,)))


def test_no_words_and_no_names_give_none(tmp_path: Path) -> None:
    assert () == guessed(tmp_path, {"1.mp4": "", "IMG_2.jpg": ""})


def test_all_that_can_be_guessed_are_codes() -> None:
    labels = LanguageIdentifier.from_model_file(MODEL_FILE).labels

    assert {"ar", "my", "so", "sw"} < set(labels)
    assert all(is_bcp47(to_bcp47(label)) for label in labels)
