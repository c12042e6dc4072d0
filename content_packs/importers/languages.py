"""In which languages the files of a folder are, from what their names say and from the words in them: a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from content_packs.build.file_types import HTML_ENDINGS, ending
from content_packs.importers.samples import Samples
from content_packs.importers.source import Source
from content_packs.languages import is_bcp47, own_name, to_bcp47
from content_packs.text.detection import detect_language

_TEXT_ENDINGS = (".md", ".txt", ".srt", ".vtt", *HTML_ENDINGS)
_CODED = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.[a-z0-9]+$")
_FILES_READ = 60
_BYTES_READ = 16 * 1024  # of each file
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SHARE = 0.15  # of all letters, from which on a language is one of the pack's


def guess_languages(source: Source, samples: Samples) -> tuple[str, ...]:
    """The languages as BCP 47, the one with most words first; none where nothing says it."""
    letters: Counter[str] = Counter()
    for sample in samples.samples:
        letters[sample.described.language or detect_language(sample.text)] += len(sample.text) + 1
    for text in _texts(source):
        letters[detect_language(text)] += len(text)
    del letters[""]
    total = sum(letters.values())
    by_words = [code for code, count in letters.most_common() if count >= total * _SHARE]
    by_names = [code for code, _ in _codes_in_names(source).most_common()]
    return tuple(dict.fromkeys((*by_words, *by_names)))


def _texts(source: Source) -> Iterator[str]:
    """The beginnings of some texts, spread over the folder, then all names as one text."""
    texts = [path for path in source.files if ending(path) in _TEXT_ENDINGS]
    for path in texts[:: max(1, len(texts) // _FILES_READ)]:
        text = source.head(path, _BYTES_READ).decode("utf-8", "ignore")
        yield html_text(text) if ending(path) in HTML_ENDINGS else text
    names = (_NO_LETTERS.sub(" ", path.rpartition(".")[0]) for path in list(source.files)[:_FILES_READ])
    yield " ".join(names)


def html_text(html: str) -> str:
    """The words of a page, without its scripts and styles."""
    page = LexborHTMLParser(html)
    for node in page.css("script, style, noscript, template"):
        node.decompose()
    return page.body.text(separator=" ") if page.body is not None else ""


def _codes_in_names(source: Source) -> Counter[str]:
    """Languages that file names give: `lesson.fr.vtt`."""
    found: Counter[str] = Counter()
    for path in source.files:
        match = _CODED.search(path)
        if match and is_language(match[1]):
            found[to_bcp47(match[1])] += 1
    return found


def is_language(code: str) -> bool:
    """Whether it is a code of a language that CLDR can name, and not three letters by chance (`film.new.mp4`)."""
    tag = to_bcp47(code)
    return is_bcp47(tag) and own_name(tag) != tag
