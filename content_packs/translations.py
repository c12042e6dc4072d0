"""A pack's title, description and first page in each of its languages, where a ZIM's own metadata has room for one.

They lie in the ZIM as one more metadata entry, `Translations`, which other readers pass over:
`{"ar": {"title": "…", "description": "…", "main": "index.ar.html"}, …}`, languages as BCP 47.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from content_packs.languages import is_bcp47

METADATA_NAME = "Translations"
_LONGEST = 500  # characters of one text that is believed


@dataclass(frozen=True, slots=True)
class Translation:
    """What a pack says of itself in one language; `main` is the path of its first page there. Any may be empty."""

    title: str = ""
    description: str = ""
    main: str = ""


def write_translations(translations: Mapping[str, Translation]) -> str:
    """The text of the metadata entry."""
    document = {code: asdict(translation) for code, translation in sorted(translations.items())}
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def read_translations(text: str) -> dict[str, Translation]:
    """What a metadata entry says; whatever isn't of the right form is left out, since anyone may have written it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {code: _translation(texts) for code, texts in document.items() if is_bcp47(code) and isinstance(texts, dict)}


def _translation(texts: Mapping[str, object]) -> Translation:
    known = {name: texts.get(name, "") for name in Translation.__slots__}
    return Translation(**{name: text[:_LONGEST] for name, text in known.items() if isinstance(text, str)})


def best_translation(
    translations: Mapping[str, Translation], wanted: Iterable[str]
) -> tuple[str, Translation] | tuple[None, None]:
    """The first of the `wanted` languages that there is, with its translation."""
    for code in wanted:
        if code in translations:
            return code, translations[code]
    return None, None
