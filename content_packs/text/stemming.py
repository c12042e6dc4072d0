"""What the forms of a word share, in the languages that have a maintained stemmer; in all others a word is itself.

A wrong stemmer joins words that have nothing to do with each other, so none is taken for a neighbouring language.
Source: Snowball, https://snowballstem.org/algorithms/. Why a word may have two stems: docs/decisions/0018-two-stems.md
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from content_packs.languages import base_language
from content_packs.text.folding import fold
from content_packs.text.words import Word, own_spelling

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "prs": "persian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_KNOWN = 10_000  # stems that are remembered, some 200 bytes each; stemmers in Python are slow


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


def stems(word: Word, language: str) -> tuple[str, ...]:
    """The one or two folded stems of a word of a text or a query in a language (BCP 47).

    Stemmers go by accents and by letters that folding takes away, and many people leave them out: the first stem is of
    the word as it is written, the second of the folded one. Words with a stem in common are forms of each other, and
    so is each word and itself without accents. Where there is no stemmer, the word's key.
    """
    return tuple(dict.fromkeys((stem(own_spelling(word), language), stem(word.key, language))))


def stem(word: str, language: str) -> str:
    """The folded stem of a word, spelled as it is given; the folded word where there is no stemmer."""
    return _stem(word, base_language(language))


def has_stemmer(language: str) -> bool:
    """Whether the language (BCP 47) has a stemmer."""
    return base_language(language) in ALGORITHMS


@lru_cache(_KNOWN)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return fold(stemmer.stemWord(word.lower()) if stemmer else word).replace("'", "")


@lru_cache(maxsize=len(ALGORITHMS))
def _stemmer(language: str) -> _Stemmer | None:
    if language not in ALGORITHMS:
        return None
    import snowballstemmer  # what only indexes need is not loaded by whoever folds

    return cast(_Stemmer, snowballstemmer.stemmer(ALGORITHMS[language]))
