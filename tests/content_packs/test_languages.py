import pytest

from content_packs.languages import direction, is_bcp47, own_name, to_bcp47, to_iso639_3


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fra", "fr"),
        ("fre", "fr"),
        ("per", "fa"),
        ("fas", "fa"),
        ("swh", "sw"),
        ("bur", "my"),
        ("FR", "fr"),
        ("pt_br", "pt-BR"),
        ("zh-hant", "zh-Hant"),
        ("tum", "tum"),
        ("rhg", "rhg"),
        ("prs", "prs"),
        ("multilangue", "multilangue"),
        ("", ""),
    ],
)
def test_codes_are_read_as_bcp47(code: str, expected: str) -> None:
    found = to_bcp47(code)

    assert expected == found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fr", "fra"),
        ("fre", "fra"),
        ("de", "deu"),
        ("fa", "fas"),
        ("sw", "swa"),
        ("ar", "ara"),
        ("zh-Hant", "zho"),
        ("nb", "nob"),
        ("iw", "heb"),
        ("sh", "srp"),
        ("tum", "tum"),
        ("rhg", "rhg"),
    ],
)
def test_iso639_3_is_written_without_bibliographic_codes(code: str, expected: str) -> None:
    found = to_iso639_3(code)

    assert expected == found


def test_every_two_letter_code_comes_back_from_its_three_letters() -> None:
    codes = [
        to_bcp47(code) for code in ("ara", "eng", "fra", "ful", "hau", "kur", "lin", "pus", "som", "swa", "tir", "urd")
    ]

    found = [to_bcp47(to_iso639_3(code)) for code in codes]

    assert codes == found


@pytest.mark.parametrize("code", ["ar", "fa", "ps", "ur", "he", "ckb", "prs", "rhg", "sd", "ff-Adlm", "az-Arab"])
def test_written_from_right_to_left(code: str) -> None:
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["fr", "sw", "ku", "tum", "ff", "xx", ""])
def test_written_from_left_to_right(code: str) -> None:
    assert direction(code) == "ltr"


def test_a_language_is_named_in_itself_or_by_its_code() -> None:
    assert ["Français", "العربية", "Kiswahili", "tum"] == [own_name(code) for code in ("fr", "ar", "sw", "tum")]


def test_only_the_shortest_code_in_its_usual_case_is_taken_from_people() -> None:
    taken = [code for code in ("fr", "fra", "FR", "pt-BR", "pt-br", "tum", "tw", "411", "") if is_bcp47(code)]

    assert ["fr", "pt-BR", "tum", "tw"] == taken
