"""A document as Whoosh holds it: folded words and stems of its title and text, and what results show of it.

Whoosh cuts nothing itself: texts and queries go through the same functions (content_packs.text) and reach it as words
with spaces between them. Stems carry their language (`fr:boulang`), so that one index holds all languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from whoosh import analysis, fields

from content_packs.text import language_of, stem, words_in
from ideascube.own_index.documents import OwnDocument, Said, family_of

TITLE, TEXT, TITLE_STEMS, TEXT_STEMS = "title", "text", "title_stems", "text_stems"

_SHOWN_TEXT = 40_000  # characters kept to be shown around the words that were found
_GAP = "\u2028"  # a word that nobody types: no phrase reaches from one language's text into the next one's


@cache
def schema() -> fields.Schema:
    words: Any = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        family=fields.ID(),
        place=fields.ID(),
        stem_language=fields.KEYWORD(),
        language=fields.KEYWORD(),
        kind=fields.ID(),
        licence=fields.ID(),
        pack=fields.ID(),
        shown=fields.STORED(),
        **{name: fields.TEXT(analyzer=words) for name in (TITLE, TEXT)},
        **{name: fields.TEXT(analyzer=words, phrase=False) for name in (TITLE_STEMS, TEXT_STEMS)},
    )


def fields_of(document: OwnDocument) -> dict[str, Any]:
    """The document, its languages found out where it does not say them."""
    said = [_with_language(each) for each in document.said]
    titles, texts = [list(_keys(each.title)) for each in said], [list(_keys(each.text)) for each in said]
    languages = sorted({each.lang for each in said if each.lang})
    return {
        "id": document.id,
        "family": family_of(document.id),
        "place": place_of(document.pack, document.path, document.at),
        "stem_language": " ".join(languages),
        "language": " ".join(sorted({base(language) for language in languages})),
        "kind": document.kind,
        "licence": document.licence,
        "pack": document.pack,
        "shown": _shown(document, said, languages),
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
        "text": " ".join(each.text for each in said)[:_SHOWN_TEXT],
    }


def _with_language(said: Said) -> Said:
    declared = [said.lang] if said.lang else []
    return said._replace(lang=language_of(f"{said.title}\n{said.text}", declared))


def place_of(pack: str, path: str, at: int) -> str:
    """What says of a found page which document it is."""
    return f"{pack}\n{path}\n{at}"


def base(language: str) -> str:
    return language.partition("-")[0].lower()


def _keys(text: str) -> Iterator[str]:
    return (word.key for word in words_in(text) if word.key)


def _joined(parts: Iterable[list[str]]) -> str:
    return f" {_GAP} ".join(" ".join(part) for part in parts)


def _stems(parts: Iterable[list[str]], said: Iterable[Said]) -> Iterator[str]:
    for keys, each in zip(parts, said, strict=True):
        if each.lang:
            yield from (stem_term(key, each.lang) for key in keys)


def stem_term(key: str, language: str) -> str:
    return f"{base(language)}:{stem(key, language)}"
