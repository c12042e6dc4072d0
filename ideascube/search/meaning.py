"""“Did you mean”: a query made of words that the library really has."""

from __future__ import annotations

from collections.abc import Sequence

from ideascube.search.asked import Asked, AskedWord
from ideascube.search.vocabulary import Vocabulary

_MOST = 4  # words that are replaced; of more nobody knows what was meant, and each takes some 20 ms


def meant(asked: Asked, languages: Sequence[str], vocabulary: Vocabulary) -> str:
    """What was typed with each word that no pack has replaced by its nearest; empty where there is nothing better.

    Every word that was replaced must be known, or the one suggestion would lead to nothing as well. `languages`: the
    visitor's, BCP 47.
    """
    known = vocabulary.written_by_pack(key for word in asked.words for key in word.keys)
    keys = {key for forms in known.values() for key in forms}
    if sum(_is_unknown(word, keys) for word in asked.words) > _MOST:
        return ""
    words = [_nearest(word, vocabulary, languages) if _is_unknown(word, keys) else word.typed for word in asked.words]
    text = " ".join(words)
    return text if all(words) and text != asked.text else ""


def _is_unknown(word: AskedWord, known: set[str]) -> bool:
    return not word.is_run and not known.intersection(word.keys)


def _nearest(word: AskedWord, vocabulary: Vocabulary, languages: Sequence[str]) -> str:
    near = vocabulary.near_anywhere(word.key, 1, languages)
    if near:
        return near[0].form
    divided = vocabulary.divided(word.key, 1)
    return " ".join(divided[0]) if divided else ""
