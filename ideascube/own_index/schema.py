"""A document as Whoosh holds it: folded words and stems of its title and text, and what results show of it.

Whoosh cuts nothing itself: texts and queries go through the same functions (content_packs.text) and reach it as words
with spaces between them. Stems carry their language (`fr:boulang`), so that one index holds all languages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from whoosh import analysis, fields
from whoosh.columns import CompressedBytesColumn

from content_packs.languages import base_language
from content_packs.text import Word, language_of, stems, words_in
from content_packs.text.stemming import has_stemmer
from ideascube.own_index.documents import OwnDocument, Said, family_of, place_of
from ideascube.own_index.packs import FAMILY as PACKS

TITLE, TEXT, TITLE_STEMS, TEXT_STEMS = "title", "text", "title_stems", "text_stems"
WHOLE = "whole"  # the text itself, to be shown and looked through; read of single documents only


@cache
def schema() -> fields.Schema:
    words: Any = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        family=fields.ID(),
        place=fields.ID(),
        stem_language=fields.KEYWORD(),
        group=fields.ID(sortable=True),
        shown=fields.STORED(),
        **{WHOLE: fields.COLUMN(CompressedBytesColumn())},
        **{name: fields.TEXT(analyzer=words, phrase=False) for name in (TITLE, TEXT, TITLE_STEMS, TEXT_STEMS)},
    )


def fields_of(document: OwnDocument) -> dict[str, Any]:
    """The document, its languages found out where it does not say them."""
    said = [_with_language(each) for each in document.said]
    titles, texts = [list(words_in(each.title)) for each in said], [list(words_in(each.text)) for each in said]
    languages = list(dict.fromkeys(each.lang for each in said if each.lang and (each.text or each is said[0])))
    stemmed = {base_language(each.lang) for each in said if has_stemmer(each.lang)}
    return {
        "id": document.id,
        "family": family_of(document.id),
        "place": place_of(document.pack, document.path),
        "stem_language": " ".join(stemmed),
        "group": _group(document, languages),
        "shown": _shown(document, said, languages),
        WHOLE: "\n".join(each.text for each in said).encode("utf-8", "replace"),
        TITLE: _joined(titles),
        TEXT: _joined(texts),
        TITLE_STEMS: " ".join(_stems(titles, said)),
        TEXT_STEMS: " ".join(_stems(texts, said)),
    }


def _shown(document: OwnDocument, said: list[Said], languages: list[str]) -> dict[str, Any]:
    return {
        "digest": document.digest,
        "pack": document.pack,
        "path": document.path,
        "at": document.at,
        "kind": document.kind,
        "licence": document.licence,
        "languages": languages,
        "titles": [each.title for each in said],
        "same": document.same,
    }


def _with_language(said: Said) -> Said:
    declared = [said.lang] if said.lang else []
    return said._replace(lang=language_of(f"{said.title}\n{said.text}", declared))


def _group(document: OwnDocument, languages: list[str]) -> str:
    """What filters choose by; packs, which are found among their own pages, are one group."""
    if family_of(document.id) == PACKS:
        return PACKS
    return json.dumps([document.pack, document.kind, document.licence, languages])


def _joined(parts: Iterable[list[Word]]) -> str:
    return " ".join(word.key for part in parts for word in part)


def _stems(parts: Iterable[list[Word]], said: Iterable[Said]) -> Iterator[str]:
    """Of the texts in languages that have a stemmer; in all others a stem is the word itself."""
    for words, each in zip(parts, said, strict=True):
        if has_stemmer(each.lang):
            yield from (term for word in words for term in stem_terms(word, base_language(each.lang)))


@lru_cache(20_000)
def stem_terms(word: Word, language: str) -> tuple[str, ...]:
    """A word's stems as they stand in the index."""
    return tuple(f"{language}:{stem}" for stem in stems(word, language))
