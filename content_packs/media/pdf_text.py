"""The text of a PDF's page, its words in the order in which they are read.

PDFium gives some words of Arabic and Hebrew letter by letter from left to right, depending on how their program wrote
them. Where the letters stand on the page tells, and such words are turned round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from content_packs.media.described import paragraphs

LETTER_LIMIT = 200_000  # of one page

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HYPHEN = "\x02"  # PDFium's sign for one that only divides a word at the end of a line

Letter = tuple[str, float]  # and how far from the page's left edge it stands


def page_text(page: pypdfium2.PdfPage) -> str:
    """The page's text, line by line. Raises PdfiumError where the page cannot be read."""
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()[:LETTER_LIMIT]
    if _RIGHT_TO_LEFT.search(text):
        text = in_reading_order(_letters(text_page)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return paragraphs(text.replace(_HYPHEN, ""), LETTER_LIMIT)


def in_reading_order(letters: Iterator[Letter]) -> str:
    """The letters' text, with the words turned round that are written right to left and stand the other way."""
    words = groupby(letters, key=lambda letter: _is_right_to_left(letter[0]))
    return "".join(_turned(list(word)) if is_right_to_left else _joined(word) for is_right_to_left, word in words)


def _letters(text_page: pypdfium2.PdfTextPage) -> Iterator[Letter]:
    for index in range(min(text_page.count_chars(), LETTER_LIMIT)):
        left, *_ = text_page.get_charbox(index)
        yield chr(pdfium.FPDFText_GetUnicode(text_page, index)), left


def _turned(word: list[Letter]) -> str:
    """Letters of one ligature stand at one place and keep their order."""
    if word[0][1] >= word[-1][1]:
        return _joined(word)
    places = [list(letters) for _, letters in groupby(word, key=lambda letter: letter[1])]
    return "".join(_joined(letters) for letters in reversed(places))


def _joined(letters: Iterator[Letter] | list[Letter]) -> str:
    return "".join(letter for letter, _ in letters)


def _is_right_to_left(letter: str) -> bool:
    """Whether it is a letter of such a script, or a sign on one."""
    return (
        unicodedata.bidirectional(letter) in ("R", "AL")
        or "\u0610" <= letter <= "\u061a"
        or "\u064b" <= letter <= "\u065f"
    )
