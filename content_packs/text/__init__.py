"""Text in every script that people here write: letters folded for comparison, words, stems, languages. Pure.

What is folded and stemmed in which language: docs/languages.md.
"""

from content_packs.text.detection import language_of
from content_packs.text.folding import fold, fold_in_place, is_mark
from content_packs.text.scripts import has_no_spaces
from content_packs.text.stemming import has_stemmer, stem, stems
from content_packs.text.words import Token, Word, indexed_text, running_text, tokens_in, words_in

__all__ = [
    "Token", "Word", "fold", "fold_in_place", "has_no_spaces", "has_stemmer", "indexed_text", "is_mark",
    "language_of", "running_text", "stem", "stems", "tokens_in", "words_in",
]  # fmt: skip
