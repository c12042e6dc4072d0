"""What the forms of a word share, in the languages that have a maintained stemmer; in all others a word is itself.

A wrong stemmer joins words that have nothing to do with each other, so none is taken for a neighbouring language.
Source: Snowball, https://snowballstem.org/algorithms/
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from content_packs.text.folding import fold

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


def stem(word: str, language: str) -> str:
    """The folded stem of a word in a language (BCP 47); the folded word where there is no stemmer.

    Stemmers go by accents, so the word is to be given as it is written; it is folded afterwards.
    """
    stemmer = _stemmer(language.partition("-")[0].lower())
    return fold(stemmer.stemWord(word.lower()) if stemmer else word).replace("'", "")


def has_stemmer(language: str) -> bool:
    """Whether the language (BCP 47) has a stemmer."""
    return _stemmer(language.partition("-")[0].lower()) is not None


@lru_cache(maxsize=len(ALGORITHMS))
def _stemmer(language: str) -> _Stemmer | None:
    import snowballstemmer  # what only indexes need is not loaded by whoever folds

    algorithm = ALGORITHMS.get(language)
    known = algorithm and algorithm in snowballstemmer.algorithms()
    return cast(_Stemmer, snowballstemmer.stemmer(algorithm)) if known else None
