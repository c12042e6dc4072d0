"""Numbers, sizes, dates, lists and names of languages, as CLDR has them in each language of the interface."""

from __future__ import annotations

import pytest

from ideascube.web.digits import number_text, with_digits_of
from ideascube.web.i18n import LANGUAGES, language_name, translations
from ideascube.web.wording import date_text, languages_text, moment_text, size_text


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("en", "12,345.6"),
        ("fr", "12\u202f345,6"),
        ("es", "12.345,6"),
        ("ku", "12.345,6"),
        ("uk", "12\u00a0345,6"),
        ("ar", "12,345.6"),
        ("fa", "۱۲٬۳۴۵٫۶"),
        ("ps", "۱۲٬۳۴۵٫۶"),
        ("bn", "১২,৩৪৫.৬"),
        ("my", "၁၂,၃၄၅.၆"),
        ("ti", "12,345.6"),
    ],
)
def test_numbers_have_the_digits_and_separators_of_their_language(language: str, number: str) -> None:
    assert number == number_text(12345.6, language)


@pytest.mark.parametrize(
    ("language", "size", "date", "moment"),
    [
        ("fr", "12\u202fMo", "3 mai 2024", "1:02:03"),
        ("fa", "۱۲\xa0MB", "۳ مهٔ ۲۰۲۴", "۱:۰۲:۰۳"),
        ("bn", "১২\xa0MB", "৩ মে, ২০২৪", "১:০২:০৩"),
        ("uk", "12\xa0МБ", "3 травня 2024\u202fр.", "1:02:03"),
        ("sw", "MB\xa012", "3 Mei 2024", "1:02:03"),
    ],
)
def test_sizes_dates_and_moments_have_them_too(language: str, size: str, date: str, moment: str) -> None:
    assert size == size_text(12_000_000, language)
    assert date == date_text("2024-05-03", language)
    assert moment == moment_text(3723, language)


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("ar", 0, "لا عناوين"),
        ("ar", 1, "عنوان واحد"),
        ("ar", 2, "عنوانان"),
        ("ar", 7, "7 عناوين"),
        ("ar", 11, "11 عنوانًا"),
        ("ar", 100, "100 عنوان"),
        ("fr", 0, "0 titre"),
        ("fr", 2, "2 titres"),
        ("uk", 1, "1 матеріал"),
        ("uk", 3, "3 матеріали"),
        ("uk", 11, "11 матеріалів"),
        ("uk", 21, "21 матеріал"),
        ("my", 5, "ခေါင်းစဉ် ၅ ခု"),
        ("fa", 1200, "۱٬۲۰۰ عنوان"),
    ],
)
def test_each_language_counts_as_it_does(language: str, number: int, words: str) -> None:
    assert words == translations(language).ngettext("%(num)d title", "%(num)d titles", number)


def test_languages_are_named_in_the_visitors_language() -> None:
    assert "Français et dari" == languages_text(("fr", "prs"), "fr")
    assert "Kurdî (kurmancî)" == language_name("kmr")
    assert "Dari" == language_name("fa-AF", "en") == language_name("prs", "en")
    assert "دری" == language_name("prs")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_cldr_names_only_in_english_is_named_so(language: str) -> None:
    assert "Cornish" in {language_name("kw", "en"), language_name("kw", language)}
    assert "" != language_name("nqo", language)
    assert "xyz" == language_name("xyz", language)


def test_only_digits_change() -> None:
    assert "a ۱۲:۳۰ б" == with_digits_of("fa", "a 12:30 б")
    assert "a 12:30 б" == with_digits_of("uk", "a 12:30 б")
