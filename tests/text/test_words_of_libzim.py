"""Words as libzim's own indexes have them: what is listed from a text can be asked of the index of its pack."""

from __future__ import annotations

import pytest
from libzim.writer import StringProvider

from content_packs.text import fold, tokens_in, words_in
from content_packs.zim.archive import ZimArchive
from content_packs.zim.creator import Frame, IndexedItem, zim_creator
from content_packs.zim.finding import fulltext
from content_packs.zim.index_text import PageIndexData
from tests.support.zims import make_zim

TEXTS = (
    "L’eau", "d'Afrique", "oʻzbek", "o‘zbeg", "ng’ombe", "col·legi", "צה״ל", "AT&T", "C++", "C#", "3.14", "1,5",
    "snake_case", "می\u200cخواهم", "کتاب", "Straße", "łódź", "１２３", "٣", "école", "Ёлка", "ጸሐይ", "ߒߞߏ߫", "ज़रूर",
    "শিক্ষা", "한국어를", "健康教育", "สวัสดี", "ကလေးများ", "ភាសាខ្មែរ", "İçin", "Æsir",
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> ZimArchive:
    pages = {text: ("text/html", f"<title>{number}</title><p>Some {text} here.") for number, text in enumerate(TEXTS)}
    return ZimArchive(make_zim(tmp_path_factory.mktemp("words") / "words.zim", pages))


@pytest.mark.parametrize("text", TEXTS)
def test_a_word_as_it_is_written_is_in_the_index(archive: ZimArchive, text: str):
    for token in tokens_in(text):
        assert [text] == fulltext(archive, token.written, 0, 10)[0]


@pytest.mark.parametrize("text", ["Straße", "łódź", "کتاب", "ጸሐይ", "٣", "Æsir", "L’eau"])
def test_what_libzim_does_not_fold_needs_the_written_form(archive: ZimArchive, text: str):
    (word, *_) = words_in(text)

    assert text not in fulltext(archive, word.key, 0, 10)[0]
    assert [text] == fulltext(archive, word.written, 0, 10)[0]


@pytest.mark.parametrize("text", ["école", "ज़रूर", "ߒߞߏ߫"])
def test_what_libzim_folds_is_found_folded(archive: ZimArchive, text: str):
    assert [text] == fulltext(archive, fold(text), 0, 10)[0]


@pytest.fixture(scope="module")
def given_archive(tmp_path_factory: pytest.TempPathFactory) -> ZimArchive:
    """The same texts, given to libzim's index as the words of documents are, rather than read by it from pages."""
    path = tmp_path_factory.mktemp("given") / "given.zim"
    with zim_creator(path, Frame("eng", ()), workers=1) as creator:
        for number, text in enumerate(TEXTS):
            data = PageIndexData(str(number), "", f"Some {text} here.")
            creator.add_item(IndexedItem(text, str(number), "text/html", lambda: StringProvider(""), index_data=data))
    return ZimArchive(path)


@pytest.mark.parametrize("text", TEXTS)
def test_a_word_that_is_given_to_the_index_is_found_as_one_of_a_page(given_archive: ZimArchive, text: str):
    for token in tokens_in(text):
        assert [text] == fulltext(given_archive, token.written, 0, 10)[0]
